import type { AddressInfo } from 'node:net';
import express from 'express';
import type { BrowserContext } from 'playwright-core';
import t, { type Test } from 'tap';
import { startProfile } from '../fixtures/chromium.ts';
import { otherSite, pick, SECRET_KEY, windowIn } from '../fixtures/merchant-page.ts';
import { basic, call, startSandbox } from '../fixtures/sandbox.ts';

// A real browser on a busy machine takes its time.
t.setTimeout(180_000);

const context: BrowserContext = await startProfile(t, { thirdPartyCookies: 'blocked' });

/** The page of the write-up, its call letter for letter; the script's address is the one thing that changes. */
const checkoutPage = (sdkUrl: string, customerKey: string): string => `<!doctype html><html lang="ko">
<head><meta charset="utf-8"><script src="${sdkUrl}"></script></head>
<body><button onclick="requestPayment()">결제하기</button><script>
  const clientKey = "test_ck_D5GePWvyJnrK0W0k6q8gLzN97Eoq";
  const tossPayments = TossPayments(clientKey);
  const payment = tossPayments.payment({ customerKey: ${customerKey} });
  async function requestPayment() {
    const { orderId } = await (await fetch("/orders", { method: "POST" })).json();
    await payment.requestPayment({
      method: "CARD",
      amount: {
        currency: "KRW",
        value: 50000,
      },
      orderId,
      orderName: "토스 티셔츠 외 2건",
      successUrl: window.location.origin + "/success",
      failUrl: window.location.origin + "/fail",
      customerEmail: "customer123@gmail.com",
      customerName: "김토스",
      customerMobilePhone: "01012341234",
      card: {
        useEscrow: false,
        flowMode: "DEFAULT",
        useCardPoint: false,
        useAppCardOnly: false,
      },
    });
  }
</script></body></html>`;

/** The write-up's Express server: keeps the amount before the payment, compares it after, then confirms. */
async function startMerchant(t: Test, sandboxUrl: string, sdkUrl: string): Promise<string> {
  const amounts = new Map<string, number>();
  const app = express();
  app.get('/', (_request, response) => {
    response.send(checkoutPage(sdkUrl, '"YOUR_CUSTOMER_KEY"'));
  });
  app.get('/guest', (_request, response) => {
    response.send(checkoutPage(sdkUrl, 'TossPayments.ANONYMOUS'));
  });
  app.post('/orders', (_request, response) => {
    const orderId = `order-20260305-${1000 + amounts.size}`;
    amounts.set(orderId, 50000);
    response.json({ orderId });
  });
  app.get('/success', async (request, response) => {
    const { paymentKey, orderId, amount } = request.query;
    if (Number(amount) !== amounts.get(String(orderId))) {
      response.status(400).send('<p id="result">금액이 달라요</p>');
      return;
    }
    const answer = await call(`${sandboxUrl}/v1/payments/confirm`, 'POST', {
      headers: { authorization: basic(SECRET_KEY) },
      body: { paymentKey, orderId, amount: Number(amount) },
    });
    const { status, totalAmount, card } = answer.body;
    response.status(answer.status).send(`<p id="result">${status} ${totalAmount} ${card?.issuerCode}</p>`);
  });
  const server = app.listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  t.teardown(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

// browser-sdk.md 6: "v2 payment window guide".
t.test('the page of the v2 guide and its Express server get a member and a guest paid', async (t) => {
  const sandbox = await startSandbox(t);
  const url = await startMerchant(t, sandbox.url, `${otherSite(sandbox)}/v2/standard`);
  for (const [index, path] of ['/', '/guest'].entries()) {
    const page = await context.newPage();
    page.on('pageerror', (error) => t.fail(`A script of the page failed: ${error.message}`));
    await page.goto(url + path);
    await page.getByRole('button', { name: '결제하기' }).click();
    await pick(windowIn(page), '현대카드');
    await windowIn(page).getByTestId('approve').click();
    t.equal(await page.locator('#result').textContent(), 'DONE 50000 61');
    const { searchParams } = new URL(page.url());
    t.strictSame([...searchParams.keys()], ['paymentType', 'orderId', 'paymentKey', 'amount']);
    t.equal(searchParams.get('orderId'), `order-20260305-${1000 + index}`);
    t.equal(searchParams.get('amount'), '50000');
  }
});

t.test('the Express server does not confirm an amount that was changed on the way back', async (t) => {
  const sandbox = await startSandbox(t);
  const url = await startMerchant(t, sandbox.url, `${otherSite(sandbox)}/v2/standard`);
  const page = await context.newPage();
  await page.goto(url);
  await page.route(`${url}/success*`, (route) => route.fulfill({ status: 204 }));
  await page.getByRole('button', { name: '결제하기' }).click();
  await pick(windowIn(page), '현대카드');
  const [back] = await Promise.all([
    page.waitForResponse(`${url}/success*`),
    windowIn(page).getByTestId('approve').click(),
  ]);
  await page.unroute(`${url}/success*`);
  await page.goto(back.url().replace('amount=50000', 'amount=100'));
  t.equal(await page.locator('#result').textContent(), '금액이 달라요');
  await page.goto(back.url());
  t.equal(
    await page.locator('#result').textContent(),
    'DONE 50000 61',
    'what was paid can still be confirmed',
  );
});
