import t from 'tap';
import { Clock, ClockRefusal } from '../../src/clock/clock.ts';
import { type ClockState, RUNNING } from '../../src/domain/clock-state.ts';
import type { Job } from '../../src/domain/job.ts';
import type { Merchant } from '../../src/domain/merchant.ts';
import { Clocks } from '../../src/gateway/clocks.ts';
import { MemoryStore } from '../../src/store/memory-store.ts';
import { newGate } from '../fixtures/gate.ts';
import { HandWall, turn } from '../fixtures/wall.ts';

/** 2026-03-05T10:15:30+09:00. */
const START = 1_772_673_330_000;
const MINUTE = 60_000;
const HOUR = 3_600_000;
const DAY = 86_400_000;

const job = (key: string, dueAt: number, seq = 0): Job => ({ kind: 'deliver', key, dueAt, seq });

/** A clock on a wall that is moved by hand. `done` says what was done, and what the clock read then. */
function newClock(
  options: { state?: ClockState; perform?: (job: Job, clock: Clock) => void | Promise<void> } = {},
) {
  const wall = new HandWall(START);
  const done: string[] = [];
  const told: ClockState[] = [];
  const errors: unknown[] = [];
  const clock: Clock = new Clock({
    wall,
    state: options.state ?? RUNNING,
    perform: (job) => {
      done.push(`${job.key} at +${clock.now() - START}`);
      return options.perform?.(job, clock);
    },
    onChange: (state) => told.push(state),
    onError: (error) => errors.push(error),
  });
  const plan = (...jobs: Job[]): void => {
    for (const one of jobs) clock.agenda.put(one);
    clock.wake();
  };
  return { wall, clock, done, told, errors, plan };
}

/** How a promise ended. */
const outcomeOf = (promise: Promise<void>): Promise<string> =>
  promise.then(
    () => 'done',
    (error) => (error instanceof ClockRefusal ? error.reason : `failed: ${error.message}`),
  );

t.test('a clock that nobody touched shows the time of the machine', async (t) => {
  const { wall, clock } = newClock();
  t.equal(clock.now(), START);
  wall.move(1234);
  t.equal(clock.now(), START + 1234);
});

t.test('a held clock stands, and runs on from where it stood', async (t) => {
  const { wall, clock, told } = newClock();
  await clock.hold();
  wall.move(5 * MINUTE);
  t.equal(clock.now(), START);
  clock.run();
  t.equal(clock.now(), START);
  wall.move(MINUTE);
  t.equal(clock.now(), START + MINUTE);
  t.strictSame(told, [
    { heldAt: START, shiftMs: 0 },
    { heldAt: null, shiftMs: -5 * MINUTE },
  ]);
  clock.run();
  t.equal(told.length, 2, 'to let a running clock run changes nothing');
});

t.test('a clock is held where it is told, and moved to a later moment', async (t) => {
  const { wall, clock } = newClock();
  await clock.hold(START + HOUR);
  t.equal(clock.now(), START + HOUR);
  await clock.set(START + 2 * HOUR);
  await clock.set(START + 2 * HOUR);
  t.equal(clock.now(), START + 2 * HOUR);
  wall.move(DAY);
  t.equal(clock.now(), START + 2 * HOUR, 'and still stands');
});

t.test('a running clock that is moved runs on from there', async (t) => {
  const { wall, clock } = newClock();
  await clock.advance(30 * MINUTE);
  t.equal(clock.now(), START + 30 * MINUTE);
  wall.move(1);
  t.equal(clock.now(), START + 30 * MINUTE + 1);
  await clock.set(START + HOUR);
  wall.move(1);
  t.equal(clock.now(), START + HOUR + 1);
});

t.test('time does not run backwards', async (t) => {
  const { clock, told } = newClock();
  t.equal(await outcomeOf(clock.set(START - 1)), 'BACKWARDS');
  t.equal(await outcomeOf(clock.hold(START - 1)), 'BACKWARDS');
  t.equal(await outcomeOf(clock.advance(-1)), 'BACKWARDS');
  t.equal(clock.now(), START);
  t.strictSame(told, [], 'nothing was changed');
});

t.test('a running clock has one timer, for what is due first', async (t) => {
  const { wall, plan, clock } = newClock();
  t.strictSame(wall.waits, [], 'and none when nothing is planned');
  plan(job('second', START + 20_000, 0), job('third', START + 30_000, 1));
  t.strictSame(wall.waits, [20_000]);
  plan(job('first', START + 10_000, 2));
  t.strictSame(wall.waits, [10_000]);
  clock.agenda.strike({ kind: 'deliver', key: 'first' });
  clock.wake();
  t.strictSame(wall.waits, [20_000]);
  await clock.hold();
  t.strictSame(wall.waits, [], 'a held clock needs none');
  clock.run();
  t.strictSame(wall.waits, [20_000]);
  clock.close();
  t.strictSame(wall.waits, [], 'nor does a closed one');
  plan(job('late', START + 1, 3));
  t.strictSame(wall.waits, []);
});

t.test('no timer is set for more than an hour', async (t) => {
  const { wall, plan, done } = newClock();
  plan(job('in three hours and a second', START + 3 * HOUR + 1000));
  for (const hour of [1, 2, 3]) {
    t.strictSame(wall.waits, [HOUR], `hour ${hour}`);
    wall.move(HOUR);
    wall.fire();
  }
  t.strictSame(wall.waits, [1000]);
  t.strictSame(done, []);
  wall.move(1000);
  wall.fire();
  t.strictSame(done, ['in three hours and a second at +10801000']);
  t.strictSame(wall.waits, []);
});

t.test('a timer that fires early does nothing yet', async (t) => {
  const { wall, plan, done } = newClock();
  plan(job('due', START + 1000));
  // A wall clock that was corrected backwards while the timer ran.
  wall.move(1000);
  const corrected = new HandWall(START + 400);
  wall.now = () => corrected.now();
  wall.fire();
  t.strictSame(done, []);
  t.equal(wall.waits.length, 1);
});

t.test('the timer does everything that has become due, in order', async (t) => {
  const { wall, plan, done } = newClock();
  plan(job('c', START + 30, 2), job('b', START + 20, 1), job('a', START + 20, 0), job('d', START + 5000, 3));
  wall.move(1000);
  t.equal(wall.fire(), 1);
  t.strictSame(done, ['a at +1000', 'b at +1000', 'c at +1000']);
  t.strictSame(wall.waits, [4000]);
});

t.test('whoever asks before a late timer has what is due done first', async (t) => {
  const { wall, plan, clock, done } = newClock();
  plan(job('due', START + 1000));
  wall.move(999);
  clock.catchUp();
  t.strictSame(done, []);
  wall.move(1);
  clock.catchUp();
  t.strictSame(done, ['due at +1000']);
  wall.fire();
  t.strictSame(done, ['due at +1000'], 'and the timer does not do it again');
});

t.test('a held clock does what is due at once, and nothing that is still ahead', async (t) => {
  const { wall, plan, clock, done } = newClock();
  await clock.hold();
  plan(job('at once', START, 0), job('ahead', START + 1, 1));
  t.strictSame(wall.waits, [0]);
  await wall.pass(0);
  t.strictSame(done, ['at once at +0']);
  t.strictSame(wall.waits, []);
  await wall.pass(DAY);
  t.strictSame(done, ['at once at +0']);
});

t.test('an advance does on the way what falls due, the clock showing the due time of each', async (t) => {
  const { plan, clock, done } = newClock();
  await clock.hold();
  plan(
    job('ten', START + 10 * MINUTE, 0),
    job('one', START + MINUTE, 1),
    job('ten again', START + 10 * MINUTE, 2),
    job('too late', START + 10 * MINUTE + 1, 3),
  );
  await clock.advance(10 * MINUTE);
  t.strictSame(done, ['one at +60000', 'ten at +600000', 'ten again at +600000']);
  t.equal(clock.now(), START + 10 * MINUTE);
  await clock.set(START + 10 * MINUTE + 1);
  t.equal(done.at(-1), 'too late at +600001');
});

t.test('one millisecond before its due time an advance leaves a job alone', async (t) => {
  const { plan, clock, done } = newClock();
  await clock.hold();
  plan(job('ten', START + 10 * MINUTE));
  await clock.advance(10 * MINUTE - 1);
  t.strictSame(done, []);
  await clock.advance(1);
  t.strictSame(done, ['ten at +600000']);
});

t.test('what a job plans is done by the same advance', async (t) => {
  const { plan, clock, done } = newClock({
    perform: ({ key, dueAt }, clock) => {
      if (key.length < 4) clock.agenda.put(job(`${key}x`, dueAt + MINUTE, key.length));
    },
  });
  await clock.hold();
  plan(job('x', START + MINUTE));
  await clock.advance(2 * MINUTE);
  t.strictSame(done, ['x at +60000', 'xx at +120000']);
  await clock.advance(DAY);
  t.strictSame(done.slice(2), ['xxx at +180000', 'xxxx at +240000']);
});

t.test('an advance waits for every attempt, and for the attempts those plan', async (t) => {
  const first = newGate();
  const retry = newGate();
  const { plan, clock, done } = newClock({
    perform: async ({ key, dueAt }, clock) => {
      if (key === 'retry') return retry.opened;
      await first.opened;
      clock.agenda.put(job('retry', dueAt + MINUTE));
    },
  });
  await clock.hold();
  plan(job('first', START + MINUTE), job('far off', START + HOUR, 1));
  let ended = false;
  const advance = clock.advance(10 * MINUTE).then(() => {
    ended = true;
  });
  await turn();
  t.strictSame(done, ['first at +60000']);
  t.equal(clock.now(), START + MINUTE, 'time stands while the attempt is under way');
  first.open();
  await turn();
  t.strictSame(done, ['first at +60000', 'retry at +120000']);
  t.equal(clock.now(), START + 2 * MINUTE);
  t.notOk(ended);
  retry.open();
  await advance;
  t.equal(clock.now(), START + 10 * MINUTE);
  t.equal(done.length, 2);
});

t.test('what is due at the same moment is under way at the same time', async (t) => {
  const gate = newGate();
  const { plan, clock, done } = newClock({
    perform: ({ key }) => (key === 'slow' ? gate.opened : undefined),
  });
  await clock.hold();
  plan(job('slow', START + MINUTE, 0), job('quick', START + MINUTE, 1));
  const advance = clock.advance(MINUTE);
  await turn();
  t.strictSame(done, ['slow at +60000', 'quick at +60000']);
  gate.open();
  await advance;
});

t.test('an attempt that was under way before an advance is waited for too', async (t) => {
  const gate = newGate();
  const { wall, plan, clock, done } = newClock({
    perform: async ({ key, dueAt }, clock) => {
      if (key === 'retry') return;
      await gate.opened;
      clock.agenda.put(job('retry', dueAt + MINUTE));
    },
  });
  await clock.hold();
  plan(job('first', START));
  await wall.pass(0);
  const advance = clock.advance(MINUTE);
  await turn();
  gate.open();
  await advance;
  t.strictSame(done, ['first at +0', 'retry at +60000']);
});

t.test('a running clock stands still during an advance and goes on from its target', async (t) => {
  const gate = newGate();
  const { wall, plan, clock, done } = newClock({
    perform: ({ key }) => (key === 'slow' ? gate.opened : undefined),
  });
  plan(job('slow', START + MINUTE, 0), job('later', START + 10 * MINUTE + 500, 1));
  const advance = clock.advance(10 * MINUTE);
  await turn();
  wall.move(7000);
  t.equal(clock.now(), START + MINUTE, 'seven seconds of the machine are none of the merchant’s');
  clock.catchUp();
  t.strictSame(done, ['slow at +60000']);
  gate.open();
  await advance;
  t.equal(clock.now(), START + 10 * MINUTE);
  t.strictSame(wall.waits, [500]);
  wall.move(500);
  wall.fire();
  t.equal(done.at(-1), 'later at +600500');
});

t.test('to hold or to run during an advance counts from its target', async (t) => {
  const gate = newGate();
  const { wall, plan, clock } = newClock({ perform: () => gate.opened });
  plan(job('slow', START + MINUTE));
  const advance = clock.advance(10 * MINUTE);
  await turn();
  await clock.hold();
  t.equal(clock.now(), START + MINUTE);
  gate.open();
  await advance;
  wall.move(DAY);
  t.equal(clock.now(), START + 10 * MINUTE, 'held at the target');

  const another = newGate();
  const second = newClock({ perform: () => another.opened });
  await second.clock.hold();
  second.plan(job('slow', START + MINUTE));
  const advanceToo = second.clock.advance(10 * MINUTE);
  await turn();
  second.clock.run();
  another.open();
  await advanceToo;
  second.wall.move(1);
  t.equal(second.clock.now(), START + 10 * MINUTE + 1, 'running on from the target');
});

t.test('a second advance waits for the first, and they add up', async (t) => {
  const gate = newGate();
  const { plan, clock, done } = newClock({
    perform: ({ key }) => (key === 'slow' ? gate.opened : undefined),
  });
  await clock.hold();
  plan(job('slow', START + MINUTE, 0), job('of the second', START + 3 * MINUTE, 1));
  const ended: string[] = [];
  const first = clock.advance(2 * MINUTE).then(() => ended.push('first'));
  const second = clock.advance(2 * MINUTE).then(() => ended.push('second'));
  await turn();
  t.strictSame(done, ['slow at +60000']);
  gate.open();
  await Promise.all([first, second]);
  t.strictSame(ended, ['first', 'second']);
  t.strictSame(done, ['slow at +60000', 'of the second at +180000']);
  t.equal(clock.now(), START + 4 * MINUTE);
});

t.test('a second advance waits as long as the first gets on, however long that takes', async (t) => {
  const gates = [newGate(), newGate(), newGate()];
  const { wall, plan, clock } = newClock({ perform: ({ key }) => gates[Number(key)]?.opened });
  await clock.hold();
  plan(job('0', START + 1, 0), job('1', START + 2, 1), job('2', START + 3, 2));
  const first = clock.advance(10);
  const second = outcomeOf(clock.advance(10));
  await turn();
  for (const gate of gates) {
    await wall.pass(900);
    gate.open();
    await turn();
  }
  await first;
  t.equal(await second, 'done');
  t.equal(clock.now(), START + 20);
});

t.test('an advance asked for from inside an attempt is refused, and everything ends', async (t) => {
  const outcomes: string[] = [];
  const { wall, plan, clock, done } = newClock({
    perform: async (_job, clock) => {
      outcomes.push(await outcomeOf(clock.advance(DAY)));
    },
  });
  await clock.hold();
  plan(job('calls us', START + MINUTE));
  const advance = clock.advance(10 * MINUTE);
  await turn();
  await wall.pass(1000);
  await advance;
  t.strictSame(outcomes, ['BUSY']);
  t.strictSame(done, ['calls us at +60000']);
  t.equal(clock.now(), START + 10 * MINUTE, 'the refused one moved nothing');
  t.equal(await outcomeOf(clock.advance(MINUTE)), 'done', 'and the next is not in its way');
  t.equal(clock.now(), START + 11 * MINUTE);
});

t.test('a setting that is backwards by the time its turn comes is refused', async (t) => {
  const { clock } = newClock();
  await clock.hold();
  const first = clock.advance(HOUR);
  const second = outcomeOf(clock.set(START + MINUTE));
  await first;
  t.equal(await second, 'BACKWARDS');
  t.equal(clock.now(), START + HOUR);
});

t.test('a job that fails stays on the agenda and is tried again each second', async (t) => {
  let diskIsFull = true;
  const { wall, plan, clock, done, errors } = newClock({
    perform: () => {
      if (diskIsFull) throw new Error('disk full');
    },
  });
  plan(job('write', START + 1000));
  for (const second of [1, 2, 3]) {
    await wall.pass(1000);
    t.equal(errors.length, second);
    t.equal(clock.agenda.size, 1);
    t.strictSame(wall.waits, [1000]);
  }
  clock.wake();
  t.strictSame(wall.waits, [1000], 'waking it makes it no hastier');
  diskIsFull = false;
  await wall.pass(1000);
  t.equal(done.length, 4);
  t.equal(errors.length, 3);
  t.equal(clock.agenda.size, 0);
  t.strictSame(wall.waits, []);
});

t.test('an attempt that fails for a reason of ours stays on the agenda likewise', async (t) => {
  let diskIsFull = true;
  const { wall, plan, clock, done, errors } = newClock({
    perform: async () => {
      await turn();
      if (diskIsFull) throw new Error('disk full');
    },
  });
  plan(job('attempt', START + 1000));
  for (const second of [1, 2, 3]) {
    await wall.pass(1000);
    await clock.settle();
    t.equal(errors.length, second);
    t.equal(clock.agenda.size, 1);
    t.strictSame(wall.waits, [1000]);
  }
  diskIsFull = false;
  await wall.pass(1000);
  await clock.settle();
  t.equal(done.length, 4);
  t.equal(errors.length, 3);
  t.equal(clock.agenda.size, 0);
  t.strictSame(wall.waits, []);
});

for (const kind of ['at once', 'later'] as const) {
  t.test(`an advance on which a job fails ${kind} says so and stops there`, async (t) => {
    let diskIsFull = true;
    const { wall, plan, clock, done, errors } = newClock({
      perform: ({ key }) => {
        if (key !== 'write' || !diskIsFull) return;
        if (kind === 'later') return Promise.reject(new Error('disk full'));
        throw new Error('disk full');
      },
    });
    await clock.hold();
    plan(
      job('before', START + MINUTE, 0),
      job('write', START + 2 * MINUTE, 1),
      job('after', START + 3 * MINUTE, 2),
    );
    t.equal(await outcomeOf(clock.advance(DAY)), 'failed: disk full');
    t.equal(clock.now(), START + 2 * MINUTE);
    t.strictSame(done, ['before at +60000', 'write at +120000']);
    t.strictSame(errors, [], 'who asked was told');
    t.equal(clock.agenda.size, 2);
    diskIsFull = false;
    t.equal(await outcomeOf(clock.advance(DAY)), 'done');
    t.strictSame(done.slice(2), ['write at +120000', 'after at +180000']);
    await wall.pass(HOUR);
    t.equal(done.length, 4);
  });
}

t.test('a reset clock runs as at the beginning, also when an advance was under way', async (t) => {
  const gate = newGate();
  const { wall, plan, clock, done } = newClock({ perform: () => gate.opened });
  await clock.hold();
  plan(job('slow', START + MINUTE, 0), job('forgotten', START + HOUR, 1));
  const advance = clock.advance(DAY);
  await turn();
  wall.move(5000);
  clock.reset();
  t.equal(clock.now(), START + 5000);
  gate.open();
  await advance;
  t.strictSame(done, ['slow at +60000']);
  t.strictSame(clock.state, RUNNING);
  t.equal(clock.now(), START + 5000);
  t.equal(clock.agenda.size, 0);
});

t.test('an attempt from before a reset that fails is reported, and not made again', async (t) => {
  const gate = newGate();
  const { wall, plan, clock, done, errors } = newClock({
    perform: async () => {
      await gate.opened;
      throw new Error('disk full');
    },
  });
  plan(job('slow', START));
  await wall.pass(0);
  clock.reset();
  const advance = outcomeOf(clock.advance(HOUR));
  await turn();
  gate.open();
  t.equal(await advance, 'done', 'it is no business of the next advance');
  t.equal(errors.length, 1);
  t.equal(clock.agenda.size, 0);
  await wall.pass(HOUR);
  t.equal(done.length, 1);
});

t.test('a closed clock starts nothing more and stands where its advance had come to', async (t) => {
  const gate = newGate();
  const { plan, clock, done, told } = newClock({ perform: () => gate.opened });
  await clock.hold();
  plan(job('slow', START + MINUTE, 0), job('not any more', START + HOUR, 1));
  const advance = clock.advance(DAY);
  await turn();
  clock.close();
  gate.open();
  await clock.settle();
  await advance;
  t.strictSame(done, ['slow at +60000']);
  t.equal(clock.now(), START + MINUTE);
  t.strictSame(told.at(-1), { heldAt: START + MINUTE, shiftMs: 0 }, 'and that is what is kept');
  t.equal(clock.agenda.size, 1);
});

/* After a restart: clocks made anew from what a store holds. */

const merchant: Merchant = {
  mId: 'tvivarepublica',
  name: '내 상점',
  keyPairs: [],
  securityKey: '0'.repeat(64),
  apiVersion: '2022-11-16',
};
const { mId } = merchant;

/** What a sandbox finds that is started again: a clock as it was left, and jobs planned in some order. */
function restart(clock: ClockState) {
  const store = new MemoryStore();
  store.commit({
    mId,
    merchant,
    clock,
    plans: [
      { kind: 'deliver', key: 'at three', dueAt: START + 3000, seq: 0 },
      { kind: 'lapse', key: 'at one', dueAt: START + 1000, seq: 3 },
      { kind: 'deliver', key: 'at two', dueAt: START + 2000, seq: 2 },
      { kind: 'deliver', key: 'also at one', dueAt: START + 1000, seq: 1 },
    ],
  });
  const wall = new HandWall(START + HOUR);
  const done: string[] = [];
  const note = (_world: unknown, { kind, key }: Job): void => {
    done.push(`${kind} ${key}`);
  };
  const clocks = new Clocks({
    store,
    wall,
    performers: { ...NO_BANK, lapse: note, deliver: async (world, job) => note(world, job) },
    onError: (error) => {
      throw error;
    },
  });
  return { store, wall, done, clocks };
}

t.test('after a restart a held clock is where it was, and does only what was overdue there', async (t) => {
  const { wall, done, clocks } = restart({ heldAt: START + 2500, shiftMs: 0 });
  const clock = clocks.of(mId);
  t.equal(clock.now(), START + 2500);
  await wall.pass(0);
  t.strictSame(done, ['deliver also at one', 'lapse at one', 'deliver at two']);
  await wall.pass(DAY);
  t.equal(done.length, 3);
  await clock.advance(500);
  t.equal(done.at(-1), 'deliver at three');
  await clocks.close();
});

t.test(
  'after a restart a running clock keeps its shift, and does what is overdue in due order',
  async (t) => {
    const { wall, done, clocks } = restart({ heldAt: null, shiftMs: -HOUR + 2999 });
    const clock = clocks.of(mId);
    t.equal(clock.now(), START + 2999);
    await wall.pass(0);
    t.strictSame(done, ['deliver also at one', 'lapse at one', 'deliver at two']);
    t.strictSame(wall.waits, [1]);
    await wall.pass(1);
    t.equal(done.at(-1), 'deliver at three');
    await clocks.close();
  },
);

t.test('how a clock stands is kept each time it is moved', async (t) => {
  const { store, clocks } = restart({ heldAt: null, shiftMs: 0 });
  const clock = clocks.of(mId);
  await clock.hold();
  t.strictSame(store.world(mId)?.clock, { heldAt: START + HOUR, shiftMs: 0 });
  await clock.advance(MINUTE);
  t.strictSame(store.world(mId)?.clock, { heldAt: START + HOUR + MINUTE, shiftMs: 0 });
  clock.run();
  t.strictSame(store.world(mId)?.clock, { heldAt: null, shiftMs: MINUTE });
  await clocks.close();
});

/** What these tests do not speak of. */
const NO_BANK = { closeAccount: () => {}, forgetRefundAccount: () => {}, settleCancel: () => {} };

t.test('closing the clocks waits for the attempts under way', async (t) => {
  const store = new MemoryStore();
  store.commit({ mId, merchant, plans: [{ kind: 'deliver', key: 'slow', dueAt: START, seq: 0 }] });
  const wall = new HandWall(START);
  const gate = newGate();
  const clocks = new Clocks({
    store,
    wall,
    performers: { ...NO_BANK, lapse: () => {}, deliver: () => gate.opened },
    onError: (error) => {
      throw error;
    },
  });
  clocks.of(mId);
  await wall.pass(0);
  let closed = false;
  const closing = clocks.close().then(() => {
    closed = true;
  });
  await turn();
  t.notOk(closed);
  gate.open();
  await closing;
});

t.test('a merchant that is removed during an advance takes its clock along', async (t) => {
  const store = new MemoryStore();
  store.commit({ mId, merchant, plans: [{ kind: 'deliver', key: 'slow', dueAt: START + 1, seq: 0 }] });
  const gate = newGate();
  const clocks = new Clocks({
    store,
    wall: new HandWall(START),
    performers: { ...NO_BANK, lapse: () => {}, deliver: () => gate.opened },
    onError: (error) => {
      throw error;
    },
  });
  const advance = outcomeOf(clocks.of(mId).advance(MINUTE));
  await turn();
  clocks.drop(mId);
  store.remove(mId);
  gate.open();
  t.equal(await advance, 'done');
});
