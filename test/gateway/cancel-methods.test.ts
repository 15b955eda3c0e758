import t, { type Test } from 'tap';
import { deliveriesOf, settle, startHeldShop } from '../fixtures/held-shop.ts';
import { confirmed, type Paid, paid, prepared } from '../fixtures/paid.ts';
import { type Answer, basic, call, startSandbox } from '../fixtures/sandbox.ts';

type Wish = Readonly<Record<string, unknown>>;

const ACCOUNT = { bank: '88', accountNumber: '110123456789', holderName: '김토스' };

/** Every method whose cancels are done at once: how it is asked for, and what its cancel needs after the deposit. */
const METHODS: readonly { name: string; wish: Wish; needs: Wish }[] = [
  { name: '카드', wish: { method: 'CARD' }, needs: {} },
  { name: '간편결제', wish: { method: 'CARD', easyPay: 'TOSSPAY' }, needs: {} },
  { name: '간편결제', wish: { method: 'CARD', easyPay: 'TOSSPAY', easyPayBy: 'MONEY' }, needs: {} },
  { name: '가상계좌', wish: { method: 'VIRTUAL_ACCOUNT' }, needs: { refundReceiveAccount: ACCOUNT } },
  { name: '계좌이체', wish: { method: 'TRANSFER' }, needs: {} },
  { name: '휴대폰', wish: { method: 'MOBILE_PHONE' }, needs: {} },
  { name: '문화상품권', wish: { method: 'CULTURE_GIFT_CERTIFICATE' }, needs: {} },
  { name: '도서문화상품권', wish: { method: 'BOOK_GIFT_CERTIFICATE' }, needs: {} },
  { name: '게임문화상품권', wish: { method: 'GAME_GIFT_CERTIFICATE' }, needs: {} },
];

// Statuses and texts: payments.md 4.5 and its error catalogue.
const ERRORS = {
  ALREADY_CANCELED_PAYMENT: [400, '이미 취소된 결제 입니다.'],
  EXCEED_CANCEL_AMOUNT_DISCOUNT_AMOUNT: [400, '즉시할인금액보다 적은 금액은 부분취소가 불가능합니다.'],
  EXCEED_MAX_REFUND_DUE: [403, '환불 가능한 기간이 지났습니다.'],
  INVALID_API_KEY: [400, '잘못된 시크릿키 연동 정보 입니다.'],
  INVALID_BANK: [400, '유효하지 않은 은행입니다.'],
  INVALID_CURRENCY: [400, '잘못된 통화 값입니다.'],
  INVALID_MINOR_UNIT_FOR_CURRENCY: [400, '금액의 소수점 자릿수를 통화 기준에 맞춰주세요.'],
  INVALID_REFUND_ACCOUNT_INFO: [400, '환불 계좌번호와 예금주명이 일치하지 않습니다.'],
  INVALID_REFUND_ACCOUNT_NUMBER: [400, '잘못된 환불 계좌번호입니다.'],
  INVALID_REQUEST: [400, '잘못된 요청입니다.'],
  NOT_ALLOWED_PARTIAL_REFUND: [
    403,
    '에스크로 주문, 현금 카드 결제일 때는 부분 환불이 불가합니다. 이외 다른 결제 수단에서 부분 취소가 되지 않을 때는 토스페이먼츠에 문의해 주세요.',
  ],
  NOT_ALLOWED_PARTIAL_REFUND_WAITING_DEPOSIT: [403, '입금 대기중인 결제는 부분 환불이 불가합니다.'],
  NOT_CANCELABLE_AMOUNT: [403, '취소 할 수 없는 금액 입니다.'],
  NOT_CANCELABLE_PAYMENT: [403, '취소 할 수 없는 결제 입니다.'],
  NOT_FOUND_PAYMENT: [404, '존재하지 않는 결제 정보 입니다.'],
  NOT_MATCHES_REFUNDABLE_AMOUNT: [400, '잔액 결과가 일치하지 않습니다.'],
} as const;

function isRefused(t: Test, { status, body }: Answer, code: keyof typeof ERRORS, name: string): void {
  const [expected, message] = ERRORS[code];
  t.strictSame([status, body], [expected, { code, message }], name);
}

/** The cancel is refused, and the payment is as it was. */
async function refuses(t: Test, payment: Paid, wish: Wish, code: keyof typeof ERRORS): Promise<void> {
  const before = await payment.read();
  isRefused(t, await payment.cancel(wish), code, JSON.stringify(wish));
  t.equal((await payment.read()).text, before.text, 'nothing is cancelled');
}

/** What is left, in the order of payments.md 2.1. */
const leftOf = ({ body }: Answer) => [body.status, body.balanceAmount, body.suppliedAmount, body.vat];

// biome-ignore lint/suspicious/noExplicitAny: a test reads whatever the wire carries.
const cancelsOf = ({ body }: Answer, fields: readonly string[]): any[] =>
  body.cancels.map((cancel: Readonly<Record<string, unknown>>) => fields.map((field) => cancel[field]));

t.test('by every method a payment is cancelled whole, once', async (t) => {
  const { newShop } = await startSandbox(t);
  for (const { name, wish, needs } of METHODS) {
    t.comment(JSON.stringify(wish));
    const shop = await newShop();
    const payment = await paid(shop, wish);
    t.equal((await payment.read()).body.method, name);
    for (const cancelAmount of [15001, 1e300]) {
      await refuses(t, payment, { cancelAmount, ...needs }, 'NOT_CANCELABLE_AMOUNT');
    }
    await refuses(t, payment, { refundableAmount: 14999, ...needs }, 'NOT_MATCHES_REFUNDABLE_AMOUNT');
    const answer = await payment.cancel(needs);
    t.equal(answer.status, 200);
    t.strictSame(leftOf(answer), ['CANCELED', 0, 0, 0]);
    t.strictSame(cancelsOf(answer, ['cancelAmount', 'refundableAmount', 'cancelStatus', 'cancelRequestId']), [
      [15000, 0, 'DONE', null],
    ]);
    t.equal(answer.body.lastTransactionKey, answer.body.cancels[0].transactionKey);
    t.equal(answer.body.totalAmount, 15000);
    await refuses(t, payment, needs, 'ALREADY_CANCELED_PAYMENT');
    await refuses(t, payment, { cancelAmount: 1, ...needs }, 'ALREADY_CANCELED_PAYMENT');
  }
});

t.test('by every method a payment is cancelled in parts, and stays PARTIAL_CANCELED', async (t) => {
  const { newShop } = await startSandbox(t);
  for (const { wish, needs } of METHODS) {
    t.comment(JSON.stringify(wish));
    const payment = await paid(await newShop(), wish);
    // payments.md 2.6: the tax is an eleventh of what is left.
    t.strictSame(leftOf(await payment.cancel({ cancelAmount: 5000, ...needs })), [
      'PARTIAL_CANCELED',
      10000,
      9091,
      909,
    ]);
    await refuses(t, payment, { cancelAmount: 10001, ...needs }, 'NOT_CANCELABLE_AMOUNT');
    const rest = await payment.cancel(needs);
    t.strictSame(leftOf(rest), ['PARTIAL_CANCELED', 0, 0, 0]);
    t.strictSame(cancelsOf(rest, ['cancelAmount', 'refundableAmount', 'cancelStatus']), [
      [5000, 10000, 'DONE'],
      [10000, 0, 'DONE'],
    ]);
    await refuses(t, payment, needs, 'NOT_CANCELABLE_AMOUNT');
  }
});

t.test('what is not approved cannot be cancelled, by whichever method', async (t) => {
  for (const { wish, needs } of METHODS) {
    const { shop } = await startHeldShop(t);
    const expired = await prepared(shop, { ...wish, orderId: 'order-0004', outcome: 'READY' });
    await shop.post('/sandbox/clock/advance', { minutes: 30 });
    const standing = {
      READY: await prepared(shop, { ...wish, outcome: 'READY' }),
      IN_PROGRESS: await prepared(shop, { ...wish, orderId: 'order-0002' }),
      ABORTED: await confirmed(shop, { ...wish, orderId: 'order-0003', outcome: 'REFUSED_AT_CONFIRM' }),
      EXPIRED: expired,
    };
    for (const [status, payment] of Object.entries(standing)) {
      t.comment(`${status} ${JSON.stringify(wish)}`);
      t.equal((await payment.read()).body.status, status);
      await refuses(t, payment, needs, 'NOT_CANCELABLE_PAYMENT');
      await refuses(t, payment, { cancelAmount: 5000, ...needs }, 'NOT_CANCELABLE_PAYMENT');
    }
  }
});

t.test(
  'before the deposit an account is cancelled whole or not at all, and needs no refund account',
  async (t) => {
    const { newShop, sandbox } = await startSandbox(t);
    const shop = await newShop();
    const payment = await confirmed(shop, { method: 'VIRTUAL_ACCOUNT' });
    t.equal((await payment.read()).body.status, 'WAITING_FOR_DEPOSIT');
    await refuses(t, payment, { cancelAmount: 14999 }, 'NOT_ALLOWED_PARTIAL_REFUND_WAITING_DEPOSIT');
    // More than everything is no part of it (virtual-accounts.md 7, 8).
    await refuses(t, payment, { cancelAmount: 15001 }, 'NOT_CANCELABLE_AMOUNT');
    const canceled = await payment.cancel({
      cancelAmount: 15000,
      refundReceiveAccount: { bank: '없는은행' },
    });
    t.equal(canceled.status, 200);
    t.strictSame(leftOf(canceled), ['CANCELED', 0, 0, 0]);
    t.equal(canceled.body.approvedAt, null);
    t.equal(sandbox.core.store.world(shop.mId)?.figures().plannedJobs, 0, 'nor does it wait for a due date');
    const late = await shop.post(`/sandbox/payments/${payment.paymentKey}/deposit`, {});
    t.equal(late.body.code, 'NOT_WAITING_FOR_DEPOSIT', 'into a closed account nothing is paid');
    await refuses(t, payment, {}, 'ALREADY_CANCELED_PAYMENT');

    const other = await confirmed(shop, { method: 'VIRTUAL_ACCOUNT', orderId: 'order-0002' });
    t.equal((await other.cancel()).body.status, 'CANCELED');
  },
);

t.test('after the deposit a cancel says where the money goes', async (t) => {
  const { newShop } = await startSandbox(t);
  const payment = await paid(await newShop(), { method: 'VIRTUAL_ACCOUNT' });
  const into = (account: unknown) => ({ cancelAmount: 1000, refundReceiveAccount: account });
  for (const nowhere of [undefined, null, '88-110123456789']) {
    await refuses(t, payment, into(nowhere), 'INVALID_REFUND_ACCOUNT_INFO');
  }
  for (const accountNumber of ['110-123-456789', '1'.repeat(21), '', '계좌', undefined]) {
    await refuses(t, payment, into({ ...ACCOUNT, accountNumber }), 'INVALID_REFUND_ACCOUNT_NUMBER');
  }
  for (const bank of ['없는은행', '00', '088', '', undefined]) {
    await refuses(t, payment, into({ ...ACCOUNT, bank }), 'INVALID_BANK');
  }
  for (const holderName of ['', '가'.repeat(61), undefined]) {
    await refuses(t, payment, into({ ...ACCOUNT, holderName }), 'INVALID_REFUND_ACCOUNT_INFO');
  }
  for (const fine of [
    { ...ACCOUNT, bank: '신한' },
    { ...ACCOUNT, bank: 'SHINHAN' },
    // payments.md 10.3: refunds go to securities companies too.
    { ...ACCOUNT, bank: 'S3' },
    { ...ACCOUNT, accountNumber: '1'.repeat(20), holderName: '가'.repeat(60) },
    // Numbers for text are converted (payments.md 4).
    { ...ACCOUNT, bank: 88, accountNumber: 110123456789 },
  ]) {
    const { status, body } = await payment.cancel(into(fine));
    t.equal(status, 200, JSON.stringify(fine));
    t.equal(body.virtualAccount.refundReceiveAccount, null);
    t.equal(body.virtualAccount.refundStatus, 'NONE');
  }
  t.equal((await payment.read()).body.balanceAmount, 10000);
});

t.test('other methods ignore a refund account and the name of a cancel, whatever they are', async (t) => {
  const { newShop } = await startSandbox(t);
  for (const { wish, needs } of METHODS) {
    const payment = await paid(await newShop(), wish);
    const { status, body } = await payment.cancel({
      cancelAmount: 5000,
      refundReceiveAccount: { bank: '없는은행', accountNumber: '모름' },
      cancelRequestId: 'cancel-0001',
      ...needs,
    });
    t.equal(status, 200, JSON.stringify(wish));
    t.equal(body.cancels[0].cancelRequestId, null);
  }
});

t.test('only cancels that end later send CANCEL_STATUS_CHANGED: those at home never do', async (t) => {
  for (const { wish, needs } of METHODS) {
    const { shop } = await startHeldShop(t, { send: async () => ({ status: 200, error: null }) });
    const payment = await paid(shop, wish);
    await shop.post('/sandbox/webhooks', {
      url: 'http://shop.example/webhooks',
      events: ['PAYMENT_STATUS_CHANGED', 'CANCEL_STATUS_CHANGED'],
    });
    await payment.cancel({ cancelAmount: 5000, ...needs });
    await payment.cancel(needs);
    await settle(shop);
    await shop.post('/sandbox/clock/advance', { days: 1 });
    const sent = (await deliveriesOf(shop)).map(({ eventType, body }) => [
      eventType,
      JSON.parse(body).data.status,
    ]);
    t.strictSame(
      sent,
      [
        ['PAYMENT_STATUS_CHANGED', 'PARTIAL_CANCELED'],
        ['PAYMENT_STATUS_CHANGED', 'PARTIAL_CANCELED'],
      ],
      JSON.stringify(wish),
    );
  }
});

t.test('a card’s instant discount goes back whole with the first cancel, which is not smaller', async (t) => {
  const { newShop } = await startSandbox(t);
  const discounted = { discountAmount: 3000 };
  const whole = await paid(await newShop(), discounted);
  const { body } = await whole.read();
  // payments.md 2.3: card.amount contains it.
  t.strictSame([body.discount, body.card.amount, body.totalAmount], [{ amount: 3000 }, 15000, 15000]);
  t.strictSame(cancelsOf(await whole.cancel(), ['cancelAmount', 'cardDiscountAmount', 'refundableAmount']), [
    [15000, 3000, 0],
  ]);

  const parts = await paid(await newShop(), discounted);
  await refuses(t, parts, { cancelAmount: 2999 }, 'EXCEED_CANCEL_AMOUNT_DISCOUNT_AMOUNT');
  t.strictSame(leftOf(await parts.cancel({ cancelAmount: 3000 })), ['PARTIAL_CANCELED', 12000, 10909, 1091]);
  await parts.cancel({ cancelAmount: 1 });
  t.strictSame(
    cancelsOf(await parts.cancel(), ['cancelAmount', 'cardDiscountAmount', 'easyPayDiscountAmount']),
    [
      [3000, 3000, 0],
      [1, 0, 0],
      [11999, 0, 0],
    ],
  );
});

t.test('of an easy pay the card or the money goes back first, then the points', async (t) => {
  const { newShop } = await startSandbox(t);
  const fields = ['cancelAmount', 'easyPayDiscountAmount', 'cardDiscountAmount', 'transferDiscountAmount'];
  for (const easyPayBy of ['CARD', 'MONEY']) {
    const wish = { easyPay: 'NAVERPAY', easyPayBy, discountAmount: 4000 };
    const parts = await paid(await newShop(), wish);
    const { body } = await parts.read();
    // payments.md 2.5.
    t.strictSame(
      [body.card?.amount ?? null, body.easyPay.amount, body.easyPay.discountAmount],
      easyPayBy === 'CARD' ? [11000, 0, 4000] : [null, 11000, 4000],
    );
    await parts.cancel({ cancelAmount: 1000 });
    await parts.cancel({ cancelAmount: 11000 });
    await parts.cancel({ cancelAmount: 500 });
    t.strictSame(cancelsOf(await parts.cancel(), fields), [
      [1000, 0, 0, 0],
      [11000, 1000, 0, 0],
      [500, 500, 0, 0],
      [2500, 2500, 0, 0],
    ]);
    const whole = await paid(await newShop(), wish);
    t.strictSame(cancelsOf(await whole.cancel(), fields), [[15000, 4000, 0, 0]]);
  }
  const points = await paid(await newShop(), {
    easyPay: 'TOSSPAY',
    easyPayBy: 'MONEY',
    discountAmount: 15000,
  });
  await points.cancel({ cancelAmount: 100 });
  t.strictSame(cancelsOf(await points.cancel(), fields), [
    [100, 100, 0, 0],
    [14900, 14900, 0, 0],
  ]);
});

t.test('escrow is cancelled whole or not at all', async (t) => {
  const { newShop } = await startSandbox(t);
  for (const method of ['CARD', 'TRANSFER', 'VIRTUAL_ACCOUNT']) {
    t.comment(method);
    const payment = await paid(await newShop(), { method, useEscrow: true });
    t.equal((await payment.read()).body.isPartialCancelable, false);
    await refuses(t, payment, { cancelAmount: 14999 }, 'NOT_ALLOWED_PARTIAL_REFUND');
    await refuses(t, payment, { cancelAmount: 15001 }, 'NOT_CANCELABLE_AMOUNT');
    const canceled = await payment.cancel({ cancelAmount: 15000, refundReceiveAccount: ACCOUNT });
    t.strictSame(leftOf(canceled), ['CANCELED', 0, 0, 0]);
  }
});

// payments.md 2.2 says it of cards alone; that an easy pay's card is one, is inferred.
t.test('a part excluded from tax keeps a card from being cancelled in parts, and nothing else', async (t) => {
  const { newShop } = await startSandbox(t);
  const exempt = { amount: 10000, taxExemptionAmount: 300 };
  for (const wish of [{}, { easyPay: 'TOSSPAY' }]) {
    const payment = await paid(await newShop(), { ...exempt, ...wish });
    t.equal((await payment.read()).body.isPartialCancelable, false);
    await refuses(t, payment, { cancelAmount: 9999 }, 'NOT_ALLOWED_PARTIAL_REFUND');
    t.equal((await payment.cancel()).body.status, 'CANCELED');
  }
  for (const wish of [{ method: 'TRANSFER' }, { easyPay: 'TOSSPAY', easyPayBy: 'MONEY' }]) {
    const payment = await paid(await newShop(), { ...exempt, ...wish });
    t.equal((await payment.read()).body.isPartialCancelable, true);
    await refuses(t, payment, { cancelAmount: 300, taxExemptionAmount: 301 }, 'NOT_CANCELABLE_AMOUNT');
    await refuses(t, payment, { cancelAmount: 9701 }, 'NOT_CANCELABLE_AMOUNT');
    const part = await payment.cancel({ cancelAmount: 400, taxExemptionAmount: 300 });
    t.strictSame([...leftOf(part), part.body.taxExemptionAmount], ['PARTIAL_CANCELED', 9600, 8727, 873, 0]);
    await refuses(t, payment, { cancelAmount: 300, taxExemptionAmount: 1 }, 'NOT_CANCELABLE_AMOUNT');
    const rest = await payment.cancel();
    t.strictSame(cancelsOf(rest, ['cancelAmount', 'taxFreeAmount', 'taxExemptionAmount']), [
      [400, 0, 300],
      [9600, 0, 0],
    ]);
  }
});

t.test('an amount has the decimals of its currency', async (t) => {
  const { newShop } = await startSandbox(t);
  for (const [currency, amount, tooFine, fine] of [
    ['KRW', 15000, [0.5, 100.01], 100],
    ['JPY', 15000, [0.5, 100.01], 100],
    ['USD', 150.25, [0.001, 100.005], 100.01],
  ] as const) {
    const payment = await paid(await newShop(), { amount, currency });
    for (const cancelAmount of tooFine) {
      await refuses(t, payment, { cancelAmount }, 'INVALID_MINOR_UNIT_FOR_CURRENCY');
    }
    await refuses(t, payment, { cancelAmount: 1, taxFreeAmount: 0.001 }, 'INVALID_MINOR_UNIT_FOR_CURRENCY');
    await refuses(t, payment, { currency: currency === 'USD' ? 'KRW' : 'USD' }, 'INVALID_CURRENCY');
    const { status } = await payment.cancel({ cancelAmount: fine, currency, refundableAmount: amount });
    t.equal(status, 200, currency);
  }
});

t.test('of several mistakes the first in the order of checks is told', async (t) => {
  const { newShop, url } = await startSandbox(t);
  const shop = await newShop();
  const held = await newShop();
  await held.post('/sandbox/clock/hold', { at: '2030-03-05T10:15:30+09:00' });
  const card = await paid(shop);
  const cancelOf = (paymentKey: string, body: unknown, headers = {}) =>
    shop.post(`/v1/payments/${paymentKey}/cancel`, body, headers);

  // payments.md 4: Test-Code, JSON and fields, look-up, kind of key.
  const ordered = await cancelOf(card.paymentKey, '{', {
    'tosspayments-test-code': 'NOT_CANCELABLE_PAYMENT',
  });
  isRefused(t, ordered, 'NOT_CANCELABLE_PAYMENT', 'Test-Code before JSON');
  isRefused(t, await cancelOf('none', '{'), 'INVALID_REQUEST', 'JSON before look-up');
  isRefused(t, await cancelOf('none', { cancelReason: '' }), 'INVALID_REQUEST', 'fields before look-up');
  const stranger = await newShop();
  const widgetKey = async (mId: string) =>
    (await call(`${url}/sandbox/merchants/${mId}`, 'GET')).body.keyPairs[1].secretKeys[0];
  const byWidgetKeyOf = async (mId: string, paymentKey: string) =>
    call(`${url}/v1/payments/${paymentKey}/cancel`, 'POST', {
      headers: { authorization: basic(await widgetKey(mId)) },
      body: { cancelReason: '고객 변심' },
    });
  isRefused(
    t,
    await byWidgetKeyOf(stranger.mId, card.paymentKey),
    'NOT_FOUND_PAYMENT',
    'look-up before the kind of key',
  );
  const ready = await prepared(shop, { orderId: 'order-0002', outcome: 'READY' });
  isRefused(
    t,
    await byWidgetKeyOf(shop.mId, ready.paymentKey),
    'INVALID_API_KEY',
    'kind of key before state',
  );

  t.comment('state before currency, guard and amount');
  const wrong = { currency: 'USD', refundableAmount: 1, cancelAmount: 99999 };
  await refuses(t, ready, wrong, 'NOT_CANCELABLE_PAYMENT');

  t.comment('state before period');
  const canceled = await paid(held, { orderId: 'order-0001' });
  await canceled.cancel();
  const transfer = await paid(held, { orderId: 'order-0002', method: 'TRANSFER', useEscrow: true });
  await held.post('/sandbox/clock/advance', { days: 366 });
  await refuses(t, canceled, {}, 'ALREADY_CANCELED_PAYMENT');
  t.comment('period before whether parts are allowed');
  await refuses(t, transfer, { cancelAmount: 1000 }, 'EXCEED_MAX_REFUND_DUE');

  t.comment('whether parts are allowed before currency');
  const escrow = await paid(shop, { orderId: 'order-0003', method: 'TRANSFER', useEscrow: true });
  await refuses(t, escrow, { cancelAmount: 1000, currency: 'USD' }, 'NOT_ALLOWED_PARTIAL_REFUND');
  t.comment('currency before guard');
  await refuses(t, card, { currency: 'USD', refundableAmount: 14999 }, 'INVALID_CURRENCY');
  t.comment('guard before decimals');
  await refuses(t, card, { refundableAmount: 14999, cancelAmount: 0.5 }, 'NOT_MATCHES_REFUNDABLE_AMOUNT');
  t.comment('decimals before amount');
  await refuses(t, card, { cancelAmount: 15000.5 }, 'INVALID_MINOR_UNIT_FOR_CURRENCY');
  t.comment('amount before discount');
  const discounted = await paid(shop, { orderId: 'order-0004', discountAmount: 3000 });
  await refuses(t, discounted, { cancelAmount: 1000, taxFreeAmount: 1001 }, 'NOT_CANCELABLE_AMOUNT');
  t.comment('amount before refund account, whose fields are looked at in the order of payments.md 4.5');
  const account = await paid(shop, { orderId: 'order-0005', method: 'VIRTUAL_ACCOUNT' });
  await refuses(t, account, { cancelAmount: 15001 }, 'NOT_CANCELABLE_AMOUNT');
  await refuses(
    t,
    account,
    { refundReceiveAccount: { ...ACCOUNT, bank: '없는은행', accountNumber: '모름' } },
    'INVALID_BANK',
  );
});
