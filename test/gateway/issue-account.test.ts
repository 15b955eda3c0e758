import t from 'tap';
import { ACCOUNT, startAccountShop } from '../fixtures/account-shop.ts';

// virtual-accounts.md 4, field for field.
t.test('an account is issued with the whole Payment of the documentation', async (t) => {
  const { url, shop, issue, read } = await startAccountShop(t);
  const { status, body, text } = await issue({
    validHours: 24,
    customerMobilePhone: '01012345678',
    customerEmail: 'kim@shop.example',
    cashReceipt: { type: '소득공제', registrationNumber: '01012345678' },
  });
  t.equal(status, 200);
  const { paymentKey, lastTransactionKey, secret } = body;
  const { accountNumber } = body.virtualAccount;
  t.match(paymentKey, /^tsand20300305101530[0-9A-Za-z]{5}$/);
  t.match(lastTransactionKey, /^[0-9A-F]{32}$/);
  t.match(secret, /^ps_[0-9A-Za-z]{28}$/);
  t.match(accountNumber, /^X\d{13}$/);
  const expected = {
    mId: shop.mId,
    lastTransactionKey,
    paymentKey,
    orderId: 'order-20300305-0001',
    orderName: '머그컵 외 1건',
    taxExemptionAmount: 0,
    status: 'WAITING_FOR_DEPOSIT',
    requestedAt: '2030-03-05T10:15:30+09:00',
    approvedAt: null,
    useEscrow: false,
    cultureExpense: false,
    card: null,
    virtualAccount: {
      accountNumber,
      accountType: '일반',
      bankCode: '20',
      customerName: '김토스',
      dueDate: '2030-03-06T10:15:30+09:00',
      expired: false,
      settlementStatus: 'INCOMPLETED',
      refundStatus: 'NONE',
      refundReceiveAccount: null,
      depositorName: null,
    },
    transfer: null,
    mobilePhone: null,
    giftCertificate: null,
    cashReceipt: null,
    cashReceipts: null,
    discount: null,
    cancels: null,
    secret,
    type: 'NORMAL',
    easyPay: null,
    country: 'KR',
    failure: null,
    isPartialCancelable: true,
    receipt: { url: `${url}/receipt/payment-detail/bank-transfer?transactionId=${paymentKey}&ref=PX` },
    checkout: { url: `${url}/v1/payments/${paymentKey}/checkout` },
    currency: 'KRW',
    totalAmount: 15000,
    balanceAmount: 15000,
    suppliedAmount: 13636,
    vat: 1364,
    taxFreeAmount: 0,
    method: '가상계좌',
    version: '2022-11-16',
    metadata: null,
  };
  t.equal(text, JSON.stringify(expected), 'in the order of real answers');
  t.equal((await read(paymentKey)).text, text);
  t.equal((await shop.get('/v1/payments/orders/order-20300305-0001')).text, text);
});

// virtual-accounts.md 2: validHours 168 unless said, 2160 at most; dueDate is a time in Korea, 90 days ahead at most.
const DUE: readonly [what: string, wish: Record<string, unknown>, dueDate: string][] = [
  ['said nothing, seven days', {}, '2030-03-12T10:15:30+09:00'],
  ['null counts as absent', { validHours: null, dueDate: null }, '2030-03-12T10:15:30+09:00'],
  ['an hour', { validHours: 1 }, '2030-03-05T11:15:30+09:00'],
  ['hours as text', { validHours: '1' }, '2030-03-05T11:15:30+09:00'],
  ['90 days in hours', { validHours: 2160 }, '2030-06-03T10:15:30+09:00'],
  ['a date, Korean time', { dueDate: '2030-03-09T23:59:59' }, '2030-03-09T23:59:59+09:00'],
  ['90 days to the second', { dueDate: '2030-06-03T10:15:30' }, '2030-06-03T10:15:30+09:00'],
  ['a second from now', { dueDate: '2030-03-05T10:15:31' }, '2030-03-05T10:15:31+09:00'],
];

t.test('the due date is as asked for, seven days if not said', async (t) => {
  const { issue } = await startAccountShop(t);
  for (const [index, [what, wish, dueDate]] of DUE.entries()) {
    const { status, body } = await issue({ orderId: `order-due-${index}`, ...wish });
    t.equal(status, 200, what);
    t.equal(body.virtualAccount.dueDate, dueDate, what);
  }
});

// virtual-accounts.md 2, the table of issuing banks, whole.
const BANKS = [
  ['39', '경남', 'KYONGNAMBANK'],
  ['34', '광주', 'GWANGJUBANK'],
  ['06', '국민', 'KOOKMIN'],
  ['03', '기업', 'IBK'],
  ['11', '농협', 'NONGHYEOP'],
  ['31', '대구', 'DAEGUBANK'],
  ['32', '부산', 'BUSANBANK'],
  ['45', '새마을', 'SAEMAUL'],
  ['07', '수협', 'SUHYEOP'],
  ['88', '신한', 'SHINHAN'],
  ['20', '우리', 'WOORI'],
  ['71', '우체국', 'POST'],
  ['81', '하나', 'HANA'],
] as const;

t.test('every issuing bank goes by its code, its Korean and its English name in any case', async (t) => {
  const { issue } = await startAccountShop(t);
  for (const [code, korean, english] of BANKS) {
    const forms = [
      code,
      korean,
      english,
      english.toLowerCase(),
      `${english[0]}${english.slice(1).toLowerCase()}`,
    ];
    for (const [index, bank] of forms.entries()) {
      const { body } = await issue({ orderId: `order-${code}-${index}`, bank });
      t.equal(body.virtualAccount?.bankCode, code, bank);
    }
  }
});

t.test('a bank that issues no accounts, or none at all, is refused', async (t) => {
  const { issue } = await startAccountShop(t);
  // payments.md 10.2: Kakao, K and Toss Bank, Standard Chartered, Citi; and no bank.
  for (const bank of [
    '90',
    '카카오',
    '카카오뱅크',
    '89',
    'TOSSBANK',
    '23',
    '27',
    'KB국민',
    '020',
    '',
    'x'.repeat(21),
  ]) {
    const { status, body } = await issue({ bank });
    t.equal(status, 400, bank);
    t.strictSame(body, { code: 'INVALID_BANK', message: '유효하지 않은 은행입니다.' }, bank);
  }
});

// payments.md 4: numbers as text and text as numbers are taken. virtual-accounts.md 2, measured: 71.
t.test('what the real service was seen to take is taken', async (t) => {
  const { issue } = await startAccountShop(t);
  const short = await issue({ orderId: 71 });
  t.equal(short.status, 200);
  t.equal(short.body.orderId, '71');
  t.equal((await issue({ orderId: 'a' })).body.orderId, 'a');
  const { body } = await issue({ amount: '15000', accountKey: 558, customerName: 1234, nobodyKnows: true });
  t.equal(body.totalAmount, 15000);
  t.equal(body.virtualAccount.customerName, '1234');
  t.equal(body.virtualAccount.accountType, '고정');
});

t.test('tax-free parts, escrow and metadata come back', async (t) => {
  const { issue } = await startAccountShop(t);
  const { body } = await issue({
    taxFreeAmount: 4000,
    useEscrow: true,
    escrowProducts: [
      { id: '1', name: '머그컵', code: 'MUG', unitPrice: 10000, quantity: 1 },
      { id: '2', name: '접시', code: 'DISH', unitPrice: '2500', quantity: '2' },
    ],
    metadata: { campaign: 'spring' },
  });
  t.equal(body.useEscrow, true);
  t.equal(body.isPartialCancelable, false);
  t.equal(body.taxFreeAmount, 4000);
  t.equal(body.suppliedAmount, 10000);
  t.equal(body.vat, 1000);
  t.strictSame(body.metadata, { campaign: 'spring' });
});

// virtual-accounts.md 2, `accountType` and `accountKey`.
t.test('a customer with a fixed account always gets the same number, another one another', async (t) => {
  const { shop, issue } = await startAccountShop(t);
  const numbers: string[] = [];
  for (const [index, wish] of [
    { accountType: '고정', accountKey: 'kim' },
    { accountKey: 'kim' },
    { accountKey: 'kim', bank: '우리' },
    { accountKey: 'lee' },
  ].entries()) {
    const { body } = await issue({ orderId: `order-fixed-${index}`, ...wish });
    t.equal(body.virtualAccount.accountType, '고정');
    t.match(body.virtualAccount.accountNumber, /^X\d{13}$/);
    numbers.push(body.virtualAccount.accountNumber);
  }
  t.equal(numbers[1], numbers[0]);
  t.equal(numbers[2], numbers[0]);
  t.not(numbers[3], numbers[0]);

  const once = await issue({ orderId: 'order-usual-1', accountType: '일반' });
  const twice = await issue({ orderId: 'order-usual-2' });
  t.equal(once.body.virtualAccount.accountType, '일반');
  t.not(once.body.virtualAccount.accountNumber, twice.body.virtualAccount.accountNumber);
  t.equal(
    (await shop.get('/v1/payments/orders/order-fixed-3')).body.virtualAccount.accountNumber,
    numbers[3],
  );
});

t.test('of two windows of one order, the look-up finds the one with the account', async (t) => {
  const { shop } = await startAccountShop(t);
  const order = { orderId: 'order-0001', amount: 15000 };
  const paymentKey = await shop.prepare({ ...order, method: 'VIRTUAL_ACCOUNT' });
  await shop.prepare(order);
  await shop.post('/v1/payments/confirm', { ...order, paymentKey });
  const { body } = await shop.get('/v1/payments/orders/order-0001');
  t.equal(body.paymentKey, paymentKey);
  t.equal(body.status, 'WAITING_FOR_DEPOSIT');
});

t.test('an order has one account, also when its deposit was taken back or it was cancelled', async (t) => {
  const { shop, issue, account, deposit, depositError, cancel } = await startAccountShop(t);
  const taken = {
    code: 'DUPLICATED_ORDER_ID',
    message: '이미 승인 및 취소가 진행된 중복된 주문번호 입니다. 다른 주문번호로 진행해주세요.',
  };
  const inWindow = await shop.prepare({ orderId: ACCOUNT.orderId, amount: 15000 });
  const paymentKey = await account();
  const refuses = async (when: string) => {
    const again = await issue();
    t.equal(again.status, 400, when);
    t.strictSame(again.body, taken, when);
    const confirmed = await shop.post('/v1/payments/confirm', {
      paymentKey: inWindow,
      orderId: ACCOUNT.orderId,
      amount: 15000,
    });
    t.strictSame(confirmed.body, taken, `${when}: nor is another payment of it approved`);
  };
  await refuses('waiting');
  await deposit(paymentKey);
  await refuses('paid');
  await depositError(paymentKey);
  await refuses('taken back');
  t.equal((await shop.get(`/v1/payments/orders/${ACCOUNT.orderId}`)).body.paymentKey, paymentKey);
  await cancel(paymentKey);
  await refuses('cancelled');
});
