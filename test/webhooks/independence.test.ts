import t from 'tap';
import { realWall, type Wall } from '../../src/clock/wall.ts';
import { newGate } from '../fixtures/gate.ts';
import { deliveriesOf, settle, startHeldShop } from '../fixtures/held-shop.ts';
import { type Answering, startReceiver } from '../fixtures/receiver.ts';
import { type Answer, call, startSandbox } from '../fixtures/sandbox.ts';
import { turn } from '../fixtures/wall.ts';

const ORDER = { orderId: 'order-0001', amount: 15000 };
const OTHER_ORDER = { orderId: 'order-0002', amount: 15000 };

/** Time enough for every answer of a receiver that is not meant to be late. */
const PATIENT = { webhookLimitMs: 100_000 };

/** How a receiver answers that does so when a test lets it. */
function holding() {
  const gate = newGate();
  const answer: Answering = async () => {
    await gate.opened;
    return 200;
  };
  return { answer, letAnswer: gate.open };
}

for (const mode of ['held', 'running']) {
  t.test(`with a ${mode} clock no reply waits for a receiver`, async (t) => {
    const { shop } = await startHeldShop(t, PATIENT);
    if (mode === 'running') await shop.post('/sandbox/clock/run', undefined);
    const { answer, letAnswer } = holding();
    const receiver = await startReceiver(t, answer);
    await shop.post('/sandbox/webhooks', { url: receiver.url });

    const paymentKey = await shop.prepare(ORDER);
    const confirmed = await shop.post('/v1/payments/confirm', { ...ORDER, paymentKey });
    t.equal(confirmed.status, 200);
    await receiver.next();
    const canceled = await shop.post(`/v1/payments/${paymentKey}/cancel`, { cancelReason: '고객 변심' });
    t.equal(canceled.status, 200);
    await receiver.next();
    // Only now that the replies are here: a reply that waited for the receiver would never have come.
    letAnswer();
    await settle(shop);
    t.strictSame(
      (await deliveriesOf(shop)).map(({ state }) => state),
      ['성공', '성공'],
    );
  });
}

t.test('a receiver that hangs delays no other receiver and no call', async (t) => {
  const { newShop, shop } = await startHeldShop(t, PATIENT);
  const { answer, letAnswer } = holding();
  const hangs = await startReceiver(t, answer);
  const answers = await startReceiver(t);
  for (const { url } of [hangs, answers]) await shop.post('/sandbox/webhooks', { url });
  const first = await shop.pay(ORDER);
  await hangs.next();
  t.equal((await answers.next()).body.data.paymentKey, first);
  const second = await shop.pay(OTHER_ORDER);
  t.equal((await answers.next()).body.data.paymentKey, second);
  t.equal((await hangs.next()).body.data.paymentKey, second, 'the hanging one hears of it too');
  t.equal((await shop.get(`/v1/payments/${first}`)).status, 200);
  t.equal((await (await newShop()).post('/sandbox/clock/advance', { days: 1 })).status, 200);
  t.strictSame(
    (await deliveriesOf(shop)).map(({ url, state }) => [url, state]),
    [
      [hangs.url, '전송 중'],
      [answers.url, '성공'],
      [hangs.url, '전송 중'],
      [answers.url, '성공'],
    ],
  );
  letAnswer();
});

t.test('during an advance that waits for a receiver calls are answered as of that moment', async (t) => {
  const { shop } = await startHeldShop(t, PATIENT);
  const { answer, letAnswer } = holding();
  const receiver = await startReceiver(t, answer);
  const quick = await startReceiver(t);
  for (const { url } of [receiver, quick]) await shop.post('/sandbox/webhooks', { url });
  const lapsing = await shop.prepare(ORDER);
  const advance = shop.post('/sandbox/clock/advance', { hours: 1 });
  await receiver.next();
  await quick.next();
  t.equal((await shop.get('/sandbox/clock')).body.now, '2030-03-05T10:25:30.000+09:00');
  t.equal((await shop.get(`/v1/payments/${lapsing}`)).body.status, 'EXPIRED');
  const paymentKey = await shop.prepare(OTHER_ORDER);
  const { body } = await shop.post('/v1/payments/confirm', { ...OTHER_ORDER, paymentKey });
  t.equal(body.approvedAt, '2030-03-05T10:25:30+09:00');
  letAnswer();
  t.equal((await advance).body.now, '2030-03-05T11:15:30.000+09:00');
  t.strictSame(
    receiver.received.map((received) => received.body.data.status),
    ['EXPIRED', 'DONE'],
    'and what happened meanwhile was sent by the same advance',
  );
});

t.test('a receiver that reads the payment before it answers gets it', async (t) => {
  const { shop } = await startHeldShop(t, PATIENT);
  const read: Answer[] = [];
  const receiver = await startReceiver(t, async ({ body }) => {
    const answer = await shop.get(`/v1/payments/${body.data.paymentKey}`);
    read.push(answer);
    return answer.status;
  });
  await shop.post('/sandbox/webhooks', { url: receiver.url });
  await shop.pay(ORDER);
  await shop.prepare(OTHER_ORDER);
  await shop.post('/sandbox/clock/advance', { minutes: 10 });
  t.strictSame(
    read.map(({ body }) => body),
    receiver.received.map(({ body }) => body.data),
    'and what it reads is what it was sent',
  );
  t.strictSame(
    (await deliveriesOf(shop)).map(({ state }) => state),
    ['성공', '성공'],
  );
});

t.test('a receiver that cancels before it answers hears of that too', async (t) => {
  const { shop } = await startHeldShop(t, PATIENT);
  const receiver = await startReceiver(t, async ({ body }) => {
    const { paymentKey, status } = body.data;
    if (status !== 'DONE') return 200;
    return (await shop.post(`/v1/payments/${paymentKey}/cancel`, { cancelReason: '재고 없음' })).status;
  });
  await shop.post('/sandbox/webhooks', { url: receiver.url });
  await shop.pay(ORDER);
  await settle(shop);
  t.strictSame(
    receiver.received.map(({ body }) => body.data.status),
    ['DONE', 'CANCELED'],
  );
});

/** The real one, whose timers run fifty times as fast: a second to be waited for is none. */
const hastyWall: Wall = {
  now: realWall.now,
  after: (ms, callback) => realWall.after(ms / 50, callback),
};

for (const path of ['advance', 'set']) {
  const moved = path === 'set' ? { at: '2031-01-01T00:00:00+09:00' } : { days: 1 };
  t.test(
    `a receiver that calls clock/${path} during an advance is refused, and everything ends`,
    async (t) => {
      const { shop } = await startHeldShop(t, { wall: hastyWall, webhookLimitMs: 50 * 100_000 });
      const answers: Answer[] = [];
      const receiver = await startReceiver(t, async () => {
        answers.push(await shop.post(`/sandbox/clock/${path}`, moved));
        return 200;
      });
      await shop.post('/sandbox/webhooks', { url: receiver.url });
      await shop.prepare(ORDER);
      const advance = await shop.post('/sandbox/clock/advance', { minutes: 10 });
      t.equal(advance.status, 200);
      t.equal(advance.body.now, '2030-03-05T10:25:30.000+09:00');
      t.strictSame(
        answers.map(({ status, body }) => [status, body.code]),
        [[409, 'CLOCK_BUSY']],
      );
      t.equal((await deliveriesOf(shop))[0].state, '성공');
      t.equal((await shop.get('/sandbox/clock')).body.now, '2030-03-05T10:25:30.000+09:00');
    },
  );
}

t.test('two advances at once add up', async (t) => {
  const { shop } = await startHeldShop(t, PATIENT);
  const receiver = await startReceiver(t, () => 500);
  await shop.post('/sandbox/webhooks', { url: receiver.url });
  await shop.pay(ORDER);
  const answers = await Promise.all([1, 2, 3, 4].map(() => shop.post('/sandbox/clock/advance', { days: 1 })));
  t.strictSame(
    answers.map(({ status }) => status),
    [200, 200, 200, 200],
  );
  t.equal((await shop.get('/sandbox/clock')).body.now, '2030-03-09T10:15:30.000+09:00');
  t.equal(receiver.received.length, 8);
});

for (const whose of ['the merchant', 'the whole sandbox']) {
  t.test(`a reset of ${whose} while an attempt is under way forgets it`, async (t) => {
    const { url, shop, newShop } = await startHeldShop(t, PATIENT);
    const { answer, letAnswer } = holding();
    const receiver = await startReceiver(t, answer);
    await shop.post('/sandbox/webhooks', { url: receiver.url });
    await shop.pay(ORDER);
    await receiver.next();
    const reset =
      whose === 'the merchant'
        ? await shop.post('/sandbox/reset', undefined)
        : await call(`${url}/sandbox/reset`, 'POST');
    t.equal(reset.status, 204);
    letAnswer();
    // The whole sandbox forgets also the merchants that came after its start.
    const next = whose === 'the merchant' ? shop : await newShop();
    await settle(next);
    t.strictSame(await deliveriesOf(next), []);
    const { body: health } = await call(`${url}/sandbox/health`, 'GET');
    t.strictSame(
      [health.payments, health.journalEntries, health.deliveries, health.plannedJobs],
      [0, 0, 0, 0],
    );

    const again = await startReceiver(t);
    await next.post('/sandbox/webhooks', { url: again.url });
    const paymentKey = await next.pay(ORDER);
    t.equal((await again.next()).body.data.paymentKey, paymentKey, 'and it works as on the first day');
    t.equal(receiver.received.length, 1);
  });
}

t.test('a reset during an advance lets the clock run as at the beginning', async (t) => {
  const { shop } = await startHeldShop(t, PATIENT);
  const { answer, letAnswer } = holding();
  const receiver = await startReceiver(t, answer);
  await shop.post('/sandbox/webhooks', { url: receiver.url });
  await shop.prepare(ORDER);
  const advance = shop.post('/sandbox/clock/advance', { days: 100 });
  await receiver.next();
  const before = Date.now();
  t.equal((await shop.post('/sandbox/reset', undefined)).status, 204);
  letAnswer();
  t.equal((await advance).status, 200);
  const { mode, now } = (await shop.get('/sandbox/clock')).body;
  t.equal(mode, 'running');
  t.ok(Date.parse(now) >= before && Date.parse(now) <= Date.now(), 'with the time of the machine');
  t.strictSame(await deliveriesOf(shop), []);
});

t.test('a merchant can be removed while an attempt is under way', async (t) => {
  const { url, shop, newShop } = await startHeldShop(t, PATIENT);
  const { answer, letAnswer } = holding();
  const receiver = await startReceiver(t, answer);
  await shop.post('/sandbox/webhooks', { url: receiver.url });
  await shop.prepare(ORDER);
  const advance = shop.post('/sandbox/clock/advance', { days: 1 });
  await receiver.next();
  t.equal((await call(`${url}/sandbox/merchants/${shop.mId}`, 'DELETE')).status, 204);
  letAnswer();
  const { status, body } = await advance;
  t.equal(status, 404);
  t.equal(body.code, 'NO_SUCH_MERCHANT');
  t.equal((await shop.get('/v1/payments/orders/order-0001')).status, 401, 'its key is none any more');
  const other = await newShop();
  t.ok(await other.pay(ORDER));
});

t.test('closing the sandbox waits for the attempts under way', async (t) => {
  const { sandbox, shop } = await startHeldShop(t, PATIENT);
  const { answer, letAnswer } = holding();
  const receiver = await startReceiver(t, answer);
  await shop.post('/sandbox/webhooks', { url: receiver.url });
  await shop.pay(ORDER);
  await receiver.next();
  let closed = false;
  const closing = sandbox.close().then(() => {
    closed = true;
  });
  await turn();
  t.notOk(closed);
  letAnswer();
  await closing;
  const [delivery] = sandbox.core.store.world(shop.mId)?.deliveries() ?? [];
  t.equal(delivery?.state, 'COMPLETED', 'and takes down how they ended');
});

t.test('closing the sandbox does not hang on a receiver that hangs', async (t) => {
  const { sandbox, newShop } = await startSandbox(t, { webhookLimitMs: 50 });
  const shop = await newShop();
  const { answer, letAnswer } = holding();
  const receiver = await startReceiver(t, answer);
  await shop.post('/sandbox/webhooks', { url: receiver.url });
  await shop.pay(ORDER);
  await receiver.next();
  await sandbox.close();
  const [delivery] = sandbox.core.store.world(shop.mId)?.deliveries() ?? [];
  t.equal(delivery?.state, 'SENDING');
  t.equal(delivery?.attempts[0]?.error, 'TIMEOUT');
  letAnswer();
});

t.test('closing the sandbox during an advance leaves the clock where it had come to', async (t) => {
  const { sandbox, shop } = await startHeldShop(t, PATIENT);
  const { answer, letAnswer } = holding();
  const receiver = await startReceiver(t, answer);
  await shop.post('/sandbox/webhooks', { url: receiver.url });
  await shop.prepare(ORDER);
  const advance = shop.post('/sandbox/clock/advance', { days: 100 }).catch(() => 'cut off');
  await receiver.next();
  const closing = sandbox.close();
  t.equal(await advance, 'cut off');
  letAnswer();
  await closing;
  // Ten minutes after 2030-03-05T10:15:30+09:00.
  t.strictSame(sandbox.core.store.world(shop.mId)?.clock, { heldAt: 1_898_904_330_000, shiftMs: 0 });
});
