import t, { type Test } from 'tap';
import { startBrowser } from '../fixtures/chromium.ts';
import {
  announced,
  isWindow,
  openWindow,
  paymentOf,
  payWith,
  press,
  pressAndHold,
  successRequest,
  textOf,
  visitDemo,
  webhooksOf,
} from '../fixtures/demo-visit.ts';
import { pick } from '../fixtures/merchant-page.ts';
import { call } from '../fixtures/sandbox.ts';

// A real browser on a busy machine takes its time: tap's half a minute is for files without one.
t.setTimeout(180_000);

const browser = await startBrowser(t);
const startVisit = (t: Test) => visitDemo(t, browser, { device: 'phone' });

t.test('impatient fingers and reloads do not pay twice', async (t) => {
  const visit = await startVisit(t);
  const { page, shopUrl } = visit;
  await page.goto(shopUrl);
  await page.getByTestId('pay').dblclick();
  await page.waitForURL(isWindow);
  await page.reload();
  t.equal(await textOf(page, 'amount'), '50,000원');
  await pick(page, '현대카드');
  await page.reload();
  const comingBack = successRequest(visit);
  await page.getByTestId('approve').dblclick();
  const back = (await comingBack).url();
  await page.waitForURL(`${shopUrl}/orders/*`);
  t.equal(await textOf(page, 'status'), 'DONE');
  t.equal(visit.shop.orders.all().length, 1);

  await Promise.all([call(back, 'GET'), call(back, 'GET')]);
  await page.goto(back);
  t.equal(await textOf(page, 'status'), 'DONE', 'the address of the redirect leads to the order');
  const { body } = await call(`${visit.sandboxUrl}/sandbox/health`, 'GET');
  t.equal(body.payments, 1);
  t.equal(await announced(visit), 1);
});

t.test('the back button from the success page does not pay twice', async (t) => {
  const visit = await startVisit(t);
  const { page } = visit;
  await payWith(visit, '현대카드');
  const orderPage = page.url();
  await page.goBack();
  t.equal(await textOf(page, 'closed'), '이미 끝난 결제예요.');
  t.equal(await textOf(page, 'status'), 'DONE');
  t.equal(await page.getByTestId('approve').count(), 0);
  await page.goForward();
  t.equal(page.url(), orderPage);
  t.equal(await textOf(page, 'balance'), '50,000원');
  t.strictSame(await webhooksOf(visit, 1), [['DONE', 50000]]);
  t.equal(await announced(visit), 1);
});

t.test('a shopper who goes back from the window can pay again', async (t) => {
  const visit = await startVisit(t);
  const { page } = visit;
  await openWindow(visit);
  await page.goBack();
  await page.getByTestId('pay').click();
  await page.waitForURL(isWindow);
  await pick(page, '현대카드');
  await press(page, 'approve');
  t.equal(await textOf(page, 'status'), 'DONE');
});

t.test('the shop confirms no amount but its own', async (t) => {
  const visit = await startVisit(t);
  const { page } = visit;
  await openWindow(visit);
  await pick(page, '현대카드');
  const forged = await pressAndHold(page, 'approve');
  forged.searchParams.set('amount', '100');
  await page.goto(forged.href);
  t.equal(await textOf(page, 'code'), 'AMOUNT_MISMATCH');
  const { status } = await paymentOf(visit, forged.searchParams.get('paymentKey') ?? '');
  t.equal(status, 'IN_PROGRESS');
});
