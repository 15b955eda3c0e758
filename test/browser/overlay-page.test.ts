import t from 'tap';
import { startProfile } from '../fixtures/chromium.ts';
import {
  FRAME,
  OVERLAY,
  openMerchantPage,
  otherSite,
  outcomesOf,
  pick,
  startPaying,
  windowIn,
} from '../fixtures/merchant-page.ts';
import { startSandbox } from '../fixtures/sandbox.ts';

// A real browser on a busy machine takes its time.
t.setTimeout(180_000);

const context = await startProfile(t, { thirdPartyCookies: 'blocked' });

const BUSY = {
  rejected: {
    name: 'InvalidMethodTransactionError',
    code: 'INVALID_METHOD_TRANSACTION',
    message: '이미 다른 요청을 수행하고 있어요.',
  },
};

t.test('a double click opens one window', async (t) => {
  const sandbox = await startSandbox(t);
  const { page } = await openMerchantPage(t, context, otherSite(sandbox));
  await page.locator('#pay').dblclick();
  t.strictSame(await outcomesOf(page), [BUSY]);
  await windowIn(page).getByTestId('amount').waitFor();
  t.equal(await page.locator(OVERLAY).count(), 1);
  await startPaying(page);
  t.strictSame(await outcomesOf(page, 2), [BUSY, BUSY], 'nor does a request while it is open');
  const again = "TossPayments('test_ck_D5GePWvyJnrK0W0k6q8gLzN97Eoq').payment({ customerKey: 'customer-2' })";
  await page.evaluate(`pay({}, ${again})`);
  t.strictSame(await outcomesOf(page, 3), [BUSY, BUSY, BUSY], 'nor does another object’s');
  t.equal(await page.locator(OVERLAY).count(), 1);
});

t.test('the promise of a redirect never resolves before the page is gone', async (t) => {
  const sandbox = await startSandbox(t);
  const { page, url } = await openMerchantPage(t, context, otherSite(sandbox));
  // A shop that answers without a page: the browser stays where it is.
  await page.route(`${url}/success*`, (route) => route.fulfill({ status: 204 }));
  await startPaying(page);
  await pick(windowIn(page), '현대카드');
  const [response] = await Promise.all([
    page.waitForResponse(`${url}/success*`),
    windowIn(page).getByTestId('approve').click(),
  ]);
  t.equal(response.status(), 204);
  t.equal(await page.locator(OVERLAY).count(), 0);
  t.strictSame(await page.evaluate('outcomes'), [], 'it is still pending');
  await startPaying(page);
  t.strictSame(await outcomesOf(page), [BUSY], 'and the request is still under way');

  await page.evaluate("dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))");
  await startPaying(page);
  await windowIn(page).getByTestId('amount').waitFor();
  t.strictSame(
    await page.evaluate('outcomes.length'),
    1,
    'back out of the browser’s cache, it may ask again',
  );
});

t.test('a reload in the middle leaves a fresh page, and the same order can be paid', async (t) => {
  const sandbox = await startSandbox(t);
  const { page, url } = await openMerchantPage(t, context, otherSite(sandbox));
  await startPaying(page);
  await pick(windowIn(page), '현대카드');
  await page.reload();
  t.equal(await page.locator(OVERLAY).count(), 0);
  await startPaying(page);
  await pick(windowIn(page), '신한카드');
  await windowIn(page).getByTestId('approve').click();
  await page.waitForURL(`${url}/success*`);
});

t.test('two tabs pay for two orders and do not hear each other', async (t) => {
  const sandbox = await startSandbox(t);
  const first = await openMerchantPage(t, context, otherSite(sandbox));
  const second = await openMerchantPage(t, context, otherSite(sandbox));
  await startPaying(first.page, "{ orderId: 'order-first' }");
  await startPaying(second.page, "{ orderId: 'order-second' }");
  for (const { page } of [first, second]) {
    // A tab behind another gets no input from anybody.
    await page.bringToFront();
    await pick(windowIn(page), '현대카드');
  }
  await windowIn(second.page).getByTestId('approve').click();
  await second.page.waitForURL(`${second.url}/success*`);
  t.equal(new URL(second.page.url()).searchParams.get('orderId'), 'order-second');
  t.strictSame(await first.page.evaluate('outcomes'), []);
  t.equal(await first.page.locator(OVERLAY).count(), 1);
  await first.page.bringToFront();
  await windowIn(first.page).getByTestId('approve').click();
  await first.page.waitForURL(`${first.url}/success*`);
  t.equal(new URL(first.page.url()).searchParams.get('orderId'), 'order-first');
});

t.test('destroy() takes the overlay away and says so to whoever waits', async (t) => {
  const sandbox = await startSandbox(t);
  const { page } = await openMerchantPage(t, context, otherSite(sandbox));
  const destroyed = (): Promise<unknown> =>
    page.evaluate('payment.destroy().then(() => "closed", ({ name, code }) => [name, code])');
  const IDLE = ['NoActivePaymentRequestError', 'NO_ACTIVE_PAYMENT_REQUEST'];
  t.strictSame(await destroyed(), IDLE);
  await startPaying(page);
  await windowIn(page).getByTestId('amount').waitFor();
  t.equal(await destroyed(), 'closed');
  t.equal(await page.locator(OVERLAY).count(), 0);
  t.match(await outcomesOf(page), [
    { rejected: { name: 'PaymentRequestAbortedError', code: 'PAYMENT_REQUEST_ABORTED' } },
  ]);
  t.strictSame(await destroyed(), IDLE);
  await startPaying(page);
  await windowIn(page).getByTestId('amount').waitFor();
});

t.test('destroy() also calls off a request whose window has not come yet', async (t) => {
  const sandbox = await startSandbox(t);
  const { page } = await openMerchantPage(t, context, otherSite(sandbox));
  await page.route('**/v1/payments/sdk', () => {});
  await Promise.all([page.waitForRequest('**/v1/payments/sdk'), startPaying(page)]);
  await page.evaluate('payment.destroy()');
  t.match(await outcomesOf(page), [{ rejected: { code: 'PAYMENT_REQUEST_ABORTED' } }]);
});

t.test('the page behind is still while the overlay is open, and as it was when it is gone', async (t) => {
  const sandbox = await startSandbox(t);
  const { page } = await openMerchantPage(t, context, otherSite(sandbox));
  await page.evaluate("document.body.style.overflow = 'scroll'; scrollTo(0, 40)");
  await page.locator('#pay').click();
  await windowIn(page).getByTestId('amount').waitFor();
  const state = (): Promise<unknown> =>
    page.evaluate(`({ focused: document.activeElement.id, scrolled: scrollY,
      html: document.documentElement.style.overflow, body: document.body.style.overflow,
      reachable: [...document.body.children].some((one) => one.id === 'pay' && !one.inert) })`);
  t.strictSame(await state(), {
    focused: '__tosspayments_payment-gateway_iframe__',
    scrolled: 40,
    html: '',
    body: 'hidden',
    reachable: false,
  });
  await windowIn(page).getByTestId('close').click();
  await outcomesOf(page);
  t.strictSame(await state(), { focused: 'pay', scrolled: 40, html: '', body: 'scroll', reachable: true });
});

t.test(
  'the window is 650 by 650 in the middle, smaller on a small screen, and whole in DIRECT',
  async (t) => {
    const sandbox = await startSandbox(t);
    const { page } = await openMerchantPage(t, context, otherSite(sandbox));
    await page.setViewportSize({ width: 1250, height: 850 });
    await startPaying(page);
    t.strictSame(await page.locator(FRAME).boundingBox(), { x: 300, y: 100, width: 650, height: 650 });
    t.equal(await page.evaluate(`getComputedStyle(document.querySelector('${FRAME}')).borderRadius`), '20px');
    await page.setViewportSize({ width: 400, height: 600 });
    t.strictSame(await page.locator(FRAME).boundingBox(), { x: 0, y: 0, width: 400, height: 600 });
    await windowIn(page).getByTestId('close').click();
    await outcomesOf(page);
    await page.setViewportSize({ width: 1250, height: 850 });
    await startPaying(page, "{ card: { flowMode: 'DIRECT', easyPay: '토스페이' } }");
    t.strictSame(await page.locator(FRAME).boundingBox(), { x: 0, y: 0, width: 1250, height: 850 });
    await windowIn(page).getByTestId('approve').waitFor();
  },
);
