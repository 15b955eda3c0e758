import t from 'tap';
import { startProfile } from '../fixtures/chromium.ts';
import {
  CLIENT_KEY,
  OVERLAY,
  openMerchantPage,
  otherSite,
  outcomesOf,
  PROMISE,
  pick,
  SECRET_KEY,
  startPaying,
  windowIn,
} from '../fixtures/merchant-page.ts';
import { startSandbox, type TestSandbox } from '../fixtures/sandbox.ts';

// A real browser on a busy machine takes its time.
t.setTimeout(180_000);

// A shop on 127.0.0.1, the sandbox on localhost: two sites, and the frame of the one in the other may keep nothing.
const context = await startProfile(t, { thirdPartyCookies: 'blocked' });

const shopOf = (sandbox: TestSandbox) =>
  sandbox.shopOf({ mId: 'tvivarepublica', clientKey: CLIENT_KEY, secretKey: SECRET_KEY });

t.test('the shopper pays in the overlay and my page goes to successUrl', async (t) => {
  const sandbox = await startSandbox(t);
  const { page, url } = await openMerchantPage(t, context, otherSite(sandbox));
  await startPaying(page);
  const window = windowIn(page);
  t.equal(await window.getByTestId('order-name').textContent(), '토스 티셔츠 외 2건');
  t.equal(await window.getByTestId('amount').textContent(), '50,000원');
  t.equal(page.url(), `${url}/`, 'my page stays under the overlay');
  t.equal(await page.locator('iframe[title="토스페이먼츠 전자결제"]').count(), 1);

  await window.getByRole('link', { name: '신한카드' }).click();
  await window.getByTestId('months').selectOption('3');
  await window.getByRole('checkbox', { name: '[필수] 서비스 이용 약관, 개인정보 처리 동의' }).check();
  await window.getByRole('button', { name: '다음' }).click();
  await window.getByTestId('approve').click();
  await page.waitForURL(`${url}/success*`);
  const paymentKey = new URL(page.url()).searchParams.get('paymentKey') ?? '';
  t.match(paymentKey, /^tviva\d{14}[A-Za-z0-9]{5}$/);
  t.equal(
    page.url(),
    `${url}/success?paymentType=NORMAL&orderId=order-20260305-0001&paymentKey=${paymentKey}&amount=50000`,
  );

  const confirmation = { paymentKey, orderId: 'order-20260305-0001', amount: 50000 };
  const { status, body } = await shopOf(sandbox).post('/v1/payments/confirm', confirmation);
  t.equal(status, 200);
  t.equal(body.status, 'DONE');
  t.equal(body.card.issuerCode, '41');
  t.equal(body.card.installmentPlanMonths, 3);
});

t.test('a decline in the overlay leads my page to failUrl', async (t) => {
  const sandbox = await startSandbox(t);
  const { page, url } = await openMerchantPage(t, context, otherSite(sandbox));
  await startPaying(page);
  await pick(windowIn(page), '현대카드');
  await windowIn(page).getByTestId('decline').click();
  await page.waitForURL(`${url}/fail*`);
  t.strictSame(
    [...new URL(page.url()).searchParams],
    [
      ['code', 'REJECT_CARD_COMPANY'],
      ['message', '결제 승인이 거절되었습니다.'],
      ['orderId', 'order-20260305-0001'],
    ],
  );
});

t.test('leaving in the card company’s screen leads to failUrl, without an orderId', async (t) => {
  const sandbox = await startSandbox(t);
  const { page, url } = await openMerchantPage(t, context, otherSite(sandbox));
  await startPaying(page);
  await pick(windowIn(page), '토스페이');
  await windowIn(page).getByRole('button', { name: '결제 그만두기' }).click();
  await page.waitForURL(`${url}/fail*`);
  t.strictSame(
    [...new URL(page.url()).searchParams],
    [
      ['code', 'PAY_PROCESS_CANCELED'],
      ['message', '사용자에 의해 결제가 취소되었습니다.'],
    ],
  );
});

const CLOSED = { rejected: { name: 'UserCancelError', code: 'USER_CANCEL', message: '취소되었습니다.' } };

t.test('X takes the overlay away, tells my page, and the same order can be tried again', async (t) => {
  const sandbox = await startSandbox(t);
  const { page, url } = await openMerchantPage(t, context, otherSite(sandbox));
  await startPaying(page);
  await windowIn(page).getByRole('button', { name: '결제 취소' }).click();
  t.strictSame(await outcomesOf(page), [CLOSED]);
  t.equal(await page.locator(OVERLAY).count(), 0);
  t.equal(page.url(), `${url}/`, 'nobody goes to failUrl');

  await startPaying(page);
  await pick(windowIn(page), '현대카드');
  await windowIn(page).getByRole('button', { name: '결제 취소' }).click();
  t.strictSame(await outcomesOf(page, 2), [CLOSED, CLOSED], 'from the second screen as well');

  await startPaying(page);
  await pick(windowIn(page), '현대카드');
  await windowIn(page).getByTestId('approve').click();
  await page.waitForURL(`${url}/success*`);
});

t.test('without URLs the promise brings what my server confirms', async (t) => {
  const sandbox = await startSandbox(t);
  const { page, url } = await openMerchantPage(t, context, otherSite(sandbox));
  await startPaying(page, PROMISE);
  await pick(windowIn(page), '현대카드');
  await windowIn(page).getByTestId('approve').click();
  const [{ resolved }] = (await outcomesOf(page)) as [{ resolved: { paymentKey: string } }];
  t.strictSame(resolved, {
    paymentKey: resolved.paymentKey,
    orderId: 'order-20260305-0001',
    amount: { value: 50000, currency: 'KRW' },
  });
  t.equal(page.url(), `${url}/`);
  t.equal(await page.locator(OVERLAY).count(), 0);
  t.equal(
    await page.evaluate('(outcomes[0].resolved.customerKey = "mine")'),
    'mine',
    'the result can be added to',
  );

  const confirmation = { paymentKey: resolved.paymentKey, orderId: 'order-20260305-0001', amount: 50000 };
  t.equal((await shopOf(sandbox).post('/v1/payments/confirm', confirmation)).body.status, 'DONE');
});

t.test('without URLs the promise is rejected with what went wrong', async (t) => {
  const sandbox = await startSandbox(t);
  const { page } = await openMerchantPage(t, context, otherSite(sandbox));
  const ways = { decline: 'decline', leave: 'leave', X: 'close' };
  for (const button of Object.values(ways)) {
    await startPaying(page, PROMISE);
    await pick(windowIn(page), '현대카드');
    await windowIn(page).getByTestId(button).click();
    await page.locator(OVERLAY).waitFor({ state: 'detached' });
  }
  t.strictSame(await outcomesOf(page, 3), [
    {
      rejected: {
        name: 'PaymentRequestFailError',
        code: 'REJECT_CARD_COMPANY',
        message: '결제 승인이 거절되었습니다.',
      },
    },
    {
      rejected: {
        name: 'PaymentRequestFailError',
        code: 'PAY_PROCESS_CANCELED',
        message: '사용자에 의해 결제가 취소되었습니다.',
      },
    },
    CLOSED,
  ]);
});

t.test('a window whose time is up says so in the overlay, and X closes it', async (t) => {
  const sandbox = await startSandbox(t);
  const { page } = await openMerchantPage(t, context, otherSite(sandbox));
  await startPaying(page);
  await windowIn(page).getByTestId('amount').waitFor();
  await shopOf(sandbox).post('/sandbox/clock/advance', { minutes: 31 });
  await windowIn(page).getByRole('link', { name: '현대카드' }).click();
  t.equal(
    await windowIn(page).getByTestId('closed').textContent(),
    '결제 시간이 지났어요. 상점에서 다시 결제해 주세요.',
  );
  await windowIn(page).getByRole('button', { name: '결제 취소' }).click();
  t.strictSame(await outcomesOf(page), [CLOSED]);
});

t.test('a window whose payment a reset took is closed by its X, too', async (t) => {
  const sandbox = await startSandbox(t);
  const { page } = await openMerchantPage(t, context, otherSite(sandbox));
  await startPaying(page);
  await windowIn(page).getByTestId('amount').waitFor();
  await shopOf(sandbox).post('/sandbox/reset', {});
  await windowIn(page).getByRole('link', { name: '현대카드' }).click();
  t.equal(
    await windowIn(page).getByTestId('closed').textContent(),
    '이런 결제가 없어요. 주소를 확인해 주세요.',
  );
  await windowIn(page).getByRole('button', { name: '결제 취소' }).click();
  t.strictSame(await outcomesOf(page), [CLOSED]);
});
