import { connect } from 'node:net';
import { networkInterfaces } from 'node:os';
import t from 'tap';
import { realWall } from '../../src/clock/wall.ts';
import { createSandbox } from '../../src/sandbox.ts';
import { sendOverHttp } from '../../src/webhooks/send.ts';
import { basic, call, startSandbox } from '../fixtures/sandbox.ts';

/** Sends the head and a part of the body, does something, sends the rest; the whole answer. */
async function sendInTwo(
  url: string,
  path: string,
  key: string,
  body: string,
  meanwhile: () => Promise<unknown>,
): Promise<string> {
  const socket = connect(Number(new URL(url).port), '127.0.0.1');
  socket.write(
    `POST ${path} HTTP/1.1\r\nhost: localhost\r\nauthorization: ${basic(key)}\r\ncontent-type: application/json\r\n` +
      `connection: close\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n${body.slice(0, 5)}`,
  );
  // An answer to another request shows that the server has read what was written before.
  await call(`${url}/sandbox/health`, 'GET');
  await meanwhile();
  socket.write(body.slice(5));
  let answer = '';
  for await (const part of socket.setEncoding('utf8')) answer += part;
  return answer;
}

t.test('a merchant that is removed while its request arrives gets a clear answer, not a crash', async (t) => {
  const sandbox = await startSandbox(t);
  for (const [path, status, code] of [
    ['/v1/payments/confirm', 503, 'SANDBOX_INTERRUPTED'],
    ['/sandbox/payments', 404, 'NO_SUCH_MERCHANT'],
  ] as const) {
    const shop = await sandbox.newShop();
    const body = '{"paymentKey":"k","orderId":"order-0001","amount":15000}';
    const answer = await sendInTwo(sandbox.url, path, shop.secretKey, body, () =>
      shop.delete(`/sandbox/merchants/${shop.mId}`),
    );
    t.match(answer, `HTTP/1.1 ${status} `, path);
    t.match(answer, `"code":"${code}"`, path);
  }
});

t.test('the window takes forms and nothing else', async (t) => {
  const { url, newShop } = await startSandbox(t);
  const paymentKey = await (await newShop()).prepare({
    orderId: 'order-0001',
    amount: 15000,
    outcome: 'READY',
  });
  for (const body of ['null', '{"outcome":"LEFT"}', '[]']) {
    const { status } = await call(`${url}/v1/payments/${paymentKey}/checkout`, 'POST', { body });
    t.equal(status, 400, body);
  }
});

t.test('the first page is there also when the documentation’s merchant is not', async (t) => {
  const { url } = await startSandbox(t);
  t.equal((await call(`${url}/sandbox/merchants/tvivarepublica`, 'DELETE')).status, 204);
  const page = await call(`${url}/`, 'GET');
  t.equal(page.status, 200);
  t.match(page.text, 'test_ck_D5GePWvyJnrK0W0k6q8gLzN97Eoq');
});

t.test('asking for the head of the event stream ends', async (t) => {
  const { url } = await startSandbox(t);
  t.equal((await fetch(`${url}/sandbox/events`, { method: 'HEAD' })).status, 405);
});

/** Opens a payment without a word of the host, as HTTP/1.0 allows; the address of its window. */
async function checkoutWithoutHost(address: string, port: string, key: string): Promise<string> {
  const body = JSON.stringify({
    method: 'CARD',
    amount: 15000,
    orderId: 'order-0001',
    orderName: '원두 200g',
    successUrl: 'http://shop.example/success',
    failUrl: 'http://shop.example/fail',
  });
  const socket = connect(Number(port), address);
  socket.write(
    `POST /v1/payments HTTP/1.0\r\nauthorization: ${basic(key)}\r\ncontent-type: application/json\r\n` +
      `content-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
  );
  let answer = '';
  for await (const part of socket.setEncoding('utf8')) answer += part;
  return JSON.parse(answer.slice(answer.indexOf('\r\n\r\n'))).checkout.url;
}

t.test('who names no host is led to where the request came in', async (t) => {
  const { url, newShop } = await startSandbox(t);
  const { secretKey } = await newShop();
  const { port } = new URL(url);
  t.ok((await checkoutWithoutHost('127.0.0.1', port, secretKey)).startsWith(`http://127.0.0.1:${port}/v1/`));
});

const hasIPv6 = Object.values(networkInterfaces()).some((each) =>
  each?.some(({ address }) => address === '::1'),
);

t.test('over IPv6 too', { skip: hasIPv6 ? false : 'this machine has no ::1' }, async (t) => {
  const sandbox = await createSandbox();
  t.teardown(() => sandbox.close());
  const { port } = new URL(await sandbox.listen({ host: '::1', port: 0 }));
  const checkout = await checkoutWithoutHost('::1', port, sandbox.documentationKeys.secretKey);
  t.ok(checkout.startsWith(`http://[::1]:${port}/v1/payments/`), checkout);
  t.equal((await fetch(checkout)).status, 200);
});

t.test('an address that cannot be called is a failed attempt, whatever its letters', async (t) => {
  const send = sendOverHttp(realWall, 1000);
  const body = Buffer.from('{}');
  t.strictSame(
    await send('http://%zz@127.0.0.1/', {}, body),
    { status: null, error: 'URI malformed' },
    'user info',
  );
  t.equal((await send('HTTPS://127.0.0.1:9/', {}, body)).error, 'ECONNREFUSED', 'a scheme in capitals');
});
