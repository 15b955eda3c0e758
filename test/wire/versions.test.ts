import { readdirSync } from 'node:fs';
import t, { type Test } from 'tap';
import { API_VERSIONS, type ApiVersion } from '../../src/domain/merchant.ts';
import { flipped, golden, leavesOf, masked, valueAt, withValue } from '../fixtures/golden.ts';
import { PAYMENT_SCHEMAS } from '../fixtures/payment-schemas.ts';
import { startReceiver } from '../fixtures/receiver.ts';
import { type Answer, call, type Shop, startSandbox, type TestSandbox } from '../fixtures/sandbox.ts';
import { HandWall } from '../fixtures/wall.ts';

// payments.md 1.4: the keys that the documents' merchant has.
const KEYS = {
  mId: 'tvivarepublica',
  clientKey: 'test_ck_D5GePWvyJnrK0W0k6q8gLzN97Eoq',
  secretKey: 'test_sk_zXLkKEypNArWmo50nX3lmeaxYG5R',
};

const setVersion = (url: string, { mId }: { mId: string }, apiVersion: string): Promise<Answer> =>
  call(`${url}/sandbox/merchants/${mId}`, 'PATCH', { body: { apiVersion } });

/** The documents' merchant on that version, on the documents' day; `at` sets the time. */
async function startOn(t: Test, version: string): Promise<TestSandbox & { shop: Shop; at: At }> {
  const wall = new HandWall(Date.parse('2026-03-05T09:00:00+09:00'));
  const running = await startSandbox(t, { wall });
  await setVersion(running.url, KEYS, version);
  const at: At = (time) => wall.move(Date.parse(`2026-03-05T${time}+09:00`) - wall.now());
  return { ...running, shop: running.shopOf(KEYS), at };
}

type At = (time: string) => void;

/** Opens, authenticates and confirms. `authenticated` is called before the confirm. */
async function pay(shop: Shop, order: Order, authenticated?: () => void): Promise<string> {
  const paymentKey = await shop.prepare({ orderName: '원두 200g 외 1건', ...order });
  authenticated?.();
  const { orderId, amount } = order;
  const { status, text } = await shop.post('/v1/payments/confirm', { paymentKey, orderId, amount });
  if (status !== 200) throw new Error(`The payment was not confirmed: ${text}`);
  return paymentKey;
}

/** Opens and authenticates at one time, confirms at another. */
function payAt(shop: Shop, at: At, [opened, confirmed]: [string, string], order: Order): Promise<string> {
  at(opened);
  return pay(shop, order, () => at(confirmed));
}

type Order = { orderId: string; amount: number } & Record<string, unknown>;

const CARD = { orderId: 'order-20260305-0001', amount: 15000 };
const EASY_PAY = {
  orderId: 'order-20260305-0002',
  amount: 15000,
  flowMode: 'DIRECT',
  easyPay: 'TOSSPAY',
};
const ACCOUNT = { orderId: 'order-20260305-0003', amount: 50000, method: 'VIRTUAL_ACCOUNT' };
const TRANSFER = {
  orderId: 'order-20260305-0004',
  amount: 15000,
  method: 'TRANSFER',
  cashReceipt: { type: '소득공제' },
};
const PHONE = { orderId: 'order-20260305-0005', amount: 15000, method: 'MOBILE_PHONE' };
const PAYPAL = {
  orderId: 'order-20260305-0009',
  amount: 12.5,
  currency: 'USD',
  method: 'FOREIGN_EASY_PAY',
  provider: 'PAYPAL',
};

const ISSUED: [string, string] = ['10:30:05', '10:30:05'];

/** What each document tells of, at its times; answers with the key of the payment. */
const PLAYS: Readonly<Record<string, (shop: Shop, at: At) => Promise<string>>> = {
  'card-done.json': (shop, at) => payAt(shop, at, ['10:15:30', '10:16:02'], CARD),
  'card-canceled.json': async (shop, at) => {
    const paymentKey = await payAt(shop, at, ['10:15:30', '10:16:02'], CARD);
    at('11:30:00');
    // payments.md 4.5: `taxAmount` is of versions 1.x, and counts for nothing.
    await shop.post(`/v1/payments/${paymentKey}/cancel`, { cancelReason: '고객 변심', taxAmount: 1 });
    return paymentKey;
  },
  'virtual-account-waiting.json': (shop, at) => payAt(shop, at, ISSUED, ACCOUNT),
  'virtual-account-done.json': async (shop, at) => {
    const paymentKey = await payAt(shop, at, ISSUED, ACCOUNT);
    at('14:02:41');
    await shop.post(`/sandbox/payments/${paymentKey}/deposit`, {});
    return paymentKey;
  },
  'transfer-done.json': (shop, at) => payAt(shop, at, ['10:44:12', '10:45:20'], TRANSFER),
  'mobile-phone-done.json': (shop, at) => payAt(shop, at, ['10:50:00', '10:51:33'], PHONE),
  'easy-pay-money-done.json': (shop, at) =>
    payAt(shop, at, ['10:20:11', '10:20:40'], { ...EASY_PAY, easyPayBy: 'MONEY' }),
  'easy-pay-card-done.json': (shop, at) => payAt(shop, at, ['10:20:11', '10:20:40'], EASY_PAY),
  'foreign-easy-pay-done.json': (shop, at) => payAt(shop, at, ['11:30:00', '11:30:40'], PAYPAL),
};

const FIVE = ['1.0', '1.2', '1.4', '2022-06-08', '2022-07-27'];
const NINE = ['1.0', '1.1', '1.2', '1.3', '1.4', '2022-06-08', '2022-07-27', '2022-11-16', '2024-06-01'];

/** The documents that there are, and of which versions. */
const VERSIONS_OF: Readonly<Record<string, readonly string[]>> = {
  'card-done.json': NINE,
  'card-canceled.json': FIVE,
  'virtual-account-waiting.json': FIVE,
  'virtual-account-done.json': FIVE,
  'transfer-done.json': ['1.0', '1.1', '1.2', '1.4', '2022-06-08', '2022-07-27'],
  'mobile-phone-done.json': FIVE,
  'easy-pay-money-done.json': FIVE,
  'easy-pay-card-done.json': ['1.3', '1.4', '2022-06-08'],
  'foreign-easy-pay-done.json': ['1.3', '1.4', '2022-06-08', '2022-07-27'],
};

/** What no two answers share, and the form it has: payments.md 2.4. */
const MASKS: Readonly<Record<string, RegExp>> = {
  transactionKey: /^(txrd_a[0-9a-hjkmnp-tv-z]{26}|[0-9A-F]{32})$/,
  lastTransactionKey: /^(txrd_a[0-9a-hjkmnp-tv-z]{26}|[0-9A-F]{32})$/,
  paymentKey: /^tviva20260305\d{6}[A-Za-z0-9]{5}$/,
  secret: /^ps_[A-Za-z0-9]{28}$/,
  accountNumber: /^X\d{13}$/,
  receiptKey: /^[A-Za-z0-9]{48}$/,
  issueNumber: /^\d{9}$/,
  receiptUrl: /^http:\/\/127\.0\.0\.1:\d+\/receipts?\//,
  url: /^http:\/\/127\.0\.0\.1:\d+\/(receipt\/|v1\/payments\/)/,
};

const lastName = (path: string): string => path.slice(path.lastIndexOf('.') + 1);

for (const [file, versions] of Object.entries(VERSIONS_OF)) {
  for (const version of versions) {
    t.test(`a payment reads as in its version: ${version} ${file}`, async (t) => {
      const { shop, at } = await startOn(t, version);
      const document = golden(`versions/${version}/${file}`);
      const leaves = leavesOf(document);
      const paths = leaves.filter((path) => lastName(path) in MASKS && valueAt(document, path) !== null);

      const paymentKey = await PLAYS[file]?.(shop, at);
      const { status, body } = await shop.get(`/v1/payments/${paymentKey}`);
      t.equal(status, 200);
      t.equal(masked(body, paths), masked(document, paths), 'field for field, in order');
      for (const path of paths) t.match(valueAt(body, path), MASKS[lastName(path)], path);
      if (body.card?.receiptUrl !== undefined && body.receipt)
        t.equal(body.card.receiptUrl, body.receipt.url, 'both receipts are the same');
      if (body.transactionKey !== undefined && body.lastTransactionKey !== undefined)
        t.equal(body.transactionKey, body.lastTransactionKey, 'both keys are the same');
      t.equal(PAYMENT_SCHEMAS[version as ApiVersion].safeParse(body).error, undefined, 'to the letter');

      // The comparison itself: any other value, or a field less, would have been noticed.
      const compared = leaves.filter((path) => !paths.includes(path));
      const answered = masked(body, paths);
      const notices = (path: string, value: unknown): boolean =>
        masked(withValue(document, path, value), paths) !== answered;
      t.ok(compared.length >= 14, `${compared.length} values are compared`);
      t.ok(compared.every((path) => notices(path, flipped(valueAt(document, path)))));
      t.ok(compared.every((path) => notices(path, undefined)));
    });
  }
}

t.test('every document of a version is one that is compared, and says where it comes from', async (t) => {
  const folder = new URL('../../fixtures/examples/versions/', import.meta.url);
  const files = NINE.flatMap((version) =>
    readdirSync(new URL(`${version}/`, folder)).map((file) => `${version}/${file}`),
  );
  const compared = Object.entries(VERSIONS_OF).flatMap(([file, versions]) =>
    versions.map((version) => `${version}/${file}`),
  );
  t.strictSame(files.toSorted(), compared.toSorted());
  t.strictSame(readdirSync(folder).toSorted(), [...NINE, 'sources.json'].toSorted());
  t.strictSame(Object.keys(golden('versions/sources.json')).toSorted(), Object.keys(PLAYS).toSorted());
});

t.test('whatever is answered and sent is a Payment of its version to the letter', async (t) => {
  const { newShop, url } = await startSandbox(t);
  for (const version of API_VERSIONS) {
    const shop = await newShop();
    await setVersion(url, shop, version);
    const receiver = await startReceiver(t);
    await shop.post('/sandbox/webhooks', { url: receiver.url, events: ['PAYMENT_STATUS_CHANGED'] });
    const isPayment = (payment: unknown, what: string): boolean | undefined =>
      t.equal(PAYMENT_SCHEMAS[version].safeParse(payment).error, undefined, `${version} ${what}`);

    const { body: opened } = await shop.post('/v1/payments', {
      method: '카드',
      ...CARD,
      orderName: '원두',
      successUrl: 'http://shop.example/success',
      failUrl: 'http://shop.example/fail',
    });
    const { paymentUrl, ...ready } = opened;
    t.match(paymentUrl, `/v1/payments/${opened.paymentKey}/checkout`, `${version} has a paymentUrl too`);
    isPayment(ready, 'READY');

    const orders: Order[] = [
      { orderId: 'order-card', amount: 15000 },
      { orderId: 'order-discount', amount: 15000, discountAmount: 1000 },
      { orderId: 'order-dollars', amount: 12.34, currency: 'USD' },
      { ...EASY_PAY, orderId: 'order-money', easyPayBy: 'MONEY', discountAmount: 500 },
      { ...TRANSFER, orderId: 'order-transfer' },
      { ...PHONE, orderId: 'order-phone' },
      { orderId: 'order-gift', amount: 15000, method: 'CULTURE_GIFT_CERTIFICATE' },
    ];
    for (const order of orders) {
      const { orderId, amount } = order;
      const paymentKey = await shop.prepare(order);
      isPayment((await shop.get(`/v1/payments/${paymentKey}`)).body, `${orderId} IN_PROGRESS`);
      const confirmed = await shop.post('/v1/payments/confirm', { paymentKey, orderId, amount });
      isPayment(confirmed.body, `${orderId} DONE`);
      t.strictSame((await receiver.next()).body.data, confirmed.body, `${version} ${orderId} webhook`);
      const canceled = await shop.post(`/v1/payments/${paymentKey}/cancel`, { cancelReason: '고객 변심' });
      isPayment(canceled.body, `${orderId} CANCELED`);
      t.strictSame((await receiver.next()).body.data, canceled.body, `${version} ${orderId} cancel webhook`);
      isPayment((await shop.get(`/v1/payments/orders/${orderId}`)).body, `${orderId} read by order`);
    }

    const account = await pay(shop, ACCOUNT);
    isPayment((await shop.get(`/v1/payments/${account}`)).body, 'WAITING_FOR_DEPOSIT');
    const refused = await shop.prepare({ ...CARD, orderId: 'order-refused', outcome: 'REFUSED_AT_CONFIRM' });
    const { body: refusal } = await shop.post('/v1/payments/confirm', {
      paymentKey: refused,
      ...CARD,
      orderId: 'order-refused',
    });
    t.strictSame(refusal, {
      code: 'REJECT_CARD_PAYMENT',
      message: '한도초과 혹은 잔액부족으로 결제에 실패했습니다.',
    });
    isPayment((await receiver.next()).body.data, 'ABORTED webhook');
    const left = await shop.prepare({ ...CARD, orderId: 'order-left', outcome: 'LEFT' });
    await shop.post('/sandbox/clock/advance', { minutes: 30 });
    isPayment((await shop.get(`/v1/payments/${left}`)).body, 'EXPIRED');
  }
});

// payments.md 9.2: what was cancelled is told with its key since 2022-06-08, and is found without one before.
const CANCELS: readonly [ApiVersion, readonly string[]][] = [
  ['1.4', ['cancelAmount', 'cancelReason', 'taxFreeAmount', 'taxAmount', 'refundableAmount', 'canceledAt']],
  [
    '2022-06-08',
    [
      'transactionKey',
      'cancelReason',
      'taxExemptionAmount',
      'canceledAt',
      'cardDiscountAmount',
      'transferDiscountAmount',
      'easyPayDiscountAmount',
      'receiptKey',
      'cancelAmount',
      'taxFreeAmount',
      'taxAmount',
      'refundableAmount',
      'cancelStatus',
      'cancelRequestId',
    ],
  ],
];

for (const [version, fields] of CANCELS) {
  t.test(`CANCEL_STATUS_CHANGED carries the cancel that has ended, as ${version} has it`, async (t) => {
    const { newShop, url } = await startSandbox(t);
    const shop = await newShop();
    await setVersion(url, shop, version);
    const receiver = await startReceiver(t);
    await shop.post('/sandbox/webhooks', { url: receiver.url, events: ['CANCEL_STATUS_CHANGED'] });
    const paymentKey = await pay(shop, { ...PAYPAL, taxFreeAmount: 1 });
    for (const [cancelAmount, refundableAmount] of [
      [4.5, 8],
      [3.1, 4.9],
    ]) {
      await shop.post(`/v1/payments/${paymentKey}/cancel`, {
        cancelReason: '구매자 변심',
        cancelAmount,
        taxFreeAmount: 0.2,
        currency: 'USD',
        cancelRequestId: `cancel-${cancelAmount}`.replace('.', '-'),
      });
      await shop.post(`/sandbox/payments/${paymentKey}/settle-cancel`, {});
      const { data } = (await receiver.next()).body;
      t.strictSame(Object.keys(data), fields);
      t.match(data, { cancelAmount, refundableAmount });
      if (version === '1.4') t.equal(data.taxAmount, cancelAmount === 4.5 ? 4.3 : 2.9, 'the rest is taxed');
    }
  });
}

t.test('amounts are whole up to 1.3, and cents are cut off there', async (t) => {
  const { newShop, url } = await startSandbox(t);
  const shop = await newShop();
  const order = { orderId: 'order-0001', amount: 10.9 };
  const paymentKey = await shop.prepare({ ...order, currency: 'USD' });
  await shop.post('/v1/payments/confirm', { paymentKey, ...order });
  await shop.post(`/v1/payments/${paymentKey}/cancel`, { cancelReason: '고객 변심', cancelAmount: 2.5 });
  const amountsOn = async (version: string) => {
    await setVersion(url, shop, version);
    const { body } = await shop.get(`/v1/payments/${paymentKey}`);
    return [
      body.totalAmount,
      body.balanceAmount,
      body.cancels[0].cancelAmount,
      body.cancels[0].refundableAmount,
    ];
  };
  t.strictSame(await amountsOn('1.4'), [10.9, 8.4, 2.5, 8.4]);
  t.strictSame(await amountsOn('1.3'), [10, 8, 2, 8]);
  t.strictSame(await amountsOn('1.0'), [10, 8, 2, 8]);
});

// payments.md 10.1, 10.2. Where no short name is known, the whole one stands.
const NAMES: readonly [Record<string, unknown>, string, string][] = [
  [{ method: 'CARD', cardCompany: '41', flowMode: 'DIRECT' }, 'card.company', '신한'],
  [{ method: 'CARD', cardCompany: 'KOOKMIN', flowMode: 'DIRECT' }, 'card.company', '국민'],
  [{ method: 'CARD', cardCompany: '33', flowMode: 'DIRECT' }, 'card.company', '우리'],
  [{ method: 'CARD', cardCompany: '31', flowMode: 'DIRECT' }, 'card.company', 'BC카드'],
  [{ method: 'TRANSFER', bank: '06' }, 'transfer.bank', '국민'],
  [{ method: 'TRANSFER', bank: '54' }, 'transfer.bank', '홍콩상하이은행'],
  [{ method: 'VIRTUAL_ACCOUNT', bank: '11' }, 'virtualAccount.bank', '농협'],
];

t.test('card companies and banks have their Korean names', async (t) => {
  const { shop } = await startOn(t, '1.4');
  for (const [index, [wish, path, name]] of NAMES.entries()) {
    const paymentKey = await pay(shop, { orderId: `order-000${index}`, amount: 15000, ...wish });
    t.equal(valueAt((await shop.get(`/v1/payments/${paymentKey}`)).body, path), name, path);
  }
});

t.test('payments of widget keys are always of 2022-11-16', async (t) => {
  const { url, shopOf } = await startSandbox(t);
  const { body } = await call(`${url}/sandbox/merchants`, 'POST', { body: { apiVersion: '1.4' } });
  t.equal(body.apiVersion, '1.4');
  const [individual, widget] = body.keyPairs.map(
    ({ clientKey, secretKeys }: { clientKey: string; secretKeys: string[] }) =>
      shopOf({ mId: body.mId, clientKey, secretKey: secretKeys[0] ?? '' }),
  );
  for (const [shop, version] of [
    [widget, '2022-11-16'],
    [individual, '1.4'],
  ]) {
    const orderId = `order-${version}`;
    const paymentKey = await shop.pay({ orderId, amount: 15000 });
    const { body: payment } = await shop.get(`/v1/payments/${paymentKey}`);
    t.equal(payment.version, version);
    t.equal(PAYMENT_SCHEMAS[version as ApiVersion].safeParse(payment).error, undefined);
  }
});

t.test('up to 1.3 a card number is paid with customerBirthday', async (t) => {
  const { shop } = await startOn(t, '1.3');
  // payments.md 4.6
  const body = {
    amount: 15000,
    orderId: 'order-0001',
    orderName: '원두',
    cardNumber: '9410001234567890',
    cardExpirationYear: '30',
    cardExpirationMonth: '12',
  };
  const { status, body: payment } = await shop.post('/v1/payments/key-in', {
    ...body,
    customerBirthday: '900101',
  });
  t.equal(status, 200);
  t.match(payment, { version: '1.3', status: 'DONE', card: { company: '하나' } });
  t.equal(PAYMENT_SCHEMAS['1.3'].safeParse(payment).error, undefined);
  const nameless = await shop.post('/v1/payments/key-in', { ...body, orderId: 'order-0002' });
  t.equal(nameless.body.code, 'INVALID_REQUIRED_PARAM');
});

t.test('another version counts from then on, but what was answered and sent keeps its bytes', async (t) => {
  const { newShop, url } = await startSandbox(t);
  const shop = await newShop();
  await setVersion(url, shop, '1.4');
  await shop.post('/sandbox/clock/hold', {});
  const receiver = await startReceiver(t, (_, index) => (index === 0 ? 500 : 200));
  await shop.post('/sandbox/webhooks', { url: receiver.url, events: ['PAYMENT_STATUS_CHANGED'] });
  const paymentKey = await shop.prepare(CARD);
  const confirm = () =>
    shop.post('/v1/payments/confirm', { paymentKey, ...CARD }, { 'idempotency-key': 'order-1-confirm' });
  const confirmed = await confirm();
  const first = await receiver.next();

  t.equal((await setVersion(url, shop, '2022-11-16')).body.apiVersion, '2022-11-16');
  const { body: read } = await shop.get(`/v1/payments/${paymentKey}`);
  t.equal(PAYMENT_SCHEMAS['2022-11-16'].safeParse(read).error, undefined, 'it is read in the new version');
  const again = await confirm();
  t.equal(again.text, confirmed.text, 'the same Idempotency-Key gets the same bytes');
  t.equal(again.body.version, '1.4');
  await shop.post('/sandbox/clock/advance', { minutes: 1 });
  const retry = await receiver.next();
  t.ok(retry.bytes.equals(first.bytes), 'the retry is the webhook that was sent first');
  t.equal(retry.body.data.version, '1.4');
  await shop.post(`/v1/payments/${paymentKey}/cancel`, { cancelReason: '고객 변심' });
  t.equal((await receiver.next()).body.data.version, '2022-11-16', 'the next webhook is of the new version');
});

t.test('two merchants on different versions do not see each other’s', async (t) => {
  const { newShop, url } = await startSandbox(t);
  const [old, young] = [await newShop(), await newShop()];
  await setVersion(url, old, '1.2');
  await setVersion(url, young, '2024-06-01');
  const read = async (shop: Shop) => {
    const paymentKey = await shop.pay({ orderId: 'order-0001', amount: 15000 });
    return (await shop.get(`/v1/payments/${paymentKey}`)).body;
  };
  const [first, second] = await Promise.all([read(old), read(young)]);
  t.strictSame([first.version, first.card.company, first.card.issuerCode], ['1.2', '현대', undefined]);
  t.strictSame(
    [second.version, second.card.company, second.card.issuerCode],
    ['2024-06-01', undefined, '61'],
  );
});

t.test('a version that does not exist is refused, and changes nothing', async (t) => {
  const { newShop, url } = await startSandbox(t);
  const shop = await newShop();
  for (const apiVersion of ['1.5', '2022-11-17', 1.4, null]) {
    const changed = await call(`${url}/sandbox/merchants/${shop.mId}`, 'PATCH', { body: { apiVersion } });
    const added = await call(`${url}/sandbox/merchants`, 'POST', { body: { apiVersion } });
    for (const { status, body } of [changed, added])
      t.strictSame([status, body.code], [400, 'INVALID_CONTROL_REQUEST']);
  }
  t.equal((await shop.get(`/sandbox/merchants/${shop.mId}`)).body.apiVersion, '2022-11-16');
});

t.test('a reset of everything puts the merchants of the start back on their version', async (t) => {
  const { shop, url } = await startOn(t, '1.0');
  await shop.post('/sandbox/reset', undefined);
  t.equal((await shop.get(`/sandbox/merchants/${KEYS.mId}`)).body.apiVersion, '1.0', 'its own does not');
  await call(`${url}/sandbox/reset`, 'POST');
  t.equal((await shop.get(`/sandbox/merchants/${KEYS.mId}`)).body.apiVersion, '2022-11-16');
});
