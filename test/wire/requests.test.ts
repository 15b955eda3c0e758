import t from 'tap';
import { basic, call, type Shop, startSandbox } from '../fixtures/sandbox.ts';

type Fields = Readonly<Record<string, unknown>>;

/** The sample of payments.md 4.1. */
const OPENING: Fields = {
  method: 'CARD',
  amount: 15000,
  orderId: 'order-20260305-0007',
  orderName: '원두 200g 외 1건',
  successUrl: 'http://localhost:8080/success',
  failUrl: 'http://localhost:8080/fail',
};

const ACCOUNT: Fields = { ...OPENING, method: 'VIRTUAL_ACCOUNT' };

/** When the clock of a shop is held, where dates count. */
const NOW = { at: '2030-03-05T10:15:30+09:00' };

/** The sample without a field. */
const without = (name: string): Fields =>
  Object.fromEntries(Object.entries(OPENING).filter(([field]) => field !== name));

const MESSAGES: Readonly<Record<string, string>> = {
  BELOW_ZERO_AMOUNT: '금액은 0보다 커야 합니다.',
  EXCEEDS_TRANSFER_AMOUNT_MAXIMUM:
    '계좌이체는 한 번에 1,000만 원 이하로만 결제하실 수 있어요. 금액을 낮춰 다시 시도해 주세요.',
  EXCEED_MAX_DUE_DATE: '가상 계좌의 최대 유효만료 기간을 초과했습니다.',
  EXCEED_MAX_VALID_HOURS: '가상 계좌의 최대 유효시간을 초과했습니다.',
  INCORRECT_FAIL_URL_FORMAT: '잘못된 failUrl 입니다.',
  INCORRECT_SUCCESS_URL_FORMAT: '잘못된 successUrl 입니다.',
  INVALID_CARD_COMPANY: '유효하지 않은 카드사입니다.',
  INVALID_CARD_INSTALLMENT_PLANS_WITH_MAX_AND_SINGLE:
    'cardInstallmentPlan과 maxCardInstallmentPlan은 같이 사용할 수 없습니다.',
  INVALID_CURRENCY: '잘못된 통화 값입니다.',
  INVALID_DATE: '날짜 데이터가 잘못 되었습니다.',
  INVALID_EASY_PAY: '간편결제 입력정보가 올바르지 않습니다.',
  INVALID_EMAIL: '이메일 주소 형식에 맞지 않습니다.',
  INVALID_FLOW_MODE_PARAMETERS:
    '인증 창을 먼저 띄우려면 카드사 코드 또는 은행 코드 또는 간편결제수단이 같이 전달되어야 합니다.',
  INVALID_MINOR_UNIT_FOR_CURRENCY: '금액의 소수점 자릿수를 통화 기준에 맞춰주세요.',
  INVALID_ORDER_ID:
    '`orderId`는 영문 대소문자, 숫자, 특수문자(-, _) 만 허용합니다. 6자 이상 64자 이하여야 합니다.',
  INVALID_ORDER_NAME: '주문 이름은 100자 이하여야 합니다.',
  INVALID_PHONE: '전화번호 형식에 맞지 않습니다. 전화번호에는 특수문자가 포함될 수 없습니다.',
  INVALID_REQUEST: '잘못된 요청입니다.',
  INVALID_SUCCESS_URL: '`successUrl`은 필수 파라미터입니다.',
  INVALID_URL: 'url 은 http, https 를 포함한 주소 형식이어야 합니다.',
  INVALID_VALID_HOURS_WITH_DUE_DATE_AND_SINGLE: 'validHours와 dueDate는 같이 사용할 수 없습니다.',
  NOT_SUPPORTED_CARRIER: '지원되지 않는 이동 통신사입니다.',
  NOT_SUPPORTED_METHOD: '지원되지 않는 결제 수단입니다.',
  REQUIRED_AMOUNT: '금액 값이 필수입니다.',
};

// payments.md 4.1: the special code where the endpoint lists one, else INVALID_REQUEST. All of them 400.
const REFUSED: [string, Fields, string][] = [
  ['no amount', without('amount'), 'REQUIRED_AMOUNT'],
  ['an amount that is null', { ...OPENING, amount: null }, 'REQUIRED_AMOUNT'],
  ['an amount of nothing', { ...OPENING, amount: 0 }, 'BELOW_ZERO_AMOUNT'],
  ['an amount below nothing', { ...OPENING, amount: -1000 }, 'BELOW_ZERO_AMOUNT'],
  ['a text below nothing', { ...OPENING, amount: '-1000' }, 'BELOW_ZERO_AMOUNT'],
  ['half a won', { ...OPENING, amount: 1000.5 }, 'INVALID_MINOR_UNIT_FOR_CURRENCY'],
  ['half a yen', { ...OPENING, amount: 1000.5, currency: 'JPY' }, 'INVALID_MINOR_UNIT_FOR_CURRENCY'],
  ['a tenth of a cent', { ...OPENING, amount: 1.005, currency: 'USD' }, 'INVALID_MINOR_UNIT_FOR_CURRENCY'],
  ['more won than can be counted', { ...OPENING, amount: 1e18 }, 'INVALID_REQUEST'],
  ['a currency that is none', { ...OPENING, currency: 'EUR' }, 'INVALID_CURRENCY'],
  // One expired record of the real service has it; this endpoint lists a code for it.
  ['a misspelt currency', { ...OPENING, currency: 'MUSD' }, 'INVALID_CURRENCY'],

  ['no order id', without('orderId'), 'INVALID_ORDER_ID'],
  ['an order id that is null', { ...OPENING, orderId: null }, 'INVALID_ORDER_ID'],
  ['an empty order id', { ...OPENING, orderId: '' }, 'INVALID_ORDER_ID'],
  ['an order id of 5 characters', { ...OPENING, orderId: 'a2345' }, 'INVALID_ORDER_ID'],
  ['an order id of 65 characters', { ...OPENING, orderId: 'o'.repeat(65) }, 'INVALID_ORDER_ID'],
  ['an order id with a blank', { ...OPENING, orderId: 'order 0001' }, 'INVALID_ORDER_ID'],
  ['an order id in Korean', { ...OPENING, orderId: '주문-20260305' }, 'INVALID_ORDER_ID'],
  ['an order id with a slash', { ...OPENING, orderId: 'order/0001' }, 'INVALID_ORDER_ID'],
  ['an order id with a line end', { ...OPENING, orderId: 'order-0001\n' }, 'INVALID_ORDER_ID'],
  ['an order id that is an object', { ...OPENING, orderId: {} }, 'INVALID_ORDER_ID'],

  ['no order name', without('orderName'), 'INVALID_ORDER_NAME'],
  ['an order name that is null', { ...OPENING, orderName: null }, 'INVALID_ORDER_NAME'],
  ['an empty order name', { ...OPENING, orderName: '' }, 'INVALID_ORDER_NAME'],
  ['an order name of 101 characters', { ...OPENING, orderName: '가'.repeat(101) }, 'INVALID_ORDER_NAME'],
  ['an order name that is a list', { ...OPENING, orderName: ['원두'] }, 'INVALID_ORDER_NAME'],

  ['no successUrl', without('successUrl'), 'INVALID_SUCCESS_URL'],
  ['a successUrl that is null', { ...OPENING, successUrl: null }, 'INVALID_SUCCESS_URL'],
  ['an empty successUrl', { ...OPENING, successUrl: '' }, 'INVALID_SUCCESS_URL'],
  ['a successUrl without a host', { ...OPENING, successUrl: '/success' }, 'INCORRECT_SUCCESS_URL_FORMAT'],
  [
    'a successUrl without a scheme',
    { ...OPENING, successUrl: 'shop.example/a' },
    'INCORRECT_SUCCESS_URL_FORMAT',
  ],
  [
    'a successUrl of a script',
    { ...OPENING, successUrl: 'javascript:alert(1)' },
    'INCORRECT_SUCCESS_URL_FORMAT',
  ],
  ['a successUrl of an app', { ...OPENING, successUrl: 'myapp://success' }, 'INCORRECT_SUCCESS_URL_FORMAT'],
  ['a successUrl of nothing', { ...OPENING, successUrl: 'http://' }, 'INCORRECT_SUCCESS_URL_FORMAT'],

  ['no failUrl', without('failUrl'), 'INCORRECT_FAIL_URL_FORMAT'],
  ['a failUrl that is null', { ...OPENING, failUrl: null }, 'INCORRECT_FAIL_URL_FORMAT'],
  ['an empty failUrl', { ...OPENING, failUrl: '' }, 'INCORRECT_FAIL_URL_FORMAT'],
  ['a failUrl without a host', { ...OPENING, failUrl: '/fail' }, 'INCORRECT_FAIL_URL_FORMAT'],
  ['a failUrl of a file', { ...OPENING, failUrl: 'file:///etc/hosts' }, 'INCORRECT_FAIL_URL_FORMAT'],

  ['a customerName of 101 characters', { ...OPENING, customerName: '김'.repeat(101) }, 'INVALID_REQUEST'],
  ['a customerName that is an object', { ...OPENING, customerName: {} }, 'INVALID_REQUEST'],
  ['a customerEmail without @', { ...OPENING, customerEmail: 'kim.example.com' }, 'INVALID_EMAIL'],
  [
    'a customerEmail of 101 characters',
    { ...OPENING, customerEmail: `${'k'.repeat(60)}@${'e'.repeat(36)}.com` },
    'INVALID_EMAIL',
  ],
  ['a phone number with dashes', { ...OPENING, customerMobilePhone: '010-1234-5678' }, 'INVALID_PHONE'],
  ['a phone number of 7 digits', { ...OPENING, customerMobilePhone: '0101234' }, 'INVALID_PHONE'],
  ['a phone number of 16 digits', { ...OPENING, customerMobilePhone: '0101234567890123' }, 'INVALID_PHONE'],

  ['a flowMode that is none', { ...OPENING, flowMode: 'STRAIGHT' }, 'INVALID_FLOW_MODE_PARAMETERS'],
  ['DIRECT to nobody', { ...OPENING, flowMode: 'DIRECT' }, 'INVALID_FLOW_MODE_PARAMETERS'],
  ['a card company that is none', { ...OPENING, cardCompany: '없는카드' }, 'INVALID_CARD_COMPANY'],
  ['an easy pay that is none', { ...OPENING, easyPay: '없는페이' }, 'INVALID_EASY_PAY'],
  [
    'a plan and a longest plan',
    { ...OPENING, amount: 50000, cardInstallmentPlan: 3, maxCardInstallmentPlan: 6 },
    'INVALID_CARD_INSTALLMENT_PLANS_WITH_MAX_AND_SINGLE',
  ],
  ['a plan of one month', { ...OPENING, cardInstallmentPlan: 1 }, 'INVALID_REQUEST'],
  ['a plan of 13 months', { ...OPENING, cardInstallmentPlan: 13 }, 'INVALID_REQUEST'],

  ['a tax-free part below nothing', { ...OPENING, taxFreeAmount: -1 }, 'INVALID_REQUEST'],
  ['a tax-free part above the whole', { ...OPENING, taxFreeAmount: 15001 }, 'INVALID_REQUEST'],
  [
    'tax-free and exempt parts above the whole',
    { ...OPENING, taxFreeAmount: 10000, taxExemptionAmount: 5001 },
    'INVALID_REQUEST',
  ],
  ['half a won free of tax', { ...OPENING, taxFreeAmount: 0.5 }, 'INVALID_MINOR_UNIT_FOR_CURRENCY'],
  // payments.md 2.2: at most 5 pairs, keys of 40 characters without brackets, values of 2000.
  [
    'six pairs of metadata',
    { ...OPENING, metadata: { a: '', b: '', c: '', d: '', e: '', f: '' } },
    'INVALID_REQUEST',
  ],
  ['a metadata key of 41 characters', { ...OPENING, metadata: { ['k'.repeat(41)]: '' } }, 'INVALID_REQUEST'],
  ['a metadata key with brackets', { ...OPENING, metadata: { 'a[0]': '' } }, 'INVALID_REQUEST'],
  [
    'a metadata value of 2001 characters',
    { ...OPENING, metadata: { a: 'v'.repeat(2001) } },
    'INVALID_REQUEST',
  ],
  ['metadata that is text', { ...OPENING, metadata: 'a=b' }, 'INVALID_REQUEST'],

  ['a method that is none', { ...OPENING, method: 'CASH' }, 'NOT_SUPPORTED_METHOD'],
  ['a method in small letters', { ...OPENING, method: 'card' }, 'NOT_SUPPORTED_METHOD'],
  ['an empty method', { ...OPENING, method: '' }, 'NOT_SUPPORTED_METHOD'],
  ['a method that is a list', { ...OPENING, method: ['CARD'] }, 'NOT_SUPPORTED_METHOD'],
  ['a method that is a number', { ...OPENING, method: 7 }, 'NOT_SUPPORTED_METHOD'],
  // Easy pay is asked for as a card (browser-sdk.md 2.4).
  ['easy pay', { ...OPENING, method: 'EASY_PAY' }, 'NOT_SUPPORTED_METHOD'],
  ['easy pay in Korean', { ...OPENING, method: '간편결제' }, 'NOT_SUPPORTED_METHOD'],
  ['a provider as the method', { ...OPENING, method: 'PAYPAL' }, 'NOT_SUPPORTED_METHOD'],

  // browser-sdk.md 2.3: domestic methods are paid in won.
  ['an account in dollars', { ...OPENING, method: 'VIRTUAL_ACCOUNT', currency: 'USD' }, 'INVALID_CURRENCY'],
  ['an account in yen', { ...OPENING, method: '가상계좌', currency: 'JPY' }, 'INVALID_CURRENCY'],
  ['a transfer in dollars', { ...OPENING, method: 'TRANSFER', currency: 'USD' }, 'INVALID_CURRENCY'],
  ['a phone bill in dollars', { ...OPENING, method: 'MOBILE_PHONE', currency: 'USD' }, 'INVALID_CURRENCY'],
  [
    'a culture voucher in dollars',
    { ...OPENING, method: 'CULTURE_GIFT_CERTIFICATE', currency: 'USD' },
    'INVALID_CURRENCY',
  ],
  [
    'a book voucher in yen',
    { ...OPENING, method: 'BOOK_GIFT_CERTIFICATE', currency: 'JPY' },
    'INVALID_CURRENCY',
  ],
  [
    'a game voucher in dollars',
    { ...OPENING, method: 'GAME_GIFT_CERTIFICATE', currency: 'USD' },
    'INVALID_CURRENCY',
  ],
  // payments.md 5.
  [
    'a transfer of a won too much',
    { ...OPENING, method: 'TRANSFER', amount: 10_000_001 },
    'EXCEEDS_TRANSFER_AMOUNT_MAXIMUM',
  ],
  [
    'a carrier that is none',
    { ...OPENING, method: 'MOBILE_PHONE', mobileCarrier: 'SK' },
    'NOT_SUPPORTED_CARRIER',
  ],
  ['foreign easy pay of nobody', { ...OPENING, method: 'FOREIGN_EASY_PAY' }, 'INVALID_REQUEST'],
  [
    'foreign easy pay of a stranger',
    { ...OPENING, method: 'FOREIGN_EASY_PAY', provider: 'VENMO' },
    'INVALID_REQUEST',
  ],
  ['an escrow that is text', { ...OPENING, method: 'TRANSFER', useEscrow: 'yes' }, 'INVALID_REQUEST'],
  ['a cash receipt that is text', { ...ACCOUNT, cashReceipt: '소득공제' }, 'INVALID_REQUEST'],
  ['a cash receipt of no type', { ...ACCOUNT, cashReceipt: { type: '영수증' } }, 'INVALID_REQUEST'],
  ['a callback without a host', { ...ACCOUNT, virtualAccountCallbackUrl: '/callback' }, 'INVALID_URL'],

  // virtual-accounts.md 2, 17. The shop's clock is held at 2030-03-05T10:15:30.
  ['an account of no hours', { ...ACCOUNT, validHours: 0 }, 'INVALID_REQUEST'],
  ['an account of fewer hours than none', { ...ACCOUNT, validHours: -1 }, 'INVALID_REQUEST'],
  ['an account of one hour and a half', { ...ACCOUNT, validHours: 1.5 }, 'INVALID_REQUEST'],
  ['an account of some hours', { ...ACCOUNT, validHours: '하루' }, 'INVALID_REQUEST'],
  ['an account of 90 days and an hour', { ...ACCOUNT, validHours: 2161 }, 'EXCEED_MAX_VALID_HOURS'],
  [
    'hours and a date',
    { ...ACCOUNT, validHours: 24, dueDate: '2030-03-06T10:15:30' },
    'INVALID_VALID_HOURS_WITH_DUE_DATE_AND_SINGLE',
  ],
  ['a date that is now', { ...ACCOUNT, dueDate: '2030-03-05T10:15:30' }, 'INVALID_DATE'],
  ['a date that is past', { ...ACCOUNT, dueDate: '2030-03-04T23:59:59' }, 'INVALID_DATE'],
  ['a date of 90 days and a second', { ...ACCOUNT, dueDate: '2030-06-03T10:15:31' }, 'EXCEED_MAX_DUE_DATE'],
  ['a date without its time', { ...ACCOUNT, dueDate: '2030-03-06' }, 'INVALID_DATE'],
  ['a date without its seconds', { ...ACCOUNT, dueDate: '2030-03-06T10:15' }, 'INVALID_DATE'],
  ['a date with an offset', { ...ACCOUNT, dueDate: '2030-03-06T10:15:30+09:00' }, 'INVALID_DATE'],
  ['a day that there is not', { ...ACCOUNT, dueDate: '2030-04-31T10:15:30' }, 'INVALID_DATE'],
  ['an hour that there is not', { ...ACCOUNT, dueDate: '2030-03-06T25:00:00' }, 'INVALID_DATE'],
  ['an empty date', { ...ACCOUNT, dueDate: '' }, 'INVALID_DATE'],
  ['a date that is a number', { ...ACCOUNT, dueDate: 20300306 }, 'INVALID_DATE'],
  [
    'a date of a transfer that is past',
    { ...ACCOUNT, method: 'TRANSFER', dueDate: '2030-03-05T10:15:29' },
    'INVALID_DATE',
  ],
];

t.test('POST /v1/payments refuses each broken field with its own code', async (t) => {
  const { newShop, sandbox } = await startSandbox(t);
  const shop = await newShop();
  await shop.post('/sandbox/clock/hold', NOW);
  for (const [name, body, code] of REFUSED) {
    const answer = await shop.post('/v1/payments', body);
    t.equal(answer.status, 400, name);
    t.strictSame(answer.body, { code, message: MESSAGES[code] }, name);
  }
  t.equal(sandbox.core.store.world(shop.mId)?.figures().payments, 0);
  t.equal((await shop.post('/v1/payments', OPENING)).status, 200);
});

// payments.md 4: numbers and texts are converted, null counts as absent, unknown fields are ignored.
const ACCEPTED: [string, Fields, Fields][] = [
  ['the sample', OPENING, { status: 'READY', totalAmount: 15000, currency: 'KRW', method: null }],
  ['the method in Korean', { ...OPENING, method: '카드' }, { status: 'READY' }],
  ['no method', without('method'), { status: 'READY' }],
  ['a method that is null', { ...OPENING, method: null }, { status: 'READY' }],
  // payments.md 10.5: a code, or a Korean name. No method is known before the shopper has authenticated.
  ['a virtual account', { ...OPENING, method: 'VIRTUAL_ACCOUNT' }, { status: 'READY', method: null }],
  ['a virtual account in Korean', { ...OPENING, method: '가상계좌' }, { status: 'READY' }],
  ['a mobile phone', { ...OPENING, method: 'MOBILE_PHONE' }, { status: 'READY', method: null }],
  ['a mobile phone in Korean', { ...OPENING, method: '휴대폰' }, { status: 'READY' }],
  ['a transfer', { ...OPENING, method: 'TRANSFER' }, { status: 'READY', method: null }],
  ['a transfer in Korean', { ...OPENING, method: '계좌이체' }, { status: 'READY' }],
  ['a culture voucher', { ...OPENING, method: 'CULTURE_GIFT_CERTIFICATE' }, { status: 'READY' }],
  ['a culture voucher in Korean', { ...OPENING, method: '문화상품권' }, { status: 'READY' }],
  ['a book voucher', { ...OPENING, method: 'BOOK_GIFT_CERTIFICATE' }, { status: 'READY' }],
  ['a book voucher in Korean', { ...OPENING, method: '도서문화상품권' }, { status: 'READY' }],
  ['a game voucher', { ...OPENING, method: 'GAME_GIFT_CERTIFICATE' }, { status: 'READY' }],
  ['a game voucher in Korean', { ...OPENING, method: '게임문화상품권' }, { status: 'READY' }],
  [
    'PayPal in dollars',
    { ...OPENING, method: 'FOREIGN_EASY_PAY', provider: 'PAYPAL', amount: 12.5, currency: 'USD' },
    { status: 'READY', totalAmount: 12.5, currency: 'USD' },
  ],
  [
    'foreign easy pay in Korean',
    { ...OPENING, method: '해외간편결제', provider: 'PAYPAY', currency: 'JPY' },
    { status: 'READY', currency: 'JPY' },
  ],
  [
    'a transfer of ten million won',
    { ...OPENING, method: 'TRANSFER', amount: 10_000_000 },
    { totalAmount: 10_000_000 },
  ],
  ['a card payment of more than that', { ...OPENING, amount: 10_000_001 }, { totalAmount: 10_000_001 }],
  ['a carrier', { ...OPENING, method: 'MOBILE_PHONE', mobileCarrier: 'HELLO' }, { status: 'READY' }],
  ['an account of one hour, as text', { ...ACCOUNT, validHours: '1' }, { status: 'READY' }],
  ['an account of 90 days', { ...ACCOUNT, validHours: 2160 }, { status: 'READY' }],
  ['a date a second ahead', { ...ACCOUNT, dueDate: '2030-03-05T10:15:31' }, { status: 'READY' }],
  ['a date 90 days ahead', { ...ACCOUNT, dueDate: '2030-06-03T10:15:30' }, { status: 'READY' }],
  ['a cash receipt', { ...ACCOUNT, cashReceipt: { type: '지출증빙' } }, { cashReceipt: null }],
  ['no cash receipt', { ...ACCOUNT, cashReceipt: { type: '미발행' } }, { cashReceipt: null }],
  [
    'null for every field of an account',
    {
      ...ACCOUNT,
      validHours: null,
      dueDate: null,
      cashReceipt: null,
      useEscrow: null,
      virtualAccountCallbackUrl: null,
    },
    { status: 'READY' },
  ],
  // browser-sdk.md 3.1: samples leave in what is another method's.
  [
    'what a card has no use for',
    { ...OPENING, validHours: 24, dueDate: '2030-03-06T10:15:30', mobileCarrier: 'SKT', provider: 'PAYPAL' },
    { status: 'READY' },
  ],
  // payments.md 2.2: set only for transfers and virtual accounts.
  ['culture by transfer', { ...OPENING, method: 'TRANSFER', cultureExpense: true }, { cultureExpense: true }],
  ['culture by account', { ...ACCOUNT, cultureExpense: true }, { cultureExpense: true }],
  ['culture by card', { ...OPENING, cultureExpense: true }, { cultureExpense: false }],
  ['an amount as text', { ...OPENING, amount: '15000' }, { totalAmount: 15000 }],
  ['an amount as text with blanks', { ...OPENING, amount: ' 15000 ' }, { totalAmount: 15000 }],
  ['one won', { ...OPENING, amount: 1 }, { totalAmount: 1 }],
  [
    'dollars and cents',
    { ...OPENING, amount: 1.25, currency: 'USD' },
    { totalAmount: 1.25, currency: 'USD' },
  ],
  ['yen', { ...OPENING, amount: 1000, currency: 'JPY' }, { totalAmount: 1000, currency: 'JPY' }],
  ['an order id as a number', { ...OPENING, orderId: 20260305 }, { orderId: '20260305' }],
  ['an order id of 6 characters', { ...OPENING, orderId: 'a23456' }, { orderId: 'a23456' }],
  ['an order id of 64 characters', { ...OPENING, orderId: 'o'.repeat(64) }, { orderId: 'o'.repeat(64) }],
  // payments.md 13 no. 21: `=` stands on SDK pages, `.` in one published schema.
  ['every sign of an order id', { ...OPENING, orderId: 'Order_1-2=3.4' }, { orderId: 'Order_1-2=3.4' }],
  ['an order name as a number', { ...OPENING, orderName: 200 }, { orderName: '200' }],
  [
    'an order name of 100 characters',
    { ...OPENING, orderName: '가'.repeat(100) },
    { orderName: '가'.repeat(100) },
  ],
  ['a tax-free part as text', { ...OPENING, taxFreeAmount: '5000' }, { taxFreeAmount: 5000 }],
  ['parts that are the whole', { ...OPENING, taxFreeAmount: 10000, taxExemptionAmount: 5000 }, { vat: 0 }],
  ['a phone number as a number', { ...OPENING, customerMobilePhone: 821012345678 }, { status: 'READY' }],
  ['a name as a number', { ...OPENING, customerName: 7 }, { status: 'READY' }],
  [
    'five pairs of metadata',
    { ...OPENING, metadata: { a: '1', b: '2', c: '3', d: '4', e: '5' } },
    {
      metadata: { a: '1', b: '2', c: '3', d: '4', e: '5' },
    },
  ],
  [
    'metadata of full length',
    { ...OPENING, metadata: { ['k'.repeat(40)]: 'v'.repeat(2000) } },
    {
      metadata: { ['k'.repeat(40)]: 'v'.repeat(2000) },
    },
  ],
  ['DIRECT to a card company', { ...OPENING, flowMode: 'DIRECT', cardCompany: '현대' }, { status: 'READY' }],
  ['DIRECT to an easy pay', { ...OPENING, flowMode: 'DIRECT', easyPay: 'TOSSPAY' }, { status: 'READY' }],
  // payments.md 10.1: the code, the Korean and the English form.
  ['a card company by code', { ...OPENING, cardCompany: '61' }, { status: 'READY' }],
  ['a card company in English', { ...OPENING, cardCompany: 'HYUNDAI' }, { status: 'READY' }],
  ['a plan as text', { ...OPENING, amount: 50000, cardInstallmentPlan: '3' }, { status: 'READY' }],
  [
    'unknown fields',
    { ...OPENING, appScheme: 'myapp://', windowTarget: 'self', useAppCardOnly: true, nonsense: { a: [1] } },
    { status: 'READY' },
  ],
  [
    'null for every optional field',
    {
      ...OPENING,
      currency: null,
      flowMode: null,
      cardCompany: null,
      easyPay: null,
      appScheme: null,
      customerName: null,
      customerEmail: null,
      customerMobilePhone: null,
      taxFreeAmount: null,
      taxExemptionAmount: null,
      cultureExpense: null,
      metadata: null,
      cardInstallmentPlan: null,
      maxCardInstallmentPlan: null,
      useCardPoint: null,
    },
    { currency: 'KRW', taxFreeAmount: 0, taxExemptionAmount: 0, metadata: null, cultureExpense: false },
  ],
];

t.test('POST /v1/payments takes what the real service takes', async (t) => {
  const { newShop } = await startSandbox(t);
  const shop = await newShop();
  await shop.post('/sandbox/clock/hold', NOW);
  for (const [name, body, expected] of ACCEPTED) {
    const answer = await shop.post('/v1/payments', body);
    t.equal(answer.status, 200, `${name}: ${answer.text}`);
    t.match(answer.body, expected, name);
  }
});

t.test('the SDK’s request has the same rules, with the amount as an object', async (t) => {
  const { newShop, url, sandbox } = await startSandbox(t);
  const shop = await newShop();
  await shop.post('/sandbox/clock/hold', NOW);
  const open = (body: Fields) =>
    call(`${url}/v1/payments/sdk`, 'POST', { headers: { authorization: basic(shop.clientKey) }, body });
  const opening: Fields = { ...OPENING, amount: { value: 15000, currency: 'KRW' } };
  for (const [name, body, code] of [
    ['no amount', without('amount'), 'REQUIRED_AMOUNT'],
    ['an amount without a value', { ...opening, amount: { currency: 'KRW' } }, 'REQUIRED_AMOUNT'],
    ['an amount of nothing', { ...opening, amount: { value: 0, currency: 'KRW' } }, 'BELOW_ZERO_AMOUNT'],
    ['an amount in euros', { ...opening, amount: { value: 1, currency: 'EUR' } }, 'INVALID_CURRENCY'],
    [
      'half a won',
      { ...opening, amount: { value: 0.5, currency: 'KRW' } },
      'INVALID_MINOR_UNIT_FOR_CURRENCY',
    ],
    ['no method', { ...opening, method: undefined }, 'NOT_SUPPORTED_METHOD'],
    ['a method that is none', { ...opening, method: 'CASH' }, 'NOT_SUPPORTED_METHOD'],
    ['easy pay', { ...opening, method: 'EASY_PAY' }, 'NOT_SUPPORTED_METHOD'],
    [
      'an account in dollars',
      { ...opening, method: 'VIRTUAL_ACCOUNT', amount: { value: 15, currency: 'USD' } },
      'INVALID_CURRENCY',
    ],
    [
      'a transfer of a won too much',
      { ...opening, method: 'TRANSFER', amount: { value: 10_000_001, currency: 'KRW' } },
      'EXCEEDS_TRANSFER_AMOUNT_MAXIMUM',
    ],
    [
      'hours and a date of an account',
      {
        ...opening,
        method: 'VIRTUAL_ACCOUNT',
        virtualAccount: { validHours: 24, dueDate: '2030-03-06T10:15:30' },
      },
      'INVALID_VALID_HOURS_WITH_DUE_DATE_AND_SINGLE',
    ],
    [
      'too many hours of an account',
      { ...opening, method: 'VIRTUAL_ACCOUNT', virtualAccount: { validHours: 2161 } },
      'EXCEED_MAX_VALID_HOURS',
    ],
    [
      'a date of a transfer too far away',
      { ...opening, method: 'TRANSFER', transfer: { dueDate: '2030-06-03T10:15:31' } },
      'EXCEED_MAX_DUE_DATE',
    ],
    [
      'a date of an account that is past',
      { ...opening, method: 'VIRTUAL_ACCOUNT', virtualAccount: { dueDate: '2030-03-05T10:15:30' } },
      'INVALID_DATE',
    ],
    [
      'options that are none',
      { ...opening, method: 'VIRTUAL_ACCOUNT', virtualAccount: 24 },
      'INVALID_REQUEST',
    ],
    [
      'a carrier that is none',
      { ...opening, method: 'MOBILE_PHONE', mobilePhone: { mobileCarriers: ['SKT', 'SK'] } },
      'NOT_SUPPORTED_CARRIER',
    ],
    [
      'carriers that are no list',
      { ...opening, method: 'MOBILE_PHONE', mobilePhone: { mobileCarriers: 'SKT' } },
      'INVALID_REQUEST',
    ],
    ['foreign easy pay of nobody', { ...opening, method: 'FOREIGN_EASY_PAY' }, 'INVALID_REQUEST'],
    [
      'foreign easy pay of a stranger',
      { ...opening, method: 'FOREIGN_EASY_PAY', foreignEasyPay: { provider: 'VENMO', country: 'US' } },
      'INVALID_REQUEST',
    ],
    ['no successUrl', { ...opening, successUrl: undefined }, 'INVALID_SUCCESS_URL'],
    ['DIRECT to nobody', { ...opening, card: { flowMode: 'DIRECT' } }, 'INVALID_FLOW_MODE_PARAMETERS'],
  ] as [string, Fields, string][]) {
    const answer = await open(body);
    t.equal(answer.status, 400, name);
    t.strictSame(answer.body, { code, message: MESSAGES[code] }, name);
  }
  t.equal(sandbox.core.store.world(shop.mId)?.figures().payments, 0);
  const { status, body } = await open(opening);
  t.equal(status, 200);
  t.equal(body.totalAmount, 15000);
  for (const [name, wish] of [
    ['an account', { method: 'VIRTUAL_ACCOUNT', virtualAccount: { validHours: 24 } }],
    [
      'a date of an account',
      { method: 'VIRTUAL_ACCOUNT', virtualAccount: { dueDate: '2030-06-03T10:15:30' } },
    ],
    ['a transfer', { method: 'TRANSFER', transfer: { cashReceipt: { type: '소득공제' } } }],
    ['a phone bill', { method: 'MOBILE_PHONE', mobilePhone: { mobileCarriers: ['KT', 'LGU'] } }],
    ['a voucher', { method: 'GAME_GIFT_CERTIFICATE' }],
    ['PayPal', { method: 'FOREIGN_EASY_PAY', foreignEasyPay: { provider: 'PAYPAL', country: 'US' } }],
    // Only the options of the method count.
    ['a card’s options of a transfer', { method: 'TRANSFER', card: { flowMode: 'DIRECT' } }],
    [
      'an account’s options of a transfer',
      { method: 'TRANSFER', virtualAccount: { validHours: 24, dueDate: '2030-03-06T10:15:30' } },
    ],
  ] as [string, Fields][]) {
    const answer = await open({ ...opening, ...wish });
    t.equal(answer.status, 200, `${name}: ${answer.text}`);
    t.strictSame([answer.body.status, answer.body.method], ['READY', null], name);
  }
});

const DUPLICATED =
  '{"code":"DUPLICATED_ORDER_ID","message":"이미 승인 및 취소가 진행된 중복된 주문번호 입니다. 다른 주문번호로 진행해주세요."}';

const confirm = (shop: Shop, paymentKey: string, orderId: string) =>
  shop.post('/v1/payments/confirm', { paymentKey, orderId, amount: 15000 });

t.test('an order may be opened again until one of its payments was approved', async (t) => {
  const { newShop } = await startSandbox(t);
  const shop = await newShop();
  const order = { orderId: 'order-0001', amount: 15000 };
  const open = () => shop.post('/v1/payments', { ...OPENING, ...order });

  t.equal((await open()).status, 200, 'nothing yet');
  t.equal((await open()).status, 200, 'one is READY');
  await shop.prepare(order);
  t.equal((await open()).status, 200, 'one is IN_PROGRESS');
  const declined = await shop.prepare({ ...order, outcome: 'REFUSED_AT_CONFIRM' });
  t.equal((await confirm(shop, declined, 'order-0001')).status, 403);
  t.equal((await open()).status, 200, 'one is ABORTED');

  const paymentKey = await shop.pay(order);
  for (const stage of ['DONE', 'PARTIAL_CANCELED', 'PARTIAL_CANCELED']) {
    t.equal((await shop.get(`/v1/payments/${paymentKey}`)).body.status, stage);
    const answer = await open();
    t.equal(answer.status, 400, stage);
    t.equal(answer.text, DUPLICATED, stage);
    await shop.post(`/v1/payments/${paymentKey}/cancel`, { cancelReason: '품절', cancelAmount: 7500 });
  }

  const other = await shop.pay({ orderId: 'order-0002', amount: 15000 });
  await shop.post(`/v1/payments/${other}/cancel`, { cancelReason: '고객 변심' });
  t.equal((await shop.get(`/v1/payments/${other}`)).body.status, 'CANCELED');
  t.equal((await shop.post('/v1/payments', { ...OPENING, orderId: 'order-0002' })).text, DUPLICATED);
});

// payments.md 4.2: each in place of the right confirm of a payment that is waiting for it.
const CONFIRMS: [string, Fields, number, string][] = [
  ['no paymentKey', { paymentKey: undefined }, 400, 'INVALID_REQUEST'],
  ['a paymentKey that is null', { paymentKey: null }, 400, 'INVALID_REQUEST'],
  ['an empty paymentKey', { paymentKey: '' }, 400, 'INVALID_REQUEST'],
  ['a paymentKey that is a list', { paymentKey: [] }, 400, 'INVALID_REQUEST'],
  ['a paymentKey of 201 characters', { paymentKey: 'k'.repeat(201) }, 400, 'INVALID_REQUEST'],
  ['a paymentKey of 200 characters', { paymentKey: 'k'.repeat(200) }, 404, 'NOT_FOUND_PAYMENT_SESSION'],
  ['a paymentKey that is __proto__', { paymentKey: '__proto__' }, 404, 'NOT_FOUND_PAYMENT_SESSION'],
  ['no orderId', { orderId: undefined }, 400, 'INVALID_REQUEST'],
  ['an orderId that is null', { orderId: null }, 400, 'INVALID_REQUEST'],
  ['an empty orderId', { orderId: '' }, 400, 'INVALID_REQUEST'],
  ['an orderId of 65 characters', { orderId: 'o'.repeat(65) }, 400, 'INVALID_REQUEST'],
  ['another orderId', { orderId: '20260306' }, 403, 'FORBIDDEN_REQUEST'],
  ['no amount', { amount: undefined }, 400, 'INVALID_REQUEST'],
  ['an amount that is null', { amount: null }, 400, 'INVALID_REQUEST'],
  ['the amount of the SDK', { amount: { value: 15000, currency: 'KRW' } }, 400, 'INVALID_REQUEST'],
  ['an amount with a comma', { amount: '15,000' }, 400, 'INVALID_REQUEST'],
  ['an amount with its unit', { amount: '15000원' }, 400, 'INVALID_REQUEST'],
  ['an empty amount', { amount: '' }, 400, 'INVALID_REQUEST'],
  ['true', { amount: true }, 400, 'INVALID_REQUEST'],
  ['a list of one amount', { amount: [15000] }, 400, 'INVALID_REQUEST'],
  // The refusal is documented, its code is not (payments.md 13 no. 5).
  ['a won too much', { amount: 15001 }, 400, 'INVALID_REQUEST'],
  ['a won too little', { amount: 14999 }, 400, 'INVALID_REQUEST'],
  ['a fraction too much', { amount: 15000.4 }, 400, 'INVALID_REQUEST'],
  ['nothing', { amount: 0 }, 400, 'INVALID_REQUEST'],
  ['an amount below nothing', { amount: -15000 }, 400, 'INVALID_REQUEST'],
];

t.test('a confirm with a broken field is refused, and the payment goes on waiting', async (t) => {
  const { newShop } = await startSandbox(t);
  const shop = await newShop();
  const paymentKey = await shop.prepare({ orderId: 20260305, amount: 15000 });
  const right = { paymentKey, orderId: '20260305', amount: 15000 };
  const { text } = await shop.get(`/v1/payments/${paymentKey}`);
  for (const [name, wrong, status, code] of CONFIRMS) {
    const answer = await shop.post('/v1/payments/confirm', { ...right, ...wrong });
    t.equal(answer.status, status, name);
    t.equal(answer.body.code, code, name);
    if ('paymentKey' in wrong) continue;
    // The older form has the key in its path and the same answers (payments.md 4.3).
    const older = await shop.post(`/v1/payments/${paymentKey}`, {
      ...right,
      paymentKey: undefined,
      ...wrong,
    });
    t.equal(older.status, status, `${name}, older form`);
    t.equal(older.text, answer.text, `${name}, older form`);
  }
  t.equal((await shop.get(`/v1/payments/${paymentKey}`)).text, text);
});

t.test(
  'a confirm takes an amount as text, an order id as a number, and fields it does not know',
  async (t) => {
    const { newShop } = await startSandbox(t);
    const shop = await newShop();
    const paymentKey = await shop.prepare({ orderId: '20260305', amount: 15000 });
    const { status, body } = await shop.post('/v1/payments/confirm', {
      paymentKey,
      orderId: 20260305,
      amount: '15000',
      paymentType: 'NORMAL',
      nonsense: null,
    });
    t.equal(status, 200);
    t.match(body, { status: 'DONE', orderId: '20260305', totalAmount: 15000 });
  },
);

t.test('the older form of confirm approves as well', async (t) => {
  const { newShop } = await startSandbox(t);
  const shop = await newShop();
  const paymentKey = await shop.prepare({ orderId: 'order-0001', amount: 15000 });
  const { status, body } = await shop.post(`/v1/payments/${paymentKey}`, {
    orderId: 'order-0001',
    amount: 15000,
  });
  t.equal(status, 200);
  t.equal(body.status, 'DONE');
});

const cancel = (shop: Shop, paymentKey: string, body: Fields) =>
  shop.post(`/v1/payments/${paymentKey}/cancel`, body);

// payments.md 4.5: of a payment of 15,000 won that is DONE.
const CANCELS: [string, Fields, number, string][] = [
  ['no reason', {}, 400, 'INVALID_REQUEST'],
  ['a reason that is null', { cancelReason: null }, 400, 'INVALID_REQUEST'],
  ['an empty reason', { cancelReason: '' }, 400, 'INVALID_REQUEST'],
  ['a reason of 201 characters', { cancelReason: '가'.repeat(201) }, 400, 'INVALID_REQUEST'],
  ['a reason that is an object', { cancelReason: {} }, 400, 'INVALID_REQUEST'],
  ['nothing', { cancelReason: '품절', cancelAmount: 0 }, 400, 'INVALID_REQUEST'],
  ['less than nothing', { cancelReason: '품절', cancelAmount: -1 }, 400, 'INVALID_REQUEST'],
  // No page has a code for it; this one says what is wrong [I].
  ['half a won', { cancelReason: '품절', cancelAmount: 0.5 }, 400, 'INVALID_MINOR_UNIT_FOR_CURRENCY'],
  [
    'a half won too much',
    { cancelReason: '품절', cancelAmount: 1000.5 },
    400,
    'INVALID_MINOR_UNIT_FOR_CURRENCY',
  ],
  [
    'nearly everything',
    { cancelReason: '품절', cancelAmount: 14999.6 },
    400,
    'INVALID_MINOR_UNIT_FOR_CURRENCY',
  ],
  ['an amount that is text', { cancelReason: '품절', cancelAmount: '다' }, 400, 'INVALID_REQUEST'],
  ['the amount of the SDK', { cancelReason: '품절', cancelAmount: { value: 1000 } }, 400, 'INVALID_REQUEST'],
  ['a won too much', { cancelReason: '품절', cancelAmount: 15001 }, 403, 'NOT_CANCELABLE_AMOUNT'],
  ['a million', { cancelReason: '품절', cancelAmount: 1_000_000 }, 403, 'NOT_CANCELABLE_AMOUNT'],
  ['far too much', { cancelReason: '품절', cancelAmount: 1e15 }, 403, 'NOT_CANCELABLE_AMOUNT'],
  ['more than can be counted', { cancelReason: '품절', cancelAmount: 1e18 }, 403, 'NOT_CANCELABLE_AMOUNT'],
  ['dollars', { cancelReason: '품절', currency: 'USD' }, 400, 'INVALID_CURRENCY'],
  ['a part in dollars', { cancelReason: '품절', cancelAmount: 10, currency: 'USD' }, 400, 'INVALID_CURRENCY'],
  ['a currency that is none', { cancelReason: '품절', currency: 'EUR' }, 400, 'INVALID_CURRENCY'],
  [
    'a guard below the balance',
    { cancelReason: '품절', refundableAmount: 14999 },
    400,
    'NOT_MATCHES_REFUNDABLE_AMOUNT',
  ],
  [
    'a guard above the balance',
    { cancelReason: '품절', cancelAmount: 1000, refundableAmount: 15001 },
    400,
    'NOT_MATCHES_REFUNDABLE_AMOUNT',
  ],
  ['a tax-free part below nothing', { cancelReason: '품절', taxFreeAmount: -1 }, 400, 'INVALID_REQUEST'],
  [
    'half a won free of tax',
    { cancelReason: '품절', taxFreeAmount: 0.5 },
    400,
    'INVALID_MINOR_UNIT_FOR_CURRENCY',
  ],
];

t.test('a cancel with a broken field is refused, and nothing is cancelled', async (t) => {
  const { newShop } = await startSandbox(t);
  const shop = await newShop();
  const paymentKey = await shop.pay({ orderId: 'order-0001', amount: 15000 });
  const { text } = await shop.get(`/v1/payments/${paymentKey}`);
  for (const [name, body, status, code] of CANCELS) {
    const answer = await cancel(shop, paymentKey, body);
    t.equal(answer.status, status, name);
    t.equal(answer.body.code, code, name);
    t.equal((await shop.get(`/v1/payments/${paymentKey}`)).text, text, name);
  }
});

// What is cancelled of 15,000 won, one after the other.
const PARTS: [string, Fields, Fields][] = [
  [
    'an amount as text',
    { cancelReason: '품절', cancelAmount: '1000' },
    { cancelAmount: 1000, refundableAmount: 14000 },
  ],
  [
    'a reason as a number',
    { cancelReason: 7, cancelAmount: 1000 },
    { cancelReason: '7', refundableAmount: 13000 },
  ],
  [
    'a reason of 200 characters',
    { cancelReason: '가'.repeat(200), cancelAmount: 1000 },
    { cancelReason: '가'.repeat(200), refundableAmount: 12000 },
  ],
  [
    'null for every optional field',
    {
      cancelReason: '품절',
      cancelAmount: 1000,
      taxFreeAmount: null,
      taxExemptionAmount: null,
      currency: null,
      refundableAmount: null,
      refundReceiveAccount: null,
    },
    { cancelAmount: 1000, refundableAmount: 11000 },
  ],
  [
    'the guard and the currency',
    { cancelReason: '품절', cancelAmount: 1000, refundableAmount: '11000', currency: 'KRW' },
    { cancelAmount: 1000, refundableAmount: 10000 },
  ],
  [
    'fields it does not know',
    { cancelReason: '품절', cancelAmount: 1000, nonsense: [1] },
    { refundableAmount: 9000 },
  ],
  ['no amount', { cancelReason: '품절' }, { cancelAmount: 9000, refundableAmount: 0 }],
];

t.test('a cancel takes what the real service takes', async (t) => {
  const { newShop } = await startSandbox(t);
  const shop = await newShop();
  const paymentKey = await shop.pay({ orderId: 'order-0001', amount: 15000 });
  for (const [name, body, expected] of PARTS) {
    const answer = await cancel(shop, paymentKey, body);
    t.equal(answer.status, 200, `${name}: ${answer.text}`);
    t.match(answer.body.cancels.at(-1), expected, name);
  }
});
