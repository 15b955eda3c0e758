import t from 'tap';
import { realWall, type Wall } from '../../src/clock/wall.ts';
import { startSandbox as startInProcess } from '../../src/index.ts';
import { startHeldShop } from '../fixtures/held-shop.ts';
import { startReceiver } from '../fixtures/receiver.ts';
import { type Answer, call, type Shop, startSandbox } from '../fixtures/sandbox.ts';

const nowOf = async (shop: Shop): Promise<string> => (await shop.get('/sandbox/clock')).body.now;

// Dates of the wire have four digits for the year, and are written in Korea.
const LAST = '9999-12-31T23:59:59.999+09:00';
const TOO_LATE =
  '{"code":"CLOCK_TOO_LATE","message":"The clock cannot be set beyond the year 9999 in Korea."}';

t.test('a clock goes to the end of the year 9999 and no further', async (t) => {
  const { shop } = await startHeldShop(t);
  const beyond: [string, unknown][] = [
    ['set', { at: '9999-12-31T23:59:59Z' }],
    ['set', { at: '9999-12-31T15:00:00.000Z' }],
    ['hold', { at: '9999-12-31T23:59:59-12:00' }],
  ];
  for (const [verb, body] of beyond) {
    const { status, text } = await shop.post(`/sandbox/clock/${verb}`, body);
    t.equal(status, 409, JSON.stringify(body));
    t.equal(text, TOO_LATE);
    t.equal(await nowOf(shop), '2030-03-05T10:15:30.000+09:00');
  }
  t.equal((await shop.post('/sandbox/clock/set', { at: LAST })).body.now, LAST);
  t.equal((await shop.post('/sandbox/clock/advance', { ms: 0 })).status, 200);
  const { status, text } = await shop.post('/sandbox/clock/advance', { ms: 1 });
  t.equal(status, 409);
  t.equal(text, TOO_LATE);
  t.equal(await nowOf(shop), LAST);
});

t.test('a clock that is not held yet is not held by a moment that is too late either', async (t) => {
  const { newShop } = await startSandbox(t);
  const shop = await newShop();
  t.equal((await shop.post('/sandbox/clock/hold', { at: '9999-12-31T23:59:59Z' })).status, 409);
  t.equal((await shop.get('/sandbox/clock')).body.mode, 'running');
});

t.test('the verbs in my test’s own process say the same', async (t) => {
  const sandbox = await startInProcess();
  t.teardown(() => sandbox.close());
  const shop = sandbox.addMerchant();
  await shop.clock.hold(LAST);
  const refusal = { name: 'SandboxError', code: 'CLOCK_TOO_LATE' };
  await t.rejects(shop.clock.advance({ days: 1 }), refusal);
  await t.rejects(shop.clock.set(new Date('9999-12-31T23:59:59Z')), refusal);
  await t.rejects(shop.clock.hold('9999-12-31T23:59:59Z'), refusal);
  await t.rejects(shop.clock.set(new Date(253_402_300_800_000)), { code: 'INVALID_CONTROL_REQUEST' });
  t.equal(shop.clock.read().now, LAST);
});

t.test('when one clock cannot go so far, an advance of all of them moves none', async (t) => {
  const { url, shop, newShop } = await startHeldShop(t);
  const late = await newShop();
  await late.post('/sandbox/clock/hold', { at: LAST });
  for (const [verb, body, code] of [
    ['advance', { days: 1 }, 'CLOCK_TOO_LATE'],
    ['set', { at: '2031-01-01T00:00:00+09:00' }, 'CLOCK_BACKWARDS'],
    ['hold', { at: '2031-01-01T00:00:00+09:00' }, 'CLOCK_BACKWARDS'],
  ] as const) {
    const answer = await call(`${url}/sandbox/clock/${verb}`, 'POST', { body });
    t.equal(answer.status, 409);
    t.equal(answer.body.code, code);
    t.equal(await nowOf(shop), '2030-03-05T10:15:30.000+09:00', verb);
  }
  t.equal((await call(`${url}/sandbox/clock/advance`, 'POST', { body: { ms: 0 } })).status, 200);
});

/** The real one, whose timers run fifty times as fast: a second to be waited for is none. */
const hastyWall: Wall = {
  now: realWall.now,
  after: (ms, callback) => realWall.after(ms / 50, callback),
};

t.test('when one clock is busy with a receiver, an advance of all of them moves none', async (t) => {
  const { url, shop, newShop } = await startHeldShop(t, { wall: hastyWall, webhookLimitMs: 50 * 100_000 });
  const other = await newShop();
  await other.post('/sandbox/clock/hold', { at: '2030-03-05T10:15:30+09:00' });
  const advanceAll = () => call(`${url}/sandbox/clock/advance`, 'POST', { body: { days: 1 } });
  const answers: Answer[] = [];
  const receiver = await startReceiver(t, async () => {
    answers.push(await advanceAll());
    return 200;
  });
  await shop.post('/sandbox/webhooks', { url: receiver.url });
  await shop.prepare({ orderId: 'order-0001', amount: 15000 });
  // The payment lapses, and the receiver that is told so asks for another advance.
  t.equal((await shop.post('/sandbox/clock/advance', { minutes: 10 })).status, 200);
  t.strictSame(
    answers.map(({ status, body }) => [status, body.code]),
    [[409, 'CLOCK_BUSY']],
  );
  t.equal(await nowOf(other), '2030-03-05T10:15:30.000+09:00', 'the clock that was free was not moved');
  t.equal(await nowOf(shop), '2030-03-05T10:25:30.000+09:00');
  t.equal((await advanceAll()).status, 200, 'asked again, all of them are');
  t.equal(await nowOf(other), '2030-03-06T10:15:30.000+09:00');
  t.equal(await nowOf(shop), '2030-03-06T10:25:30.000+09:00');
});
