import t, { type Test } from 'tap';
import type { Product } from '../../demo/products.ts';
import { startBrowser } from '../fixtures/chromium.ts';
import {
  announced,
  openWindow,
  orderOf,
  parametersOf,
  textOf,
  visitDemo,
  webhooksOf,
} from '../fixtures/demo-visit.ts';
import { OVERLAY, pick } from '../fixtures/merchant-page.ts';
import { call } from '../fixtures/sandbox.ts';

// A real browser on a busy machine takes its time: tap's half a minute is for files without one.
t.setTimeout(180_000);

const browser = await startBrowser(t);
const startVisit = (t: Test, wish: { products?: readonly Product[] } = {}) =>
  visitDemo(t, browser, { device: 'PC', ...wish });

t.test('a payment that the card company declines in the window comes back to failUrl', async (t) => {
  const visit = await startVisit(t);
  const { page, window, shopUrl } = visit;
  await openWindow(visit);
  await pick(window, '삼성카드');
  await window.getByTestId('decline').click();
  await page.waitForURL(`${shopUrl}/fail*`);
  const { orderId } = orderOf(visit);
  t.strictSame(parametersOf(page.url()), [
    ['code', 'REJECT_CARD_COMPANY'],
    ['message', '결제 승인이 거절되었습니다.'],
    ['orderId', orderId],
  ]);
  t.equal(await textOf(page, 'code'), 'REJECT_CARD_COMPANY');
  t.equal(await textOf(page, 'message'), '결제 승인이 거절되었습니다.');
  t.equal(await textOf(page, 'order-id'), orderId);
  t.equal(await announced(visit), 0);
});

t.test('a shopper whose confirm is refused reads the code of the refusal', async (t) => {
  const visit = await startVisit(t);
  const { page, window, shopUrl } = visit;
  await openWindow(visit);
  await pick(window, '현대카드');
  await window.getByTestId('approve-then-refuse').click();
  await page.waitForURL(`${shopUrl}/fail*`);
  t.equal(await textOf(page, 'code'), 'REJECT_CARD_PAYMENT');
  t.equal(await textOf(page, 'message'), '한도초과 혹은 잔액부족으로 결제에 실패했습니다.');
  t.equal(await textOf(page, 'order-id'), orderOf(visit).orderId);
  t.equal((await webhooksOf(visit, 1)).length, 1);
});

t.test('a shopper who closes the overlay stays at the checkout and may pay again', async (t) => {
  const visit = await startVisit(t);
  const { page, window, shopUrl } = visit;
  await openWindow(visit);
  await window.getByRole('button', { name: '결제 취소' }).click();
  await page.locator(OVERLAY).waitFor({ state: 'detached' });
  t.equal(page.url(), `${shopUrl}/`);
  t.equal(await page.getByTestId('problem').isVisible(), false, 'closing the window is no mistake');
  t.equal(await page.getByTestId('pay').isEnabled(), true);
  await page.getByTestId('pay').click();
  await pick(window, '현대카드');
  await window.getByTestId('approve').click();
  await page.waitForURL(`${shopUrl}/orders/*`);
  t.equal(await textOf(page, 'status'), 'DONE');
});

t.test(
  'a shopper who leaves in the card company’s screen comes back to failUrl without an orderId',
  async (t) => {
    const visit = await startVisit(t);
    const { page, window, shopUrl } = visit;
    await openWindow(visit);
    await pick(window, '토스뱅크');
    await window.getByTestId('leave').click();
    await page.waitForURL(`${shopUrl}/fail*`);
    t.strictSame(parametersOf(page.url()), [
      ['code', 'PAY_PROCESS_CANCELED'],
      ['message', '사용자에 의해 결제가 취소되었습니다.'],
    ]);
    t.equal(await textOf(page, 'code'), 'PAY_PROCESS_CANCELED');
    t.equal(await page.getByTestId('order-id').count(), 0);
    t.equal(await announced(visit), 0);
  },
);

t.test('the window has the names that published browser tests look for', async (t) => {
  const visit = await startVisit(t);
  const { window } = visit;
  await openWindow(visit);
  t.equal(await window.getByText('실제 결제가 안되는 테스트입니다').count(), 1);
  t.equal(await window.getByRole('button', { name: '결제 취소', exact: true }).count(), 1);
  t.equal(await window.getByRole('button', { name: '다음' }).count(), 0, 'nothing is picked yet');

  await window.getByRole('link', { name: '현대카드', exact: true }).click();
  await window.getByRole('button', { name: '다음', exact: true }).waitFor();
  await window.getByRole('link', { name: '토스페이', exact: true }).click();
  const next = window.getByRole('button', { name: '다음-토스페이 결제', exact: true });
  await next.waitFor();
  const terms = window.getByRole('checkbox', {
    name: '[필수] 서비스 이용 약관, 개인정보 처리 동의',
    exact: true,
  });
  t.equal(await terms.isChecked(), false);
  await next.click();
  t.equal(await window.getByTestId('approve').count(), 0, 'the terms are required');
  await terms.check();
  await next.click();
  await window.getByTestId('approve').waitFor();
  t.equal(await window.getByRole('button', { name: '결제 취소', exact: true }).count(), 1);
  await window.getByRole('link', { name: '뒤로가기' }).click();
  await next.waitFor();
});

t.test('a hostile order name stays text wherever it is shown', async (t) => {
  const name = `<script>alert(1)</script> "큰" '작은' &amp; <img src=x onerror=alert(2)>`;
  const product: Product = { productId: 'x', name, detail: name, price: 60_000, picture: 'mugs.svg' };
  const visit = await startVisit(t, { products: [product] });
  const { page, window, shopUrl } = visit;
  page.on('dialog', (dialog) => {
    t.fail(`The name was run: ${dialog.message()}`);
    dialog.dismiss();
  });
  await openWindow(visit);
  t.equal(await textOf(window, 'order-name'), name);
  await pick(window, '현대카드');
  t.equal(await textOf(window, 'order-name'), name);
  await window.getByTestId('approve').click();
  await page.waitForURL(`${shopUrl}/orders/*`);
  t.equal(await textOf(page, 'order-name'), name);
  await page.goto((await page.getByTestId('receipt').getAttribute('href')) ?? '');
  t.equal(await page.getByText(name, { exact: true }).count(), 1, 'on the receipt');

  await page.goto(`${shopUrl}/fail?${new URLSearchParams({ code: name, message: name, orderId: name })}`);
  t.equal(await textOf(page, 'code'), name);
  t.equal(await textOf(page, 'message'), name);
  t.equal(await textOf(page, 'order-id'), name);

  const body = { eventType: name, createdAt: name, data: { status: name, orderId: name } };
  await call(`${shopUrl}/webhooks/toss`, 'POST', { body });
  await page.goto(`${shopUrl}/webhooks`);
  t.equal(await page.getByTestId('webhook-event').first().textContent(), name);
});

t.test('impatient fingers do not pay twice in the overlay', async (t) => {
  const visit = await startVisit(t);
  const { page, window, shopUrl } = visit;
  await page.goto(shopUrl);
  await page.getByTestId('pay').dblclick();
  await pick(window, '현대카드');
  await window.getByTestId('approve').dblclick();
  await page.waitForURL(`${shopUrl}/orders/*`);
  t.equal(await textOf(page, 'status'), 'DONE');
  t.equal(visit.shop.orders.all().length, 1);
  const { body } = await call(`${visit.sandboxUrl}/sandbox/health`, 'GET');
  t.equal(body.payments, 1);
  t.strictSame(await webhooksOf(visit, 1), [['DONE', 50000]]);
});
