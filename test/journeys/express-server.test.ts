import { request as httpRequest } from 'node:http';
import type { AddressInfo } from 'node:net';
import express from 'express';
import t, { type Test } from 'tap';
import { startBrowser } from '../fixtures/chromium.ts';
import { freePort, startCommand } from '../fixtures/command.ts';
import { basic } from '../fixtures/sandbox.ts';

const SECRET_KEY = 'test_sk_zXLkKEypNArWmo50nX3lmeaxYG5R';

// biome-ignore lint/suspicious/noExplicitAny: the write-ups read the answer as it comes.
type Json = any;

/** Calls the API by an address of its own, under the name that the container has in a compose file. */
function post(
  port: number,
  host: string,
  path: string,
  body: unknown,
): Promise<{ status: number; data: Json }> {
  return new Promise((resolve, reject) => {
    const request = httpRequest(
      {
        host: '127.0.0.1',
        port,
        path,
        method: 'POST',
        headers: { host, authorization: basic(SECRET_KEY), 'content-type': 'application/json' },
      },
      async (response) => {
        let text = '';
        for await (const chunk of response.setEncoding('utf8')) text += chunk;
        resolve({ status: response.statusCode ?? 0, data: JSON.parse(text) });
      },
    );
    request.on('error', reject);
    request.end(JSON.stringify(body));
  });
}

/** An Express server as integration write-ups print it: no `method`, the amount as the form sent it. */
async function startMerchant(t: Test, sandboxPort: number): Promise<{ url: string; created: Json[] }> {
  const created: Json[] = [];
  const app = express();
  app.use(express.urlencoded({ extended: true }));
  app.use(express.json());

  app.get('/', (_request, response) => {
    response.send(`<form method="post" action="/create-payment">
      <input name="orderId" value="order-20260305-0007"><input name="orderName" value="원두 200g 외 1건">
      <input name="amount" value="15000"><button>결제하기</button></form>`);
  });
  app.post('/create-payment', async (request, response) => {
    const { orderId, orderName, amount } = request.body;
    const base = `${request.protocol}://${request.get('host')}`;
    const { data } = await post(sandboxPort, 'sandbox:8677', '/v1/payments', {
      orderId,
      orderName,
      amount,
      successUrl: `${base}/success`,
      failUrl: `${base}/fail`,
    });
    created.push(data);
    response.redirect(data.paymentUrl);
  });
  app.get('/success', async (request, response) => {
    const { paymentKey, orderId, amount } = request.query;
    const { status, data } = await post(sandboxPort, 'sandbox:8677', '/v1/payments/confirm', {
      paymentKey,
      orderId,
      amount,
    });
    response.status(status).send(`<p id="result">${data.status} ${data.totalAmount}</p>`);
  });

  const server = app.listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  t.teardown(() => {
    server.closeAllConnections();
    server.close();
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, created };
}

// browser-sdk.md 4.9: the supplied document "server-created payment".
t.test('an Express server that creates the payment itself gets it paid in a real browser', async (t) => {
  const port = await freePort();
  const command = await startCommand(t, ['--port', String(port), '--public-url', `http://localhost:${port}`]);
  const merchant = await startMerchant(t, port);
  const page = await (await startBrowser(t)).newPage();

  await page.goto(merchant.url);
  await page.getByRole('button', { name: '결제하기' }).click();
  const [created] = merchant.created;
  t.equal(page.url(), `http://localhost:${port}/v1/payments/${created.paymentKey}/checkout`);
  t.equal(created.paymentUrl, created.checkout.url, 'paymentUrl stands beside checkout.url');
  t.equal(created.checkout.url, page.url());
  t.equal(created.totalAmount, 15000, 'the string has become a number');
  t.equal(created.status, 'READY');
  t.equal(created.method, null);

  await page.getByRole('link', { name: '현대카드' }).click();
  await page.getByRole('checkbox', { name: '[필수] 서비스 이용 약관, 개인정보 처리 동의' }).check();
  await page.getByRole('button', { name: '다음' }).click();
  await page.getByTestId('approve').click();
  t.equal(await page.locator('#result').textContent(), 'DONE 15000');
  t.equal(
    page.url(),
    `${merchant.url}/success?paymentType=NORMAL&orderId=order-20260305-0007&paymentKey=${created.paymentKey}&amount=15000`,
  );

  await post(port, 'sandbox:8677', '/v1/payments', {
    orderId: 'order-20260305-0008',
    orderName: '원두 200g',
    amount: '9000',
    successUrl: `${merchant.url}/success`,
    failUrl: `${merchant.url}/fail`,
  });
  await command.until(/checkout\.url/);
  t.equal(
    command.output().match(/the real service has only checkout\.url/g)?.length,
    1,
    'the log says once that paymentUrl is ours',
  );
});
