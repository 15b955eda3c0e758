import type { Clock } from '../clock/clock.ts';
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

/** Moves every clock, and is through when all of them are, also when one is refused. */
async function onClocks(core: Core, whom: Whom, move: (clock: Clock) => void | Promise<void>): Promise<void> {
  const moves = await Promise.allSettled(clocksOf(core, whom).map(async (clock) => move(clock)));
  for (const moved of moves) if (moved.status === 'rejected') throw moved.reason;
}

/** Before any of them is moved: all of them, or none. */
function refusePast(core: Core, whom: Whom, at: Instant): void {
  for (const clock of clocksOf(core, whom)) clock.refusePast(at);
}

/** Reads the clocks. @throws {ControlError} 404 when the merchant has been removed meanwhile */
export const readClocks = (core: Core, whom: Whom): ClockReading[] =>
  worldsOf(core, whom).map(({ merchant: { mId } }) => {
    worldOf(core, mId);
    const clock = core.clocks.of(mId);
    return { mId, mode: clock.state.heldAt === null ? 'running' : 'held', now: clock.now() };
  });

/** Stops the clocks, where they are or at a later moment. @throws {ClockRefusal} BACKWARDS */
export async function holdClocks(core: Core, whom: Whom, at?: Instant): Promise<void> {
  if (at !== undefined) refusePast(core, whom, at);
  await onClocks(core, whom, (clock) => clock.hold(at));
}

/** Lets the clocks run on from where they are. */
export const runClocks = (core: Core, whom: Whom): Promise<void> =>
  onClocks(core, whom, (clock) => clock.run());

/** Moves the clocks on, doing what falls due and waiting for every webhook. @throws {ClockRefusal} BUSY */
export const advanceClocks = (core: Core, whom: Whom, byMs: number): Promise<void> =>
  onClocks(core, whom, (clock) => clock.advance(byMs));

/** Moves the clocks to a later moment. @throws {ClockRefusal} BACKWARDS, BUSY */
export async function setClocks(core: Core, whom: Whom, at: Instant): Promise<void> {
  refusePast(core, whom, at);
  await onClocks(core, whom, (clock) => clock.set(at));
}
