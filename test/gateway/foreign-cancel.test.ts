import t, { type Test } from 'tap';
import { deliveriesOf, settle, startHeldShop } from '../fixtures/held-shop.ts';
import { type Paid, paid } from '../fixtures/paid.ts';
import { type Answer, type Shop, startSandbox } from '../fixtures/sandbox.ts';
import { setConduct, startSlowShop } from '../fixtures/slow-shop.ts';

type Wish = Readonly<Record<string, unknown>>;

/** The amounts of webhooks.md 3.3. */
const PAYPAL = { method: 'FOREIGN_EASY_PAY', provider: 'PAYPAL', currency: 'USD', amount: 12.5 };

const CONSECUTIVE =
  '{"code":"FORBIDDEN_CONSECUTIVE_REQUEST","message":"반복적인 요청은 허용되지 않습니다. 잠시 후 다시 시도해주세요."}';

const NAME = { cancelRequestId: 'cancel-20260213-0001' };

interface Bench {
  readonly url: string;
  /** How many things are ahead on the merchant's agenda. */
  readonly plannedJobs: () => number | undefined;
  readonly shop: Shop;
  readonly payment: Paid;
  /** Ends the cancel under way: `POST /sandbox/payments/{paymentKey}/settle-cancel`. */
  readonly end: (wish?: Wish) => Promise<Answer>;
}

/** A payment by PayPal whose merchant hears every webhook; the clock is held at 2030-03-05T10:15:30+09:00. */
async function paypal(t: Test, wish: Wish = {}): Promise<Bench> {
  const { shop, url, sandbox } = await startHeldShop(t, { send: async () => ({ status: 200, error: null }) });
  const payment = await paid(shop, { ...PAYPAL, ...wish });
  await shop.post('/sandbox/webhooks', { url: 'http://shop.example/webhooks' });
  return {
    url,
    plannedJobs: () => sandbox.core.store.world(shop.mId)?.figures().plannedJobs,
    shop,
    payment,
    end: (how = {}) => shop.post(`/sandbox/payments/${payment.paymentKey}/settle-cancel`, how),
  };
}

const advance = (shop: Shop, by: Wish) => shop.post('/sandbox/clock/advance', by);

/** What has been sent, oldest first. */
async function sentTo(shop: Shop) {
  await settle(shop);
  return (await deliveriesOf(shop)).map(({ eventType, body }) => ({ eventType, body: JSON.parse(body) }));
}

const eventsTo = async (shop: Shop) =>
  (await sentTo(shop)).map(({ eventType, body }) => [
    eventType,
    eventType === 'CANCEL_STATUS_CHANGED' ? body.data.cancelStatus : body.data.status,
  ]);

/** Status and amounts, and how each cancel stands. */
const standingOf = ({ body }: Answer) => [
  body.status,
  body.balanceAmount,
  body.cancels.map((cancel: { cancelStatus: string; cancelAmount: number; refundableAmount: number }) => [
    cancel.cancelStatus,
    cancel.cancelAmount,
    cancel.refundableAmount,
  ]),
];

t.test('a cancel of PayPal is accepted, runs for a minute, and then takes effect', async (t) => {
  const { shop, payment } = await paypal(t);
  const before = (await payment.read()).body;
  await advance(shop, { seconds: 10 });
  const accepted = await payment.cancel({ cancelReason: '구매자 변심', ...NAME });
  t.equal(accepted.status, 200);
  const [entry] = accepted.body.cancels;
  t.match(entry.transactionKey, /^txrd_a[0-9a-hjkmnp-tv-z]{26}$/);
  const { transactionKey } = entry;
  const running = {
    transactionKey,
    cancelReason: '구매자 변심',
    taxExemptionAmount: 0,
    canceledAt: '2030-03-05T10:15:40+09:00',
    cardDiscountAmount: 0,
    transferDiscountAmount: 0,
    easyPayDiscountAmount: 0,
    receiptKey: null,
    cancelAmount: 12.5,
    taxFreeAmount: 0,
    // What will be left when it is done [I].
    refundableAmount: 0,
    cancelStatus: 'IN_PROGRESS',
    cancelRequestId: 'cancel-20260213-0001',
  };
  // Meanwhile nothing else has changed: status, balance and tax [I].
  t.strictSame(accepted.body, { ...before, lastTransactionKey: transactionKey, cancels: [running] });
  t.equal(accepted.body.status, 'DONE');
  t.equal(accepted.body.balanceAmount, 12.5);
  await advance(shop, { seconds: 59, ms: 999 });
  t.equal((await payment.read()).text, accepted.text, 'a millisecond before its time');
  t.strictSame(await eventsTo(shop), [], 'and nobody has heard of it (webhooks.md 2.3)');

  await advance(shop, { ms: 1 });
  const { body } = await payment.read();
  const done = { ...running, cancelStatus: 'DONE', canceledAt: '2030-03-05T10:16:40+09:00' };
  t.strictSame(body, {
    ...before,
    status: 'CANCELED',
    lastTransactionKey: transactionKey,
    cancels: [done],
    balanceAmount: 0,
    suppliedAmount: 0,
    vat: 0,
  });
  const sent = await sentTo(shop);
  t.strictSame(
    sent.map(({ eventType }) => eventType),
    ['PAYMENT_STATUS_CHANGED', 'CANCEL_STATUS_CHANGED'],
  );
  t.strictSame(sent[0]?.body.data, body);
  // webhooks.md 3.3: one Cancel object, without paymentKey and orderId.
  const { createdAt, ...event } = sent[1]?.body ?? {};
  t.strictSame(event, { eventType: 'CANCEL_STATUS_CHANGED', data: done });
  t.match(createdAt, /^2030-03-05T10:16:40(\.\d{1,6})?$/);
  t.strictSame(Object.keys(sent[1]?.body), ['eventType', 'createdAt', 'data']);
  t.equal((await payment.cancel()).body.code, 'ALREADY_CANCELED_PAYMENT');
});

t.test('it is not only PayPal whose cancels end later', async (t) => {
  const { newShop } = await startSandbox(t);
  for (const provider of ['PAYPAY', 'GCASH', 'ALIPAY']) {
    const payment = await paid(await newShop(), { ...PAYPAL, provider });
    t.equal((await payment.cancel()).body.cancels[0].cancelStatus, 'IN_PROGRESS', provider);
  }
});

t.test('while a cancel is under way there is no other', async (t) => {
  const { payment } = await paypal(t);
  const first = await payment.cancel({ cancelAmount: 5 });
  for (const wish of [{}, { cancelAmount: 5 }, { cancelAmount: 99999 }, { currency: 'KRW' }]) {
    const { status, text } = await payment.cancel(wish);
    t.equal(status, 403, JSON.stringify(wish));
    t.equal(text, CONSECUTIVE);
  }
  t.equal((await payment.read()).text, first.text);
});

t.test('that a cancel is under way is told before that the period is over', async (t) => {
  const { url, shop, payment } = await paypal(t);
  await setConduct(url, shop, { foreignCancelMs: 2 * 24 * 60 * 60 * 1000 });
  await advance(shop, { days: 179 });
  await payment.cancel();
  await advance(shop, { days: 1, ms: 1 });
  t.equal((await payment.cancel()).text, CONSECUTIVE);
});

t.test(
  'a cancel that fails leaves everything as it was, and the payment can be cancelled again',
  async (t) => {
    const { url, shop, payment } = await paypal(t);
    const before = (await payment.read()).body;
    await setConduct(url, shop, { foreignCancelOutcome: 'ABORTED' });
    const accepted = await payment.cancel({ ...NAME, cancelAmount: 5 });
    await advance(shop, { minutes: 1 });
    const failed = await payment.read();
    const [entry] = accepted.body.cancels;
    t.strictSame(failed.body, {
      ...before,
      // The newest transaction is the one that failed [I].
      lastTransactionKey: entry.transactionKey,
      cancels: [
        {
          ...entry,
          cancelStatus: 'ABORTED',
          canceledAt: '2030-03-05T10:16:30+09:00',
          refundableAmount: 12.5,
        },
      ],
    });
    t.equal(failed.body.status, 'DONE');
    const sent = await sentTo(shop);
    t.strictSame(
      sent.map(({ eventType, body }) => [eventType, body.data]),
      [['CANCEL_STATUS_CHANGED', failed.body.cancels[0]]],
      'the payment has changed nothing that PAYMENT_STATUS_CHANGED would tell',
    );

    await setConduct(url, shop, { foreignCancelOutcome: 'DONE' });
    t.equal((await payment.cancel({ refundableAmount: 12.49 })).body.code, 'NOT_MATCHES_REFUNDABLE_AMOUNT');
    const again = await payment.cancel({ refundableAmount: 12.5 });
    t.equal(again.status, 200);
    t.equal(again.body.cancels[1].cancelRequestId, null);
    await advance(shop, { minutes: 1 });
    // In one step: what failed before was no part of it.
    t.strictSame(standingOf(await payment.read()), [
      'CANCELED',
      0,
      [
        ['ABORTED', 5, 12.5],
        ['DONE', 12.5, 0],
      ],
    ]);
    t.strictSame(await eventsTo(shop), [
      ['CANCEL_STATUS_CHANGED', 'ABORTED'],
      ['PAYMENT_STATUS_CHANGED', 'CANCELED'],
      ['CANCEL_STATUS_CHANGED', 'DONE'],
    ]);
  },
);

t.test('part after part, with a failure among them', async (t) => {
  const { shop, payment, end } = await paypal(t);
  const running = await payment.cancel({ cancelAmount: 2.5 });
  t.strictSame(standingOf(running), ['DONE', 12.5, [['IN_PROGRESS', 2.5, 10]]]);
  t.strictSame(standingOf(await end()), ['PARTIAL_CANCELED', 10, [['DONE', 2.5, 10]]]);
  const { body } = await payment.read();
  // payments.md 2.6: 10.00 dollars, an eleventh of them to the cent.
  t.strictSame([body.suppliedAmount, body.vat], [9.09, 0.91]);

  await payment.cancel({ cancelAmount: 4, refundableAmount: 10 });
  t.strictSame(standingOf(await end({ outcome: 'ABORTED' })), [
    'PARTIAL_CANCELED',
    10,
    [
      ['DONE', 2.5, 10],
      ['ABORTED', 4, 10],
    ],
  ]);
  t.equal((await payment.cancel({ cancelAmount: 10.01 })).body.code, 'NOT_CANCELABLE_AMOUNT');
  t.equal((await payment.cancel({ cancelAmount: 0.001 })).body.code, 'INVALID_MINOR_UNIT_FOR_CURRENCY');

  t.strictSame(standingOf(await payment.cancel()).slice(0, 2), ['PARTIAL_CANCELED', 10]);
  t.strictSame(standingOf(await end({ outcome: 'DONE' })), [
    'PARTIAL_CANCELED',
    0,
    [
      ['DONE', 2.5, 10],
      ['ABORTED', 4, 10],
      ['DONE', 10, 0],
    ],
  ]);
  t.equal((await payment.cancel()).body.code, 'NOT_CANCELABLE_AMOUNT');
  t.strictSame(await eventsTo(shop), [
    ['PAYMENT_STATUS_CHANGED', 'PARTIAL_CANCELED'],
    ['CANCEL_STATUS_CHANGED', 'DONE'],
    ['CANCEL_STATUS_CHANGED', 'ABORTED'],
    ['PAYMENT_STATUS_CHANGED', 'PARTIAL_CANCELED'],
    ['CANCEL_STATUS_CHANGED', 'DONE'],
  ]);
});

t.test('a cancel is ended by hand once, and then not by its time any more', async (t) => {
  const { shop, payment, end, plannedJobs } = await paypal(t);
  const nothing = await end();
  t.equal(nothing.status, 409);
  t.equal(nothing.body.code, 'NO_CANCEL_UNDER_WAY');
  await payment.cancel({ cancelAmount: 2.5 });
  t.equal((await end({ outcome: 'ENDED' })).status, 400);
  const ended = await end({ outcome: 'ABORTED' });
  t.equal(ended.status, 200);
  t.equal(ended.text, (await payment.read()).text);
  t.equal((await end()).status, 409);
  await settle(shop);
  t.equal(plannedJobs(), 0);
  await advance(shop, { hours: 1 });
  t.equal((await payment.read()).text, ended.text);

  // Nor is the next one by the time of the first.
  await payment.cancel({ cancelAmount: 2.5 });
  await end({ outcome: 'ABORTED' });
  await advance(shop, { seconds: 30 });
  await payment.cancel({ cancelAmount: 2.5 });
  await advance(shop, { seconds: 30 });
  t.equal((await payment.read()).body.cancels[2].cancelStatus, 'IN_PROGRESS');
  await advance(shop, { seconds: 30 });
  t.equal((await payment.read()).body.cancels[2].cancelStatus, 'DONE');
});

t.test('nobody ends the cancel of a stranger, nor one that is not there', async (t) => {
  const { newShop } = await startSandbox(t);
  const [shop, stranger] = [await newShop(), await newShop()];
  const payment = await paid(shop, PAYPAL);
  await payment.cancel();
  for (const path of [payment.paymentKey, 'none']) {
    const { status, body } = await stranger.post(`/sandbox/payments/${path}/settle-cancel`, {});
    t.equal(status, 404);
    t.equal(body.code, 'NO_SUCH_PAYMENT');
  }
  t.equal((await payment.read()).body.status, 'DONE');
});

t.test('how long it takes is set by the merchant, and counts from the cancel', async (t) => {
  const { url, shop, payment } = await paypal(t);
  await setConduct(url, shop, { foreignCancelMs: 3 * 24 * 60 * 60 * 1000 });
  await payment.cancel();
  await setConduct(url, shop, { foreignCancelMs: 0 });
  await advance(shop, { days: 2, hours: 23, minutes: 59, seconds: 59, ms: 999 });
  t.equal((await payment.read()).body.status, 'DONE');
  await advance(shop, { ms: 1 });
  t.equal((await payment.read()).body.status, 'CANCELED');
});

t.test('where it takes no time the answer still says IN_PROGRESS', async (t) => {
  const { url, shop, payment } = await paypal(t);
  await setConduct(url, shop, { foreignCancelMs: 0 });
  const accepted = await payment.cancel();
  t.strictSame(standingOf(accepted), ['DONE', 12.5, [['IN_PROGRESS', 12.5, 0]]]);
  await settle(shop);
  t.strictSame(standingOf(await payment.read()), ['CANCELED', 0, [['DONE', 12.5, 0]]]);
});

t.test('with a processing time the cancel is first accepted, then under way', async (t) => {
  const { wall, shop, processing } = await startSlowShop(t);
  const paying = paid(shop, PAYPAL);
  await processing(1);
  await wall.pass(300);
  const payment = await paying;
  const first = payment.cancel(NAME);
  await processing(1);
  t.equal((await payment.cancel()).text, CONSECUTIVE, 'while it is being accepted');
  t.equal((await payment.read()).body.cancels, null);
  await wall.pass(300);
  const accepted = await first;
  t.equal(accepted.body.cancels[0].cancelStatus, 'IN_PROGRESS');
  t.equal((await payment.cancel()).text, CONSECUTIVE, 'while it is under way, and at once');
  await wall.pass(60_000);
  t.equal((await payment.read()).body.status, 'CANCELED');
});

t.test('a cancel has a name of 6 to 64 letters, digits, -, _ and =', async (t) => {
  const { payment, end } = await paypal(t);
  for (const cancelRequestId of [
    'a2345',
    'a'.repeat(65),
    'cancel 0001',
    'cancel.0001',
    '취소-0001',
    '',
    {},
  ]) {
    const { status, text } = await payment.cancel({ cancelAmount: 1, cancelRequestId });
    t.equal(status, 400, JSON.stringify(cancelRequestId));
    t.equal(text, '{"code":"INVALID_REQUEST","message":"잘못된 요청입니다."}');
  }
  t.equal((await payment.read()).body.cancels, null);
  for (const [cancelRequestId, echoed] of [
    ['a23456', 'a23456'],
    ['Az09-_='.padEnd(64, '='), 'Az09-_='.padEnd(64, '=')],
    // Numbers for text are converted, null is absent (payments.md 4).
    [123456, '123456'],
    [null, null],
  ] as const) {
    const { status, body } = await payment.cancel({ cancelAmount: 1, cancelRequestId });
    t.equal(status, 200, JSON.stringify(cancelRequestId));
    t.equal(body.cancels.at(-1).cancelRequestId, echoed);
    await end();
  }
});

t.test(
  'one Idempotency-Key: asked again after the cancel has ended, it is still the first answer',
  async (t) => {
    const { payment, end } = await paypal(t);
    const key = { 'idempotency-key': 'cancel-0001' };
    const first = await payment.cancel(NAME, key);
    t.equal((await payment.cancel(NAME, key)).text, first.text, 'while it is under way');
    await end();
    const again = await payment.cancel(NAME, key);
    t.equal(again.text, first.text);
    t.equal(again.body.cancels[0].cancelStatus, 'IN_PROGRESS');
    t.equal((await payment.read()).body.cancels.length, 1);
  },
);

t.test('a reset forgets a cancel that is under way', async (t) => {
  const { shop, sandbox } = await startHeldShop(t);
  const payment = await paid(shop, PAYPAL);
  await payment.cancel();
  t.equal(sandbox.core.store.world(shop.mId)?.figures().plannedJobs, 1);
  await shop.post('/sandbox/reset', {});
  t.equal(sandbox.core.store.world(shop.mId)?.figures().plannedJobs, 0);
  t.equal(sandbox.core.clocks.of(shop.mId).agenda.size, 0);
  t.equal((await payment.read()).status, 404);
  await advance(shop, { hours: 1 });
  const settled = await shop.post(`/sandbox/payments/${payment.paymentKey}/settle-cancel`, {});
  t.equal(settled.body.code, 'NO_SUCH_PAYMENT');
});

t.test('a reset takes back how foreign cancels end, and how long they take', async (t) => {
  const { url, shop } = await paypal(t);
  const before = (await shop.get(`/sandbox/merchants/${shop.mId}`)).body;
  t.strictSame([before.foreignCancelMs, before.foreignCancelOutcome], [60_000, 'DONE']);
  await setConduct(url, shop, { foreignCancelMs: 5, foreignCancelOutcome: 'ABORTED' });
  await shop.post('/sandbox/reset', {});
  t.strictSame((await shop.get(`/sandbox/merchants/${shop.mId}`)).body, before);
  for (const wrong of [
    { foreignCancelMs: -1 },
    { foreignCancelMs: 0.5 },
    { foreignCancelOutcome: 'IN_PROGRESS' },
  ]) {
    t.equal((await setConduct(url, shop, wrong)).body.code, 'INVALID_CONTROL_REQUEST');
  }
});
