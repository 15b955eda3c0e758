import t, { type Test } from 'tap';
import { deliveriesOf, settle, startHeldShop } from '../fixtures/held-shop.ts';
import { type Answer, type Shop, startSandbox } from '../fixtures/sandbox.ts';
import { startSlowShop } from '../fixtures/slow-shop.ts';

type Wish = Readonly<Record<string, unknown>>;

/** What must be there and nothing more (payments.md 4.6). */
const REQUEST = {
  amount: 15000,
  orderId: 'order-0001',
  orderName: '원두 200g 외 1건',
  cardNumber: '9410001234567890',
  cardExpirationYear: '30',
  cardExpirationMonth: '12',
  customerIdentityNumber: '900101',
};

const keyIn = (
  shop: Shop,
  wish: Wish = {},
  headers: Readonly<Record<string, string>> = {},
): Promise<Answer> => shop.post('/v1/payments/key-in', { ...REQUEST, ...wish }, headers);

// The texts of the endpoint's own table; all are 400 (payments.md 4.6).
const TEXTS = {
  BELOW_MINIMUM_AMOUNT: '신용카드는 결제금액이 100원 이상, 계좌는 200원이상부터 결제가 가능합니다.',
  DUPLICATED_ORDER_ID: '이미 승인 및 취소가 진행된 중복된 주문번호 입니다. 다른 주문번호로 진행해주세요.',
  INVALID_BIRTH_DAY_FORMAT:
    '생년월일 정보는 6자리의 `yyMMdd` 형식이어야 합니다. 사업자등록번호는 10자리의 숫자여야 합니다.',
  INVALID_CARD_EXPIRATION: '카드 정보를 다시 확인해주세요. (유효기간)',
  INVALID_CARD_INSTALLMENT_PLAN: '할부 개월 정보가 잘못되었습니다.',
  INVALID_CARD_NUMBER: '카드번호를 다시 확인해주세요.',
  INVALID_CARD_PASSWORD: '카드 정보를 다시 확인해주세요. (비밀번호)',
  INVALID_EMAIL: '유효하지 않은 이메일 주소 형식입니다.',
  INVALID_ORDER_ID:
    '`orderId`는 영문 대소문자, 숫자, 특수문자(-, _) 만 허용합니다. 6자 이상 64자 이하여야 합니다.',
  INVALID_REQUEST: '잘못된 요청입니다.',
  INVALID_REQUIRED_PARAM: '필수 파라미터가 누락되었습니다.',
  NOT_SUPPORTED_CARD_TYPE: '지원되지 않는 카드 종류입니다.',
  NOT_SUPPORTED_MONTHLY_INSTALLMENT_PLAN_BELOW_AMOUNT:
    '5만원 이하의 결제는 할부가 불가능해서 결제에 실패했습니다.',
} as const;

async function refuses(t: Test, shop: Shop, wish: Wish, code: keyof typeof TEXTS): Promise<void> {
  const { status, body } = await keyIn(shop, wish);
  t.strictSame([status, body], [400, { code, message: TEXTS[code] }], JSON.stringify(wish));
}

async function takes(t: Test, shop: Shop, wish: Wish): Promise<Answer> {
  const answer = await keyIn(shop, wish);
  t.equal(answer.status, 200, `${JSON.stringify(wish)}: ${answer.text.slice(0, 120)}`);
  return answer;
}

t.test('a card number pays at once', async (t) => {
  const { shop, url } = await startHeldShop(t);
  const { status, body, text } = await keyIn(shop);
  t.equal(status, 200);
  const { paymentKey, lastTransactionKey, secret, ...rest } = body;
  t.match(paymentKey, new RegExp(`^${shop.mId.slice(0, 5)}20300305101530[A-Za-z0-9]{5}$`));
  t.match(lastTransactionKey, /^txrd_a[0-9a-hjkmnp-tv-z]{26}$/);
  t.match(secret, /^ps_[A-Za-z0-9]{28}$/);
  t.strictSame(rest, {
    mId: shop.mId,
    orderId: 'order-0001',
    orderName: '원두 200g 외 1건',
    taxExemptionAmount: 0,
    status: 'DONE',
    requestedAt: '2030-03-05T10:15:30+09:00',
    approvedAt: '2030-03-05T10:15:30+09:00',
    useEscrow: false,
    cultureExpense: false,
    card: {
      issuerCode: '21',
      acquirerCode: '21',
      number: '94100012****789*',
      installmentPlanMonths: 0,
      isInterestFree: false,
      interestPayer: null,
      approveNo: '00000000',
      useCardPoint: false,
      cardType: '신용',
      ownerType: '개인',
      acquireStatus: 'READY',
      amount: 15000,
    },
    virtualAccount: null,
    transfer: null,
    mobilePhone: null,
    giftCertificate: null,
    cashReceipt: null,
    cashReceipts: null,
    discount: null,
    cancels: null,
    type: 'NORMAL',
    easyPay: null,
    country: 'KR',
    failure: null,
    isPartialCancelable: true,
    receipt: { url: `${url}/receipt/redirection?transactionId=${paymentKey}&ref=PX` },
    checkout: { url: `${url}/v1/payments/${paymentKey}/checkout` },
    currency: 'KRW',
    totalAmount: 15000,
    balanceAmount: 15000,
    suppliedAmount: 13636,
    vat: 1364,
    taxFreeAmount: 0,
    method: '카드',
    version: '2022-11-16',
    metadata: null,
  });
  t.equal((await shop.get(`/v1/payments/${paymentKey}`)).text, text);
  t.equal((await shop.get('/v1/payments/orders/order-0001')).text, text);
});

t.test('with everything that can be said of it', async (t) => {
  const { newShop } = await startSandbox(t);
  const { body } = await takes(t, await newShop(), {
    amount: 60000,
    cardPassword: '12',
    cardInstallmentPlan: 12,
    useFreeInstallmentPlan: true,
    useCardPoint: true,
    taxFreeAmount: 5000,
    taxExemptionAmount: 300,
    customerEmail: 'customer@example.com',
    customerName: '김토스',
    customerIp: '203.0.113.7',
    vbv: { cavv: 'jI3JBkkaQ1p8CBAAABy0CHUAAAA=', xid: '3000', eci: '05' },
    metadata: { table: '7' },
    unknown: 'ignored',
  });
  t.match(body.card, {
    installmentPlanMonths: 12,
    isInterestFree: true,
    interestPayer: 'MERCHANT',
    useCardPoint: true,
    amount: 60000,
  });
  // payments.md 2.6: an eleventh of 54,700.
  t.match(body, { taxFreeAmount: 5000, taxExemptionAmount: 300, suppliedAmount: 49727, vat: 4973 });
  t.strictSame(body.metadata, { table: '7' });
  t.equal(body.isPartialCancelable, false);
});

t.test('null for what is optional counts as absent', async (t) => {
  const { newShop } = await startSandbox(t);
  const nothing = {
    cardPassword: null,
    cardInstallmentPlan: null,
    useFreeInstallmentPlan: null,
    useCardPoint: null,
    taxFreeAmount: null,
    taxExemptionAmount: null,
    customerEmail: null,
    customerName: null,
    customerIp: null,
    vbv: null,
    metadata: null,
  };
  const { body } = await takes(t, await newShop(), nothing);
  t.match(body.card, { installmentPlanMonths: 0, isInterestFree: false, useCardPoint: false });
});

// payments.md 4, measured of other calls: numbers given as strings and strings given as numbers are converted.
t.test('numbers may come as text, and text as numbers', async (t) => {
  const { newShop } = await startSandbox(t);
  const { body } = await takes(t, await newShop(), {
    amount: '60000',
    orderId: 20260305,
    orderName: 7,
    cardNumber: 9410001234567890,
    cardExpirationYear: 30,
    cardExpirationMonth: 12,
    customerIdentityNumber: 900101,
    cardPassword: 12,
    cardInstallmentPlan: '3',
    taxFreeAmount: '10000',
  });
  t.match(body, { orderId: '20260305', orderName: '7', totalAmount: 60000, taxFreeAmount: 10000 });
  t.match(body.card, { number: '94100012****789*', installmentPlanMonths: 3 });
});

t.test('what is missing is said to be missing, whatever else is wrong', async (t) => {
  const { newShop } = await startSandbox(t);
  const shop = await newShop();
  for (const name of Object.keys(REQUEST)) {
    await refuses(t, shop, { [name]: undefined }, 'INVALID_REQUIRED_PARAM');
    await refuses(t, shop, { [name]: null }, 'INVALID_REQUIRED_PARAM');
  }
  await refuses(t, shop, { orderId: 'a', cardNumber: undefined }, 'INVALID_REQUIRED_PARAM');
  await refuses(t, shop, { amount: 1, customerIdentityNumber: undefined }, 'INVALID_REQUIRED_PARAM');
  // payments.md 4.6: its name up to 1.3.
  await takes(t, shop, { customerIdentityNumber: undefined, customerBirthday: '900101' });
});

const MALFORMED: readonly [keyof typeof TEXTS, Wish[]][] = [
  [
    'BELOW_MINIMUM_AMOUNT',
    [{ amount: 99 }, { amount: 0.5 }, { amount: 0 }, { amount: -100 }, { amount: '99' }],
  ],
  ['INVALID_REQUEST', [{ amount: 'much' }, { amount: {} }, { amount: 1000.5 }, { amount: 1e300 }]],
  [
    'INVALID_ORDER_ID',
    [
      { orderId: 'order' },
      { orderId: 'o'.repeat(65) },
      { orderId: '주문-0001' },
      { orderId: '' },
      { orderId: 71 },
    ],
  ],
  // INVALID_ORDER_NAME is not in the endpoint's table.
  ['INVALID_REQUEST', [{ orderName: '' }, { orderName: '가'.repeat(101) }, { orderName: {} }]],
  [
    'INVALID_CARD_NUMBER',
    [
      { cardNumber: '433012' },
      { cardNumber: '941000123456' },
      { cardNumber: '94100012345678901234' },
      { cardNumber: '9410-0012-3456-7890' },
      { cardNumber: '941000123456789O' },
      { cardNumber: '' },
      { cardNumber: [] },
    ],
  ],
  [
    'INVALID_CARD_EXPIRATION',
    [
      { cardExpirationYear: '2030' },
      { cardExpirationYear: '3' },
      { cardExpirationYear: 'yy' },
      { cardExpirationMonth: '00' },
      { cardExpirationMonth: '13' },
      { cardExpirationMonth: '1' },
      { cardExpirationMonth: '' },
      { cardExpirationMonth: true },
    ],
  ],
  [
    'INVALID_BIRTH_DAY_FORMAT',
    [
      { customerIdentityNumber: '90010' },
      { customerIdentityNumber: '9001011' },
      { customerIdentityNumber: '123456789' },
      { customerIdentityNumber: '12345678901' },
      { customerIdentityNumber: '90-101' },
      { customerIdentityNumber: '' },
    ],
  ],
  ['INVALID_CARD_PASSWORD', [{ cardPassword: '1' }, { cardPassword: '1234' }, { cardPassword: '**' }]],
  [
    'INVALID_CARD_INSTALLMENT_PLAN',
    [1, 13, -2, 2.5, 'three', '1', true].map((cardInstallmentPlan) => ({
      amount: 60000,
      cardInstallmentPlan,
    })),
  ],
  [
    'NOT_SUPPORTED_MONTHLY_INSTALLMENT_PLAN_BELOW_AMOUNT',
    [
      { amount: 49999, cardInstallmentPlan: 2 },
      { amount: 100, cardInstallmentPlan: 12 },
    ],
  ],
  ['INVALID_EMAIL', [{ customerEmail: 'customer' }, { customerEmail: `${'c'.repeat(90)}@example.com` }]],
  [
    'INVALID_REQUEST',
    [
      { taxFreeAmount: -1 },
      { taxFreeAmount: 15001 },
      { taxFreeAmount: 10000, taxExemptionAmount: 5001 },
      { taxFreeAmount: 0.5 },
      { useCardPoint: 'perhaps' },
      { useFreeInstallmentPlan: 1 },
      { customerName: '가'.repeat(101) },
      { metadata: 'table 7' },
      { metadata: { a: '', b: '', c: '', d: '', e: '', f: '' } },
    ],
  ],
];

t.test('what is wrong with a field is said with the endpoint’s own code and text', async (t) => {
  const { newShop, sandbox } = await startSandbox(t);
  const shop = await newShop();
  for (const [code, wishes] of MALFORMED) for (const wish of wishes) await refuses(t, shop, wish, code);
  for (const body of ['', '{', '[]', '"text"', '7', 'null']) {
    const { status, text } = await shop.post('/v1/payments/key-in', body);
    t.equal(status, 400, body);
    t.equal(text, '{"code":"INVALID_REQUEST","message":"잘못된 요청입니다."}', body);
  }
  t.equal(sandbox.core.store.world(shop.mId)?.figures().payments, 0, 'nothing was paid');
});

t.test('the limits themselves will do', async (t) => {
  const { newShop } = await startSandbox(t);
  const shop = await newShop();
  for (const [index, wish] of [
    { amount: 100 },
    { amount: 50000, cardInstallmentPlan: 2 },
    { amount: 50000, cardInstallmentPlan: 12 },
    { amount: 100, cardInstallmentPlan: 0, useFreeInstallmentPlan: true },
    { orderName: '가'.repeat(100) },
    { cardNumber: '9410001234567' },
    { cardNumber: '9410001234567890123' },
    { cardExpirationMonth: '01' },
    { cardExpirationYear: '99' },
    { taxFreeAmount: 15000 },
    { taxFreeAmount: 10000, taxExemptionAmount: 5000 },
    { customerName: '가'.repeat(100) },
  ].entries()) {
    const { body } = await takes(t, shop, { orderId: `order-${1000 + index}`, ...wish });
    t.equal(body.card.isInterestFree, false);
  }
  await takes(t, shop, { orderId: 'a23456' });
  await takes(t, shop, { orderId: 'Az09-_='.padEnd(64, '.') });
});

t.test('of several mistakes the first in the order of checks is told', async (t) => {
  const { newShop } = await startSandbox(t);
  const shop = await newShop();
  const order: readonly [Wish, keyof typeof TEXTS][] = [
    [{ amount: 99 }, 'BELOW_MINIMUM_AMOUNT'],
    [{ orderId: 'a' }, 'INVALID_ORDER_ID'],
    [{ orderName: '' }, 'INVALID_REQUEST'],
    [{ cardNumber: '433012' }, 'INVALID_CARD_NUMBER'],
    [{ cardExpirationYear: '2030' }, 'INVALID_CARD_EXPIRATION'],
    [{ customerIdentityNumber: '9' }, 'INVALID_BIRTH_DAY_FORMAT'],
    [{ cardPassword: '1' }, 'INVALID_CARD_PASSWORD'],
    [{ cardInstallmentPlan: 1 }, 'INVALID_CARD_INSTALLMENT_PLAN'],
    [{ customerEmail: 'c' }, 'INVALID_EMAIL'],
  ];
  for (const [index, [wish, code]] of order.entries()) {
    const [next = {}] = order[index + 1] ?? [{ taxFreeAmount: 15001 }];
    await refuses(t, shop, { ...next, ...wish }, code);
  }
  await refuses(t, shop, { taxFreeAmount: 15001, cardInstallmentPlan: 2 }, 'INVALID_REQUEST');

  t.comment(
    'the fields together before the clock, the clock before the order, the order before the card company',
  );
  await takes(t, shop, {});
  const old = { cardExpirationYear: '01' };
  const strange = { cardNumber: '4330121234567890' };
  await refuses(
    t,
    shop,
    { ...old, cardInstallmentPlan: 2 },
    'NOT_SUPPORTED_MONTHLY_INSTALLMENT_PLAN_BELOW_AMOUNT',
  );
  await refuses(t, shop, { ...old, ...strange }, 'INVALID_CARD_EXPIRATION');
  await refuses(t, shop, strange, 'DUPLICATED_ORDER_ID');
  await refuses(t, shop, { ...strange, orderId: 'order-0002' }, 'NOT_SUPPORTED_CARD_TYPE');

  t.comment('the Test-Code before everything');
  const ordered = await keyIn(shop, { amount: 1 }, { 'tosspayments-test-code': 'INVALID_CARD_IDENTITY' });
  t.strictSame(ordered.body, {
    code: 'INVALID_CARD_IDENTITY',
    message: '입력하신 주민번호/사업자번호가 카드 소유주 정보와 일치하지 않습니다.',
  });
});

t.test('a card is good to the end of its month, in Korea, on the merchant’s clock', async (t) => {
  const { newShop } = await startSandbox(t);
  const shop = await newShop();
  await shop.post('/sandbox/clock/hold', { at: '2030-12-31T23:59:59.999+09:00' });
  const until = (year: string, month: string, orderId: string) => ({
    cardExpirationYear: year,
    cardExpirationMonth: month,
    orderId,
  });
  await refuses(t, shop, until('30', '11', 'order-0001'), 'INVALID_CARD_EXPIRATION');
  await refuses(t, shop, until('29', '12', 'order-0001'), 'INVALID_CARD_EXPIRATION');
  await takes(t, shop, until('30', '12', 'order-0001'));
  await takes(t, shop, until('31', '01', 'order-0002'));
  await shop.post('/sandbox/clock/advance', { ms: 1 });
  await refuses(t, shop, until('30', '12', 'order-0003'), 'INVALID_CARD_EXPIRATION');
  await takes(t, shop, until('31', '01', 'order-0003'));
});

t.test('a number is masked, whatever its length', async (t) => {
  const { newShop } = await startSandbox(t);
  const shop = await newShop();
  for (const [cardNumber, masked] of [
    ['9410001234567890', '94100012****789*'],
    ['379012345678905', '37901234***890*'],
    ['36001234567893', '36001234**789*'],
    ['6212345678901232456', '62123456*******245*'],
  ] as const) {
    const { body } = await takes(t, shop, { cardNumber, orderId: `order-${cardNumber}` });
    t.equal(body.card.number, masked);
    t.notMatch(JSON.stringify(body.card), cardNumber);
  }
});

t.test('the first digits say whose card it is, the identity number what it is', async (t) => {
  const { newShop } = await startSandbox(t);
  const shop = await newShop();
  const { body: personal } = await takes(t, shop, {});
  t.match(personal.card, { issuerCode: '21', acquirerCode: '21', cardType: '신용', ownerType: '개인' });
  const { body: corporate } = await takes(t, shop, {
    orderId: 'order-0002',
    customerIdentityNumber: '1234567890',
  });
  t.match(corporate.card, { issuerCode: '21', cardType: '신용', ownerType: '법인' });
  // Of other numbers nothing is measured: the usual test card's company.
  const { body: other } = await takes(t, shop, { orderId: 'order-0003', cardNumber: '5400001234567890' });
  t.match(other.card, { issuerCode: '61', acquirerCode: '31', cardType: '신용' });
});

t.test('an order id is used up by what was approved or cancelled, however it was paid', async (t) => {
  const { newShop, sandbox } = await startSandbox(t);
  const shop = await newShop();
  const { body } = await takes(t, shop, {});
  await refuses(t, shop, {}, 'DUPLICATED_ORDER_ID');
  await shop.post(`/v1/payments/${body.paymentKey}/cancel`, { cancelReason: '품절' });
  await refuses(t, shop, {}, 'DUPLICATED_ORDER_ID');

  await shop.pay({ orderId: 'order-0002', amount: 9900 });
  await refuses(t, shop, { orderId: 'order-0002' }, 'DUPLICATED_ORDER_ID');
  t.equal(sandbox.core.store.world(shop.mId)?.figures().payments, 2);

  // A session that came to nothing leaves the order id free.
  const window = await shop.prepare({ orderId: 'order-0003', amount: 9900 });
  await takes(t, shop, { orderId: 'order-0003', amount: 9900 });
  const late = await shop.post('/v1/payments/confirm', {
    paymentKey: window,
    orderId: 'order-0003',
    amount: 9900,
  });
  t.equal(late.body.code, 'DUPLICATED_ORDER_ID');
  // Another merchant's order ids are its own.
  await takes(t, await newShop(), {});
});

t.test('it can be cancelled, in parts too, but not confirmed', async (t) => {
  const { newShop } = await startSandbox(t);
  const shop = await newShop();
  const { body } = await takes(t, shop, {});
  const confirmed = await shop.post('/v1/payments/confirm', {
    paymentKey: body.paymentKey,
    orderId: 'order-0001',
    amount: 15000,
  });
  t.equal(confirmed.body.code, 'ALREADY_PROCESSED_PAYMENT');
  const cancel = (wish: Wish) =>
    shop.post(`/v1/payments/${body.paymentKey}/cancel`, { cancelReason: '품절', ...wish });
  const part = await cancel({ cancelAmount: 5000 });
  t.match(part.body, { status: 'PARTIAL_CANCELED', balanceAmount: 10000, suppliedAmount: 9091, vat: 909 });
  t.match((await cancel({})).body, { status: 'PARTIAL_CANCELED', balanceAmount: 0 });
});

t.test('it sends PAYMENT_STATUS_CHANGED DONE, once, and a refusal sends nothing', async (t) => {
  const { shop } = await startHeldShop(t, { send: async () => ({ status: 200, error: null }) });
  await shop.post('/sandbox/webhooks', { url: 'http://shop.example/webhooks' });
  await refuses(t, shop, { cardNumber: '4330121234567890' }, 'NOT_SUPPORTED_CARD_TYPE');
  const { body } = await takes(t, shop, {});
  await settle(shop);
  await shop.post('/sandbox/clock/advance', { hours: 1 });
  const sent = await deliveriesOf(shop);
  t.strictSame(
    sent.map(({ eventType }) => eventType),
    ['PAYMENT_STATUS_CHANGED'],
  );
  t.strictSame(JSON.parse(sent[0].body).data, body);
});

t.test('one Idempotency-Key pays once', async (t) => {
  const { newShop, sandbox } = await startSandbox(t);
  const shop = await newShop();
  const key = { 'idempotency-key': 'key-in-0001' };
  const first = await keyIn(shop, {}, key);
  t.equal(first.status, 200);
  t.equal((await keyIn(shop, { orderId: 'order-0002', amount: 1 }, key)).text, first.text);
  t.equal(sandbox.core.store.world(shop.mId)?.figures().payments, 1);
});

t.test('a payment by card number takes the merchant’s processing time', async (t) => {
  const { wall, shop, processing, sandbox } = await startSlowShop(t);
  const receivedAtOnce = await keyIn(shop, { amount: 99 });
  t.equal(receivedAtOnce.body.code, 'BELOW_MINIMUM_AMOUNT', 'what is wrong with a request is said at once');
  const key = { 'idempotency-key': 'key-in-0001' };
  const first = keyIn(shop, {}, key);
  await processing(1);
  const second = await keyIn(shop, {}, key);
  t.equal(second.status, 409);
  t.equal(second.text, '{"code":"IDEMPOTENT_REQUEST_PROCESSING","message":"이전 멱등 요청이 처리중입니다."}');
  t.equal((await shop.get('/v1/payments/orders/order-0001')).status, 404, 'nothing is there yet');
  await wall.pass(300);
  const paid = await first;
  t.match(paid.body, { status: 'DONE', requestedAt: '2026-03-05T10:15:30+09:00' });
  t.equal((await keyIn(shop, {}, key)).text, paid.text);
  t.equal((await keyIn(shop)).body.code, 'DUPLICATED_ORDER_ID', 'and this too is said at once');
  t.equal(sandbox.core.store.world(shop.mId)?.figures().payments, 1);
});

// There is no payment to be claimed yet: the page has no code for a second request meanwhile (payments.md 4.6).
t.test('of two at once for one order the later is refused when its time is over', async (t) => {
  const { wall, shop, processing, sandbox } = await startSlowShop(t);
  const answers = [
    keyIn(shop),
    keyIn(shop),
    keyIn(shop, { cardNumber: '4330121234567890', orderId: 'order-0002' }),
  ];
  await processing(3);
  await wall.pass(300);
  const [first, second, strange] = await Promise.all(answers);
  t.strictSame([first?.body.status, second?.body.code], ['DONE', 'DUPLICATED_ORDER_ID']);
  t.equal(strange?.body.code, 'NOT_SUPPORTED_CARD_TYPE', 'the card company takes its time');
  t.equal(sandbox.core.store.world(shop.mId)?.figures().payments, 1);
});

t.test('a reset or a close in the middle is told to who waits, and nothing is paid', async (t) => {
  const { shop, wall, processing, sandbox } = await startSlowShop(t);
  const waiting = keyIn(shop, {}, { 'idempotency-key': 'key-in-0001' });
  await processing(1);
  await shop.post('/sandbox/reset', {});
  const { status, body } = await waiting;
  t.equal(status, 503);
  t.equal(body.code, 'SANDBOX_INTERRUPTED');
  await wall.pass(300);
  t.equal(sandbox.core.store.world(shop.mId)?.figures().payments, 0);
  await takes(t, shop, {});

  const { shop: other, processing: busy, sandbox: closing } = await startSlowShop(t);
  const left = keyIn(other);
  await busy(1);
  await closing.close();
  t.equal((await left).body.code, 'SANDBOX_INTERRUPTED');
});
