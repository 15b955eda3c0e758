import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Page, Request } from 'playwright-core';
import t, { type Test } from 'tap';
import { type Demo, openDemo } from '../../demo/open.ts';
import type { Order } from '../../demo/orders.ts';
import type { Product } from '../../demo/products.ts';
import { startBrowser } from '../fixtures/chromium.ts';
import { type Answer, basic, call } from '../fixtures/sandbox.ts';

const SECRET_KEY = 'test_sk_zXLkKEypNArWmo50nX3lmeaxYG5R';

// A real browser on a busy machine takes its time: tap's half a minute is for files without one.
t.setTimeout(180_000);

const browser = await startBrowser(t);

/** The demo, on free ports, and a shopper's page that has opened nothing yet. */
interface Visit extends Demo {
  readonly page: Page;
}

async function startVisit(
  t: Test,
  wish: { products?: readonly Product[]; javaScriptEnabled?: boolean } = {},
): Promise<Visit> {
  const { products, javaScriptEnabled = true } = wish;
  const demo = await openDemo({
    sandboxPort: 0,
    shopPort: 0,
    ...(products === undefined ? {} : { products }),
  });
  t.teardown(() => demo.close());
  const context = await browser.newContext({ locale: 'ko-KR', javaScriptEnabled });
  t.teardown(() => context.close());
  const page = await context.newPage();
  page.on('pageerror', (error) => t.fail(`A script of the page failed: ${error.message}`));
  return { ...demo, page };
}

const orderOf = ({ shop }: Demo): Order => {
  const order = shop.orders.all().at(-1);
  if (order === undefined) throw new Error('The shop has taken no order.');
  return order;
};

const textOf = (page: Page, testId: string): Promise<string | null> => page.getByTestId(testId).textContent();

/** Presses a button that leads to another page, and waits until that has come. */
const press = async (page: Page, testId: string): Promise<void> => {
  await Promise.all([page.waitForEvent('domcontentloaded'), page.getByTestId(testId).click()]);
};

const isWindow = (url: URL): boolean => url.pathname.endsWith('/checkout');

/** Orders what lies in the basket and waits for the payment window. */
async function openWindow({ page, shopUrl }: Visit): Promise<void> {
  await page.goto(shopUrl);
  await page.getByTestId('pay').click();
  await page.waitForURL(isWindow);
}

/** Picks a card company or an easy pay and agrees to the terms, up to the screen that stands for the issuer's. */
async function pick(page: Page, brand: string): Promise<void> {
  await page.getByRole('link', { name: brand, exact: true }).click();
  await page.getByRole('checkbox', { name: '[필수] 서비스 이용 약관, 개인정보 처리 동의' }).check();
  await page.getByTestId('next').click();
  await page.getByTestId('approve').waitFor();
}

/** Orders and pays with one card company. */
async function payWith(visit: Visit, brand: string): Promise<void> {
  await openWindow(visit);
  await pick(visit.page, brand);
  await visit.page.getByTestId('approve').click();
  await visit.page.waitForURL(`${visit.shopUrl}/orders/*`);
}

/** The parameters of an address, in their order. */
const parametersOf = (url: string): [string, string][] => [...new URL(url).searchParams];

/** Settles with the browser's request to the shop's successUrl. */
const successRequest = ({ page, shopUrl }: Visit): Promise<Request> =>
  page.waitForRequest((request) => request.url().startsWith(`${shopUrl}/success`));

/** Presses a button of the window and keeps the browser from following; where it would have gone. */
async function pressAndHold(page: Page, testId: string): Promise<URL> {
  let location = '';
  await page.route(isWindow, async (route) => {
    const response = await route.fetch({ maxRedirects: 0 });
    location = response.headers()['location'] ?? '';
    await route.fulfill({ body: 'held' });
  });
  await press(page, testId);
  await page.unroute(isWindow);
  return new URL(location);
}

/** Status and balance of each webhook that the shop's receiver got, oldest first, once there are so many. */
function webhooksOf({ shop }: Demo, count: number): Promise<[string | null, number | null][]> {
  return new Promise((resolve) => {
    const look = (): void => {
      const arrivals = shop.webhooks.list();
      if (arrivals.length < count) return;
      callOff();
      resolve(
        arrivals.map(({ status, balanceAmount }) => [status, balanceAmount] as const).reverse() as never,
      );
    };
    const callOff = shop.webhooks.onArrival(look);
    look();
  });
}

/** How many webhooks the sandbox has made up its mind to send, arrived or not. */
async function announced({ sandboxUrl }: Demo): Promise<number> {
  const { body } = await call(`${sandboxUrl}/sandbox/deliveries`, 'GET');
  return body.deliveries.length;
}

const headers = { authorization: basic(SECRET_KEY) };

const paymentOf = async ({ sandboxUrl }: Demo, paymentKey: string): Promise<Answer['body']> =>
  (await call(`${sandboxUrl}/v1/payments/${paymentKey}`, 'GET', { headers })).body;

t.test('a card payment is confirmed, cancelled in part, and then for the rest', async (t) => {
  const visit = await startVisit(t);
  const { page, shopUrl } = visit;
  await openWindow(visit);
  t.equal(await textOf(page, 'order-name'), '아침 블렌드 원두 200g 외 1건');
  t.equal(await textOf(page, 'amount'), '50,000원');
  await page.getByRole('link', { name: '현대카드' }).click();
  await page.getByTestId('months').selectOption('3');
  await page.getByRole('checkbox', { name: '[필수] 서비스 이용 약관, 개인정보 처리 동의' }).check();
  await page.getByRole('button', { name: '다음', exact: true }).click();
  const comingBack = successRequest(visit);
  await page.getByTestId('approve').click();
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
  const { page, shopUrl } = visit;
  await page.goto(shopUrl);
  await page.getByTestId('coupon').check();
  t.equal(await textOf(page, 'total'), '45,000원');
  await page.getByTestId('pay').click();
  await pick(page, '신한카드');
  await page.getByTestId('approve').click();
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

t.test('a payment that the card company declines in the window comes back to failUrl', async (t) => {
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
});

t.test('a shopper who leaves the window comes back to failUrl without an orderId', async (t) => {
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

t.test('a shopper whose confirm is refused reads the code of the refusal', async (t) => {
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

t.test('the window at checkout.url works without JavaScript', async (t) => {
  const visit = await startVisit(t, { javaScriptEnabled: false });
  const { page, shop, shopUrl, sandboxUrl } = visit;
  const order = shop.orders.take({ quantities: { mugs: 2 }, hasCoupon: false });
  const { body } = await call(`${sandboxUrl}/v1/payments`, 'POST', {
    headers,
    body: {
      method: 'CARD',
      amount: order?.amount,
      orderId: order?.orderId,
      orderName: order?.orderName,
      successUrl: `${shopUrl}/success`,
      failUrl: `${shopUrl}/fail`,
    },
  });
  await page.goto(body.checkout.url);
  await page.getByText('다른 카드사 더 보기').click();
  await pick(page, '제주은행');
  await page.getByTestId('approve').click();
  await page.waitForURL(`${shopUrl}/orders/*`);
  t.equal(await textOf(page, 'status'), 'DONE');
  t.equal(await textOf(page, 'method'), '카드 · 제주은행');
  t.equal(await textOf(page, 'balance'), '70,000원');
});

t.test('the window has the names that published browser tests look for', async (t) => {
  const visit = await startVisit(t);
  const { page } = visit;
  await openWindow(visit);
  t.equal(await page.getByText('실제 결제가 안되는 테스트입니다').count(), 1);
  t.equal(await page.getByRole('button', { name: '결제 취소', exact: true }).count(), 1);
  t.equal(await page.getByRole('button', { name: '다음' }).count(), 0, 'nothing is picked yet');

  await page.getByRole('link', { name: '현대카드', exact: true }).click();
  await page.getByRole('button', { name: '다음', exact: true }).waitFor();
  await page.getByRole('link', { name: '토스페이', exact: true }).click();
  const next = page.getByRole('button', { name: '다음-토스페이 결제', exact: true });
  await next.waitFor();
  const terms = page.getByRole('checkbox', {
    name: '[필수] 서비스 이용 약관, 개인정보 처리 동의',
    exact: true,
  });
  t.equal(await terms.isChecked(), false);
  await next.click();
  t.equal(await page.getByTestId('approve').count(), 0, 'the terms are required');
  await terms.check();
  await next.click();
  await page.getByTestId('approve').waitFor();
  t.equal(await page.getByRole('button', { name: '결제 취소', exact: true }).count(), 1);
  await page.getByRole('link', { name: '뒤로가기' }).click();
  await next.waitFor();
});

t.test('a hostile order name stays text wherever it is shown', async (t) => {
  const name = `<script>alert(1)</script> "큰" '작은' &amp; <img src=x onerror=alert(2)>`;
  const product: Product = { productId: 'x', name, detail: name, price: 60_000, picture: 'mugs.svg' };
  const visit = await startVisit(t, { products: [product] });
  const { page, shopUrl } = visit;
  page.on('dialog', (dialog) => {
    t.fail(`The name was run: ${dialog.message()}`);
    dialog.dismiss();
  });
  await openWindow(visit);
  t.equal(await textOf(page, 'order-name'), name);
  await pick(page, '현대카드');
  t.equal(await textOf(page, 'order-name'), name);
  await page.getByTestId('approve').click();
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

t.test('the page at / says what this is and leads on', async (t) => {
  const { page, sandboxUrl, shopUrl } = await startVisit(t);
  await page.goto(sandboxUrl);
  t.equal(await page.getByRole('heading', { level: 1 }).textContent(), '토스페이먼츠 샌드박스가 켜져 있어요');
  t.equal(await page.getByText('test_ck_D5GePWvyJnrK0W0k6q8gLzN97Eoq').count(), 1);
  const links = {
    README: `${sandboxUrl}/sandbox/readme`,
    '데모 상점': shopUrl,
    상태: `${sandboxUrl}/sandbox/health`,
  };
  for (const [name, address] of Object.entries(links)) {
    const href = await page.getByRole('link', { name }).getAttribute('href');
    t.equal(new URL(href ?? '', sandboxUrl).href, new URL(address).href);
    t.equal((await call(address, 'GET')).status, 200);
  }
});

/** Runs demo/start.ts until it ends, or until what it writes fits and it is told to end. */
async function runStart(
  ports: Readonly<Record<string, string>>,
): Promise<{ output: string; code: number | null }> {
  const script = fileURLToPath(new URL('../../demo/start.ts', import.meta.url));
  const child = spawn(process.execPath, ['--import=tsx', script], { env: { ...process.env, ...ports } });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text;
      if (output.includes('Ctrl+C')) child.kill('SIGTERM');
    });
  }
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
  return { output, code };
}

t.test('the demo says where it is, ends when told, and says plainly when a port is taken', async (t) => {
  const free = { TOSS_SANDBOX_PORT: '0', DEMO_PORT: '0' };
  const started = await runStart(free);
  t.match(started.output, /Demo shop {5}http:\/\/127\.0\.0\.1:\d+\n/);
  t.match(started.output, /toss-sandbox {2}http:\/\/127\.0\.0\.1:\d+\n/);
  t.equal(started.code, 0);

  const { shopUrl } = await startVisit(t);
  const { port } = new URL(shopUrl);
  for (const variable of ['DEMO_PORT', 'TOSS_SANDBOX_PORT']) {
    t.strictSame(await runStart({ ...free, [variable]: port }), {
      output: `demo: port ${port} is in use. Choose another with ${variable}=NUMBER, 0 taking a free one.\n`,
      code: 1,
    });
  }
});
