import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser, Page } from 'playwright-core';
import t, { type Test } from 'tap';
import { startBrowser } from '../fixtures/chromium.ts';
import { startSandbox, type TestSandbox } from '../fixtures/sandbox.ts';

const CLIENT_KEY = 'test_ck_D5GePWvyJnrK0W0k6q8gLzN97Eoq';

/** A merchant's page on an origin of its own, with the SDK's script tag in it. */
async function openMerchantPage(
  t: Test,
  browser: Browser,
  sandbox: TestSandbox,
): Promise<{ page: Page; url: string }> {
  const server = createServer((request, response) => {
    response.setHeader('content-type', 'text/html; charset=utf-8');
    response.end(
      request.url === '/'
        ? `<!doctype html><script src="${sandbox.url}/v2/standard"></script><p>상점</p>`
        : `<!doctype html><p id="landed">${request.url?.split('?', 1)[0]}</p>`,
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.teardown(() => {
    server.closeAllConnections();
    server.close();
  });
  const page = await browser.newPage();
  const url = `http://localhost:${(server.address() as AddressInfo).port}`;
  await page.goto(url);
  return { page, url };
}

/** Calls in the page, and tells how it threw. */
const errorOf = (
  page: Page,
  expression: string,
): Promise<{ name: string; code: string; message: string } | string> =>
  page.evaluate(`(async () => {
    try { return 'resolved ' + (await (${expression})); }
    catch (error) { return { name: error.name, code: error.code, message: error.message }; }
  })()`);

const request = (url: string, changes = ''): string => `{
  method: 'CARD', amount: { currency: 'KRW', value: 50000 }, orderId: 'order-20260305-0001',
  orderName: '토스 티셔츠 외 2건', successUrl: '${url}/success', failUrl: '${url}/fail',
  customerEmail: 'customer123@gmail.com', customerName: '김토스', customerMobilePhone: '01012341234',
  card: { useEscrow: false, flowMode: 'DEFAULT', useCardPoint: false, useAppCardOnly: false }, ${changes} }`;

t.test(
  'a page with the script tag opens the window and comes back with what the documents say',
  async (t) => {
    const sandbox = await startSandbox(t);
    const { page, url } = await openMerchantPage(t, await startBrowser(t), sandbox);

    page
      .evaluate(`TossPayments('${CLIENT_KEY}').payment({ customerKey: TossPayments.ANONYMOUS }).requestPayment(${request(url)})
      .then(() => { document.title = 'resolved'; })`)
      .catch(() => {});
    await page.waitForURL(`${sandbox.url}/v1/payments/*/checkout`);
    t.equal(await page.getByTestId('amount').textContent(), '50,000원');
    t.equal(await page.getByTestId('order-name').textContent(), '토스 티셔츠 외 2건');

    await page.getByRole('link', { name: '신한카드' }).click();
    await page.getByTestId('months').selectOption('3');
    await page.getByRole('checkbox', { name: '[필수] 서비스 이용 약관, 개인정보 처리 동의' }).check();
    await page.getByRole('button', { name: '다음' }).click();
    await page.getByTestId('approve').click();
    await page.waitForSelector('#landed');
    const landed = new URL(page.url());
    const paymentKey = landed.searchParams.get('paymentKey') ?? '';
    t.match(paymentKey, /^tviva\d{14}[A-Za-z0-9]{5}$/);
    t.equal(
      page.url(),
      `${url}/success?paymentType=NORMAL&orderId=order-20260305-0001&paymentKey=${paymentKey}&amount=50000`,
    );

    const shop = sandbox.shopOf({
      mId: 'tvivarepublica',
      clientKey: CLIENT_KEY,
      secretKey: 'test_sk_zXLkKEypNArWmo50nX3lmeaxYG5R',
    });
    const confirmation = { paymentKey, orderId: 'order-20260305-0001', amount: '50000' };
    const { status, body } = await shop.post('/v1/payments/confirm', confirmation);
    t.equal(status, 200);
    t.equal(body.card.issuerCode, '41');
    t.equal(body.card.installmentPlanMonths, 3);
    t.equal(body.card.amount, 50000);

    const again = await openMerchantPage(t, page.context().browser() as Browser, sandbox);
    t.strictSame(
      await errorOf(
        again.page,
        `TossPayments('${CLIENT_KEY}').payment({ customerKey: 'customer-1' }).requestPayment(${request(url)})`,
      ),
      {
        name: 'PaymentRequestFailError',
        code: 'DUPLICATED_ORDER_ID',
        message: '이미 승인 및 취소가 진행된 중복된 주문번호 입니다. 다른 주문번호로 진행해주세요.',
      },
      'the order is paid: the promise is rejected before any window opens',
    );
  },
);

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

const REQUEST_ERRORS = [
  ["method: 'CASH'", 'NotSupportedMethodError', 'NOT_SUPPORTED_METHOD'],
  ["method: 'TRANSFER'", 'NotYetInSandboxError', 'NOT_YET_IN_SANDBOX'],
  ["amount: { currency: 'KRW', value: '50000' }", 'InvalidAmountValueError', 'INVALID_AMOUNT_VALUE'],
  ["amount: { currency: 'EUR', value: 50000 }", 'InvalidAmountCurrencyError', 'INVALID_AMOUNT_CURRENCY'],
  ["amount: { currency: 'KRW', value: 0 }", 'BelowZeroAmountError', 'BELOW_ZERO_AMOUNT'],
  ["successUrl: '/success'", 'IncorrectSuccessUrlFormatError', 'INCORRECT_SUCCESS_URL_FORMAT'],
  ['failUrl: null', 'IncorrectFailUrlFormatError', 'INCORRECT_FAIL_URL_FORMAT'],
  ['successUrl: null, failUrl: null', 'NotYetInSandboxError', 'NOT_YET_IN_SANDBOX'],
  ["orderId: 'short'", 'PaymentRequestFailError', 'INVALID_ORDER_ID'],
] as const;

t.test('wrong arguments throw the documented class and code, what is not built yet says so', async (t) => {
  const sandbox = await startSandbox(t);
  const { page, url } = await openMerchantPage(t, await startBrowser(t), sandbox);
  for (const [expression, name, code] of FACTORY_ERRORS)
    t.match(await errorOf(page, expression), { name, code }, expression);
  for (const [changes, name, code] of REQUEST_ERRORS) {
    const expression = `TossPayments('${CLIENT_KEY}').payment({ customerKey: 'customer-1' }).requestPayment(${request(url, changes)})`;
    t.match(await errorOf(page, expression), { name, code }, changes);
  }
  t.match(
    await errorOf(
      page,
      `TossPayments('test_ck_nobodyKnowsThisKeyAtAll1234').payment({ customerKey: 'customer-1' }).requestPayment(${request(url)})`,
    ),
    {
      name: 'PaymentRequestFailError',
      code: 'INVALID_CLIENT_KEY',
      message: '잘못된 클라이언트 연동 정보 입니다.',
    },
  );
});

t.test('the global is a plain, replaceable function that may be run twice and called with new', async (t) => {
  const sandbox = await startSandbox(t);
  const { page } = await openMerchantPage(t, await startBrowser(t), sandbox);
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

t.test('two requests at once: the second is refused while the first opens the window', async (t) => {
  const sandbox = await startSandbox(t);
  const { page, url } = await openMerchantPage(t, await startBrowser(t), sandbox);
  // The request that opens the window is held, so that the page is still there.
  await page.route('**/v1/payments/sdk', () => {});
  const second = await errorOf(
    page,
    `(() => { const payment = TossPayments('${CLIENT_KEY}').payment({ customerKey: 'customer-1' });
      payment.requestPayment(${request(url)}); return payment.requestPayment(${request(url)}); })()`,
  );
  t.strictSame(second, {
    name: 'InvalidMethodTransactionError',
    code: 'INVALID_METHOD_TRANSACTION',
    message: '이미 다른 요청을 수행하고 있어요.',
  });
});
