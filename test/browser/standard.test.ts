import type { Page } from 'playwright-core';
import t from 'tap';
import { startBrowser } from '../fixtures/chromium.ts';
import { CLIENT_KEY, openMerchantPage, outcomesOf, startPaying } from '../fixtures/merchant-page.ts';
import { startSandbox } from '../fixtures/sandbox.ts';

// A real browser on a busy machine takes its time.
t.setTimeout(180_000);

const context = await (await startBrowser(t)).newContext();

/** Calls in the page, and tells how it threw. */
const errorOf = (page: Page, expression: string): Promise<unknown> =>
  page.evaluate(`(async () => {
    try { return 'resolved ' + (await (${expression})); }
    catch (error) { return { name: error.name, code: error.code, message: error.message }; }
  })()`);

// browser-sdk.md 2.1, 2.2
const FACTORY_ERRORS = [
  [
    'TossPayments("nonsense").payment({ customerKey: "customer-1" })',
    'InvalidClientKeyError',
    'INVALID_CLIENT_KEY',
  ],
  [
    'TossPayments("test_gck_docs_Ovk5rk1EwkEbP0W43n07xlzm").payment({ customerKey: "customer-1" })',
    'NotSupportedWidgetKeyError',
    'NOT_SUPPORTED_WIDGET_KEY',
  ],
  [
    `TossPayments("${CLIENT_KEY}").payment({ customerKey: "한글" })`,
    'InvalidCustomerKeyError',
    'INVALID_CUSTOMER_KEY',
  ],
  [
    `TossPayments("${CLIENT_KEY}").payment({ customerKey: "test_sk_zXLkKEypNArWmo50nX3lmeaxYG5R" })`,
    'InsecureKeyUsageError',
    'INSECURE_KEY_USAGE',
  ],
  [
    `TossPayments("${CLIENT_KEY}").requestPayment("카드", {})`,
    'V1MethodNotSupportedError',
    'V1_METHOD_NOT_SUPPORTED',
  ],
  [
    `TossPayments("${CLIENT_KEY}").widgets({ customerKey: "customer-1" })`,
    'NotYetInSandboxError',
    'NOT_YET_IN_SANDBOX',
  ],
  [
    `TossPayments("${CLIENT_KEY}").brandpay({ customerKey: "customer-1" })`,
    'NotYetInSandboxError',
    'NOT_YET_IN_SANDBOX',
  ],
] as const;

// browser-sdk.md 2.2, 2.3: what is wrong, and what the promise is rejected with.
const PARAMETERS = ['InvalidParametersError', 'INVALID_PARAMETERS'] as const;
const METADATA = ['InvalidMetadataError', 'INVALID_METADATA', '올바르지 않은 metadata 형식입니다.'] as const;
const SUCCESS_URL = [
  'IncorrectSuccessUrlFormatError',
  'INCORRECT_SUCCESS_URL_FORMAT',
  '잘못된 successUrl 입니다.',
] as const;
const FAIL_URL = [
  'IncorrectFailUrlFormatError',
  'INCORRECT_FAIL_URL_FORMAT',
  '잘못된 failUrl 입니다.',
] as const;
const SERVER = 'PaymentRequestFailError';

const REQUEST_ERRORS: readonly (readonly [changes: string, name: string, code: string, message?: string])[] =
  [
    ["method: 'CASH'", 'NotSupportedMethodError', 'NOT_SUPPORTED_METHOD', '지원되지 않는 결제수단입니다.'],
    ['method: null', ...PARAMETERS],
    ['amount: 50000', ...PARAMETERS],
    [
      "amount: { currency: 'KRW', value: '50000' }",
      'InvalidAmountValueError',
      'INVALID_AMOUNT_VALUE',
      '결제금액이 올바르지 않습니다.',
    ],
    ["amount: { currency: 'KRW', value: NaN }", 'InvalidAmountValueError', 'INVALID_AMOUNT_VALUE'],
    [
      "amount: { currency: 'EUR', value: 50000 }",
      'InvalidAmountCurrencyError',
      'INVALID_AMOUNT_CURRENCY',
      '잘못된 통화 값입니다.',
    ],
    [
      "amount: { currency: 'KRW', value: 0 }",
      'BelowZeroAmountError',
      'BELOW_ZERO_AMOUNT',
      '금액은 0보다 커야 합니다.',
    ],
    ["amount: { currency: 'KRW', value: -1 }", 'BelowZeroAmountError', 'BELOW_ZERO_AMOUNT'],
    ['orderId: undefined', ...PARAMETERS],
    ['orderId: 20260305', ...PARAMETERS],
    ['orderName: null', ...PARAMETERS],
    ["customerName: '가'.repeat(101)", ...PARAMETERS],
    ["customerEmail: 'a'.repeat(96) + '@b.co'", ...PARAMETERS],
    ["customerMobilePhone: '010-1234-5678'", ...PARAMETERS],
    ["customerMobilePhone: '0101234'", ...PARAMETERS],
    ["customerMobilePhone: '0'.repeat(16)", ...PARAMETERS],
    ["taxFreeAmount: '0'", ...PARAMETERS],
    ["windowTarget: 'popup'", ...PARAMETERS],
    ["card: 'HYUNDAI'", ...PARAMETERS],
    ["metadata: 'text'", ...METADATA],
    ['metadata: [1]', ...METADATA],
    ["metadata: { a: '1', b: '2', c: '3', d: '4', e: '5', f: '6' }", ...METADATA],
    ["metadata: { 'a[0]': '1' }", ...METADATA],
    ["metadata: { ['k'.repeat(41)]: '1' }", ...METADATA],
    ["metadata: { a: 'v'.repeat(2001) }", ...METADATA],
    ['metadata: { a: 1 }', ...METADATA],
    ["successUrl: '/success'", ...SUCCESS_URL],
    ["successUrl: ''", ...SUCCESS_URL],
    ['successUrl: null', ...SUCCESS_URL],
    ["failUrl: 'fail.html'", ...FAIL_URL],
    ['failUrl: undefined', ...FAIL_URL],
    // The server has a code for each of these, and its words are passed on.
    [
      "orderId: 'short'",
      SERVER,
      'INVALID_ORDER_ID',
      '`orderId`는 영문 대소문자, 숫자, 특수문자(-, _) 만 허용합니다. 6자 이상 64자 이하여야 합니다.',
    ],
    ["orderName: '가'.repeat(101)", SERVER, 'INVALID_ORDER_NAME', '주문 이름은 100자 이하여야 합니다.'],
    ["customerEmail: 'nobody'", SERVER, 'INVALID_EMAIL', '이메일 주소 형식에 맞지 않습니다.'],
    ["card: { flowMode: 'DIRECT' }", SERVER, 'INVALID_FLOW_MODE_PARAMETERS'],
  ];

t.test('wrong keys are refused by the factory with the documented class and code', async (t) => {
  const sandbox = await startSandbox(t);
  const { page } = await openMerchantPage(t, context, sandbox.url);
  for (const [expression, name, code] of FACTORY_ERRORS)
    t.match(await errorOf(page, expression), { name, code }, expression);
  t.match(await errorOf(page, 'payment.requestBillingAuth({})'), { code: 'NOT_YET_IN_SANDBOX' });
});

t.test('wrong arguments reject the promise with the documented class, code and text', async (t) => {
  const sandbox = await startSandbox(t);
  const { page } = await openMerchantPage(t, context, sandbox.url);
  for (const [changes, name, code, message] of REQUEST_ERRORS) {
    const error = await errorOf(page, `payment.requestPayment({ ...order, ${changes} })`);
    t.match(error, { name, code, ...(message === undefined ? {} : { message }) }, changes);
  }
  for (const nothing of ['undefined', 'null', '"text"', '[]', '{ get method() { throw new Error(); } }'])
    t.match(
      await errorOf(page, `payment.requestPayment(${nothing})`),
      { code: 'INVALID_PARAMETERS' },
      nothing,
    );
  const unknown =
    "TossPayments('test_ck_nobodyKnowsThisKeyAtAll1234').payment({ customerKey: 'customer-1' })";
  t.strictSame(await errorOf(page, `${unknown}.requestPayment(order)`), {
    name: 'PaymentRequestFailError',
    code: 'INVALID_CLIENT_KEY',
    message: '잘못된 클라이언트 연동 정보 입니다.',
  });
});

t.test('an order that is paid is refused before any window opens', async (t) => {
  const sandbox = await startSandbox(t);
  const shop = await sandbox.newShop();
  await shop.pay({ orderId: 'order-20260305-0001', amount: 50000 });
  const { page, url } = await openMerchantPage(t, context, sandbox.url);
  const payment = `TossPayments('${shop.clientKey}').payment({ customerKey: TossPayments.ANONYMOUS })`;
  await page.evaluate(`pay({}, ${payment})`);
  t.strictSame(await outcomesOf(page), [
    {
      rejected: {
        name: 'PaymentRequestFailError',
        code: 'DUPLICATED_ORDER_ID',
        message: '이미 승인 및 취소가 진행된 중복된 주문번호 입니다. 다른 주문번호로 진행해주세요.',
      },
    },
  ]);
  t.equal(await page.locator('iframe').count(), 0);
  t.equal(page.url(), `${url}/`);
});

t.test('null counts as absent, and what is not documented only warns', async (t) => {
  const sandbox = await startSandbox(t);
  const { page } = await openMerchantPage(t, context, sandbox.url);
  const warned = page.waitForEvent('console', (message) => message.type() === 'warning');
  await startPaying(
    page,
    `{ customerName: null, customerEmail: null, customerMobilePhone: null, taxFreeAmount: null,
       windowTarget: null, metadata: null, colour: 'blue', card: { size: 'XL' } }`,
  );
  t.equal(
    (await warned).text(),
    'toss-sandbox: requestPayment() was given fields that are not documented: colour, card.size',
  );
  await page.waitForSelector('iframe');
});

t.test('a sandbox that is gone rejects the promise, and the page may ask again', async (t) => {
  const sandbox = await startSandbox(t);
  const { page } = await openMerchantPage(t, context, sandbox.url);
  await page.route('**/v1/payments/sdk', (route) => route.abort());
  await startPaying(page);
  t.match(await outcomesOf(page), [{ rejected: { code: 'NETWORK_ERROR' } }]);
  await startPaying(page);
  t.match(await outcomesOf(page, 2), [{}, { rejected: { code: 'NETWORK_ERROR' } }]);
});

t.test('the global is a plain, replaceable function that may be run twice and called with new', async (t) => {
  const sandbox = await startSandbox(t);
  const { page } = await openMerchantPage(t, context, sandbox.url);
  t.equal(await page.evaluate('TossPayments.ANONYMOUS'), '@@ANONYMOUS');
  t.equal(await page.evaluate(`typeof new TossPayments('${CLIENT_KEY}').payment`), 'function');
  await page.evaluate('window.first = window.TossPayments');
  await page.addScriptTag({ url: `${sandbox.url}/v2/standard` });
  t.equal(await page.evaluate('window.first === window.TossPayments'), true, 'a second run keeps the first');
  t.equal(await page.evaluate('delete window.TossPayments'), true);
  await page.addScriptTag({ url: `${sandbox.url}/v2/standard` });
  t.equal(
    await page.evaluate('typeof window.TossPayments'),
    'function',
    'after a clear it is defined afresh',
  );
});
