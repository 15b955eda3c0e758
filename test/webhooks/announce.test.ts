import t, { type Test } from 'tap';
import { deliveriesOf, settle, startHeldShop } from '../fixtures/held-shop.ts';
import { type Received, startReceiver } from '../fixtures/receiver.ts';
import { call, type Shop, startSandbox } from '../fixtures/sandbox.ts';

const ORDER = { orderId: 'order-0001', amount: 15000 };

const confirm = (shop: Shop, paymentKey: string, headers = {}) =>
  shop.post('/v1/payments/confirm', { ...ORDER, paymentKey }, headers);
const cancel = (shop: Shop, paymentKey: string, cancelAmount?: number, headers = {}) =>
  shop.post(
    `/v1/payments/${paymentKey}/cancel`,
    { cancelReason: '고객 변심', ...(cancelAmount !== undefined && { cancelAmount }) },
    headers,
  );
const payment = (shop: Shop, paymentKey: string) => shop.get(`/v1/payments/${paymentKey}`);

/** A held shop, and a receiver that hears of its payments. */
async function startHeard(t: Test) {
  const { url, shop } = await startHeldShop(t);
  const receiver = await startReceiver(t);
  await shop.post('/sandbox/webhooks', { url: receiver.url, events: ['PAYMENT_STATUS_CHANGED'] });
  return { url, shop, receiver };
}

const statuses = (received: readonly Received[]): string[] => received.map(({ body }) => body.data.status);

/*
 * webhooks.md 2.1, row by row: what happens to a payment, and of which statuses the receiver hears. No order is
 * promised there, so each webhook is waited for before the next thing happens.
 */
const ROWS: readonly {
  what: string;
  happens: (shop: Shop) => Promise<unknown>;
  heard: readonly string[];
}[] = [
  {
    what: 'a payment is opened',
    happens: (shop) => shop.prepare({ ...ORDER, outcome: 'READY' }),
    heard: [],
  },
  { what: 'the shopper authenticates', happens: (shop) => shop.prepare(ORDER), heard: [] },
  {
    what: 'the shopper closes the window',
    happens: (shop) => shop.prepare({ ...ORDER, outcome: 'LEFT' }),
    heard: [],
  },
  {
    what: 'nobody authenticates for 30 minutes',
    happens: async (shop) => {
      await shop.prepare({ ...ORDER, outcome: 'READY' });
      await shop.post('/sandbox/clock/advance', { minutes: 30 });
    },
    heard: ['EXPIRED'],
  },
  {
    what: 'nobody confirms for 10 minutes',
    happens: async (shop) => {
      await shop.prepare(ORDER);
      await shop.post('/sandbox/clock/advance', { minutes: 10 });
    },
    heard: ['EXPIRED'],
  },
  { what: 'a confirm is approved', happens: (shop) => shop.pay(ORDER), heard: ['DONE'] },
  {
    what: 'a confirm is declined',
    happens: async (shop) => {
      const paymentKey = await shop.prepare({ ...ORDER, outcome: 'REFUSED_AT_CONFIRM' });
      await confirm(shop, paymentKey);
    },
    heard: ['ABORTED'],
  },
  {
    what: 'a payment is cancelled whole',
    happens: async (shop) => {
      const paymentKey = await shop.pay(ORDER);
      await settle(shop);
      await cancel(shop, paymentKey);
    },
    heard: ['DONE', 'CANCELED'],
  },
  {
    what: 'a payment is cancelled in parts, each is heard of',
    happens: async (shop) => {
      const paymentKey = await shop.pay(ORDER);
      await settle(shop);
      for (const part of [1000, 4000, 10_000]) {
        await cancel(shop, paymentKey, part);
        await settle(shop);
      }
    },
    heard: ['DONE', 'PARTIAL_CANCELED', 'PARTIAL_CANCELED', 'PARTIAL_CANCELED'],
  },
  {
    what: 'what is refused changes nothing',
    happens: async (shop) => {
      const paymentKey = await shop.prepare(ORDER);
      await cancel(shop, paymentKey);
      await shop.post('/v1/payments/confirm', { ...ORDER, paymentKey, amount: 1 });
      await confirm(shop, paymentKey, { 'tosspayments-test-code': 'REJECT_CARD_PAYMENT' });
      await confirm(shop, paymentKey);
      await confirm(shop, paymentKey);
      await settle(shop);
      await cancel(shop, paymentKey, 15_001);
      await cancel(shop, paymentKey);
      await settle(shop);
      await cancel(shop, paymentKey);
    },
    heard: ['DONE', 'CANCELED'],
  },
  {
    what: 'what is answered again has not happened again',
    happens: async (shop) => {
      const paymentKey = await shop.prepare(ORDER);
      for (let time = 0; time < 3; time++) await confirm(shop, paymentKey, { 'idempotency-key': 'confirm' });
      await settle(shop);
      for (let time = 0; time < 3; time++)
        await cancel(shop, paymentKey, 1000, { 'idempotency-key': 'cancel' });
    },
    heard: ['DONE', 'PARTIAL_CANCELED'],
  },
];

for (const { what, happens, heard } of ROWS) {
  t.test(`${what}: ${heard.join(', ') || 'nothing'}`, async (t) => {
    const { shop, receiver } = await startHeard(t);
    await happens(shop);
    await settle(shop);
    t.strictSame(statuses(receiver.received), heard);
    t.ok(receiver.received.every(({ body }) => body.eventType === 'PAYMENT_STATUS_CHANGED'));
  });
}

const REFUND = { refundReceiveAccount: { bank: '88', accountNumber: '110123456789', holderName: '김토스' } };
const ACCOUNT = { method: 'VIRTUAL_ACCOUNT' };
const FOREIGN = { method: 'FOREIGN_EASY_PAY', provider: 'PAYPAL', currency: 'USD' };

/** What happens to a payment: a call, and its body. */
type Step = readonly [path: string, body: Readonly<Record<string, unknown>>];

const CONFIRM: Step = ['/v1/payments/{paymentKey}', ORDER];
const DEPOSIT: Step = ['/sandbox/payments/{paymentKey}/deposit', {}];
const DEPOSIT_ERROR: Step = ['/sandbox/payments/{paymentKey}/deposit-error', {}];
const EXPIRE: Step = ['/sandbox/payments/{paymentKey}/expire-account', {}];
const CANCEL: Step = ['/v1/payments/{paymentKey}/cancel', { cancelReason: '고객 변심', ...REFUND }];
const CANCEL_PART: Step = [CANCEL[0], { ...CANCEL[1], cancelAmount: 5000 }];
const CANCEL_DONE: Step = ['/sandbox/payments/{paymentKey}/settle-cancel', {}];
const CANCEL_FAILED: Step = [CANCEL_DONE[0], { outcome: 'ABORTED' }];

const ISSUED = ['DEPOSIT_CALLBACK WAITING_FOR_DEPOSIT'];
const DEPOSITED = ['DEPOSIT_CALLBACK DONE', 'PAYMENT_STATUS_CHANGED DONE'];
const CANCELED = ['DEPOSIT_CALLBACK CANCELED', 'PAYMENT_STATUS_CHANGED CANCELED'];
const PART_CANCELED = ['DEPOSIT_CALLBACK PARTIAL_CANCELED', 'PAYMENT_STATUS_CHANGED PARTIAL_CANCELED'];

/*
 * virtual-accounts.md 12 and webhooks.md 2.2, 2.3, where all events are registered: what happens, and what is heard of
 * each step. Two webhooks that tell of the same come in no fixed order.
 */
const HEARD: readonly {
  what: string;
  wish: Readonly<Record<string, unknown>>;
  steps: readonly (readonly [Step, readonly string[]])[];
}[] = [
  {
    what: 'a deposit that the bank takes back, and that comes again',
    wish: ACCOUNT,
    steps: [
      [CONFIRM, ISSUED],
      [DEPOSIT, DEPOSITED],
      [DEPOSIT_ERROR, ['DEPOSIT_CALLBACK WAITING_FOR_DEPOSIT']],
      [DEPOSIT, DEPOSITED],
    ],
  },
  {
    what: 'a due date that passes, and a cancel after it',
    wish: ACCOUNT,
    steps: [
      [CONFIRM, ISSUED],
      [EXPIRE, []],
      [CANCEL, CANCELED],
    ],
  },
  {
    what: 'a whole cancel of what was paid in',
    wish: ACCOUNT,
    steps: [
      [CONFIRM, ISSUED],
      [DEPOSIT, DEPOSITED],
      [CANCEL, CANCELED],
    ],
  },
  {
    what: 'a cancel in parts of what was paid in',
    wish: ACCOUNT,
    steps: [
      [CONFIRM, ISSUED],
      [DEPOSIT, DEPOSITED],
      [CANCEL_PART, PART_CANCELED],
      [CANCEL, PART_CANCELED],
    ],
  },
  {
    what: 'cancels of foreign easy pay that fail and are done',
    wish: FOREIGN,
    steps: [
      [CONFIRM, ['PAYMENT_STATUS_CHANGED DONE']],
      [CANCEL, []],
      [CANCEL_FAILED, ['CANCEL_STATUS_CHANGED ABORTED']],
      [CANCEL_PART, []],
      [CANCEL_DONE, ['CANCEL_STATUS_CHANGED DONE', 'PAYMENT_STATUS_CHANGED PARTIAL_CANCELED']],
    ],
  },
  {
    what: 'a whole cancel of foreign easy pay',
    wish: FOREIGN,
    steps: [
      [CONFIRM, ['PAYMENT_STATUS_CHANGED DONE']],
      [CANCEL, []],
      [CANCEL_DONE, ['CANCEL_STATUS_CHANGED DONE', 'PAYMENT_STATUS_CHANGED CANCELED']],
    ],
  },
  {
    what: 'a transfer and its cancel',
    wish: { method: 'TRANSFER' },
    steps: [
      [CONFIRM, ['PAYMENT_STATUS_CHANGED DONE']],
      [CANCEL, ['PAYMENT_STATUS_CHANGED CANCELED']],
    ],
  },
];

for (const { what, wish, steps } of HEARD) {
  t.test(`who registers for every event hears of ${what}`, async (t) => {
    const { shop } = await startHeldShop(t);
    const receiver = await startReceiver(t);
    await shop.post('/sandbox/webhooks', { url: receiver.url, wrapDepositCallback: true });
    const paymentKey = await shop.prepare({ ...ORDER, ...wish });
    for (const [[path, body], heard] of steps) {
      const before = receiver.received.length;
      const { status, text } = await shop.post(path.replace('{paymentKey}', paymentKey), body);
      t.equal(status, 200, text);
      await settle(shop);
      const said = receiver.received
        .slice(before)
        .map(({ body: { eventType, data } }) => `${eventType} ${data.status ?? data.cancelStatus}`);
      t.strictSame(said.toSorted(), heard, path);
    }
  });
}

// webhooks.md 1: in measured bodies the order is createdAt, eventType, data. 2.1: data is the Payment object.
t.test('the body is the payment as it can be read, in an envelope', async (t) => {
  const { shop, receiver } = await startHeard(t);
  const paymentKey = await shop.pay(ORDER);
  const done = await payment(shop, paymentKey);
  await settle(shop);
  await cancel(shop, paymentKey, 5000);
  const partly = await payment(shop, paymentKey);
  await settle(shop);

  const declined = await shop.prepare({
    ...ORDER,
    orderId: 'order-0002',
    outcome: 'REFUSED_AT_CONFIRM',
  });
  await shop.post('/v1/payments/confirm', { ...ORDER, orderId: 'order-0002', paymentKey: declined });
  const aborted = await payment(shop, declined);
  t.strictSame(aborted.body.failure, {
    code: 'REJECT_CARD_PAYMENT',
    message: '한도초과 혹은 잔액부족으로 결제에 실패했습니다.',
  });
  await settle(shop);

  for (const [index, read] of [done, partly, aborted].entries()) {
    const received = receiver.received[index];
    t.strictSame(Object.keys(received?.body), ['createdAt', 'eventType', 'data']);
    t.strictSame(received?.body.data, read.body);
    t.equal(
      received?.bytes.toString(),
      `{"createdAt":"${received?.body.createdAt}","eventType":"PAYMENT_STATUS_CHANGED","data":${read.text}}`,
      'to the byte',
    );
  }
  t.equal(receiver.received.length, 3);
});

// webhooks.md 4: Korean time without offset, up to six fraction digits, trailing zeros dropped.
t.test('createdAt is the moment of the event, without offset', async (t) => {
  const { shop, receiver } = await startHeard(t);
  for (let order = 0; order < 40; order++) {
    await shop.pay({ orderId: `order-${1000 + order}`, amount: 15000 });
    await settle(shop);
    await shop.post('/sandbox/clock/advance', { ms: 7 });
  }
  t.equal(receiver.received.length, 40);
  for (const [order, { body }] of receiver.received.entries()) {
    t.match(body.createdAt, /^2030-03-05T10:15:30(\.\d{0,5}[1-9])?$/);
    const sinceSecond = Date.parse(`${body.createdAt}+09:00`) - 1_898_903_730_000;
    t.equal(sinceSecond, order * 7, 'the milliseconds are those of the shop’s clock');
  }
  t.ok(
    receiver.received.some(({ body }) => body.createdAt.length === '2030-03-05T10:15:30.123456'.length),
    'with microseconds',
  );
});

// webhooks.md 5.
t.test('the headers are those of Toss Payments, and no signature among them', async (t) => {
  const { shop, receiver } = await startHeard(t);
  await shop.post('/sandbox/clock/advance', { ms: 120 });
  await shop.pay(ORDER);
  const { headers, bytes } = await receiver.next();
  const { host, connection, ...said } = headers;
  t.equal(`http://${host}/webhook`, receiver.url);
  const transmissionId = String(said['tosspayments-webhook-transmission-id']);
  t.strictSame(said, {
    'content-type': 'application/json',
    'content-length': String(bytes.byteLength),
    'tosspayments-webhook-transmission-time': '2030-03-05T10:15:30+09:00',
    'tosspayments-webhook-transmission-retried-count': '0',
    'tosspayments-webhook-transmission-id': transmissionId,
  });
  t.match(transmissionId, /^whtrans_a[0-9abcdefghjkmnpqrstvwxyz]{26}$/);
  // 1898903730120, which is 2030-03-05T10:15:30.120+09:00, in Crockford's digits.
  t.equal(transmissionId.slice(9, 19), '01q8fqpxy8');
});

t.test('each event has a transmission id of its own', async (t) => {
  const { shop, receiver } = await startHeard(t);
  const paymentKey = await shop.pay(ORDER);
  for (const part of [1000, 2000, 3000]) await cancel(shop, paymentKey, part);
  await settle(shop);
  const ids = receiver.received.map(({ headers }) => headers['tosspayments-webhook-transmission-id']);
  t.equal(new Set(ids).size, 4);
});

// webhooks.md 10 no. 3.
t.test('what is sent again are the bytes of the event, whatever became of the payment since', async (t) => {
  const { shop } = await startHeldShop(t);
  const receiver = await startReceiver(t, () => 500);
  await shop.post('/sandbox/webhooks', { url: receiver.url });
  const paymentKey = await shop.pay(ORDER);
  const { text: done } = await payment(shop, paymentKey);
  await settle(shop);
  await cancel(shop, paymentKey);
  await shop.post('/sandbox/clock/advance', { minutes: 1 });

  t.strictSame(statuses(receiver.received).sort(), ['CANCELED', 'CANCELED', 'DONE', 'DONE']);
  const [first, again] = receiver.received.filter(({ body }) => body.data.status === 'DONE');
  t.ok(first !== undefined && again?.bytes.equals(first.bytes));
  t.match(first?.bytes.toString(), done);
  t.equal(again?.headers['tosspayments-webhook-transmission-retried-count'], '1');
  t.equal(again?.headers['tosspayments-webhook-transmission-time'], '2030-03-05T10:16:30+09:00');
  t.equal(
    again?.headers['tosspayments-webhook-transmission-id'],
    first?.headers['tosspayments-webhook-transmission-id'],
  );
  const [delivery] = await deliveriesOf(shop);
  t.equal(delivery.body, first?.bytes.toString(), 'and the log shows them');
});

/* webhooks.md 9: registration. */

t.test('of a card payment a webhook that subscribed to other events hears nothing', async (t) => {
  const { shop } = await startHeldShop(t);
  const receiver = await startReceiver(t);
  await shop.post('/sandbox/webhooks', {
    url: receiver.url,
    events: ['DEPOSIT_CALLBACK', 'CANCEL_STATUS_CHANGED', 'BILLING_DELETED', 'payout.changed'],
  });
  await cancel(shop, await shop.pay(ORDER));
  await settle(shop);
  t.strictSame(receiver.received, []);
  t.strictSame(await deliveriesOf(shop), []);
});

t.test('two webhooks are told and retried each on its own', async (t) => {
  const { shop } = await startHeldShop(t);
  const deaf = await startReceiver(t, () => 500);
  const slow = await startReceiver(t, (_received, index) => (index === 0 ? 500 : 200));
  const quick = await startReceiver(t);
  for (const { url } of [deaf, slow, quick]) await shop.post('/sandbox/webhooks', { url });
  await shop.pay(ORDER);
  await shop.post('/sandbox/clock/advance', { days: 4 });
  t.strictSame([deaf.received.length, slow.received.length, quick.received.length], [8, 2, 1]);
  const [bytes] = quick.received.map((received) => received.bytes.toString());
  t.equal(deaf.received[7]?.bytes.toString(), bytes, 'the same event');
  t.equal(slow.received[1]?.bytes.toString(), bytes);
  const states = (await deliveriesOf(shop)).map(({ url, state }) => [url, state]);
  t.strictSame(states, [
    [deaf.url, '실패'],
    [slow.url, '성공'],
    [quick.url, '성공'],
  ]);
});

t.test('with a key a webhook hears of its merchant alone, without one of everybody', async (t) => {
  const { url, newShop } = await startSandbox(t);
  const [mine, other] = [await newShop(), await newShop()];
  const own = await startReceiver(t);
  const everybodys = await startReceiver(t);
  await mine.post('/sandbox/webhooks', { url: own.url });
  await call(`${url}/sandbox/webhooks`, 'POST', { body: { url: everybodys.url } });
  const [first, second] = [await mine.pay(ORDER), await other.pay(ORDER)];
  await Promise.all([settle(mine), settle(other)]);

  const keys = (received: readonly Received[]) => received.map(({ body }) => body.data.paymentKey).sort();
  t.strictSame(keys(own.received), [first]);
  t.strictSame(keys(everybodys.received), [first, second].sort());

  const logged = async (shop: Shop) => (await deliveriesOf(shop)).map(({ mId }) => mId);
  t.strictSame(await logged(mine), [mine.mId, mine.mId]);
  t.strictSame(await logged(other), [other.mId]);
  const { body: all } = await call(`${url}/sandbox/deliveries`, 'GET');
  t.equal(all.deliveries.length, 3, 'without a key the log is everybody’s');

  const listed = (body: { webhooks: { url: string }[] }) => body.webhooks.map((webhook) => webhook.url);
  t.strictSame(listed((await mine.get('/sandbox/webhooks')).body), [own.url]);
  t.strictSame(listed((await other.get('/sandbox/webhooks')).body), []);
  t.strictSame(listed((await call(`${url}/sandbox/webhooks`, 'GET')).body), [everybodys.url]);
});

t.test('a webhook given at the start hears of everybody', async (t) => {
  const receiver = await startReceiver(t);
  const { newShop } = await startSandbox(t, {
    webhooks: [{ url: receiver.url, events: ['PAYMENT_STATUS_CHANGED'] }],
  });
  const shop = await newShop();
  const paymentKey = await shop.pay(ORDER);
  t.equal((await receiver.next()).body.data.paymentKey, paymentKey);
});

t.test('a webhook that was removed hears no more', async (t) => {
  const { url, newShop } = await startSandbox(t);
  const [shop, other] = [await newShop(), await newShop()];
  const receivers = [await startReceiver(t), await startReceiver(t), await startReceiver(t)];
  const register = async (index: number): Promise<string> =>
    (await shop.post('/sandbox/webhooks', { url: receivers[index]?.url })).body.webhookId;
  const counts = async (orderId: string): Promise<number[]> => {
    await shop.pay({ orderId, amount: 15000 });
    await settle(shop);
    return receivers.map(({ received }) => received.length);
  };
  const first = await register(0);
  await register(1);
  await call(`${url}/sandbox/webhooks`, 'POST', { body: { url: receivers[2]?.url } });
  t.strictSame(await counts('order-0001'), [1, 1, 1]);

  t.equal((await other.delete(`/sandbox/webhooks/${first}`)).status, 404, 'not another merchant’s to remove');
  t.strictSame(await counts('order-0002'), [2, 2, 2]);
  t.equal((await shop.delete(`/sandbox/webhooks/${first}`)).status, 204);
  t.equal((await shop.delete(`/sandbox/webhooks/${first}`)).status, 404, 'it is gone');
  t.strictSame(await counts('order-0003'), [2, 3, 3]);
  t.equal((await shop.delete('/sandbox/webhooks')).status, 204);
  t.strictSame(await counts('order-0004'), [2, 3, 4], 'those for everybody stay');
  t.equal((await call(`${url}/sandbox/webhooks`, 'DELETE')).status, 204);
  t.strictSame(await counts('order-0005'), [2, 3, 4]);
});

/** webhooks.md 1, the whole list. */
const EVENTS = [
  'PAYMENT_STATUS_CHANGED',
  'DEPOSIT_CALLBACK',
  'CANCEL_STATUS_CHANGED',
  'BILLING_DELETED',
  'METHOD_UPDATED',
  'CUSTOMER_STATUS_CHANGED',
  'ORDER_PAYMENT_STATUS_CHANGED',
  'payout.changed',
  'seller.changed',
  'ars-reservation.changed',
  'PAYOUT_STATUS_CHANGED',
  'SUBMALL_STATUS_CHANGED',
];

t.test('a webhook can be registered for each of the twelve events', async (t) => {
  const { newShop } = await startSandbox(t);
  const shop = await newShop();
  const url = 'https://shop.example/webhook';
  for (const event of EVENTS) {
    const { status, body } = await shop.post('/sandbox/webhooks', { url, events: [event] });
    t.equal(status, 201, event);
    const { webhookId } = body;
    t.strictSame(body, { webhookId, url, events: [event], wrapDepositCallback: false }, event);
  }
  const { body: whole } = await shop.post('/sandbox/webhooks', { url, events: EVENTS });
  t.strictSame(whole.events, EVENTS);
  const { body: unsaid } = await shop.post('/sandbox/webhooks', { url });
  t.strictSame([...unsaid.events].sort(), [...EVENTS].sort(), 'who names none hears of all');
});

t.test('a webhook for what is no event, or at what is no address, is refused', async (t) => {
  const { newShop } = await startSandbox(t);
  const shop = await newShop();
  const url = 'http://shop.example/webhook';
  for (const wish of [
    { url, events: ['PAYMENT_CHANGED'] },
    { url, events: ['payment_status_changed'] },
    { url, events: ['PAYMENT_STATUS_CHANGED', 'PAYOUT.CHANGED'] },
    { url, events: [] },
    { url, events: 'PAYMENT_STATUS_CHANGED' },
    { url, event: 'PAYMENT_STATUS_CHANGED' },
    { events: ['PAYMENT_STATUS_CHANGED'] },
    { url: '/webhook' },
    { url: 'ftp://shop.example/webhook' },
    { url: 'http://' },
    [],
    undefined,
  ]) {
    const { status, body } = await shop.post('/sandbox/webhooks', wish);
    t.equal(status, 400, JSON.stringify(wish));
    t.equal(body.code, 'INVALID_CONTROL_REQUEST', JSON.stringify(wish));
  }
  t.strictSame((await shop.get('/sandbox/webhooks')).body, { webhooks: [] });
});
