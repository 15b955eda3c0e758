import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { build } from 'esbuild';
import type { FrameLocator, Page } from 'playwright-core';
import t from 'tap';
import { startBrowser } from '../fixtures/chromium.ts';
import {
  CLIENT_KEY,
  OVERLAY,
  openMerchantPage,
  otherSite,
  outcomesOf,
  SECRET_KEY,
  serve,
  startPaying,
  windowIn,
} from '../fixtures/merchant-page.ts';
import { type Answer, startSandbox } from '../fixtures/sandbox.ts';

// A real browser on a busy machine takes its time.
t.setTimeout(180_000);

const context = await (await startBrowser(t)).newContext();
const sandbox = await startSandbox(t);
const shop = sandbox.shopOf({ mId: 'tvivarepublica', clientKey: CLIENT_KEY, secretKey: SECRET_KEY });
const { page, url } = await openMerchantPage(t, context, otherSite(sandbox));

type Window = FrameLocator | Page;

const isWindow = (address: URL): boolean => address.pathname.endsWith('/checkout');

/** What my server gets when the shopper has come back to my page. */
async function confirm(amount = 50000): Promise<Answer['body']> {
  await page.waitForURL(`${url}/success*`);
  const { searchParams } = new URL(page.url());
  const { status, body } = await shop.post('/v1/payments/confirm', {
    paymentKey: searchParams.get('paymentKey'),
    orderId: searchParams.get('orderId'),
    amount,
  });
  t.equal(status, 200, JSON.stringify(body));
  return body;
}

async function agree(window: Window): Promise<void> {
  await window.getByRole('checkbox', { name: '[필수] 서비스 이용 약관, 개인정보 처리 동의' }).check();
  await window.getByRole('button', { name: '다음' }).click();
}

/** Asks for a payment in the overlay, does what the shopper does on its screens, and approves. */
async function payInOverlay(
  orderId: string,
  changes: string,
  fill: (window: FrameLocator) => Promise<void>,
): Promise<Answer['body']> {
  await page.goto(url);
  await startPaying(page, `{ orderId: '${orderId}', ${changes} }`);
  const window = windowIn(page);
  await fill(window);
  await window.getByTestId('approve').click();
  return confirm();
}

/** Easy pay, up to the screen that stands for its own. */
const pickEasyPay = async (window: FrameLocator, name: string): Promise<void> => {
  await window.getByRole('link', { name, exact: true }).click();
  await agree(window);
};

t.test('an easy pay is paid by its card, its money, and with points', async (t) => {
  const byCard = await payInOverlay('order-by-card', '', (window) => pickEasyPay(window, '토스페이'));
  t.equal(byCard.method, '간편결제');
  t.equal(byCard.card.amount, 50000);
  t.strictSame(byCard.easyPay, { provider: '토스페이', amount: 0, discountAmount: 0 });

  const byMoney = await payInOverlay('order-by-money', '', async (window) => {
    await pickEasyPay(window, '카카오페이');
    await window.getByLabel('계좌 · 머니').check();
  });
  t.equal(byMoney.card, null);
  t.strictSame(byMoney.easyPay, { provider: '카카오페이', amount: 50000, discountAmount: 0 });

  const points = await payInOverlay('order-points', '', async (window) => {
    await pickEasyPay(window, '네이버페이');
    await window.getByTestId('points').fill('60,000');
    await window.getByTestId('approve').click();
    t.equal(
      await window.getByTestId('points-problem').textContent(),
      '포인트는 0부터 50,000원까지 쓸 수 있어요.',
    );
    await window.getByTestId('points').fill('5,000');
  });
  t.equal(points.card.amount, 45000);
  t.strictSame(points.easyPay, { provider: '네이버페이', amount: 0, discountAmount: 5000 });
});

t.test('a card is paid by as before', async (t) => {
  const body = await payInOverlay('order-card', '', async (window) => {
    await window.getByRole('link', { name: '신한카드' }).click();
    await agree(window);
  });
  t.equal(body.method, '카드');
  t.equal(body.card.issuerCode, '41');
});

t.test('a virtual account waits for its deposit once my server confirms', async (t) => {
  const changes = `method: 'VIRTUAL_ACCOUNT', virtualAccount: { cashReceipt: { type: '소득공제' }, useEscrow: false, validHours: 24 }`;
  const body = await payInOverlay('order-account', changes, async (window) => {
    await window.locator('a[href*="bankCode=06"]').click();
    t.equal(await window.getByLabel('입금자명').inputValue(), '김토스');
    t.equal(await window.locator('#vbankCashReceiptView').getByLabel('소득공제').isChecked(), true);
    t.equal(await window.locator('input[aria-label="휴대폰번호"]').inputValue(), '01012341234');
    t.equal(await window.getByLabel('사업자등록번호').isVisible(), false);
    await window.getByLabel('지출증빙').check();
    t.equal(await window.getByLabel('사업자등록번호').isVisible(), true);
    t.equal(await window.getByLabel('휴대폰번호').isVisible(), false);
    await window.getByLabel('발행하지 않음').check();
    await window.getByLabel('입금자명').fill('');
    await agree(window);
    t.equal(
      await window.getByTestId('customerName-problem').textContent(),
      '입금자명을 100자 안으로 입력해 주세요.',
    );
    t.equal(await window.getByLabel('발행하지 않음').isChecked(), true, 'what was picked is still there');
    t.equal(await window.getByTestId('terms').isChecked(), true);
    await window.getByLabel('입금자명').fill('박토스');
    await window.getByTestId('next').click();
  });
  t.equal(body.status, 'WAITING_FOR_DEPOSIT');
  t.equal(body.method, '가상계좌');
  t.equal(body.virtualAccount.bankCode, '06');
  t.equal(body.virtualAccount.customerName, '박토스');
  t.match(body.virtualAccount.accountNumber, /^X\d+$/);
});

t.test('a transfer brings its cash receipt', async (t) => {
  const changes = `method: 'TRANSFER', transfer: { cashReceipt: { type: '지출증빙' }, useEscrow: false }`;
  const body = await payInOverlay('order-transfer', changes, async (window) => {
    await window.getByRole('link', { name: '토스뱅크' }).click();
    await window.getByLabel('사업자등록번호').fill('123-45-67890');
    await agree(window);
  });
  t.equal(body.method, '계좌이체');
  t.equal(body.transfer.bankCode, '92');
  t.equal(body.cashReceipt.type, '지출증빙');
});

t.test('a mobile phone is paid by with its carrier', async (t) => {
  const changes = `method: 'MOBILE_PHONE', mobilePhone: { mobileCarriers: ['KT', 'SKT'] }`;
  const body = await payInOverlay('order-phone', changes, async (window) => {
    t.equal(await window.getByRole('radio').count(), 2);
    await window.getByLabel('SK 텔레콤').check();
    await window.getByLabel('생년월일 6자리').fill('990101');
    await agree(window);
  });
  t.equal(body.method, '휴대폰');
  t.equal(body.mobilePhone.customerMobilePhone, '01012341234');
});

t.test('a gift certificate takes any login', async (t) => {
  for (const [method, name] of [
    ['CULTURE_GIFT_CERTIFICATE', '문화상품권'],
    ['BOOK_GIFT_CERTIFICATE', '도서문화상품권'],
    ['GAME_GIFT_CERTIFICATE', '게임문화상품권'],
  ] as const) {
    const body = await payInOverlay(`order-${method}`, `method: '${method}'`, async (window) => {
      await window.getByTestId('gift-id').fill('shopper');
      await window.getByTestId('gift-password').fill('secret-1234');
      await agree(window);
    });
    t.equal(body.method, name);
    t.equal(body.giftCertificate.approveNo, '00000000');
  }
});

const PAYPAL = `method: 'FOREIGN_EASY_PAY', amount: { currency: 'USD', value: 12.5 },
  foreignEasyPay: { provider: 'PAYPAL', country: 'US' }`;

t.test('PayPal takes the whole page, also on a PC', async (t) => {
  await page.goto(url);
  startPaying(page, `{ orderId: 'order-paypal', windowTarget: 'iframe', ${PAYPAL} }`).catch(() => {});
  await page.waitForURL(isWindow);
  t.equal(await page.getByTestId('amount').textContent(), 'US$12.50');
  await page.getByTestId('provider-id').fill('shopper@example.com');
  await page.getByTestId('provider-password').fill('secret-1234');
  await page.getByRole('button', { name: 'PayPal 로그인' }).click();
  t.notMatch(page.url(), /secret|shopper/, 'a login is not sent');
  await page.getByTestId('approve').click();
  const body = await confirm(12.5);
  t.equal(body.method, '해외간편결제');
  t.equal(body.easyPay.provider, 'PAYPAL');
  t.equal(body.totalAmount, 12.5);
});

t.test('without URLs the promise of a transfer brings what my server confirms', async (t) => {
  await page.goto(url);
  await startPaying(
    page,
    "{ orderId: 'order-promise', method: 'TRANSFER', successUrl: null, failUrl: null, windowTarget: 'iframe' }",
  );
  const window = windowIn(page);
  await window.getByTestId('bank-88').click();
  await agree(window);
  await window.getByTestId('approve').click();
  const [{ resolved }] = (await outcomesOf(page)) as [{ resolved: { paymentKey: string } }];
  t.strictSame(resolved, {
    paymentKey: resolved.paymentKey,
    orderId: 'order-promise',
    amount: { value: 50000, currency: 'KRW' },
  });
  t.equal(await page.locator(OVERLAY).count(), 0);
  const confirmation = { paymentKey: resolved.paymentKey, orderId: 'order-promise', amount: 50000 };
  t.equal((await shop.post('/v1/payments/confirm', confirmation)).body.transfer.bankCode, '88');
});

t.test('the bank’s refusal in the overlay leads my page to failUrl', async (t) => {
  await page.goto(url);
  await startPaying(page, "{ orderId: 'order-refused', method: 'TRANSFER' }");
  const window = windowIn(page);
  await window.getByTestId('bank-88').click();
  await agree(window);
  await window.getByRole('button', { name: '은행 거절' }).click();
  await page.waitForURL(`${url}/fail*`);
  t.strictSame(
    [...new URL(page.url()).searchParams],
    [
      ['code', 'PAY_PROCESS_ABORTED'],
      ['message', '결제 진행 중 승인에 실패하여 결제가 중단되었습니다.'],
      ['orderId', 'order-refused'],
    ],
  );
});

// browser-sdk.md 2.2, 2.3, 2.4: what is wrong, and what the promise is rejected with.
const PARAMETERS = ['InvalidParametersError', 'INVALID_PARAMETERS'] as const;
const CURRENCY = ['InvalidAmountCurrencyError', 'INVALID_AMOUNT_CURRENCY'] as const;
const SERVER = 'PaymentRequestFailError';
const FOREIGN = "foreignEasyPay: { provider: 'PAYPAL', country: 'US' }";
const USD = "amount: { currency: 'USD', value: 12.5 }";

const REQUEST_ERRORS: readonly (readonly [changes: string, name: string, code: string, says?: RegExp])[] = [
  ["method: 'VIRTUAL_ACCOUNT', amount: { currency: 'USD', value: 10 }", ...CURRENCY],
  ["method: 'TRANSFER', amount: { currency: 'JPY', value: 10 }", ...CURRENCY],
  ["method: 'MOBILE_PHONE', amount: { currency: 'USD', value: 10 }", ...CURRENCY],
  ["method: 'GAME_GIFT_CERTIFICATE', amount: { currency: 'USD', value: 10 }", ...CURRENCY],
  [`method: 'FOREIGN_EASY_PAY', ${FOREIGN}`, ...CURRENCY],
  ["method: 'VIRTUAL_ACCOUNT', virtualAccount: '우리'", ...PARAMETERS, /\(virtualAccount\)/],
  [
    "method: 'VIRTUAL_ACCOUNT', virtualAccount: { validHours: '24' }",
    ...PARAMETERS,
    /virtualAccount\.validHours/,
  ],
  [
    "method: 'VIRTUAL_ACCOUNT', virtualAccount: { dueDate: 20260109 }",
    ...PARAMETERS,
    /virtualAccount\.dueDate/,
  ],
  [
    "method: 'VIRTUAL_ACCOUNT', virtualAccount: { useEscrow: 'false' }",
    ...PARAMETERS,
    /virtualAccount\.useEscrow/,
  ],
  ["method: 'TRANSFER', transfer: { cashReceipt: '소득공제' }", ...PARAMETERS, /transfer\.cashReceipt/],
  [
    "method: 'TRANSFER', transfer: { cashReceipt: { type: '영수증' } }",
    ...PARAMETERS,
    /transfer\.cashReceipt/,
  ],
  ["method: 'TRANSFER', transfer: { provider: 'TOSS' }", ...PARAMETERS, /transfer\.provider/],
  [
    "method: 'MOBILE_PHONE', mobilePhone: { mobileCarriers: 'KT' }",
    ...PARAMETERS,
    /mobilePhone\.mobileCarriers/,
  ],
  ["method: 'FOREIGN_EASY_PAY'", ...PARAMETERS, /foreignEasyPay\.provider/],
  [
    "method: 'FOREIGN_EASY_PAY', foreignEasyPay: { provider: 'PAYPAL' }",
    ...PARAMETERS,
    /foreignEasyPay\.country/,
  ],
  [
    "method: 'FOREIGN_EASY_PAY', foreignEasyPay: { provider: 'PAYPAL', country: 'Korea' }",
    ...PARAMETERS,
    /foreignEasyPay\.country/,
  ],
  ["card: { useCardPoint: 'yes' }", ...PARAMETERS, /card\.useCardPoint/],
  ["card: { language: 'FR' }", ...PARAMETERS, /card\.language/],
  [
    `method: 'FOREIGN_EASY_PAY', ${USD}, ${FOREIGN}, successUrl: null, failUrl: null`,
    'NotSupportedPromiseError',
    'NOT_SUPPORTED_PROMISE',
  ],
  // The server knows which there are.
  ["method: 'MOBILE_PHONE', mobilePhone: { mobileCarriers: ['MCI'] }", SERVER, 'NOT_SUPPORTED_CARRIER'],
  [
    `method: 'FOREIGN_EASY_PAY', ${USD}, foreignEasyPay: { provider: 'VENMO', country: 'US' }`,
    SERVER,
    'INVALID_REQUEST',
  ],
  ["method: 'VIRTUAL_ACCOUNT', virtualAccount: { validHours: 2161 }", SERVER, 'EXCEED_MAX_VALID_HOURS'],
  ["method: 'VIRTUAL_ACCOUNT', virtualAccount: { dueDate: '2020-01-01T00:00:00' }", SERVER, 'INVALID_DATE'],
  ["method: 'VIRTUAL_ACCOUNT', virtualAccount: { dueDate: '내일' }", SERVER, 'INVALID_DATE'],
  [
    "method: 'VIRTUAL_ACCOUNT', virtualAccount: { validHours: 1, dueDate: '2099-01-01T00:00:00' }",
    SERVER,
    'INVALID_VALID_HOURS_WITH_DUE_DATE_AND_SINGLE',
  ],
  [
    "method: 'VIRTUAL_ACCOUNT', virtualAccount: { refundReceiveAccount: { bankCode: '99', accountNumber: '1', holderName: '김' } }",
    SERVER,
    'INVALID_BANK',
  ],
  [
    "method: 'TRANSFER', amount: { currency: 'KRW', value: 10000001 }",
    SERVER,
    'EXCEEDS_TRANSFER_AMOUNT_MAXIMUM',
  ],
];

t.test('wrong options reject the promise and say which it is', async (t) => {
  await page.goto(url);
  for (const [changes, name, code, says = /./] of REQUEST_ERRORS) {
    const error = await page.evaluate(
      `payment.requestPayment({ ...order, ${changes} }).catch(({ name, code, message }) => ({ name, code, message }))`,
    );
    t.match(error, { name, code, message: says }, changes);
  }
});

t.test('options of another method only warn', async (t) => {
  await page.goto(url);
  const warned = page.waitForEvent('console', (message) => message.type() === 'warning');
  await startPaying(
    page,
    "{ method: 'TRANSFER', transfer: { bank: '신한', cashReceipt: null, useEscrow: null } }",
  );
  t.equal(
    (await warned).text(),
    'toss-sandbox: requestPayment() was given fields that are not documented: card, transfer.bank',
  );
  await page.waitForSelector('iframe');
});

t.test('the npm loader, unmodified, pays by another method too', async (t) => {
  const { outputFiles } = await build({
    stdin: {
      contents: "export * from '@tosspayments/tosspayments-sdk';",
      resolveDir: dirname(createRequire(import.meta.url).resolve('tap')),
    },
    bundle: true,
    write: false,
    format: 'iife',
    globalName: 'loader',
  });
  const shopUrl = await serve(t, (request, response) => {
    const isScript = request.url === '/loader.js';
    response.setHeader('content-type', `text/${isScript ? 'javascript' : 'html'}; charset=utf-8`);
    response.end(isScript ? outputFiles[0]?.text : '<!doctype html><script src="/loader.js"></script>');
  });
  const own = await context.newPage();
  await own.goto(shopUrl);
  await own.evaluate(`(async () => {
    const tossPayments = await loader.loadTossPayments('${CLIENT_KEY}', { src: '${otherSite(sandbox)}/v2/standard' });
    tossPayments.payment({ customerKey: loader.ANONYMOUS }).requestPayment({
      method: 'CULTURE_GIFT_CERTIFICATE', amount: { currency: 'KRW', value: 15000 }, orderId: 'order-loader',
      orderName: '머그컵', successUrl: location.origin + '/success', failUrl: location.origin + '/fail' });
  })()`);
  await agree(windowIn(own));
  await windowIn(own).getByTestId('approve').click();
  await own.waitForURL(`${shopUrl}/success*`);
  t.equal(new URL(own.url()).searchParams.get('orderId'), 'order-loader');
});
