import type { Page } from 'playwright-core';
import t from 'tap';
import { startBrowser } from '../fixtures/chromium.ts';
import {
  OVERLAY,
  openMerchantPage,
  otherSite,
  outcomesOf,
  PROMISE,
  pick,
  startPaying,
} from '../fixtures/merchant-page.ts';
import { startSandbox } from '../fixtures/sandbox.ts';

// A real browser on a busy machine takes its time.
t.setTimeout(180_000);

const browser = await startBrowser(t);
const PHONES = {
  'an iPhone':
    'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1',
  'an Android phone':
    'Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Mobile Safari/537.36',
};
const newPhone = () => browser.newContext({ userAgent: PHONES['an Android phone'] });
const isWindow = (url: URL): boolean => url.pathname.endsWith('/checkout');

const NOT_SUPPORTED_PROMISE = {
  rejected: {
    name: 'NotSupportedPromiseError',
    code: 'NOT_SUPPORTED_PROMISE',
    message: 'Promise 방식을 지원하지 않습니다. successUrl, failUrl을 사용해주세요.',
  },
};

/** Asks for a payment and waits for the window, which is a page of its own. */
async function openWindow(page: Page, changes: string): Promise<void> {
  // The page that asks is gone before it could answer.
  startPaying(page, changes).catch(() => {});
  await page.waitForURL(isWindow);
}

t.test('on a phone the whole page goes to the window and comes back', async (t) => {
  const sandbox = await startSandbox(t);
  for (const [phone, userAgent] of Object.entries(PHONES)) {
    const context = await browser.newContext({ userAgent });
    const { page, url } = await openMerchantPage(t, context, otherSite(sandbox));
    for (const windowTarget of ['null', "'self'", "'iframe'"]) {
      await page.goto(url);
      await openWindow(page, `{ windowTarget: ${windowTarget} }`);
      t.equal(new URL(page.url()).search, '', `${phone}, ${windowTarget}`);
      await pick(page, '신한카드');
      await page.getByTestId('approve').click();
      await page.waitForURL(`${url}/success*`);
      const { searchParams } = new URL(page.url());
      t.strictSame([...searchParams.keys()], ['paymentType', 'orderId', 'paymentKey', 'amount']);
    }
  }
});

t.test('windowTarget self does the same on a PC', async (t) => {
  const sandbox = await startSandbox(t);
  const { page, url } = await openMerchantPage(t, await browser.newContext(), otherSite(sandbox));
  await openWindow(page, "{ windowTarget: 'self' }");
  await pick(page, '신한카드');
  await page.getByTestId('decline').click();
  await page.waitForURL(`${url}/fail*`);
  t.equal(new URL(page.url()).searchParams.get('code'), 'REJECT_CARD_COMPANY');
});

t.test('X on a phone leads to failUrl, without an orderId', async (t) => {
  const sandbox = await startSandbox(t);
  const { page, url } = await openMerchantPage(t, await newPhone(), otherSite(sandbox));
  await openWindow(page, '{}');
  await page.getByRole('button', { name: '결제 취소' }).click();
  await page.waitForURL(`${url}/fail*`);
  t.strictSame(
    [...new URL(page.url()).searchParams],
    [
      ['code', 'PAY_PROCESS_CANCELED'],
      ['message', '사용자에 의해 결제가 취소되었습니다.'],
    ],
  );
});

t.test('the promise of a redirect stays open until the page is gone', async (t) => {
  const sandbox = await startSandbox(t);
  const { page } = await openMerchantPage(t, await newPhone(), otherSite(sandbox));
  // A window that does not come: the browser stays on the shop's page.
  await page.route(isWindow, (route) => route.fulfill({ status: 204 }));
  await Promise.all([page.waitForResponse((response) => response.status() === 204), startPaying(page)]);
  t.strictSame(await page.evaluate('outcomes'), []);
  t.equal(await page.locator(OVERLAY).count(), 0);
  await page.evaluate("dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))");
  await page.unroute(isWindow);
  await openWindow(page, '{}');
});

t.test('a promise without URLs is refused on a phone and with windowTarget self', async (t) => {
  const sandbox = await startSandbox(t);
  const phone = await openMerchantPage(t, await newPhone(), otherSite(sandbox));
  await startPaying(phone.page, PROMISE);
  t.strictSame(await outcomesOf(phone.page), [NOT_SUPPORTED_PROMISE]);
  const { page } = await openMerchantPage(t, await browser.newContext(), otherSite(sandbox));
  await startPaying(page, "{ successUrl: null, failUrl: null, windowTarget: 'self' }");
  t.strictSame(await outcomesOf(page), [NOT_SUPPORTED_PROMISE]);
});
