import { readFileSync } from 'node:fs';
import t, { type Test } from 'tap';
import { startReceiver } from '../fixtures/receiver.ts';
import { type Answer, type Shop, startSandbox } from '../fixtures/sandbox.ts';

const text = (path: string): string => readFileSync(new URL(path, import.meta.url), 'utf8');

interface Row {
  code: string;
  status: number;
  ko: string;
  en: string;
  apis: string[];
}

// errors.md 1: a placeholder is to be filled; cash-receipts.md 4 says with which version.
const ROWS: Row[] = JSON.parse(text('../../fixtures/errors.json').replaceAll('[VERSION]', '2022-07-27'));
const CODES = [...new Set(ROWS.map(({ code }) => code))];

/** The rule of errors.md 1, steps 1 to 3, written down once more: the row that names the endpoint, the common one, the first. */
function rowOf(code: string, api: string): Row {
  const rows = ROWS.filter((row) => row.code === code);
  const [row] = [
    ...rows.filter(({ apis }) => apis.includes(api)),
    ...rows.filter(({ apis }) => apis.includes('common')),
    ...rows,
  ];
  if (row === undefined) throw new Error(`There is no ${code}.`);
  return row;
}

const OPEN = 'POST /v1/payments';
const CONFIRM = 'POST /v1/payments/confirm';
const READ = 'GET /v1/payments/{paymentKey}';
const READ_ORDER = 'GET /v1/payments/orders/{orderId}';
const CANCEL = 'POST /v1/payments/{paymentKey}/cancel';

type Headed = Readonly<Record<string, string>>;

/** How each endpoint is called, with a payment and an order that need not exist. */
const ENDPOINTS = {
  [OPEN]: (shop: Shop, headers: Headed) => shop.post('/v1/payments', {}, headers),
  [CONFIRM]: (shop: Shop, headers: Headed) => shop.post('/v1/payments/confirm', {}, headers),
  [READ]: (shop: Shop, headers: Headed) => shop.get('/v1/payments/any-key', headers),
  [READ_ORDER]: (shop: Shop, headers: Headed) => shop.get('/v1/payments/orders/any-order', headers),
  [CANCEL]: (shop: Shop, headers: Headed) => shop.post('/v1/payments/any-key/cancel', {}, headers),
};
type Api = keyof typeof ENDPOINTS;
const APIS = Object.keys(ENDPOINTS) as Api[];

/** How many codes are ordered on each: errors.md 3, and all that there are on confirm. */
const LISTED: Readonly<Record<Api, number>> = {
  [OPEN]: 6,
  [CONFIRM]: 183,
  [READ]: 7,
  [READ_ORDER]: 7,
  [CANCEL]: 31,
};

const inKorean = (code: string) => ({ 'tosspayments-test-code': code });
const inEnglish = (code: string) => ({ ...inKorean(code), 'accept-language': 'en-US' });

/** Is it that status, and a body of exactly these two fields in this order? */
function isError(t: Test, answer: Answer, status: number, code: string, message: string, where = code): void {
  t.equal(answer.status, status, where);
  t.equal(answer.text, `{"code":"${code}","message":${JSON.stringify(message)}}`, where);
}

t.test('the catalogue has 183 codes in 214 rows', async (t) => {
  t.equal(ROWS.length, 214);
  t.equal(CODES.length, 183);
  const counts = [400, 401, 403, 404, 409, 500].map(
    (status) => ROWS.filter((row) => row.status === status).length,
  );
  t.strictSame(counts, [152, 1, 28, 14, 1, 18]);
});

t.test('the type ErrorCode and the catalogue know the same codes', async (t) => {
  const [, type = ''] = text('../../src/domain/error-code.ts').split('export type ErrorCode');
  const typed = [...type.matchAll(/'([A-Z0-9_]+)'/g)].map(([, code]) => code ?? '');
  t.strictSame(typed.toSorted(), CODES.toSorted());
});

for (const api of APIS) {
  t.test(`the codes that ${api} lists can be ordered on it, in Korean and in English`, async (t) => {
    const { newShop } = await startSandbox(t);
    const shop = await newShop();
    // On confirm all of them: it was measured to answer also codes that it does not list.
    const codes =
      api === CONFIRM ? CODES : ROWS.filter(({ apis }) => apis.includes(api)).map(({ code }) => code);
    t.equal(codes.length, LISTED[api]);
    for (const code of codes) {
      const { status, ko, en } = rowOf(code, api);
      isError(t, await ENDPOINTS[api](shop, inKorean(code)), status, code, ko);
      // A code without an English text keeps the Korean one.
      isError(t, await ENDPOINTS[api](shop, inEnglish(code)), status, code, en === '' ? ko : en);
    }
  });
}

// Typed by hand: every code with more than one row, where more than one of its forms can be reached each of them.
// An empty English text means that the Korean one is answered.
const BY_HAND: [Api, string, number, string, string][] = [
  [CANCEL, 'EXCEED_MAX_REFUND_DUE', 403, '환불 가능한 기간이 지났습니다.', 'Refundable date has passed.'],
  [
    CONFIRM,
    'EXCEED_MAX_REFUND_DUE',
    403,
    '환불 가능한 기간이 초과했습니다.',
    'The refundable period has been exceeded.',
  ],
  [
    CANCEL,
    'FAILED_METHOD_HANDLING_CANCEL',
    500,
    '취소 중 결제 시 사용한 결제 수단 처리과정에서 일시적인 오류가 발생했습니다.',
    'A temporary error occurred while processing cancellation.',
  ],
  [
    CONFIRM,
    'FAILED_METHOD_HANDLING_CANCEL',
    500,
    '취소 중 결제 시 사용한 결제수단 처리과정에서 일시적인 오류가 발생했습니다.',
    'A temporary error occurred while processing cancellation.',
  ],
  [
    CONFIRM,
    'FAILED_PAYMENT_INTERNAL_SYSTEM_PROCESSING',
    500,
    '결제가 완료되지 않았어요. 다시 시도해주세요.',
    'Payment has not been completed. please try again.',
  ],
  [
    OPEN,
    'FAILED_PAYMENT_INTERNAL_SYSTEM_PROCESSING',
    500,
    '결제 기관(카드사, 은행, 국세청 등) 오류입니다. 결제 기관에서 보내 준 에러 메시지가 표시됩니다.',
    'Provider error. The error message received from provider will be displayed.',
  ],
  [CONFIRM, 'INVALID_AUTHORIZE_AUTH', 400, '유효하지 않은 인증 방식입니다.', 'Invalid authentication.'],
  [CANCEL, 'INVALID_AUTHORIZE_AUTH', 400, '잘못된 인증 방식입니다.', 'Incorrect authentication.'],
  [
    CONFIRM,
    'INVALID_BIRTH_DAY_FORMAT',
    400,
    '생년월일 정보는 6자리의 yyMMdd 형식이어야 합니다. 사업자등록번호는 10자리의 숫자여야 합니다.',
    'The birth date format must be in 6 length of yyMMdd format.',
  ],
  [
    CONFIRM,
    'INVALID_CARD_EXPIRATION',
    400,
    '카드 정보를 다시 확인해주세요. (유효기간)',
    'Please check the card expiration date information again.',
  ],
  [
    CANCEL,
    'INVALID_CARD_EXPIRATION',
    400,
    '카드 정보를 다시 확인해주세요.(유효기간)',
    'Please check the card expiration date information again.',
  ],
  [
    CONFIRM,
    'INVALID_CARD_PASSWORD',
    400,
    '카드 정보를 다시 확인해주세요.(비밀번호)',
    'Please check the card information again.',
  ],
  [
    OPEN,
    'INVALID_EMAIL',
    400,
    '이메일 주소 형식에 맞지 않습니다.',
    "It doesn't match the email address format.",
  ],
  [CONFIRM, 'INVALID_REQUEST', 400, '잘못된 요청입니다.', 'The bad request.'],
  [READ, 'INVALID_REQUEST', 400, '잘못된 요청입니다.', 'The bad request.'],
  [OPEN, 'INVALID_SUCCESS_URL', 400, '`successUrl`은 필수 파라미터입니다.', ''],
  [
    CONFIRM,
    'INVALID_SUCCESS_URL',
    400,
    'successUrl 값은 필수 값입니다.',
    'The successUrl value is a required value.',
  ],
  [
    CONFIRM,
    'INVALID_UNREGISTERED_SUBMALL',
    400,
    '등록되지 않은 서브몰입니다. 서브몰이 없는 가맹점이라면 안심클릭이나 ISP 결제가 필요합니다.',
    'Not registered PG sub-mall business number',
  ],
  [
    READ_ORDER,
    'INVALID_UNREGISTERED_SUBMALL',
    400,
    '미등록된 PG 하위몰 이거나 단독가맹점은 안심클릭/ISP 결제가 필요합니다.',
    'The PG sub-merchant is not registered yet OR payment authentication method of the card issuer is required for the PG',
  ],
  [
    CANCEL,
    'NOT_ALLOWED_PARTIAL_REFUND',
    403,
    '에스크로 주문, 현금 카드 결제일 때는 부분 환불이 불가합니다. 이외 다른 결제 수단에서 부분 취소가 되지 않을 때는 토스페이먼츠에 문의해 주세요.',
    'Escrow orders or debit card payments cannot be partially canceled. If you are unable to partially cancel your order with any other payment method, please contact Tosspayments.',
  ],
  [
    CONFIRM,
    'NOT_ALLOWED_PARTIAL_REFUND',
    403,
    '에스크로 주문, 현금 카드 결제 등의 사유로 부분 환불이 불가합니다.',
    'Partial refunds are not available for reasons such as escrow or cash payment.',
  ],
  [CONFIRM, 'NOT_FOUND_METHOD', 404, '존재하지 않는 결제수단 입니다.', 'This payment method does not exist.'],
  [
    OPEN,
    'NOT_SUPPORTED_METHOD',
    400,
    '지원되지 않는 결제 수단입니다.',
    'This payment method is not supported.',
  ],
  [
    CONFIRM,
    'NOT_SUPPORTED_METHOD',
    400,
    '지원되지 않는 결제수단입니다.',
    'This payment method is not supported.',
  ],
  [
    CONFIRM,
    'NOT_SUPPORTED_MONTHLY_INSTALLMENT_PLAN',
    400,
    '할부가 지원되지 않는 카드입니다.',
    'This card does not support installment.',
  ],
  [
    CANCEL,
    'NOT_SUPPORTED_MONTHLY_INSTALLMENT_PLAN',
    400,
    '할부 또는 무이자 할부가 지원되지 않는 카드입니다.',
    'This card does not support installment or interest-free installment.',
  ],
  // Neither this endpoint nor the common list has it: the first of its 17 rows.
  [
    CONFIRM,
    'NTS_ERROR',
    400,
    '[TS1] 신분확인정보 자릿수 오류',
    '[TS1] Incorrect customer identity number length',
  ],
];

t.test('a code with several texts has the one of the endpoint that was called', async (t) => {
  const several = CODES.filter((code) => ROWS.filter((row) => row.code === code).length > 1);
  t.equal(several.length, 16);
  t.strictSame([...new Set(BY_HAND.map(([, code]) => code))].toSorted(), several.toSorted());

  const { newShop } = await startSandbox(t);
  const shop = await newShop();
  for (const [api, code, status, ko, en] of BY_HAND) {
    const where = `${code} on ${api}`;
    isError(t, await ENDPOINTS[api](shop, inKorean(code)), status, code, ko, where);
    isError(t, await ENDPOINTS[api](shop, inEnglish(code)), status, code, en === '' ? ko : en, where);
  }
});

t.test('the version that is needed stands in the text', async (t) => {
  const { newShop } = await startSandbox(t);
  const shop = await newShop();
  const code = 'API_VERSION_UPDATE_NEEDED';
  const ko =
    '이 API를 사용하려면 2022-07-27 이상의 버전을 사용해야 합니다. 개발자센터(https://developers.tosspayments.com)에서 버전을 변경해주세요.';
  const en =
    'To use the api need to upgrade version to 2022-07-27. You can update api version at Tosspayment Developer Center(https://developers.tosspayments.com)';
  isError(t, await ENDPOINTS[CONFIRM](shop, inKorean(code)), 400, code, ko);
  isError(t, await ENDPOINTS[CONFIRM](shop, inEnglish(code)), 400, code, en);
});

// payments.md 7.1: measured against the real service, on confirm.
const MEASURED: [string, number, string][] = [
  ['REJECT_CARD_PAYMENT', 403, '한도초과 혹은 잔액부족으로 결제에 실패했습니다.'],
  ['ALREADY_PROCESSED_PAYMENT', 400, '이미 처리된 결제 입니다.'],
  ['IDEMPOTENT_REQUEST_PROCESSING', 409, '이전 멱등 요청이 처리중입니다.'],
  [
    'DUPLICATED_ORDER_ID',
    400,
    '이미 승인 및 취소가 진행된 중복된 주문번호 입니다. 다른 주문번호로 진행해주세요.',
  ],
  ['FAILED_PAYMENT_INTERNAL_SYSTEM_PROCESSING', 500, '결제가 완료되지 않았어요. 다시 시도해주세요.'],
  ['COMMON_ERROR', 500, '일시적인 오류가 발생했습니다. 잠시 후 다시 시도해주세요.'],
];

t.test('the codes that were measured on the real service are answered as measured', async (t) => {
  const { newShop } = await startSandbox(t);
  const shop = await newShop();
  for (const [code, status, message] of MEASURED) {
    isError(t, await ENDPOINTS[CONFIRM](shop, inKorean(code)), status, code, message);
  }
});

const INVALID_TEST_CODE = '{"code":"INVALID_TEST_CODE","message":"유효하지 않은 테스트 코드입니다."}';
const NO_CODES = [
  'NO_SUCH_CODE',
  'reject_card_payment',
  'REJECT_CARD_PAYMENT, COMMON_ERROR',
  '403',
  '__proto__',
  'constructor',
  'toString',
];

t.test('a code that the catalogue does not have is said to be none', async (t) => {
  const { newShop } = await startSandbox(t);
  const shop = await newShop();
  for (const code of NO_CODES) {
    for (const api of APIS) {
      const { status, text } = await ENDPOINTS[api](shop, inKorean(code));
      t.equal(status, 400, `${code} on ${api}`);
      t.equal(text, INVALID_TEST_CODE, `${code} on ${api}`);
    }
  }
  const { text } = await ENDPOINTS[CONFIRM](shop, inEnglish('NO_SUCH_CODE'));
  t.equal(text, '{"code":"INVALID_TEST_CODE","message":"Invalid test code"}');
});

t.test('an ordered error changes nothing, and nobody hears of it', async (t) => {
  const { newShop, sandbox } = await startSandbox(t);
  const shop = await newShop();
  const receiver = await startReceiver(t);
  await shop.post('/sandbox/webhooks', { url: receiver.url });
  const done = await shop.pay({ orderId: 'order-done', amount: 15000 });
  t.equal((await receiver.next()).body.data.status, 'DONE');
  await sandbox.core.clocks.of(shop.mId).settle();
  const waiting = await shop.prepare({ orderId: 'order-waiting', amount: 9900 });

  const look = async () => ({
    done: (await shop.get(`/v1/payments/${done}`)).text,
    waiting: (await shop.get(`/v1/payments/${waiting}`)).text,
    figures: sandbox.core.store.world(shop.mId)?.figures(),
    jobs: [...(sandbox.core.store.world(shop.mId)?.jobs() ?? [])],
    position: sandbox.core.chance.position,
  });
  const before = await look();

  const opening = {
    method: 'CARD',
    amount: 1000,
    orderId: 'order-new',
    orderName: '원두',
    successUrl: 'http://shop.example/success',
    failUrl: 'http://shop.example/fail',
  };
  // Each of these would succeed without the header.
  const requests = [
    (headers: Headed) => shop.post('/v1/payments', opening, headers),
    (headers: Headed) =>
      shop.post(
        '/v1/payments/confirm',
        { paymentKey: waiting, orderId: 'order-waiting', amount: 9900 },
        headers,
      ),
    (headers: Headed) => shop.post(`/v1/payments/${done}/cancel`, { cancelReason: '고객 변심' }, headers),
    (headers: Headed) => shop.get(`/v1/payments/${done}`, headers),
  ];
  for (const [index, code] of CODES.entries()) {
    const answer = await requests[index % requests.length]?.(inKorean(code));
    t.equal(answer?.body.code, code);
  }
  t.strictSame(await look(), before);

  // Whatever had been sent because of them would have been sent before this one.
  await shop.post(`/v1/payments/${done}/cancel`, { cancelReason: '고객 변심' });
  t.equal((await receiver.next()).body.data.status, 'CANCELED');
  t.equal(receiver.received.length, 2);
});

t.test('an ordered error comes before the body and the payment are looked at', async (t) => {
  const { newShop } = await startSandbox(t);
  const shop = await newShop();
  for (const body of [
    '{"paymentKey":',
    'null',
    '',
    '{"paymentKey":"none","orderId":"order-0001","amount":1}',
  ]) {
    const answer = await shop.post('/v1/payments/confirm', body, inKorean('REJECT_CARD_PAYMENT'));
    isError(
      t,
      answer,
      403,
      'REJECT_CARD_PAYMENT',
      '한도초과 혹은 잔액부족으로 결제에 실패했습니다.',
      JSON.stringify(body),
    );
  }
});

t.test('an ordered error is not bound to the Idempotency-Key it came with', async (t) => {
  const { newShop } = await startSandbox(t);
  const shop = await newShop();
  const paymentKey = await shop.prepare({ orderId: 'order-0001', amount: 15000 });
  const confirm = (headers: Headed) =>
    shop.post('/v1/payments/confirm', { paymentKey, orderId: 'order-0001', amount: 15000 }, headers);
  const key = { 'idempotency-key': 'one-key' };
  // payments.md 7.1, measured: repeated on each try as long as the header is sent.
  for (const code of ['IDEMPOTENT_REQUEST_PROCESSING', 'IDEMPOTENT_REQUEST_PROCESSING', 'COMMON_ERROR']) {
    const { body } = await confirm({ ...key, ...inKorean(code) });
    t.equal(body.code, code);
  }
  const { status, body } = await confirm(key);
  t.equal(status, 200);
  t.equal(body.status, 'DONE');
});

t.test('a header without a value orders nothing', async (t) => {
  const { newShop } = await startSandbox(t);
  const shop = await newShop();
  const paymentKey = await shop.pay({ orderId: 'order-0001', amount: 15000 });
  const { status } = await shop.get(`/v1/payments/${paymentKey}`, inKorean(''));
  t.equal(status, 200);
});

// payments.md 7.2; what decides between several languages is that of HTTP itself.
const LANGUAGES: [string, 'ko' | 'en'][] = [
  ['en-US', 'en'],
  ['en', 'en'],
  ['EN-us', 'en'],
  ['en-US,en;q=0.9,ko;q=0.8', 'en'],
  ['ko-KR', 'ko'],
  ['ko-KR,ko;q=0.9,en-US;q=0.8,en;q=0.7', 'ko'],
  ['en-US;q=0.1,ko;q=0.9', 'ko'],
  ['en;q=0', 'ko'],
  ['ja-JP', 'ko'],
  ['*', 'ko'],
  ['', 'ko'],
  ['english', 'ko'],
  [';;,,q=', 'ko'],
];

t.test('errors are in Korean unless English is asked for', async (t) => {
  const { newShop } = await startSandbox(t);
  const shop = await newShop();
  for (const [accepted, language] of LANGUAGES) {
    const { body } = await shop.get('/v1/payments/none', { 'accept-language': accepted });
    const message = { ko: '존재하지 않는 결제 정보 입니다.', en: 'Not found payment.' }[language];
    t.equal(body.message, message, accepted);
  }
});
