import { Clock } from '../clock/clock.ts';
import type { Instant } from '../domain/instant.ts';
import { type Core, type Whom, worldsOf } from './core.ts';
import { worldOf } from './merchants.ts';

/** How a merchant's clock stands. */
export interface ClockReading {
  readonly mId: string;
  readonly mode: 'running' | 'held';
  readonly now: Instant;
}

const clocksOf = (core: Core, whom: Whom): Clock[] =>
  worldsOf(core, whom).map(({ merchant }) => core.clocks.of(merchant.mId));

/** Reads the clocks. @throws {ControlError} 404 when the merchant has been removed meanwhile */
export const readClocks = (core: Core, whom: Whom): ClockReading[] =>
  worldsOf(core, whom).map(({ merchant: { mId } }) => {
    worldOf(core, mId);
    const clock = core.clocks.of(mId);
    return { mId, mode: clock.state.heldAt === null ? 'running' : 'held', now: clock.now() };
  });

/**
 * Stops the clocks, where they are or at a later moment.
 *
 * @throws {ClockRefusal} BACKWARDS, TOO_LATE, and all are as they were; BUSY, and all are stopped where they are
 */
export async function holdClocks(core: Core, whom: Whom, at?: Instant): Promise<void> {
  const clocks = clocksOf(core, whom);
  if (at !== undefined) for (const clock of clocks) clock.refuseUnreachable(at);
  await Promise.all(clocks.map((clock) => clock.hold()));
  if (at !== undefined) await Clock.moveAll(clocks, () => at);
}

/** Lets the clocks run on from where they are. */
export function runClocks(core: Core, whom: Whom): void {
  for (const clock of clocksOf(core, whom)) clock.run();
}

/**
 * Moves the clocks on, doing what falls due and waiting for every webhook.
 *
 * @throws {ClockRefusal} TOO_LATE, BUSY; then no clock is moved, also when only one of them refuses
 */
export const advanceClocks = (core: Core, whom: Whom, byMs: number): Promise<void> =>
  Clock.moveAll(clocksOf(core, whom), (start) => start + byMs);

/** Moves the clocks to a later moment, all or none. @throws {ClockRefusal} BACKWARDS, TOO_LATE, BUSY */
export const setClocks = (core: Core, whom: Whom, at: Instant): Promise<void> =>
  Clock.moveAll(clocksOf(core, whom), () => at);
