import { randomInt } from 'node:crypto';
import t from 'tap';
import { API, type OperationName } from '../../src/wire/api.ts';
import { write } from '../fixtures/hostile/draft.ts';
import { rightDraft } from '../fixtures/hostile/draw-request.ts';
import type { PlantedFault } from '../fixtures/hostile/planted-faults.ts';
import { sendAll } from '../fixtures/hostile/send.ts';
import { besiege, takeAim } from '../fixtures/hostile/siege.ts';
import { validCallOf } from '../fixtures/hostile/valid-calls.ts';
import { startSandbox } from '../fixtures/sandbox.ts';

/** `SEED=… node --import=tsx test/journeys/hostile-requests.test.ts` sends the same requests again. */
const seed = Number(process.env['SEED'] ?? randomInt(2 ** 31));

const REQUESTS = 50_000;
/** Until the newest thousand calls of the merchant and of nobody are in the log. */
const WARM_UP = 15_000;

t.setTimeout(170_000);
t.comment(`SEED=${seed}`);

for (const name of Object.keys(API) as OperationName[]) {
  t.test(`${name}: what the hostile calls are grown from is right`, async (t) => {
    const { url } = await startSandbox(t);
    const aim = await takeAim(url);
    const [target] = aim.targets[validCallOf(name).on ?? 'READY'];
    const request = {
      why: 'nothing',
      bytes: write(rightDraft(name, aim, target)),
      way: 'among others',
    } as const;
    const [outcome] = await sendAll(url, [request]);
    t.equal(outcome?.answers[0]?.status, 200);
  });
}

t.test('whatever is sent is refused as documented, changes nothing, and leaves nothing behind', async (t) => {
  const { complaints, statuses, readings } = await besiege(t, { seed, warmUp: WARM_UP, requests: REQUESTS });
  t.strictSame(complaints, []);
  t.equal(readings[1]?.loggedRequests, 2000, 'the request log was full before the heap counted');
  const figures = readings.map((reading) => [reading?.heap, reading?.idempotentReplies]);
  t.comment(JSON.stringify({ statuses, 'heap and stored replies': figures }));
});

/** Faults that are planted from outside, and what the run says of each. */
const FAULTS: Readonly<Record<PlantedFault, RegExp>> = {
  'a call that fails': /not refused: 500 \{"code":"SANDBOX_BUG"/,
  'a crash': /the sandbox has ended/,
  'an answer without a message': /not documented: 400 \{"code":"\w+"\}/,
  'a refusal that changes a payment': /what is kept of the merchants has changed/,
  'a leak': /^the heap has changed by [1-9]\d+/,
};

for (const [fault, complaint] of Object.entries(FAULTS) as [PlantedFault, RegExp][]) {
  t.test(`${fault} would be noticed`, async (t) => {
    const { complaints } = await besiege(t, { seed, warmUp: 6000, requests: 3000, fault });
    t.match(complaints.join('\n'), complaint);
  });
}
