import { readdirSync } from 'node:fs';
import t, { type Test } from 'tap';
import { PaymentSchema } from '../../src/wire/payment-schema.ts';
import { flipped, golden, leavesOf, masked, valueAt, withValue } from '../fixtures/golden.ts';
import { type Answer, type Shop, startSandbox, type TestSandbox } from '../fixtures/sandbox.ts';
import { HandWall } from '../fixtures/wall.ts';

// payments.md 1.4: the keys that the documents' merchants have.
const PAYMENT_WINDOW_SHOP = {
  mId: 'tvivarepublica',
  clientKey: 'test_ck_D5GePWvyJnrK0W0k6q8gLzN97Eoq',
  secretKey: 'test_sk_zXLkKEypNArWmo50nX3lmeaxYG5R',
};
const WIDGET_SHOP = {
  mId: 'tgen_docs',
  clientKey: 'test_gck_docs_Ovk5rk1EwkEbP0W43n07xlzm',
  secretKey: 'test_gsk_docs_OaPz8L5KdmQXkzRz3y47BMw6',
};

const ORDER = { orderId: 'order-20260305-0001', orderName: '원두 200g 외 1건', amount: 15000 };

/** A sandbox whose day is that of the documents. */
async function startOnThatDay(t: Test): Promise<TestSandbox & { at: (time: string) => void }> {
  const wall = new HandWall(Date.parse('2026-03-05T09:00:00+09:00'));
  const running = await startSandbox(t, { wall });
  return { ...running, at: (time) => wall.move(Date.parse(`2026-03-05T${time}+09:00`) - wall.now()) };
}

const cancel = (shop: Shop, paymentKey: string, body: unknown): Promise<Answer> =>
  shop.post(`/v1/payments/${paymentKey}/cancel`, body);

async function payOrder(shop: Shop, at: (time: string) => void): Promise<string> {
  at('10:15:30');
  const paymentKey = await shop.prepare(ORDER);
  at('10:16:02');
  await shop.post('/v1/payments/confirm', { paymentKey, orderId: ORDER.orderId, amount: 15000 });
  return paymentKey;
}

interface Example {
  readonly file: string;
  readonly keys: typeof PAYMENT_WINDOW_SHOP;
  /** Does what the document tells of, at its times; answers with the key of the payment. */
  readonly play: (shop: Shop, at: (time: string) => void) => Promise<string>;
  /** What no two answers share, and the form it has: payments.md 2.4. */
  readonly masks: Readonly<Record<string, RegExp>>;
}

const TRANSACTION_KEY = /^txrd_a[0-9a-hjkmnp-tv-z]{26}$/;
const SECRET = /^ps_[A-Za-z0-9]{28}$/;
const RECEIPT_URL =
  /^http:\/\/127\.0\.0\.1:\d+\/receipt\/redirection\?transactionId=(tviva|tgen_)\d{14}[A-Za-z0-9]{5}&ref=PX$/;
const CHECKOUT_URL = /^http:\/\/127\.0\.0\.1:\d+\/v1\/payments\/(tviva|tgen_)\d{14}[A-Za-z0-9]{5}\/checkout$/;

const EXAMPLES: readonly Example[] = [
  {
    file: 'card-done.json',
    keys: PAYMENT_WINDOW_SHOP,
    play: payOrder,
    masks: {
      lastTransactionKey: TRANSACTION_KEY,
      paymentKey: /^tviva20260305101530[A-Za-z0-9]{5}$/,
      secret: SECRET,
      'receipt.url': RECEIPT_URL,
      'checkout.url': CHECKOUT_URL,
    },
  },
  {
    file: 'card-canceled.json',
    keys: PAYMENT_WINDOW_SHOP,
    play: async (shop, at) => {
      const paymentKey = await payOrder(shop, at);
      at('11:30:00');
      await cancel(shop, paymentKey, { cancelReason: '고객 변심' });
      return paymentKey;
    },
    masks: {
      lastTransactionKey: TRANSACTION_KEY,
      paymentKey: /^tviva20260305101530[A-Za-z0-9]{5}$/,
      'cancels.0.transactionKey': TRANSACTION_KEY,
      secret: SECRET,
      'receipt.url': RECEIPT_URL,
      'checkout.url': CHECKOUT_URL,
    },
  },
  {
    file: 'card-partial-canceled.json',
    keys: PAYMENT_WINDOW_SHOP,
    play: async (shop, at) => {
      const paymentKey = await payOrder(shop, at);
      at('11:30:00');
      await cancel(shop, paymentKey, { cancelReason: '상품 1개 품절', cancelAmount: 5000 });
      at('11:54:10');
      await cancel(shop, paymentKey, { cancelReason: '배송비 환불', cancelAmount: 3000 });
      return paymentKey;
    },
    masks: {
      lastTransactionKey: TRANSACTION_KEY,
      paymentKey: /^tviva20260305101530[A-Za-z0-9]{5}$/,
      'cancels.0.transactionKey': TRANSACTION_KEY,
      'cancels.1.transactionKey': TRANSACTION_KEY,
      secret: SECRET,
      'receipt.url': RECEIPT_URL,
      'checkout.url': CHECKOUT_URL,
    },
  },
  {
    file: 'easy-pay-card-done.json',
    keys: WIDGET_SHOP,
    play: async (shop, at) => {
      const order = { orderId: 'order-20260305-0002', amount: 15000 };
      at('10:20:11');
      const easyPay = { orderName: '원두 200g 외 1건', flowMode: 'DIRECT', easyPay: 'TOSSPAY' };
      const paymentKey = await shop.prepare({ ...order, ...easyPay });
      at('10:20:40');
      await shop.post('/v1/payments/confirm', { paymentKey, ...order });
      return paymentKey;
    },
    masks: {
      lastTransactionKey: TRANSACTION_KEY,
      paymentKey: /^tgen_20260305102011[A-Za-z0-9]{5}$/,
      secret: SECRET,
      'receipt.url': RECEIPT_URL,
      'checkout.url': CHECKOUT_URL,
    },
  },
  {
    file: 'ready.json',
    keys: PAYMENT_WINDOW_SHOP,
    play: (shop, at) => {
      at('11:00:00');
      return shop.prepare({ ...ORDER, orderId: 'order-20260305-0007', outcome: 'READY' });
    },
    masks: {
      paymentKey: /^tviva20260305110000[A-Za-z0-9]{5}$/,
      'checkout.url': CHECKOUT_URL,
    },
  },
  {
    file: 'expired.json',
    keys: PAYMENT_WINDOW_SHOP,
    play: async (shop, at) => {
      at('11:00:00');
      const paymentKey = await shop.prepare({ ...ORDER, orderId: 'order-20260305-0007' });
      at('11:10:00');
      return paymentKey;
    },
    masks: {
      paymentKey: /^tviva20260305110000[A-Za-z0-9]{5}$/,
      'checkout.url': CHECKOUT_URL,
    },
  },
  {
    file: 'aborted.json',
    keys: PAYMENT_WINDOW_SHOP,
    play: async (shop, at) => {
      const order = { orderId: 'order-20260305-0008', amount: 15000 };
      at('11:15:00');
      const paymentKey = await shop.prepare({ ...ORDER, ...order, outcome: 'REFUSED_AT_CONFIRM' });
      await shop.post('/v1/payments/confirm', { paymentKey, ...order });
      return paymentKey;
    },
    masks: {
      // payments.md 13 no. 24: the older form.
      lastTransactionKey: /^[0-9A-F]{32}$/,
      paymentKey: /^tviva20260305111500[A-Za-z0-9]{5}$/,
      'checkout.url': CHECKOUT_URL,
    },
  },
];

for (const { file, keys, play, masks } of EXAMPLES) {
  t.test(`a payment reads as the documentation prints it: ${file}`, async (t) => {
    const { url, shopOf, at } = await startOnThatDay(t);
    const shop = shopOf(keys);
    const document = golden(file);
    const paths = Object.keys(masks);
    t.ok(paths.length <= 8, 'hardly anything is masked');

    const paymentKey = await play(shop, at);
    const { status, body } = await shop.get(`/v1/payments/${paymentKey}`);
    t.equal(status, 200);
    t.equal(masked(body, paths), masked(document, paths), 'field for field, in order');

    t.equal(body.paymentKey, paymentKey);
    t.equal(body.checkout.url, `${url}/v1/payments/${paymentKey}/checkout`);
    if (body.receipt !== null) {
      t.equal(body.receipt.url, `${url}/receipt/redirection?transactionId=${paymentKey}&ref=PX`);
    }
    for (const [path, form] of Object.entries(masks)) t.match(valueAt(body, path), form, path);

    // The comparison itself: any other value, a field less or two fields swapped would have been noticed.
    const compared = leavesOf(document).filter((path) => !paths.includes(path));
    t.ok(compared.length >= 35, `${compared.length} values are compared`);
    const answered = masked(body, paths);
    const unnoticed = compared.filter(
      (path) => masked(withValue(document, path, flipped(valueAt(document, path))), paths) === answered,
    );
    t.strictSame(unnoticed, [], 'no value could be another');
    const lost = compared.filter((path) => masked(withValue(document, path, undefined), paths) === answered);
    t.strictSame(lost, [], 'no field could be missing');
    const { mId, ...rest } = document;
    t.not(masked({ ...rest, mId }, paths), answered, 'no field could stand elsewhere');
  });
}

t.test('every example document is one that is compared, and says where it comes from', async (t) => {
  const files = readdirSync(new URL('../../fixtures/examples/', import.meta.url), { withFileTypes: true })
    .flatMap((entry) => (entry.isFile() ? [entry.name] : []))
    .toSorted();
  const compared = EXAMPLES.map(({ file }) => file).toSorted();
  t.strictSame(Object.keys(golden('sources.json')).toSorted(), compared);
  t.strictSame(files, [...compared, 'sources.json'].toSorted());
});

t.test('an authenticated payment reads like a READY one that has a method', async (t) => {
  const { shopOf, at } = await startOnThatDay(t);
  const shop = shopOf(PAYMENT_WINDOW_SHOP);
  at('11:00:00');
  const paymentKey = await shop.prepare({ ...ORDER, orderId: 'order-20260305-0007' });
  const { body } = await shop.get(`/v1/payments/${paymentKey}`);
  // No document shows it: payments.md 4.4, 13 no. 14 [I].
  const expected = { ...golden('ready.json'), status: 'IN_PROGRESS', useEscrow: false, method: '카드' };
  const masks = ['paymentKey', 'checkout.url'];
  t.equal(masked(body, masks), masked(expected, masks));
});

t.test('whatever is answered is a Payment to the letter, no field too many and none too few', async (t) => {
  const { newShop } = await startSandbox(t);
  const shop = await newShop();
  const isPayment = (answer: Answer, name: string): void => {
    t.equal(answer.status, 200, name);
    const { error } = PaymentSchema.safeParse(answer.body);
    t.equal(error, undefined, name);
  };
  const order = { orderId: 'order-0001', amount: 15000 };

  const paymentKey = await shop.prepare({ ...order, metadata: { 색상: '빨강', size: 'L' } });
  isPayment(await shop.get(`/v1/payments/${paymentKey}`), 'IN_PROGRESS, read');
  isPayment(await shop.post('/v1/payments/confirm', { paymentKey, ...order }), 'confirm');
  isPayment(await shop.get('/v1/payments/orders/order-0001'), 'read by order');
  isPayment(await cancel(shop, paymentKey, { cancelReason: '부분', cancelAmount: 1 }), 'a part cancelled');
  isPayment(await cancel(shop, paymentKey, { cancelReason: '나머지' }), 'the rest cancelled');

  const other = { orderId: 'order-0002', amount: 9026 };
  const legacy = await shop.prepare({ ...other, flowMode: 'DIRECT', easyPay: 'KAKAOPAY' });
  isPayment(await shop.post(`/v1/payments/${legacy}`, other), 'confirm in its older form');
  isPayment(await cancel(shop, legacy, { cancelReason: '전부' }), 'everything cancelled');

  const refused = { orderId: 'order-0003', amount: 15000 };
  const aborted = await shop.prepare({ ...refused, outcome: 'REFUSED_AT_CONFIRM' });
  await shop.post('/v1/payments/confirm', { paymentKey: aborted, ...refused });
  isPayment(await shop.get(`/v1/payments/${aborted}`), 'ABORTED, read');

  const left = await shop.prepare({ orderId: 'order-0004', amount: 15000, outcome: 'LEFT' });
  isPayment(await shop.get(`/v1/payments/${left}`), 'READY, read');
  await shop.post('/sandbox/clock/advance', { minutes: 30 });
  isPayment(await shop.get(`/v1/payments/${left}`), 'EXPIRED, read');

  const dollars = await shop.prepare({ orderId: 'order-0005', amount: 1.25, currency: 'USD' });
  isPayment(await shop.get(`/v1/payments/${dollars}`), 'dollars');
});

t.test('what the merchant sent along comes back as it was', async (t) => {
  const { newShop } = await startSandbox(t);
  const shop = await newShop();
  const metadata = { zone: '제주', memo: '문 앞에 놓아 주세요 "조심"', empty: '' };
  const order = { orderId: 'Order_1-2.3=', amount: 15000, orderName: '<b>원두</b> & "커피" 😀' };
  const paymentKey = await shop.prepare({ ...order, metadata });
  const { body } = await shop.get(`/v1/payments/${paymentKey}`);
  t.strictSame(body.metadata, metadata);
  t.strictSame(Object.keys(body.metadata), ['zone', 'memo', 'empty']);
  t.equal(body.orderId, 'Order_1-2.3=');
  t.equal(body.orderName, '<b>원두</b> & "커피" 😀');
});

t.test('opening a payment answers paymentUrl beside checkout.url, and nothing else ever does', async (t) => {
  const { url, shopOf, at } = await startOnThatDay(t);
  const shop = shopOf(PAYMENT_WINDOW_SHOP);
  at('11:00:00');
  // The request of payments.md 4.1.
  const opened = await shop.post('/v1/payments', {
    method: 'CARD',
    amount: 15000,
    orderId: 'order-20260305-0007',
    orderName: '원두 200g 외 1건',
    successUrl: 'http://localhost:8080/success',
    failUrl: 'http://localhost:8080/fail',
  });
  t.equal(opened.status, 200);
  const { paymentUrl, ...payment } = opened.body;
  t.equal(paymentUrl, payment.checkout.url);
  t.equal(paymentUrl, `${url}/v1/payments/${payment.paymentKey}/checkout`);
  const masks = ['paymentKey', 'checkout.url'];
  t.equal(masked(payment, masks), masked(golden('ready.json'), masks));
  t.equal(PaymentSchema.safeParse(payment).error, undefined);

  const read = await shop.get(`/v1/payments/${payment.paymentKey}`);
  const ofOrder = await shop.get('/v1/payments/orders/order-20260305-0007');
  t.strictSame(read.body, payment);
  t.equal(ofOrder.text, read.text);

  const paymentKey = await shop.prepare({ orderId: 'order-20260305-0001', amount: 15000 });
  const body = { orderId: 'order-20260305-0001', amount: 15000 };
  const confirmed = await shop.post('/v1/payments/confirm', { paymentKey, ...body });
  const canceled = await cancel(shop, paymentKey, { cancelReason: '고객 변심' });
  for (const answer of [read, ofOrder, confirmed, canceled]) t.notOk('paymentUrl' in answer.body);
});

t.test('with --public-url every address of a payment begins with it', async (t) => {
  const { newShop } = await startSandbox(t, { publicUrl: 'https://pay.shop.example:8443' });
  const shop = await newShop();
  const paymentKey = await shop.pay({ orderId: 'order-0001', amount: 15000 });
  const { body } = await shop.get(`/v1/payments/${paymentKey}`);
  t.equal(body.checkout.url, `https://pay.shop.example:8443/v1/payments/${paymentKey}/checkout`);
  t.equal(
    body.receipt.url,
    `https://pay.shop.example:8443/receipt/redirection?transactionId=${paymentKey}&ref=PX`,
  );
});

t.test('an order is answered with its approved payment, else with its newest', async (t) => {
  const { newShop } = await startSandbox(t);
  const shop = await newShop();
  const order = { orderId: 'order-0001', amount: 15000 };
  const ofOrder = async () => (await shop.get('/v1/payments/orders/order-0001')).body;
  const confirm = (paymentKey: string) => shop.post('/v1/payments/confirm', { paymentKey, ...order });

  t.strictSame(await ofOrder(), {
    code: 'NOT_FOUND_PAYMENT',
    message: '존재하지 않는 결제 정보 입니다.',
  });
  const refused = await shop.prepare({ ...order, outcome: 'REFUSED_AT_CONFIRM' });
  await confirm(refused);
  t.equal((await ofOrder()).paymentKey, refused, 'the only one, although it was refused');
  const authenticated = await shop.prepare(order);
  const opened = await shop.prepare({ ...order, outcome: 'READY' });
  t.equal((await ofOrder()).paymentKey, opened, 'the newest, while none is approved');
  await confirm(authenticated);
  t.equal((await ofOrder()).paymentKey, authenticated, 'the approved one, although it is not the newest');
  await cancel(shop, authenticated, { cancelReason: '고객 변심' });
  const { paymentKey, status } = await ofOrder();
  t.strictSame([paymentKey, status], [authenticated, 'CANCELED'], 'also when it is cancelled since');

  const neighbour = await newShop();
  const { status: httpStatus } = await neighbour.get('/v1/payments/orders/order-0001');
  t.equal(httpStatus, 404, 'the same order id of another merchant is another order');
});
