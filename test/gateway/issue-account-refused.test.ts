import t from 'tap';
import { ACCOUNT, startAccountShop } from '../fixtures/account-shop.ts';

// virtual-accounts.md 16, the errors of the issue: 400 all of them.
const TEXTS: Readonly<Record<string, string>> = {
  INVALID_REQUEST: '잘못된 요청입니다.',
  INVALID_BANK: '유효하지 않은 은행입니다.',
  INVALID_DATE: '날짜 데이터가 잘못 되었습니다.',
  EXCEED_MAX_DUE_DATE: '가상 계좌의 최대 유효만료 기간을 초과했습니다.',
  EXCEED_MAX_VALID_HOURS: '가상 계좌의 최대 유효시간을 초과했습니다.',
  INVALID_VALID_HOURS_WITH_DUE_DATE_AND_SINGLE: 'validHours와 dueDate는 같이 사용할 수 없습니다.',
  INVALID_VIRTUAL_ACCOUNT_TYPE: '유효하지 않은 가상계좌 타입입니다.',
  REQUIRED_ACCOUNT_KEY: '고정계좌는 발급용 고객키값이 필수입니다.',
  INVALID_REGISTRATION_NUMBER_TYPE: '유효하지 않은 등록 번호 타입입니다.',
};

const PRODUCT = { id: '1', name: '머그컵', code: 'MUG', unitPrice: 15000, quantity: 1 };
const LONG = (size: number): string => 'a'.repeat(size);

const REFUSED: readonly [wish: Record<string, unknown>, code: string][] = [
  [{ amount: undefined }, 'INVALID_REQUEST'],
  [{ amount: 0 }, 'INVALID_REQUEST'],
  [{ amount: -1 }, 'INVALID_REQUEST'],
  [{ amount: 0.5 }, 'INVALID_REQUEST'],
  [{ amount: 'much' }, 'INVALID_REQUEST'],
  [{ orderId: undefined }, 'INVALID_REQUEST'],
  [{ orderId: '' }, 'INVALID_REQUEST'],
  [{ orderId: LONG(65) }, 'INVALID_REQUEST'],
  [{ orderId: 'order 0001' }, 'INVALID_REQUEST'],
  [{ orderId: '주문-0001' }, 'INVALID_REQUEST'],
  [{ orderName: undefined }, 'INVALID_REQUEST'],
  [{ orderName: '' }, 'INVALID_REQUEST'],
  [{ orderName: LONG(101) }, 'INVALID_REQUEST'],
  [{ customerName: undefined }, 'INVALID_REQUEST'],
  [{ customerName: null }, 'INVALID_REQUEST'],
  [{ customerName: LONG(101) }, 'INVALID_REQUEST'],
  [{ bank: undefined }, 'INVALID_BANK'],
  [{ bank: null }, 'INVALID_BANK'],
  [{ validHours: 0 }, 'INVALID_REQUEST'],
  [{ validHours: -1 }, 'INVALID_REQUEST'],
  [{ validHours: 1.5 }, 'INVALID_REQUEST'],
  [{ validHours: 'a day' }, 'INVALID_REQUEST'],
  [{ validHours: 2161 }, 'EXCEED_MAX_VALID_HOURS'],
  [{ dueDate: '2030-06-03T10:15:31' }, 'EXCEED_MAX_DUE_DATE'],
  [{ dueDate: '2030-03-05T10:15:30' }, 'INVALID_DATE'],
  [{ dueDate: '2030-03-04T23:59:59' }, 'INVALID_DATE'],
  [{ dueDate: '2030-03-31' }, 'INVALID_DATE'],
  [{ dueDate: '2030-02-30T00:00:00' }, 'INVALID_DATE'],
  [{ dueDate: '2030-03-31 23:59:59' }, 'INVALID_DATE'],
  [{ dueDate: '2030-03-31T23:59:59+09:00' }, 'INVALID_DATE'],
  [{ dueDate: '내일' }, 'INVALID_DATE'],
  [{ dueDate: true }, 'INVALID_DATE'],
  [{ validHours: 24, dueDate: '2030-03-06T10:15:30' }, 'INVALID_VALID_HOURS_WITH_DUE_DATE_AND_SINGLE'],
  [{ taxFreeAmount: -1 }, 'INVALID_REQUEST'],
  [{ taxFreeAmount: 15001 }, 'INVALID_REQUEST'],
  [{ taxFreeAmount: 0.5 }, 'INVALID_REQUEST'],
  [{ useEscrow: 'yes' }, 'INVALID_REQUEST'],
  [{ useEscrow: true }, 'INVALID_REQUEST'],
  [{ useEscrow: true, escrowProducts: [] }, 'INVALID_REQUEST'],
  [{ escrowProducts: PRODUCT }, 'INVALID_REQUEST'],
  [{ useEscrow: true, escrowProducts: [PRODUCT, PRODUCT] }, 'INVALID_REQUEST'],
  [{ useEscrow: true, escrowProducts: [{ ...PRODUCT, id: undefined }] }, 'INVALID_REQUEST'],
  [{ useEscrow: true, escrowProducts: [{ ...PRODUCT, unitPrice: 0.5 }] }, 'INVALID_REQUEST'],
  [{ useEscrow: true, escrowProducts: [{ ...PRODUCT, quantity: 'two' }] }, 'INVALID_REQUEST'],
  [{ cashReceipt: '소득공제' }, 'INVALID_REQUEST'],
  [{ cashReceipt: {} }, 'INVALID_REQUEST'],
  [{ cashReceipt: { type: '자진발급', registrationNumber: '01012345678' } }, 'INVALID_REQUEST'],
  [{ cashReceipt: { type: '소득공제' } }, 'INVALID_REGISTRATION_NUMBER_TYPE'],
  [
    { cashReceipt: { type: '소득공제', registrationNumber: '010-1234-5678' } },
    'INVALID_REGISTRATION_NUMBER_TYPE',
  ],
  [
    { cashReceipt: { type: '지출증빙', registrationNumber: '1'.repeat(31) } },
    'INVALID_REGISTRATION_NUMBER_TYPE',
  ],
  [{ accountType: '고정' }, 'REQUIRED_ACCOUNT_KEY'],
  [{ accountType: '고정', accountKey: null }, 'REQUIRED_ACCOUNT_KEY'],
  [{ accountType: 'FIXED', accountKey: 'kim' }, 'INVALID_VIRTUAL_ACCOUNT_TYPE'],
  [{ accountType: 1 }, 'INVALID_VIRTUAL_ACCOUNT_TYPE'],
  [{ accountKey: LONG(14) }, 'INVALID_REQUEST'],
  [{ accountKey: '' }, 'INVALID_REQUEST'],
  [{ metadata: { a: '1', b: '2', c: '3', d: '4', e: '5', f: '6' } }, 'INVALID_REQUEST'],
  [{ metadata: { a: 1 } }, 'INVALID_REQUEST'],
];

t.test('what cannot be issued is refused with the documented code, and nothing is issued', async (t) => {
  const { shop, issue } = await startAccountShop(t);
  for (const [wish, code] of REFUSED) {
    const { status, body } = await issue(wish);
    t.equal(status, 400, JSON.stringify(wish));
    t.strictSame(body, { code, message: TEXTS[code] }, JSON.stringify(wish));
  }
  t.equal((await shop.get(`/v1/payments/orders/${ACCOUNT.orderId}`)).status, 404);
});

t.test('at the very limits it is issued', async (t) => {
  const { issue } = await startAccountShop(t);
  for (const [index, wish] of [
    { amount: 1 },
    { orderName: LONG(100) },
    { customerName: LONG(100) },
    { taxFreeAmount: 15000 },
    { cashReceipt: { type: '지출증빙', registrationNumber: '1'.repeat(30) } },
    { cashReceipt: { type: '미발행' } },
    { cashReceipt: null },
    { accountKey: LONG(13) },
    { escrowProducts: [] },
    { customerMobilePhone: '01012345' },
    { customerMobilePhone: '010123456789012' },
    { metadata: { a: '1', b: '2', c: '3', d: '4', e: '5' } },
  ].entries()) {
    t.equal((await issue({ orderId: `order-limit-${index}`, ...wish })).status, 200, JSON.stringify(wish));
  }
  t.equal((await issue({ orderId: LONG(64) })).status, 200);
});

t.test('a phone or a mail address that is none is refused', async (t) => {
  const { issue } = await startAccountShop(t);
  for (const customerMobilePhone of ['0101234', '0101234567890123', '010-1234-5678'])
    t.equal((await issue({ customerMobilePhone })).status, 400, customerMobilePhone);
  for (const customerEmail of ['kim', `${LONG(92)}@shop.example`])
    t.equal((await issue({ customerEmail })).status, 400, customerEmail);
});

t.test('who asks needs a key, and a body', async (t) => {
  const { url, shop } = await startAccountShop(t);
  const { status } = await fetch(`${url}/v1/virtual-accounts`, { method: 'POST' });
  t.equal(status, 401);
  for (const body of ['', '[]', 'amount=15000']) {
    const answer = await shop.post('/v1/virtual-accounts', body);
    t.equal(answer.status, 400, body);
    t.strictSame(answer.body, { code: 'INVALID_REQUEST', message: '잘못된 요청입니다.' }, body);
  }
});

t.test('asked twice with one Idempotency-Key, the account is issued once', async (t) => {
  const { shop } = await startAccountShop(t);
  const ask = () => shop.post('/v1/virtual-accounts', ACCOUNT, { 'idempotency-key': 'issue-0001' });
  const first = await ask();
  t.equal(first.status, 200);
  t.equal((await ask()).text, first.text);
});

t.test('an error that is ordered is answered, and nothing is issued', async (t) => {
  const { shop } = await startAccountShop(t);
  const { status, body } = await shop.post('/v1/virtual-accounts', ACCOUNT, {
    'tosspayments-test-code': 'NOT_ALLOWED_CHANGING_ACCOUNT',
  });
  t.equal(status, 403);
  t.equal(body.message, '이미 입금, 반납된 계좌의 정보 변경은 불가합니다.');
  t.equal((await shop.get(`/v1/payments/orders/${ACCOUNT.orderId}`)).status, 404);
});
