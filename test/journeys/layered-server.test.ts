import t from 'tap';
import { startBrowser } from '../fixtures/chromium.ts';
import { startLayeredServer } from '../fixtures/layered-server.ts';
import { CLIENT_KEY, otherSite, pick, SECRET_KEY, windowIn } from '../fixtures/merchant-page.ts';
import { startSandbox } from '../fixtures/sandbox.ts';

// A real browser on a busy machine takes its time.
t.setTimeout(180_000);

t.test('a server in layers refuses an amount that was tampered with, and confirms its own', async (t) => {
  const sandbox = await startSandbox(t);
  const { url, order } = await startLayeredServer(t, {
    apiUrl: sandbox.url,
    sdkUrl: `${otherSite(sandbox)}/v2/standard`,
  });
  const page = await (await startBrowser(t)).newPage();
  await page.goto(url);
  await page.route(`${url}/payments/success*`, (route) => route.fulfill({ status: 204 }));
  await page.getByRole('button', { name: '결제하기' }).click();
  await pick(windowIn(page), '신한카드');
  const [back] = await Promise.all([
    page.waitForResponse(`${url}/payments/success*`),
    windowIn(page).getByTestId('approve').click(),
  ]);
  await page.unroute(`${url}/payments/success*`);

  const tampered = await page.goto(back.url().replace('amount=50000', 'amount=1000'));
  t.equal(tampered?.status(), 400);
  t.equal(await page.locator('#result').textContent(), 'AMOUNT_MISMATCH');
  t.equal(order.status, 'PENDING');
  const stranger = await page.goto(back.url().replace(order.orderId, 'order-of-nobody'));
  t.equal(stranger?.status(), 404);

  const paymentKey = new URL(back.url()).searchParams.get('paymentKey') ?? '';
  const shop = sandbox.shopOf({ mId: 'tvivarepublica', clientKey: CLIENT_KEY, secretKey: SECRET_KEY });
  const sentOn = await shop.post('/v1/payments/confirm', {
    paymentKey,
    orderId: order.orderId,
    amount: 1000,
  });
  t.equal(sentOn.status, 400, 'the sandbox refuses it as well');
  t.equal(sentOn.body.code, 'INVALID_REQUEST');

  await page.goto(back.url());
  t.equal(await page.locator('#result').textContent(), 'DONE 50000');
  t.equal(order.status, 'PAID');
  await page.reload();
  t.equal(
    await page.locator('#result').textContent(),
    'DONE 50000',
    'the same Idempotency-Key, the same answer',
  );
});
