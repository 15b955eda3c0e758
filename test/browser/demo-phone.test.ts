import t, { type Test } from 'tap';
import { startBrowser } from '../fixtures/chromium.ts';
import {
  announced,
  headers,
  openWindow,
  orderOf,
  parametersOf,
  paymentOf,
  pressAndHold,
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

t.test(
  'on a phone a payment that the card company declines in the window comes back to failUrl',
  async (t) => {
    const visit = await startVisit(t);
    const { page, shopUrl } = visit;
    await openWindow(visit);
    await pick(page, '삼성카드');
    await page.getByTestId('decline').click();
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
  },
);

t.test('on a phone a shopper who leaves the window comes back to failUrl without an orderId', async (t) => {
  const visit = await startVisit(t);
  const { page, shopUrl } = visit;
  const ways = {
    'with the close button of the first screen': async () => {
      await page.getByRole('button', { name: '결제 취소' }).click();
    },
    'with the close button of the second screen': async () => {
      await pick(page, '토스뱅크');
      await page.getByRole('button', { name: '결제 취소' }).click();
    },
    'from the screen of the card company': async () => {
      await pick(page, '토스뱅크');
      await page.getByTestId('leave').click();
    },
  };
  for (const [way, leave] of Object.entries(ways)) {
    await openWindow(visit);
    await leave();
    await page.waitForURL(`${shopUrl}/fail*`);
    t.strictSame(
      parametersOf(page.url()),
      [
        ['code', 'PAY_PROCESS_CANCELED'],
        ['message', '사용자에 의해 결제가 취소되었습니다.'],
      ],
      way,
    );
    t.equal(await textOf(page, 'code'), 'PAY_PROCESS_CANCELED');
    t.equal(await textOf(page, 'message'), '사용자에 의해 결제가 취소되었습니다.');
    t.equal(await page.getByTestId('order-id').count(), 0);
  }
  t.equal(await announced(visit), 0);
});

t.test('a payment that is refused at confirm is ABORTED, once', async (t) => {
  const visit = await startVisit(t);
  const { page, sandboxUrl } = visit;
  await openWindow(visit);
  await pick(page, '현대카드');
  await page.getByTestId('confirm-code').selectOption('REJECT_CARD_PAYMENT');
  // The browser never reaches the shop: the test sends the confirm itself.
  const back = await pressAndHold(page, 'approve-then-refuse');
  const { orderId } = orderOf(visit);
  const paymentKey = back.searchParams.get('paymentKey') ?? '';
  const confirmation = { headers, body: { paymentKey, orderId, amount: 50000 } };

  const refused = await call(`${sandboxUrl}/v1/payments/confirm`, 'POST', confirmation);
  t.equal(refused.status, 403);
  t.strictSame(refused.body, {
    code: 'REJECT_CARD_PAYMENT',
    message: '한도초과 혹은 잔액부족으로 결제에 실패했습니다.',
  });
  const { status, failure } = await paymentOf(visit, paymentKey);
  t.equal(status, 'ABORTED');
  t.strictSame(failure, {
    code: 'REJECT_CARD_PAYMENT',
    message: '한도초과 혹은 잔액부족으로 결제에 실패했습니다.',
  });

  const again = await call(`${sandboxUrl}/v1/payments/confirm`, 'POST', confirmation);
  t.equal(again.status, 404);
  t.equal(again.body.code, 'NOT_FOUND_PAYMENT_SESSION');
  t.strictSame(await webhooksOf(visit, 1), [['ABORTED', 50000]]);
  t.equal(await announced(visit), 1);
});

t.test('on a phone a shopper whose confirm is refused reads the code of the refusal', async (t) => {
  const visit = await startVisit(t);
  const { page, shopUrl } = visit;
  await openWindow(visit);
  await pick(page, '현대카드');
  await page.getByTestId('approve-then-refuse').click();
  await page.waitForURL(`${shopUrl}/fail*`);
  t.equal(await textOf(page, 'code'), 'REJECT_CARD_PAYMENT');
  t.equal(await textOf(page, 'message'), '한도초과 혹은 잔액부족으로 결제에 실패했습니다.');
  t.equal(await textOf(page, 'order-id'), orderOf(visit).orderId);
  t.equal((await webhooksOf(visit, 1)).length, 1);
});
