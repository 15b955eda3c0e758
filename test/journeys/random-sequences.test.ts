import { randomInt } from 'node:crypto';
import t from 'tap';
import { PLANTED_FAULTS } from '../fixtures/random-sequences/planted-faults.ts';
import { findDisagreement } from '../fixtures/random-sequences/play.ts';
import { openStage } from '../fixtures/random-sequences/stage.ts';

/** `SEED=… node --import=tsx test/journeys/random-sequences.test.ts` plays the same sequences again. */
const seed = Number(process.env['SEED'] ?? randomInt(2 ** 31));

const SEQUENCES = 5000;
const FAULT_FOUND_WITHIN = 200;

t.setTimeout(170_000);
t.comment(`SEED=${seed}`);

t.test('whatever a merchant does, in whatever order, is answered, told and kept as documented', async (t) => {
  const stage = await openStage();
  t.teardown(() => stage.close());
  t.equal(await findDisagreement(stage, { seed, sequences: SEQUENCES }), null);
});

// The same sequences as above, which agree: what is found here is the fault.
for (const [fault, faultyStore] of Object.entries(PLANTED_FAULTS)) {
  t.test(`${fault} would be noticed`, async (t) => {
    const stage = await openStage(faultyStore());
    t.teardown(() => stage.close());
    const found = (await findDisagreement(stage, { seed, sequences: FAULT_FOUND_WITHIN })) ?? 'nothing';
    t.match(found, /^SEED=\d+, step \d+: /, 'with the seed that shows it');
    t.comment(found.split('\n', 1)[0]);
  });
}
