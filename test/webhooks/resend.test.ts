import t, { type Test } from 'tap';
import { newGate } from '../fixtures/gate.ts';
import { deliveriesOf, settle, startHeldShop } from '../fixtures/held-shop.ts';
import { type Answering, type Receiver, startReceiver } from '../fixtures/receiver.ts';
import { call, type Shop } from '../fixtures/sandbox.ts';

const ORDER = { orderId: 'order-0001', amount: 15000 };

/** A shop held at 2030-03-05T10:15:30+09:00 with a delivery to a receiver that answers so. */
async function payWith(t: Test, answer: Answering) {
  const receiver = await startReceiver(t, answer);
  const started = await startHeldShop(t);
  const { shop } = started;
  await shop.post('/sandbox/webhooks', { url: receiver.url });
  await shop.pay(ORDER);
  await receiver.next();
  const [{ transmissionId }] = await deliveriesOf(shop);
  return { ...started, receiver, transmissionId };
}

const resend = (shop: Shop, transmissionId: string) =>
  shop.post(`/sandbox/deliveries/${transmissionId}/resend`, {});

const header = ({ received }: Receiver, name: string) =>
  received.map(({ headers }) => headers[`tosspayments-webhook-transmission-${name}`]);

// webhooks.md 8: the manual attempt is the new first attempt; on failure 1, 4, 16 … minutes start again.
t.test('resent while it is being retried, the old retries are dropped and a new ladder begins', async (t) => {
  const { shop, receiver, transmissionId } = await payWith(t, () => 500);
  await settle(shop);
  await shop.post('/sandbox/clock/advance', { minutes: 5 });
  t.strictSame(header(receiver, 'retried-count'), ['0', '1', '2']);

  await shop.post('/sandbox/clock/advance', { minutes: 2 });
  const { status, body } = await resend(shop, transmissionId);
  t.equal(status, 202);
  t.equal(body.state, '전송 중');
  t.equal(body.nextAttemptAt, '2030-03-05T10:22:30.000+09:00', 'at once');
  await settle(shop);
  t.equal((await deliveriesOf(shop))[0].nextAttemptAt, '2030-03-05T10:23:30.000+09:00');

  await shop.post('/sandbox/clock/advance', { days: 30 });
  t.strictSame(header(receiver, 'retried-count'), ['0', '1', '2', '0', '1', '2', '3', '4', '5', '6', '7']);
  const resentAt = Date.parse('2030-03-05T10:22:30+09:00');
  t.strictSame(
    header(receiver, 'time')
      .slice(3)
      .map((time) => (Date.parse(String(time)) - resentAt) / 60_000),
    // Column "Cumulative offset".
    [0, 1, 5, 21, 85, 341, 1365, 5461],
  );
  t.equal(new Set(header(receiver, 'id')).size, 1, 'one transmission id');
  t.ok(
    receiver.received.every(({ bytes }) => bytes.equals(receiver.received[0]?.bytes ?? Buffer.alloc(0))),
    'the raw bytes are identical',
  );
  const [delivery, ...others] = await deliveriesOf(shop);
  t.strictSame(others, []);
  t.equal(delivery.state, '실패');
  t.equal(delivery.attempts.length, 11);
});

t.test('resent after it has failed for good, it can still be received', async (t) => {
  let status = 500;
  const { shop, receiver, transmissionId } = await payWith(t, () => status);
  await shop.post('/sandbox/clock/advance', { days: 4 });
  t.equal((await deliveriesOf(shop))[0].state, '실패');
  status = 200;
  t.equal((await resend(shop, transmissionId)).body.state, '전송 중');
  await settle(shop);
  const [delivery] = await deliveriesOf(shop);
  t.equal(delivery.state, '성공');
  t.equal(delivery.nextAttemptAt, null);
  t.equal(delivery.attempts.at(-1).retriedCount, 0);
  t.equal(receiver.received.length, 9);

  const again = await resend(shop, transmissionId);
  t.equal(again.status, 409);
  t.equal(again.body.code, 'DELIVERY_COMPLETED');
  await shop.post('/sandbox/clock/advance', { days: 30 });
  t.equal(receiver.received.length, 9, 'nothing comes after that');
});

t.test('an attempt that was under way at the resend is taken down, and changes nothing', async (t) => {
  const gate = newGate();
  const { shop, receiver, transmissionId } = await payWith(t, async (_received, index) => {
    if (index > 0) return 200;
    await gate.opened;
    return 500;
  });
  t.equal((await resend(shop, transmissionId)).status, 202);
  await receiver.next();
  gate.open();
  await settle(shop);
  const [delivery] = await deliveriesOf(shop);
  t.equal(delivery.state, '성공');
  t.strictSame(delivery.attempts.map(({ status }: { status: number }) => status).toSorted(), [200, 500]);
  await shop.post('/sandbox/clock/advance', { days: 30 });
  t.equal(receiver.received.length, 2);
  t.equal((await shop.get('/sandbox/health')).body.plannedJobs, 0);
});

t.test('nor when it ends first: the new attempt’s failure is the first of its ladder', async (t) => {
  const gates = [newGate(), newGate()];
  const { shop, receiver, transmissionId } = await payWith(t, async (_received, index) => {
    await gates[index]?.opened;
    return 500;
  });
  await resend(shop, transmissionId);
  await receiver.next();
  gates[0]?.open();
  while ((await deliveriesOf(shop))[0].attempts.length === 0);
  t.equal(
    (await deliveriesOf(shop))[0].nextAttemptAt,
    '2030-03-05T10:15:30.000+09:00',
    'still the resent one',
  );
  gates[1]?.open();
  await settle(shop);
  t.equal((await deliveriesOf(shop))[0].nextAttemptAt, '2030-03-05T10:16:30.000+09:00');
  await shop.post('/sandbox/clock/advance', { minutes: 1 });
  t.strictSame(header(receiver, 'retried-count'), ['0', '0', '1']);
});

t.test('a delivery is resent by its merchant or without a key, and by no other merchant', async (t) => {
  const { url, newShop, shop, receiver, transmissionId } = await payWith(t, () => 500);
  await settle(shop);
  const stranger = await newShop();
  for (const one of [await resend(stranger, transmissionId), await resend(shop, 'whtrans_a0')]) {
    t.equal(one.status, 404);
    t.equal(one.body.code, 'NO_SUCH_DELIVERY');
  }
  t.equal(receiver.received.length, 1);
  const { status } = await call(`${url}/sandbox/deliveries/${transmissionId}/resend`, 'POST');
  t.equal(status, 202);
  await settle(shop);
  t.equal(receiver.received.length, 2);
});
