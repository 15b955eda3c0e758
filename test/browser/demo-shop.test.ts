import t, { type Test } from 'tap';
import { startBrowser } from '../fixtures/chromium.ts';
import {
  openWindow,
  orderOf,
  paymentOf,
  payWith,
  press,
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
const startVisit = (t: Test) => visitDemo(t, browser, { device: 'PC' });

t.test('a card payment is confirmed, cancelled in part, and then for the rest', async (t) => {
  const visit = await startVisit(t);
  const { page, window, shopUrl } = visit;
  await openWindow(visit);
  t.equal(await textOf(window, 'order-name'), '아침 블렌드 원두 200g 외 1건');
  t.equal(await textOf(window, 'amount'), '50,000원');
  await window.getByRole('link', { name: '현대카드' }).click();
  await window.getByTestId('months').selectOption('3');
  await window.getByRole('checkbox', { name: '[필수] 서비스 이용 약관, 개인정보 처리 동의' }).check();
  await window.getByRole('button', { name: '다음', exact: true }).click();
  const comingBack = successRequest(visit);
  await window.getByTestId('approve').click();
  const back = (await comingBack).url();
  await page.waitForURL(`${shopUrl}/orders/*`);

  const { orderId } = orderOf(visit);
  const paymentKey = (await textOf(page, 'payment-key')) ?? '';
  t.match(paymentKey, /^tviva\d{14}[A-Za-z0-9]{5}$/);
  t.equal(
    back,
    `${shopUrl}/success?paymentType=NORMAL&orderId=${orderId}&paymentKey=${paymentKey}&amount=50000`,
    'these parameters, in this order, and no other',
  );
  t.equal(await textOf(page, 'status'), 'DONE');
  t.equal(await textOf(page, 'method'), '카드 · 현대카드');
  t.equal(await textOf(page, 'card-number'), '12345678****123*');
  t.equal(await textOf(page, 'months'), '3개월');
  t.equal(await textOf(page, 'balance'), '50,000원');
  const receipt = await page.getByTestId('receipt').getAttribute('href');
  t.equal((await call(receipt ?? '', 'GET')).status, 200);

  t.strictSame(await webhooksOf(visit, 1), [['DONE', 50000]]);
  await page.getByTestId('cancel-amount').fill('10000');
  await press(page, 'cancel-part');
  t.equal(await textOf(page, 'status'), 'PARTIAL_CANCELED');
  t.equal(await textOf(page, 'balance'), '40,000원');
  t.equal((await webhooksOf(visit, 2)).length, 2);

  await press(page, 'cancel-all');
  t.equal(
    await textOf(page, 'status'),
    'PARTIAL_CANCELED',
    'CANCELED is only what was cancelled in one step',
  );
  t.equal(await textOf(page, 'balance'), '0원');

  t.strictSame(await webhooksOf(visit, 3), [
    ['DONE', 50000],
    ['PARTIAL_CANCELED', 40000],
    ['PARTIAL_CANCELED', 0],
  ]);
  await page.getByTestId('webhook').nth(2).waitFor();
  t.strictSame(
    await page.getByTestId('webhook-status').allTextContents(),
    ['PARTIAL_CANCELED', 'PARTIAL_CANCELED', 'DONE'],
    'the page shows them as they arrive, newest first',
  );
  const { cancels } = await paymentOf(visit, paymentKey);
  t.strictSame(
    cancels.map(({ cancelAmount }: { cancelAmount: number }) => cancelAmount),
    [10000, 40000],
  );
});

t.test('a payment with a coupon is cancelled whole', async (t) => {
  const visit = await startVisit(t);
  const { page, window, shopUrl } = visit;
  await page.goto(shopUrl);
  await page.getByTestId('coupon').check();
  t.equal(await textOf(page, 'total'), '45,000원');
  await page.getByTestId('pay').click();
  await pick(window, '신한카드');
  await window.getByTestId('approve').click();
  await page.waitForURL(`${shopUrl}/orders/*`);
  t.equal(await textOf(page, 'balance'), '45,000원');
  await press(page, 'cancel-all');
  t.equal(await textOf(page, 'status'), 'CANCELED');
  t.equal(await textOf(page, 'balance'), '0원');
  t.strictSame(await webhooksOf(visit, 2), [
    ['DONE', 45000],
    ['CANCELED', 0],
  ]);
});

t.test('more than is left cannot be cancelled, and the shopper reads why', async (t) => {
  const visit = await startVisit(t);
  const { page } = visit;
  await payWith(visit, '신한카드');
  await page.getByTestId('cancel-amount').fill('50001');
  await press(page, 'cancel-part');
  t.equal(await textOf(page, 'cancel-code'), 'NOT_CANCELABLE_AMOUNT');
  t.equal(await textOf(page, 'cancel-message'), '취소 할 수 없는 금액 입니다.');
  t.equal(await textOf(page, 'balance'), '50,000원');
});

t.test('a cancel that is pressed twice cancels once', async (t) => {
  const visit = await startVisit(t);
  const { page } = visit;
  await payWith(visit, '신한카드');
  const { paymentKey } = orderOf(visit);
  await page.getByTestId('cancel-amount').fill('10000');
  const form = `new URLSearchParams(new FormData(document.querySelector('form'))) + '&extent=part'`;
  await page.evaluate(`(() => {
    const send = () => fetch(document.querySelector('form').action, {
      method: 'POST', body: new URLSearchParams(${form}),
    });
    return Promise.all([send(), send()]).then(() => {});
  })()`);
  const { balanceAmount, cancels } = await paymentOf(visit, paymentKey ?? '');
  t.equal(balanceAmount, 40000);
  t.equal(cancels.length, 1);
});

t.test('토스페이 pays as 간편결제', async (t) => {
  const visit = await startVisit(t);
  const { page } = visit;
  await payWith(visit, '토스페이');
  t.equal(await textOf(page, 'status'), 'DONE');
  t.equal(await textOf(page, 'method'), '간편결제 · 토스페이');
  const { method, easyPay } = await paymentOf(visit, orderOf(visit).paymentKey ?? '');
  t.equal(method, '간편결제');
  t.strictSame(easyPay, { provider: '토스페이', amount: 0, discountAmount: 0 });
});
