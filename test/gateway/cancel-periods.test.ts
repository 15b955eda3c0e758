import t, { type Test } from 'tap';
import { confirmed, type Paid, paid } from '../fixtures/paid.ts';
import { type Shop, startSandbox } from '../fixtures/sandbox.ts';

type Wish = Readonly<Record<string, unknown>>;

/** A shop whose clock is held at a moment. */
async function shopAt(t: Test, at: string): Promise<Shop> {
  const { newShop } = await startSandbox(t);
  const shop = await newShop();
  await shop.post('/sandbox/clock/hold', { at });
  return shop;
}

const advance = (shop: Shop, by: Wish) => shop.post('/sandbox/clock/advance', by);
const setClock = (shop: Shop, at: string) => shop.post('/sandbox/clock/set', { at });

/** Goes back wherever money goes back to an account; other methods ignore it. */
const NEEDS = { refundReceiveAccount: { bank: '88', accountNumber: '110123456789', holderName: '김토스' } };

// payments.md 4.5, 5.
const TOO_LATE = '{"code":"EXCEED_MAX_REFUND_DUE","message":"환불 가능한 기간이 지났습니다."}';

async function isOpen(t: Test, payment: Paid, when: string): Promise<void> {
  const { status, text } = await payment.cancel({ cancelAmount: 100, ...NEEDS });
  t.equal(status, 200, `${when}: ${text.slice(0, 80)}`);
}

/** Whole or in part: refused, and the payment is as it was. */
async function isClosed(t: Test, payment: Paid, when: string): Promise<void> {
  const before = (await payment.read()).text;
  for (const wish of [{}, { cancelAmount: 100 }]) {
    const { status, text } = await payment.cancel({ ...wish, ...NEEDS });
    t.equal(status, 403, when);
    t.equal(text, TOO_LATE, when);
  }
  t.equal((await payment.read()).text, before, 'nothing is cancelled');
}

// Of cards payments.md 5 says a year; of easy pay and gift certificates nothing: as cards [I].
const DAYS: readonly [Wish, number][] = [
  [{ method: 'CARD' }, 365],
  [{ method: 'CARD', easyPay: 'TOSSPAY' }, 365],
  [{ method: 'CARD', easyPay: 'TOSSPAY', easyPayBy: 'MONEY' }, 365],
  [{ method: 'VIRTUAL_ACCOUNT' }, 365],
  [{ method: 'CULTURE_GIFT_CERTIFICATE' }, 365],
  [{ method: 'BOOK_GIFT_CERTIFICATE' }, 365],
  [{ method: 'GAME_GIFT_CERTIFICATE' }, 365],
  [{ method: 'TRANSFER' }, 180],
];

t.test('a payment is cancelled up to the last moment of its period, and not a moment later', async (t) => {
  for (const [wish, days] of DAYS) {
    t.comment(JSON.stringify(wish));
    const shop = await shopAt(t, '2030-03-05T10:15:30+09:00');
    const payment = await paid(shop, wish);
    await advance(shop, { days: days - 1 });
    await isOpen(t, payment, 'a day before');
    await advance(shop, { days: 1 });
    await isOpen(t, payment, 'in the last moment');
    await advance(shop, { ms: 1 });
    await isClosed(t, payment, 'a millisecond later');
    t.equal((await payment.read()).body.balanceAmount, 14800);
  }
});

t.test('PayPal is cancelled within 180 days', async (t) => {
  const shop = await shopAt(t, '2030-03-05T10:15:30+09:00');
  const payment = await paid(shop, { method: 'FOREIGN_EASY_PAY', provider: 'PAYPAL', currency: 'USD' });
  await advance(shop, { days: 180 });
  await isOpen(t, payment, 'in the last moment');
  await shop.post(`/sandbox/payments/${payment.paymentKey}/settle-cancel`, {});
  await advance(shop, { ms: 1 });
  await isClosed(t, payment, 'a millisecond later');
});

t.test('a cancel of PayPal that was asked for in time ends after the period', async (t) => {
  const shop = await shopAt(t, '2030-03-05T10:15:30+09:00');
  const payment = await paid(shop, { method: 'FOREIGN_EASY_PAY', provider: 'PAYPAL', currency: 'USD' });
  await advance(shop, { days: 180 });
  await payment.cancel();
  await advance(shop, { days: 1 });
  t.equal((await payment.read()).body.status, 'CANCELED');
});

t.test('the period counts from the approval, not from the opening of the window', async (t) => {
  const shop = await shopAt(t, '2030-03-05T10:15:30+09:00');
  const orderId = 'order-0001';
  const paymentKey = await shop.prepare({ orderId, amount: 15000, method: 'TRANSFER' });
  await advance(shop, { minutes: 9 });
  await shop.post('/v1/payments/confirm', { paymentKey, orderId, amount: 15000 });
  const cancel = () =>
    shop.post(`/v1/payments/${paymentKey}/cancel`, { cancelReason: '품절', cancelAmount: 1 });
  await advance(shop, { days: 180 });
  t.equal((await cancel()).status, 200);
  await advance(shop, { ms: 1 });
  t.equal((await cancel()).text, TOO_LATE);
});

t.test('that of a virtual account counts from the deposit; before the deposit there is none', async (t) => {
  const shop = await shopAt(t, '2030-03-05T10:15:30+09:00');
  const waiting = await confirmed(shop, { method: 'VIRTUAL_ACCOUNT' });
  const late = await confirmed(shop, { method: 'VIRTUAL_ACCOUNT', orderId: 'order-0002' });
  await advance(shop, { days: 6 });
  await shop.post(`/sandbox/payments/${late.paymentKey}/deposit`, {});
  await advance(shop, { days: 365 });
  await isOpen(t, late, 'a year after the deposit');
  await advance(shop, { ms: 1 });
  await isClosed(t, late, 'a millisecond later');
  await advance(shop, { days: 1000 });
  const canceled = await waiting.cancel();
  t.equal(canceled.status, 200);
  t.equal(canceled.body.status, 'CANCELED');
});

// payments.md 5: the month is that of Korea, nine hours ahead of UTC.
t.test('a phone bill is cancelled in its month, in Korea', async (t) => {
  for (const [paidAt, lastSecond] of [
    ['2030-03-05T10:15:30+09:00', '2030-03-31T23:59:59+09:00'],
    // In UTC still the month before.
    ['2030-02-01T00:00:00+09:00', '2030-02-28T23:59:59+09:00'],
    ['2032-02-01T08:59:59+09:00', '2032-02-29T23:59:59+09:00'],
    ['2030-12-31T23:59:59+09:00', '2030-12-31T23:59:59+09:00'],
  ] as const) {
    const shop = await shopAt(t, paidAt);
    const payment = await paid(shop, { method: 'MOBILE_PHONE' });
    if (lastSecond !== paidAt) await setClock(shop, lastSecond);
    await isOpen(t, payment, `paid ${paidAt}, in the last second of the month`);
    await advance(shop, { ms: 999 });
    await isOpen(t, payment, `paid ${paidAt}, in the last millisecond of the month`);
    await advance(shop, { ms: 1 });
    await isClosed(t, payment, `paid ${paidAt}, in the first moment of the next month`);
    await advance(shop, { days: 365 });
    await isClosed(t, payment, `paid ${paidAt}, a year later`);
  }
});

t.test('in the same month of another year a phone bill is not cancelled', async (t) => {
  const shop = await shopAt(t, '2030-03-05T10:15:30+09:00');
  const payment = await paid(shop, { method: 'MOBILE_PHONE' });
  await setClock(shop, '2031-03-05T10:15:30+09:00');
  await isClosed(t, payment, 'March again');
});

t.test('what is over is over, however often it is asked, but what was cancelled says so first', async (t) => {
  const shop = await shopAt(t, '2030-03-05T10:15:30+09:00');
  const payment = await paid(shop, { method: 'TRANSFER' });
  await payment.cancel();
  await advance(shop, { days: 181 });
  t.equal((await payment.cancel()).body.code, 'ALREADY_CANCELED_PAYMENT');
});
