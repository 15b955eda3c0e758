import { once } from 'node:events';
import { createServer } from 'node:http';
import { type AddressInfo, createServer as createNetServer } from 'node:net';
import { text as textOf } from 'node:stream/consumers';
import t from 'tap';
import { basic, startSandbox } from '../fixtures/sandbox.ts';
import { ask, askForTunnel, bodyOf, dial, payable, rest, startTlsSandbox } from '../fixtures/ways-in.ts';

const portOf = (url: string): number => Number(new URL(url).port);

/** Somebody else's server, which tells what it was asked. */
async function startElsewhere(t: Parameters<typeof startSandbox>[0]) {
  const asked: { line: string; headers: string[]; body: string }[] = [];
  const server = createServer(async (request, response) => {
    asked.push({
      line: `${request.method} ${request.url}`,
      headers: request.rawHeaders,
      body: await textOf(request),
    });
    response.writeHead(201, { 'x-elsewhere': 'yes', 'set-cookie': ['a=1', 'b=2'] }).end('elsewhere');
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.teardown(() => server.close());
  return { asked, port: (server.address() as AddressInfo).port };
}

t.test(
  'a request for a whole address of Toss Payments is answered here, whatever its Host says',
  async (t) => {
    const { url, newShop } = await startSandbox(t);
    const shop = await newShop();
    const headers = [`Authorization: ${basic(shop.secretKey)}`, 'Host: proxy.example'];
    const address = 'http://api.tosspayments.com/v1/payments/confirm';
    const body = await payable(shop, 'order-0001');
    const answer = await ask(await dial(t, portOf(url)), `POST ${address}`, headers, body);
    t.match(answer, /^HTTP\/1\.1 200 OK/);
    t.match(bodyOf(answer).checkout.url, /^http:\/\/127\.0\.0\.1:/, 'it was opened elsewhere');
    const opening = JSON.stringify({
      ...{ method: 'CARD', amount: 15000, orderId: 'order-0002', orderName: '원두' },
      ...{ successUrl: 'http://shop.test/success', failUrl: 'http://shop.test/fail' },
    });
    const opened = await ask(
      await dial(t, portOf(url)),
      'POST http://api.tosspayments.com/v1/payments',
      headers,
      opening,
    );
    t.match(bodyOf(opened).checkout.url, /^http:\/\/api\.tosspayments\.com\/v1\/payments\//);
    const { requests } = (await shop.get('/sandbox/requests')).body;
    t.match(JSON.stringify(requests), /"path":"\/v1\/payments\/confirm"/, 'the log has its path');
  },
);

t.test('which hosts are answered here', async (t) => {
  const { port } = await startTlsSandbox(t, { tls: { names: ['sandbox', '*.shop.test'] } });
  const HERE = [
    ...[
      'api.tosspayments.com:443',
      'js.tosspayments.com:443',
      'tosspayments.com:80',
      'API.TossPayments.com:8443',
    ],
    ...['payment-gateway-sandbox.tosspayments.com:443', 'sandbox:443', 'pay.shop.test:443'],
    ...[`localhost:${port}`, `127.0.0.1:${port}`, `[::1]:${port}`, `host.docker.internal:${port}`],
  ];
  for (const target of HERE) {
    const socket = await dial(t, port);
    t.equal((await askForTunnel(socket, target)).status, 200, target);
  }
  const ELSEWHERE = [
    ...['example.com:443', 'nottosspayments.com:443', 'tosspayments.com.example:443', 'localhost:8080'],
    ...['shop.test:443', 'a.pay.shop.test:443', '[::2]:443', `192.0.2.1:${port}`],
  ];
  for (const target of ELSEWHERE) {
    const socket = await dial(t, port);
    const { status, text } = await askForTunnel(socket, target);
    t.equal(status, 403, target);
    const host = target.replace(/[[\]]/g, '');
    t.strictSame(bodyOf(text), {
      code: 'PROXY_REFUSED',
      message:
        `toss-sandbox is a proxy for the hosts of Toss Payments only, and asks nothing of the internet: not ${host}. ` +
        'Put the host into NO_PROXY, or start the sandbox with --proxy-others.',
    });
    const answer = await ask(await dial(t, port), `GET http://${target}/x`, ['Host: x']);
    t.match(answer, /^HTTP\/1\.1 403 Forbidden\r\n/, target);
    t.equal(bodyOf(answer).code, 'PROXY_REFUSED');
  }
});

t.test('what is no host and port is refused, and nothing breaks', async (t) => {
  const { url } = await startSandbox(t);
  for (const target of ['api.tosspayments.com', 'a:b', ':443', 'a:99999', 'https://a:443', 'a@b:443', '/x']) {
    const socket = await dial(t, portOf(url));
    const { status, text } = await askForTunnel(socket, target);
    t.equal(status, 400, target);
    t.notMatch(text, /\bat .*:\d+:\d+/);
  }
  for (const address of ['http://', 'http://[/', 'ftp://a/', 'http://a:99999/']) {
    const answer = await ask(await dial(t, portOf(url)), `GET ${address}`);
    t.match(answer, /^HTTP\/1\.1 40\d /, address);
  }
  t.equal((await fetch(`${url}/sandbox/health`)).status, 200);
});

t.test(
  'with --proxy-others a request for somebody else is passed on, and the answer passed back',
  async (t) => {
    const { url } = await startSandbox(t, { proxyOthers: true });
    const elsewhere = await startElsewhere(t);
    const host = `127.0.0.1:${elsewhere.port}`;
    const answer = await ask(
      await dial(t, portOf(url)),
      `POST http://${host}/hook?a=1`,
      [`Host: ${host}`, 'Proxy-Connection: keep-alive', 'X-Mine: 1'],
      '{"a":1}',
    );
    t.match(answer, /^HTTP\/1\.1 201 Created\r\n/);
    t.match(answer, /x-elsewhere: yes\r\nset-cookie: a=1\r\nset-cookie: b=2\r\n/i);
    t.match(answer, /elsewhere/);
    t.equal(elsewhere.asked[0]?.line, 'POST /hook?a=1');
    t.equal(elsewhere.asked[0]?.body, '{"a":1}');
    const headers = elsewhere.asked[0]?.headers.join('\n') ?? '';
    t.match(headers, `Host\n${host}\nX-Mine\n1\n`);
    t.notMatch(headers, /Proxy-Connection/i);
  },
);

t.test('with --proxy-others a tunnel leads to somebody else, either end of which may hang up', async (t) => {
  const { url, sandbox } = await startSandbox(t, { proxyOthers: true });
  const elsewhere = await startElsewhere(t);
  const socket = await dial(t, portOf(url));
  t.equal((await askForTunnel(socket, `127.0.0.1:${elsewhere.port}`)).status, 200);
  t.match(await ask(socket, 'GET /through', ['Host: elsewhere']), /^HTTP\/1\.1 201 Created[\s\S]*elsewhere/);

  // One that waits for ever, and the client leaves.
  let left: Promise<unknown> | undefined;
  const patient = createNetServer((far) => {
    left = once(far, 'close');
    far.resume();
  });
  patient.listen(0, '127.0.0.1');
  await once(patient, 'listening');
  t.teardown(() => patient.close());
  const { port } = patient.address() as AddressInfo;
  const leaving = await dial(t, portOf(url));
  await askForTunnel(leaving, `127.0.0.1:${port}`);
  leaving.resetAndDestroy();
  await left;

  // And one that is open when the sandbox ends.
  const staying = await dial(t, portOf(url));
  await askForTunnel(staying, `127.0.0.1:${port}`);
  const silence = rest(staying);
  await sandbox.close();
  t.equal(await silence, '');
  await left;
});

t.test('with --proxy-others a host that cannot be reached is said to be', async (t) => {
  const { url } = await startSandbox(t, { proxyOthers: true });
  const gone = createNetServer();
  gone.listen(0, '127.0.0.1');
  await once(gone, 'listening');
  const { port } = gone.address() as AddressInfo;
  await new Promise((resolve) => gone.close(resolve));
  const message = `toss-sandbox passed this on to 127.0.0.1: connect ECONNREFUSED 127.0.0.1:${port}`;
  const tunnel = await askForTunnel(await dial(t, portOf(url)), `127.0.0.1:${port}`);
  t.equal(tunnel.status, 502);
  t.strictSame(bodyOf(tunnel.text), { code: 'PROXY_UNREACHABLE', message });
  const asked = await ask(await dial(t, portOf(url)), `GET http://127.0.0.1:${port}/`);
  t.match(asked, /^HTTP\/1\.1 502 Bad Gateway/);
  t.strictSame(bodyOf(asked), { code: 'PROXY_UNREACHABLE', message });
});
