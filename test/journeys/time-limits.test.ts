import t, { type Test } from 'tap';
import { settle, startHeldShop } from '../fixtures/held-shop.ts';
import { startReceiver } from '../fixtures/receiver.ts';
import { call, type Shop, startSandbox } from '../fixtures/sandbox.ts';
import { HandWall } from '../fixtures/wall.ts';

const ORDER = { orderId: 'order-0001', amount: 15000 };

/** A shop whose clock is held at 2030-03-05T10:15:30+09:00, and what its webhook receiver gets. */
async function heldShop(t: Test) {
  const { url, shop } = await startHeldShop(t);
  const receiver = await startReceiver(t);
  await shop.post('/sandbox/webhooks', { url: receiver.url });
  return { url, shop, receiver };
}

const confirm = (shop: Shop, paymentKey: string) =>
  shop.post('/v1/payments/confirm', { paymentKey, ...ORDER });
const statusOf = async (shop: Shop, paymentKey: string): Promise<string> =>
  (await shop.get(`/v1/payments/${paymentKey}`)).body.status;

// payments.md 3: ten minutes from authentication to confirm. 4.2: what a late confirm answers.

for (const { passed, span } of [
  { passed: '9:59', span: { minutes: 9, seconds: 59 } },
  { passed: '9:59.999', span: { minutes: 9, seconds: 59, ms: 999 } },
]) {
  t.test(`${passed} after the shopper authenticated the confirm is approved`, async (t) => {
    const { shop } = await heldShop(t);
    const paymentKey = await shop.prepare(ORDER);
    await shop.post('/sandbox/clock/advance', span);
    const { status, body } = await confirm(shop, paymentKey);
    t.equal(status, 200);
    t.equal(body.status, 'DONE');
    await settle(shop);
    t.equal((await shop.get('/sandbox/health')).body.plannedJobs, 0, 'its time limit is none any more');
    await shop.post('/sandbox/clock/advance', { days: 1 });
    t.equal(await statusOf(shop, paymentKey), 'DONE', 'and a day later it still stands');
  });
}

t.test('10:00 after the shopper authenticated the session is gone', async (t) => {
  const { shop, receiver } = await heldShop(t);
  const paymentKey = await shop.prepare(ORDER);
  await shop.post('/sandbox/clock/advance', { minutes: 10 });

  const late = await confirm(shop, paymentKey);
  t.equal(late.status, 404);
  t.strictSame(late.body, {
    code: 'NOT_FOUND_PAYMENT_SESSION',
    message: '결제 시간이 만료되어 결제 진행 데이터가 존재하지 않습니다.',
  });

  // webhooks.md 3.1, row EXPIRED.
  const { body: payment } = await shop.get(`/v1/payments/${paymentKey}`);
  t.equal(payment.status, 'EXPIRED');
  t.strictSame(payment.failure, {
    code: 'EXPIRED_PAYMENT',
    message: '결제가 만료되었습니다. 다시 시도해주세요.',
  });
  const { approvedAt, method, useEscrow, secret, receipt, card, easyPay, totalAmount, balanceAmount } =
    payment;
  t.strictSame(
    { approvedAt, method, useEscrow, secret, receipt, card, easyPay },
    {
      approvedAt: null,
      method: null,
      useEscrow: null,
      secret: null,
      receipt: null,
      card: null,
      easyPay: null,
    },
  );
  t.strictSame({ totalAmount, balanceAmount }, { totalAmount: 15000, balanceAmount: 15000 });

  await shop.post('/sandbox/clock/advance', { days: 100 });
  t.equal(receiver.received.length, 1, 'one webhook, and no more of it');
  const { body } = await receiver.next();
  t.equal(body.eventType, 'PAYMENT_STATUS_CHANGED');
  t.strictSame(body.data, payment);
  t.match(body.createdAt, /^2030-03-05T10:25:30(\.000\d{0,2}[1-9])?$/, 'of the moment of the limit');
  t.equal((await shop.get('/sandbox/health')).body.plannedJobs, 0, 'nothing is left to be done');
});

t.test('a payment that nobody authenticates lapses 30 minutes after it was opened', async (t) => {
  const { url, shop, receiver } = await heldShop(t);
  const paymentKey = await shop.prepare({ ...ORDER, outcome: 'READY' });
  const page = `${url}/v1/payments/${paymentKey}/checkout`;
  const { body: opened } = await shop.get(`/v1/payments/${paymentKey}`);
  t.equal(opened.requestedAt, '2030-03-05T10:15:30+09:00');

  await shop.post('/sandbox/clock/advance', { minutes: 20 });
  t.equal((await call(page, 'GET')).status, 200);
  await shop.post('/sandbox/clock/advance', { minutes: 9, seconds: 59, ms: 999 });
  t.equal((await call(page, 'GET')).status, 200, 'at 29:59.999 the window can be loaded again');
  t.equal(await statusOf(shop, paymentKey), 'READY');
  t.equal(receiver.received.length, 0);

  const { body: clock } = await shop.post('/sandbox/clock/advance', { ms: 1 });
  t.equal(clock.now, '2030-03-05T10:45:30.000+09:00');
  const { body: lapsed } = await shop.get(`/v1/payments/${paymentKey}`);
  t.equal(lapsed.status, 'EXPIRED', 'and reloading it has extended nothing');
  t.strictSame(lapsed.failure, {
    code: 'EXPIRED_PAYMENT',
    message: '결제가 만료되었습니다. 다시 시도해주세요.',
  });
  t.equal((await call(page, 'GET')).status, 410);
  t.equal((await confirm(shop, paymentKey)).body.code, 'NOT_FOUND_PAYMENT_SESSION');
  t.equal(receiver.received.length, 1);
  t.strictSame((await receiver.next()).body.data, lapsed);
});

t.test('who authenticates at the last moment has ten minutes from then', async (t) => {
  const { url, shop, receiver } = await heldShop(t);
  const paymentKey = await shop.prepare({ ...ORDER, outcome: 'READY' });
  await shop.post('/sandbox/clock/advance', { minutes: 29, seconds: 59, ms: 999 });
  const pressed = await call(`${url}/v1/payments/${paymentKey}/checkout`, 'POST', {
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: 'outcome=AUTHENTICATED&cardCompany=61',
  });
  t.equal(pressed.status, 303);
  await shop.post('/sandbox/clock/advance', { minutes: 9, seconds: 59, ms: 999 });
  t.equal(await statusOf(shop, paymentKey), 'IN_PROGRESS');
  await shop.post('/sandbox/clock/advance', { ms: 1 });
  t.equal(await statusOf(shop, paymentKey), 'EXPIRED');
  t.equal(receiver.received.length, 1);
});

for (const outcome of ['REFUSED', 'LEFT']) {
  t.test(`a shopper who is sent away as ${outcome} changes nothing: the payment lapses later`, async (t) => {
    const { shop, receiver } = await heldShop(t);
    const paymentKey = await shop.prepare({ ...ORDER, outcome });
    await shop.post('/sandbox/clock/advance', { minutes: 29, seconds: 59, ms: 999 });
    t.equal(await statusOf(shop, paymentKey), 'READY');
    t.equal(receiver.received.length, 0);
    await shop.post('/sandbox/clock/advance', { ms: 1 });
    t.equal(await statusOf(shop, paymentKey), 'EXPIRED');
    t.equal(receiver.received.length, 1);
  });
}

t.test('one merchant’s time passes for nobody else', async (t) => {
  const { newShop } = await startSandbox(t);
  const [hasty, patient] = [await newShop(), await newShop()];
  const first = await hasty.prepare(ORDER);
  const second = await patient.prepare(ORDER);
  await hasty.post('/sandbox/clock/advance', { minutes: 10 });
  t.equal(await statusOf(hasty, first), 'EXPIRED');
  t.equal(await statusOf(patient, second), 'IN_PROGRESS');
});

/* The timer of a running clock may be late: a busy machine, a laptop that slept. Nobody is to notice. */

/** 2026-03-05T10:15:30+09:00. */
const START = 1_772_673_330_000;

async function shopWithLateTimers(t: Test) {
  const wall = new HandWall(START);
  const { url, newShop } = await startSandbox(t, { wall });
  return { wall, url, shop: await newShop() };
}

t.test('however late a timer is, nobody sees a stale payment', async (t) => {
  const { wall, url, shop } = await shopWithLateTimers(t);
  const receiver = await startReceiver(t);
  await shop.post('/sandbox/webhooks', { url: receiver.url });
  const paymentKey = await shop.prepare(ORDER);
  wall.move(599_999);
  t.equal(await statusOf(shop, paymentKey), 'IN_PROGRESS');
  wall.move(1 + 60_000);
  t.equal(await statusOf(shop, paymentKey), 'EXPIRED');
  const { body, headers } = await receiver.next();
  t.match(body.createdAt, /^2026-03-05T10:25:30(\.000\d{0,2}[1-9])?$/, 'it happened when it was due');
  t.equal(
    headers['tosspayments-webhook-transmission-time'],
    '2026-03-05T10:26:30+09:00',
    'and was sent late',
  );

  const read = { ...ORDER, orderId: 'order-0002' };
  const readByOrder = await shop.prepare(read);
  wall.move(600_000);
  t.equal((await shop.get('/v1/payments/orders/order-0002')).body.status, 'EXPIRED', readByOrder);

  const confirmed = await shop.prepare({ ...ORDER, orderId: 'order-0003' });
  wall.move(600_000);
  const late = await shop.post('/v1/payments/confirm', {
    ...ORDER,
    orderId: 'order-0003',
    paymentKey: confirmed,
  });
  t.equal(late.body.code, 'NOT_FOUND_PAYMENT_SESSION');

  const looked = await shop.prepare({ ...ORDER, orderId: 'order-0004', outcome: 'READY' });
  const page = `${url}/v1/payments/${looked}/checkout`;
  t.equal((await call(page, 'GET')).status, 200);
  wall.move(1_800_000);
  t.equal((await call(page, 'GET')).status, 410);
});

t.test('the timer that comes in the end changes nothing more', async (t) => {
  const { wall, shop } = await shopWithLateTimers(t);
  const paymentKey = await shop.prepare(ORDER);
  wall.move(600_000);
  const { text: before } = await shop.get(`/v1/payments/${paymentKey}`);
  wall.fire();
  wall.fire();
  t.equal((await shop.get(`/v1/payments/${paymentKey}`)).text, before);
});

t.test('a timer in time lets a payment lapse that nobody asks for', async (t) => {
  const { wall, shop } = await shopWithLateTimers(t);
  const receiver = await startReceiver(t);
  await shop.post('/sandbox/webhooks', { url: receiver.url });
  await shop.prepare(ORDER);
  wall.move(600_000);
  wall.fire();
  t.equal((await receiver.next()).body.data.status, 'EXPIRED');
});

/* The clock's own calls. */

t.test('a clock says how it stands after each call', async (t) => {
  const wall = new HandWall(START);
  const { newShop } = await startSandbox(t, { wall });
  const shop = await newShop();
  const { mId } = shop;
  const after = async (path: string, body?: unknown): Promise<unknown> => {
    const answer = await shop.post(`/sandbox/clock/${path}`, body);
    t.equal(answer.status, 200, path);
    return answer.body;
  };
  const running = (now: string) => ({ mId, mode: 'running', now });
  const held = (now: string) => ({ mId, mode: 'held', now });

  t.strictSame((await shop.get('/sandbox/clock')).body, running('2026-03-05T10:15:30.000+09:00'));
  wall.move(250);
  t.strictSame(await after('hold'), held('2026-03-05T10:15:30.250+09:00'));
  wall.move(60_000);
  t.strictSame(await after('hold', {}), held('2026-03-05T10:15:30.250+09:00'));
  t.strictSame(
    await after('advance', { days: 1, hours: 2, minutes: 3, seconds: 4, ms: 5 }),
    held('2026-03-06T12:18:34.255+09:00'),
  );
  t.strictSame(await after('advance', { minutes: 0.5 }), held('2026-03-06T12:19:04.255+09:00'));
  t.strictSame(
    await after('set', { at: '2026-03-06T04:00:00.5Z' }),
    held('2026-03-06T13:00:00.500+09:00'),
    'another offset is the same moment',
  );
  t.strictSame(await after('run'), running('2026-03-06T13:00:00.500+09:00'));
  wall.move(1500);
  t.strictSame(await after('advance', { seconds: 1 }), running('2026-03-06T13:00:03.000+09:00'));
  t.strictSame(
    await after('hold', { at: '2026-03-07T00:00:00+09:00' }),
    held('2026-03-07T00:00:00.000+09:00'),
  );
});

t.test('a clock cannot be set backwards, and is left as it was', async (t) => {
  const { shop } = await heldShop(t);
  for (const path of ['set', 'hold']) {
    const { status, body } = await shop.post(`/sandbox/clock/${path}`, {
      at: '2030-03-05T10:15:29.999+09:00',
    });
    t.equal(status, 409, path);
    t.equal(body.code, 'CLOCK_BACKWARDS', path);
  }
  t.equal((await shop.get('/sandbox/clock')).body.now, '2030-03-05T10:15:30.000+09:00');
  const { status } = await shop.post('/sandbox/clock/set', { at: '2030-03-05T10:15:30+09:00' });
  t.equal(status, 200, 'where it stands it may be set');
});

t.test('nonsense moves no clock', async (t) => {
  const { shop } = await heldShop(t);
  for (const [path, body] of [
    ['advance', undefined],
    ['advance', {}],
    ['advance', []],
    ['advance', 10],
    ['advance', 'not JSON'],
    ['advance', { minutes: -1 }],
    ['advance', { minutes: '10' }],
    ['advance', { minutes: null }],
    ['advance', { weeks: 1 }],
    ['advance', { minutes: 10, weeks: 1 }],
    ['advance', { days: 36_525, ms: 1 }],
    ['set', undefined],
    ['set', {}],
    ['set', { at: 'tomorrow' }],
    ['set', { at: '2030-03-06T10:15:30' }],
    ['set', { at: '2030-02-30T10:15:30+09:00' }],
    ['set', { at: 1_900_000_000_000 }],
    ['hold', { at: '2030-03-06' }],
    ['hold', { until: '2030-03-06T10:15:30+09:00' }],
  ] as const) {
    const answer = await shop.post(`/sandbox/clock/${path}`, body);
    const what = `${path} ${JSON.stringify(body)}`;
    t.equal(answer.status, 400, what);
    t.equal(answer.body.code, 'INVALID_CONTROL_REQUEST', what);
  }
  t.strictSame((await shop.get('/sandbox/clock')).body, {
    mId: shop.mId,
    mode: 'held',
    now: '2030-03-05T10:15:30.000+09:00',
  });
});

t.test('a key that is none is refused, and speaks for nobody', async (t) => {
  const { url, shop } = await heldShop(t);
  const { status, body } = await call(`${url}/sandbox/clock/advance`, 'POST', {
    headers: { authorization: 'Basic dGVzdF9za19ub2JvZHlzMTIzNDU2Nzg5MDo=' },
    body: { minutes: 10 },
  });
  t.equal(status, 401);
  t.equal(body.code, 'UNAUTHORIZED_KEY');
  t.equal((await shop.get('/sandbox/clock')).body.now, '2030-03-05T10:15:30.000+09:00');
});

t.test('without a key every merchant’s clock is moved', async (t) => {
  const { url, newShop } = await startSandbox(t);
  const shops = [await newShop(), await newShop()];
  const at = '2030-03-05T10:15:30+09:00';
  const { status, body } = await call(`${url}/sandbox/clock/hold`, 'POST', { body: { at } });
  t.equal(status, 200);
  const mIds = body.clocks.map(({ mId }: { mId: string }) => mId);
  // The merchants of the documentation are there besides.
  for (const mId of ['tvivarepublica', ...shops.map(({ mId }) => mId)]) t.ok(mIds.includes(mId), mId);
  for (const { mId, mode, now } of body.clocks) {
    t.strictSame({ mode, now }, { mode: 'held', now: '2030-03-05T10:15:30.000+09:00' }, mId);
  }
  const keys = await Promise.all(shops.map((shop) => shop.prepare(ORDER)));
  await call(`${url}/sandbox/clock/advance`, 'POST', { body: { minutes: 10 } });
  for (const [index, shop] of shops.entries()) t.equal(await statusOf(shop, keys[index] ?? ''), 'EXPIRED');
  const { body: after } = await call(`${url}/sandbox/clock`, 'GET');
  for (const { mId, now } of after.clocks) t.equal(now, '2030-03-05T10:25:30.000+09:00', mId);
});

t.test('when one of all clocks would go backwards, none is moved', async (t) => {
  const { url, newShop } = await startSandbox(t, { wall: new HandWall(START) });
  const [ahead, other] = [await newShop(), await newShop()];
  await ahead.post('/sandbox/clock/hold', { at: '2030-03-05T10:15:30+09:00' });
  for (const path of ['set', 'hold']) {
    const { status, body } = await call(`${url}/sandbox/clock/${path}`, 'POST', {
      body: { at: '2028-01-01T00:00:00+09:00' },
    });
    t.equal(status, 409, path);
    t.equal(body.code, 'CLOCK_BACKWARDS', path);
  }
  t.strictSame((await other.get('/sandbox/clock')).body, {
    mId: other.mId,
    mode: 'running',
    now: '2026-03-05T10:15:30.000+09:00',
  });
});
