import type { Instant } from './instant.ts';

/** How a merchant's clock stands. Held: `heldAt` is the reading. Running: wall time plus `shiftMs`. */
export interface ClockState {
  readonly heldAt: Instant | null;
  readonly shiftMs: number;
}

/** A clock that nobody has touched. */
export const RUNNING: ClockState = { heldAt: null, shiftMs: 0 };
