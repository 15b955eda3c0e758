import t from 'tap';
import { PaymentSchema } from '../../src/wire/payment-schema.ts';
import { startStage } from '../fixtures/examples/stage.ts';
import { golden, named, PRINTED_HOSTS } from '../fixtures/golden.ts';
import { type Answer, type Shop, startSandbox } from '../fixtures/sandbox.ts';

const cancel = (shop: Shop, paymentKey: string, body: unknown): Promise<Answer> =>
  shop.post(`/v1/payments/${paymentKey}/cancel`, body);

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
  const { url, shop, at } = await startStage(t, 'tvivarepublica');
  at('2026-03-05T11:00:00');
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
  const masks = ['paymentKey'];
  t.equal(named(payment, masks, [url]), named(golden('ready.json'), masks, PRINTED_HOSTS));
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
