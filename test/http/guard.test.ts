import { get } from 'node:http';
import { connect } from 'node:net';
import t from 'tap';
import { startCommand } from '../fixtures/command.ts';
import { type RawReply, sendHead } from '../fixtures/raw.ts';
import { basic, call, startSandbox, type TestSandbox } from '../fixtures/sandbox.ts';

const SECRET_KEY = 'test_sk_zXLkKEypNArWmo50nX3lmeaxYG5R';
const KEY = `Authorization: ${basic(SECRET_KEY)}`;
const JSON_TYPE = 'Content-Type: application/json';
const ORDER = '{"orderId":"order-0001","amount":15000}';

/** The code of a refusal in the sandbox's own words; undefined when it was let in. */
const codeOf = ({ status, text }: RawReply): string | undefined =>
  status === 403 ? JSON.parse(text).code : undefined;

/** Something to lose: a payment. What is there afterwards tells whether somebody has been at it. */
async function openShop(sandbox: TestSandbox) {
  const shop = await sandbox.newShop();
  const paymentKey = await shop.pay({ orderId: 'order-0001', amount: 15000 });
  const look = async (): Promise<string> => {
    const paths = ['/sandbox/merchants', '/sandbox/webhooks', '/sandbox/faults', '/sandbox/deliveries'];
    const lists = await Promise.all(paths.map((path) => call(sandbox.url + path, 'GET')));
    const payment = await shop.get(`/v1/payments/${paymentKey}`);
    return [...lists, payment].map(({ text }) => text).join('\n');
  };
  return { shop, paymentKey, look };
}

const OWN_NAMES = [
  ...['localhost', 'localhost:1', 'LOCALHOST:8677', 'localhost.', 'localhost:'],
  ...['shop.localhost', 'a.b.Localhost:80', 'shop.localhost.:80'],
  ...['127.0.0.1', '10.0.0.5:8677', '0.0.0.0', '[::1]:8677', '[FE80::1]', '[::ffff:127.0.0.1]:80'],
  ...['sandbox:8677', 'toss_sandbox', 'toss-sandbox-1', 'SANDBOX', 'sandbox.:80'],
  ...['host.docker.internal:8677', 'Host.Docker.Internal'],
  ...['api.tosspayments.com', 'JS.TossPayments.com:443', 'tosspayments.com', 'a.b.tosspayments.com.'],
];

t.test(
  'it answers to addresses, and to the names of this machine, of containers, of Toss Payments',
  async (t) => {
    const { url } = await startSandbox(t);
    for (const host of OWN_NAMES) {
      const api = await sendHead(url, ['GET /v1/payments/none HTTP/1.1', `Host: ${host}`, KEY]);
      t.equal(api.status, 404, `${host}: the API`);
      const own = await sendHead(url, ['GET /sandbox/health HTTP/1.1', `Host: ${host}`]);
      t.equal(own.status, 200, `${host}: the sandbox's own API`);
      t.equal((await sendHead(url, ['GET / HTTP/1.1', `Host: ${host}`])).status, 200, `${host}: the page`);
    }
  },
);

const FOREIGN_NAMES = [
  ...['evil.example', 'evil.example:8677', 'EVIL.example', 'evil.example.'],
  ...['localhost.evil.example', 'notlocalhost.example', 'localhost..', 'host.docker.internal.evil.example'],
  ...['a.host.docker.internal', 'docker.internal'],
  ...['tosspayments.com.evil.example', 'eviltosspayments.com', 'tosspayments.evil.example'],
  ...['127.0.0.1.evil.example', '127.0.0.1.nip.io', '256.0.0.1', '0x7f.0.0.1', '127.1'],
  ...['[evil.example]', '[localhost]', '[::1', '::1', '[1::2::3]', '[::1]evil.example', '[127.0.0.1]'],
  ...['localhost@evil.example', 'evil.example@localhost', 'localhost:80:80', 'localhost:http', 'localhost/'],
  ...['evil.example localhost', 'localhost,evil.example', '.', '.localhost.evil', 'local\xffhost', ':8677'],
];

t.test('a host name that may be a stranger’s is refused on every path', async (t) => {
  const sandbox = await startSandbox(t);
  const { paymentKey, look } = await openShop(sandbox);
  const before = await look();
  const requests = [
    ['GET /v1/payments/none', ''],
    ['GET /v1/payments/orders/order-0001', ''],
    ['POST /v1/payments', ORDER],
    [`POST /v1/payments/${paymentKey}/cancel`, '{"cancelReason":"고객 변심"}'],
    ['OPTIONS /v1/payments', ''],
    [`GET /v1/payments/${paymentKey}/checkout`, ''],
    ['GET /', ''],
    ['GET /v2/standard', ''],
    ['GET /nowhere', ''],
    ['GET /sandbox/merchants', ''],
    ['GET /sandbox/events', ''],
    ['POST /sandbox/reset', ''],
    ['POST /sandbox/payments', ORDER],
    ['PUT /sandbox/reset', ''],
  ] as const;
  for (const [request, body] of requests) {
    const head = [`${request} HTTP/1.1`, 'Host: evil.example:8677', KEY, JSON_TYPE];
    const answer = await sendHead(sandbox.url, head, body);
    t.equal(answer.status, 403, request);
    t.equal(
      answer.text,
      '{"code":"FOREIGN_HOST","message":"toss-sandbox does not answer to the host name evil.example, which may be a stranger\'s (DNS rebinding). If it is yours, start the sandbox with --allow-host and the name."}',
      request,
    );
    t.equal(answer.headers.get('content-type'), 'application/json', request);
  }
  for (const host of FOREIGN_NAMES) {
    const head = ['POST /sandbox/reset HTTP/1.1', `Host: ${host}`, 'Origin: http://evil.example'];
    t.equal(codeOf(await sendHead(sandbox.url, head)), 'FOREIGN_HOST', host);
  }
  t.equal(await look(), before, 'and nothing was done');
  const { body } = await call(`${sandbox.url}/sandbox/requests?status=403`, 'GET');
  t.strictSame(body.requests, [], 'nor is it taken for a call of a merchant');
});

t.test('whoever sends no host name at all is no page, and is answered', async (t) => {
  const { url } = await startSandbox(t);
  t.equal((await sendHead(url, ['GET /sandbox/health HTTP/1.0'])).status, 200, 'HTTP/1.0');
  t.equal((await sendHead(url, ['GET /sandbox/health HTTP/1.1', 'Host: '])).status, 200, 'an empty one');
  t.equal((await sendHead(url, ['GET /sandbox/health HTTP/1.1'])).status, 400, 'HTTP/1.1 wants one');
});

t.test('of a whole address its own host counts', async (t) => {
  const { url } = await startSandbox(t);
  const [foreign, own] = ['evil.example', `localhost:${new URL(url).port}`];
  const ask = (target: string, host: string) =>
    sendHead(url, [`GET http://${target}/sandbox/health HTTP/1.1`, `Host: ${host}`]);
  // What is asked of a proxy for somebody else.
  t.equal(codeOf(await ask(foreign, own)), 'PROXY_REFUSED');
  t.equal(codeOf(await ask(`localhost@${foreign}`, own)), 'PROXY_REFUSED');
  t.equal((await ask(own, foreign)).status, 200);
  const created = await sendHead(
    url,
    ['POST http://api.tosspayments.com/v1/payments HTTP/1.1', 'Host: sandbox', KEY, JSON_TYPE],
    '{"method":"CARD","amount":15000,"orderId":"order-0001","orderName":"토스 티셔츠","successUrl":"http://a.test/s","failUrl":"http://a.test/f"}',
  );
  t.match(created.text, '"url":"http://api.tosspayments.com/v1/payments/');
});

t.test('further names are those of --allow-host and of the public address', async (t) => {
  const options = {
    allowHosts: ['pay.shop.example', '*.preview.example'],
    publicUrl: 'https://public.example:8443/toss',
  };
  const { url } = await startSandbox(t, options);
  const ask = async (host: string) =>
    codeOf(await sendHead(url, ['GET /sandbox/health HTTP/1.1', `Host: ${host}`]));
  for (const host of ['pay.shop.example', 'PAY.shop.example.:80', 'a.preview.example', 'a.b.preview.example'])
    t.equal(await ask(host), undefined, host);
  t.equal(await ask('public.example'), undefined, 'the public address');
  t.equal(await ask('public.example:8443'), undefined, 'the public address with its port');
  for (const host of ['shop.example', 'a.pay.shop.example', 'preview.example', 'evilpreview.example'])
    t.equal(await ask(host), 'FOREIGN_HOST', host);

  const open = await startSandbox(t, { allowHosts: ['*'] });
  for (const host of FOREIGN_NAMES) {
    const answer = await sendHead(open.url, ['GET /sandbox/health HTTP/1.1', `Host: ${host}`]);
    t.equal(answer.status, 200, `any: ${host}`);
  }
});

t.test('the log names the option, once for each name and origin', async (t) => {
  const command = await startCommand(t, ['--port', '0', '--allow-host', 'pay.shop.example']);
  const ask = (host: string, ...more: string[]) =>
    sendHead(command.url, ['GET /sandbox/health HTTP/1.1', `Host: ${host}`, ...more]);
  t.equal((await ask('pay.shop.example')).status, 200);
  for (let i = 0; i < 3; i++) {
    await ask('evil.example');
    await ask('localhost', 'Origin: http://evil.example');
  }
  await ask('evil2.example');
  await command.until(/evil2\.example/);
  const count = (text: string): number => command.output().split(text).length - 1;
  t.equal(count('does not answer to the host name evil.example,'), 1);
  t.equal(count('--allow-host'), 2);
  t.equal(count('A page of http://evil.example may not call'), 1);
  t.equal(count('--allow-origin and its origin'), 1);
});

t.test('ten thousand strange names and origins are refused like the first', async (t) => {
  const { url } = await startSandbox(t);
  const { port, hostname } = new URL(url);
  const socket = connect(Number(port), hostname);
  const pairs = Array.from({ length: 5000 }, (_, i) => [
    `GET /sandbox/health HTTP/1.1\r\nHost: h${i}.example\r\n\r\n`,
    `GET /sandbox/health HTTP/1.1\r\nHost: localhost\r\nOrigin: http://h${i}.example\r\n\r\n`,
  ]);
  socket.write(pairs.flat().join(''));
  socket.write('GET /sandbox/health HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n');
  let answer = '';
  for await (const part of socket.setEncoding('utf8')) answer += part;
  t.equal(answer.split('"code":"FOREIGN_HOST"').length - 1, 5000);
  t.equal(answer.split('"code":"FOREIGN_ORIGIN"').length - 1, 5000);
  t.equal(answer.split('HTTP/1.1 200 OK').length - 1, 1);
});

/** The headers with which a browser sends what a page of elsewhere asks for. */
const foreignPages = (port: string): [string, string[]][] => [
  ['a page elsewhere', ['Origin: http://shop.example']],
  ['a page on another port', ['Origin: http://127.0.0.1:1']],
  ['a page of the same place over TLS', [`Origin: https://127.0.0.1:${port}`]],
  ['a page by another name', [`Origin: http://localhost:${port}`]],
  ['a page on the usual port', ['Origin: http://127.0.0.1']],
  ['a page whose name begins alike', [`Origin: http://127.0.0.1:${port}.evil.example`]],
  ['a page without an origin of its own', ['Origin: null']],
  ['an empty origin', ['Origin: ']],
  ['an extension', ['Origin: chrome-extension://abcdefghijklmnop']],
  ['an image', ['Sec-Fetch-Site: cross-site', 'Sec-Fetch-Mode: no-cors', 'Sec-Fetch-Dest: image']],
  ['a script', ['Sec-Fetch-Site: same-site', 'Sec-Fetch-Mode: no-cors', 'Sec-Fetch-Dest: script']],
  ['a frame', ['Sec-Fetch-Site: cross-site', 'Sec-Fetch-Mode: navigate', 'Sec-Fetch-Dest: iframe']],
];

t.test('a page of another origin cannot call the sandbox’s own API', async (t) => {
  const sandbox = await startSandbox(t);
  const { shop, look } = await openShop(sandbox);
  const before = await look();
  const { host, port } = new URL(sandbox.url);
  const requests = [
    ['GET /sandbox/merchants', ''],
    ['GET /sandbox/events', ''],
    ['HEAD /sandbox/requests', ''],
    ['GET /sandbox?x', ''],
    ['GET /sandbox/nowhere', ''],
    ['POST /sandbox/reset', ''],
    ['POST /sandbox/payments', ORDER],
    ['POST /sandbox/webhooks', '{"url":"http://evil.example/hook"}'],
    ['POST /sandbox/clock/hold', '{}'],
    [`DELETE /sandbox/merchants/${shop.mId}`, ''],
    ['OPTIONS /sandbox/reset', ''],
    // The same paths in other letters.
    ['POST /%73andbox/reset', ''],
    ['POST /sandbox/%72eset', ''],
    ['POST /s%61ndbox/payments?a=b', ORDER],
    [`POST http://${host}/sandbox/reset`, ''],
    [`POST http://${host}/%73andbox/reset`, ''],
  ] as const;
  for (const [name, page] of foreignPages(port)) {
    for (const [request, body] of requests) {
      const answer = await sendHead(
        sandbox.url,
        [`${request} HTTP/1.1`, `Host: ${host}`, KEY, 'Content-Type: application/json', ...page],
        body,
      );
      t.equal(answer.status, 403, `${name}: ${request}`);
      t.notOk(answer.headers.has('access-control-allow-origin'), `${name}: ${request} cannot be read`);
      if (!request.startsWith('HEAD')) t.equal(codeOf(answer), 'FOREIGN_ORIGIN', `${name}: ${request}`);
    }
  }
  t.equal(await look(), before, 'and nothing was done');
});

t.test('what it is told names the option', async (t) => {
  const { url } = await startSandbox(t);
  const { body } = await call(`${url}/sandbox/health`, 'GET', { headers: { origin: 'http://shop.example' } });
  t.equal(
    body.message,
    "A page of http://shop.example may not call the sandbox's own API. A test page of yours may with --allow-origin and its origin, as in --allow-origin http://localhost:3000.",
  );
});

t.test('test code, curl, the sandbox’s own pages and links to it are let in', async (t) => {
  const { url } = await startSandbox(t);
  const { host } = new URL(url);
  const ask = (request: string, ...headers: string[]) =>
    sendHead(url, [`${request} HTTP/1.1`, `Host: ${host}`, ...headers]);
  t.equal((await ask('POST /sandbox/reset')).status, 204, 'test code');
  t.equal((await ask('POST /sandbox/reset', `Origin: ${url}`)).status, 204, 'a page of its own');
  t.equal((await ask('GET /sandbox/health', 'Sec-Fetch-Site: same-origin')).status, 200, 'a page of its own');
  t.equal((await ask('GET /sandbox/health', 'Sec-Fetch-Site: none')).status, 200, 'typed by hand');
  const click = ['Sec-Fetch-Site: cross-site', 'Sec-Fetch-Mode: navigate', 'Sec-Fetch-Dest: document'];
  t.equal((await ask('GET /sandbox/deliveries', ...click)).status, 200, 'a link to it');
  t.equal(codeOf(await ask('POST /sandbox/reset', ...click)), 'FOREIGN_ORIGIN', 'but no form');
});

t.test('pages of every origin may use the API, the SDK and the window', async (t) => {
  const { url, newShop } = await startSandbox(t);
  const paymentKey = await (await newShop()).prepare({
    orderId: 'order-0001',
    amount: 15000,
    outcome: 'READY',
  });
  const { host } = new URL(url);
  const page = ['Origin: http://shop.example', 'Sec-Fetch-Site: cross-site', 'Sec-Fetch-Mode: cors'];
  for (const [request, status] of [
    ['GET /v1/payments/none', 404],
    ['OPTIONS /v1/payments/sdk', 200],
    ['GET /v2/standard', 200],
    ['GET /', 200],
    [`GET /v1/payments/${paymentKey}/checkout`, 200],
  ] as const) {
    t.equal(
      (await sendHead(url, [`${request} HTTP/1.1`, `Host: ${host}`, KEY, ...page])).status,
      status,
      request,
    );
  }
});

t.test('with --allow-origin my test page may ask, call and read', async (t) => {
  const { url } = await startSandbox(t, { allowOrigins: ['http://localhost:3000', 'https://shop.example'] });
  const mine = { origin: 'http://localhost:3000' };
  const preflight = await call(`${url}/sandbox/payments`, 'OPTIONS', {
    headers: {
      ...mine,
      'access-control-request-method': 'POST',
      'access-control-request-headers': 'authorization,content-type',
    },
  });
  t.equal(preflight.status, 204);
  t.equal(preflight.headers.get('access-control-allow-origin'), 'http://localhost:3000');
  t.equal(preflight.headers.get('access-control-allow-methods'), 'GET, POST, PATCH, DELETE');
  t.equal(preflight.headers.get('access-control-allow-headers'), 'authorization, content-type');
  t.equal(preflight.headers.get('vary'), 'Origin');

  const prepared = await call(`${url}/sandbox/payments`, 'POST', {
    headers: { ...mine, authorization: basic(SECRET_KEY) },
    body: ORDER,
  });
  t.equal(prepared.status, 201);
  t.equal(prepared.headers.get('access-control-allow-origin'), 'http://localhost:3000');
  const refused = await call(`${url}/sandbox/clock/advance`, 'POST', { headers: mine, body: '{"weeks":1}' });
  t.equal(refused.status, 400);
  t.equal(refused.headers.get('access-control-allow-origin'), 'http://localhost:3000', 'errors too');
  const other = await call(`${url}/sandbox/health`, 'GET', { headers: { origin: 'https://shop.example' } });
  t.equal(other.headers.get('access-control-allow-origin'), 'https://shop.example');

  const stream = await new Promise<string | undefined>((resolve) => {
    get(`${url}/sandbox/events`, { headers: mine }, (response) => {
      response.destroy();
      resolve(response.headers['access-control-allow-origin']);
    });
  });
  t.equal(stream, 'http://localhost:3000', 'the stream of events');

  for (const origin of ['http://localhost:3001', 'https://localhost:3000', 'http://shop.example', 'null']) {
    const { status, body } = await call(`${url}/sandbox/health`, 'GET', { headers: { origin } });
    t.strictSame([status, body.code], [403, 'FOREIGN_ORIGIN'], origin);
  }
});

t.test('pages of the public address are the sandbox’s own', async (t) => {
  const { url } = await startSandbox(t, { publicUrl: 'https://public.example:8443/toss' });
  const ask = (origin: string) => call(`${url}/sandbox/health`, 'GET', { headers: { origin } });
  t.equal((await ask('https://public.example:8443')).status, 200);
  t.equal((await ask('https://public.example')).status, 403);
});
