import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { connect as connectTls, createSecureContext } from 'node:tls';
import t from 'tap';
import { startCommand } from '../fixtures/command.ts';
import { basic } from '../fixtures/sandbox.ts';
import { startSlowShop } from '../fixtures/slow-shop.ts';
import { HandWall, turn } from '../fixtures/wall.ts';
import {
  ask,
  askForTunnel,
  bodyOf,
  dial,
  payable,
  rest,
  secure,
  startTlsSandbox,
} from '../fixtures/ways-in.ts';

/** 2026-03-05T10:15:30+09:00 */
const NOW = 1_772_673_330_000;

/** How many connections the sandbox holds. */
const connections = (sandbox: {
  app: { server: { getConnections(done: unknown): unknown } };
}): Promise<number> =>
  new Promise((resolve) => sandbox.app.server.getConnections((_: unknown, count: number) => resolve(count)));

/** Waits until the sandbox holds so many connections. */
async function holds(sandbox: Parameters<typeof connections>[0], count: number): Promise<void> {
  while ((await connections(sandbox)) !== count) await turn();
}

t.test('one port takes HTTP, TLS, and both through a tunnel: a confirm goes through each', async (t) => {
  const { port, ca, newShop } = await startTlsSandbox(t);
  const shop = await newShop();
  const headers = [`Authorization: ${basic(shop.secretKey)}`];
  const WAYS = [
    ['plain', async () => dial(t, port)],
    ['TLS', async () => secure(await dial(t, port), ca)],
    [
      'plain in a tunnel',
      async () => {
        const socket = await dial(t, port);
        t.equal((await askForTunnel(socket, 'api.tosspayments.com:80')).status, 200);
        return socket;
      },
    ],
    [
      'TLS in a tunnel',
      async () => {
        const socket = await dial(t, port);
        t.equal((await askForTunnel(socket, 'api.tosspayments.com:443')).status, 200);
        return secure(socket, ca);
      },
    ],
    [
      'TLS in a tunnel in TLS',
      async () => {
        const outer = await secure(await dial(t, port), ca);
        t.equal((await askForTunnel(outer, 'api.tosspayments.com:443')).status, 200);
        return secure(outer, ca);
      },
    ],
  ] as const;
  for (const [at, [name, way]] of WAYS.entries()) {
    const body = await payable(shop, `order-000${at}`);
    const answer = await ask(await way(), 'POST /v1/payments/confirm', headers, body);
    t.match(answer, /^HTTP\/1\.1 200 OK\r\n/, name);
    t.equal(bodyOf(answer).status, 'DONE', name);
  }
});

t.test('addresses that are handed out have the scheme and the host that the client used', async (t) => {
  const { port, ca, newShop } = await startTlsSandbox(t);
  const shop = await newShop();
  const opening = (orderId: string) =>
    JSON.stringify({
      ...{ method: 'CARD', amount: 15000, orderId, orderName: '원두' },
      ...{ successUrl: 'http://shop.test/success', failUrl: 'http://shop.test/fail' },
    });
  const headers = [`Authorization: ${basic(shop.secretKey)}`];
  const inside = await secure(await dial(t, port), ca);
  const answer = await ask(inside, 'POST /v1/payments', headers, opening('order-0001'));
  const { paymentKey, checkout } = bodyOf(answer);
  t.equal(checkout.url, `https://api.tosspayments.com/v1/payments/${paymentKey}/checkout`);

  const other = await ask(
    await secure(await dial(t, port), ca),
    'POST /v1/payments',
    [...headers, 'Host: localhost:8443'],
    opening('order-0002'),
  );
  t.match(bodyOf(other).checkout.url, /^https:\/\/localhost:8443\/v1\/payments\//);

  const plain = await ask(await dial(t, port), 'POST /v1/payments', headers, opening('order-0003'));
  t.match(bodyOf(plain).checkout.url, /^http:\/\/api\.tosspayments\.com\/v1\/payments\//);
});

t.test('TLS 1.2 and 1.3 are spoken, and nothing older', async (t) => {
  const { port, ca } = await startTlsSandbox(t);
  const protocolOf = async (version: 'TLSv1.1' | 'TLSv1.2' | 'TLSv1.3') => {
    const socket = await dial(t, port);
    const secureContext = createSecureContext({
      ...{ ca, minVersion: version, maxVersion: version, ciphers: 'DEFAULT:@SECLEVEL=0' },
    });
    const inside = connectTls({ socket, secureContext, servername: 'js.tosspayments.com' });
    return Promise.race([
      once(inside, 'secureConnect').then(() => inside.getProtocol()),
      once(inside, 'close').then(() => 'refused'),
    ]).catch(() => 'refused');
  };
  t.equal(await protocolOf('TLSv1.3'), 'TLSv1.3');
  t.equal(await protocolOf('TLSv1.2'), 'TLSv1.2');
  t.equal(await protocolOf('TLSv1.1'), 'refused');
});

t.test(
  'requests that come with the first byte, and bytes that come one by one, are answered alike',
  async (t) => {
    const { port, ca } = await startTlsSandbox(t);
    const REQUEST = 'GET /sandbox/health HTTP/1.1\r\nHost: localhost\r\n\r\n';
    const LAST = 'GET /sandbox/health HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n';
    for (const isTls of [false, true]) {
      const raw = await dial(t, port);
      const stream = isTls ? await secure(raw, ca) : raw;
      stream.write(REQUEST + REQUEST + LAST);
      const text = await rest(stream);
      t.equal(text.split('HTTP/1.1 200 OK').length - 1, 3, 'pipelined');
    }
    const slow = await dial(t, port);
    for (const letter of LAST) {
      slow.write(letter);
      await turn();
    }
    t.match(await rest(slow), /^HTTP\/1\.1 200 OK/, 'letter by letter');

    // The tunnel is asked for and used in one packet.
    const eager = await dial(t, port);
    eager.write(`CONNECT api.tosspayments.com:80 HTTP/1.1\r\nHost: x\r\n\r\n${LAST}`);
    t.match(await rest(eager), /^HTTP\/1\.1 200 Connection Established\r\n\r\nHTTP\/1\.1 200 OK/);
  },
);

t.test('a client that has asked and says no more gets its answer', async (t) => {
  const { port } = await startTlsSandbox(t);
  const socket = await dial(t, port);
  socket.end('GET /sandbox/health HTTP/1.1\r\nHost: localhost\r\n\r\n');
  t.match(await rest(socket), /^HTTP\/1\.1 200 OK/);
});

t.test('clients that hang up at once leave nothing behind', async (t) => {
  const wall = new HandWall(NOW);
  const { port, sandbox, ca } = await startTlsSandbox(t, { wall });
  const clientHello = Buffer.from([0x16, 0x03, 0x01, 0x02, 0x00, 0x01]);
  const waits = wall.waits.length;
  for (const leave of ['end', 'destroy', 'resetAndDestroy'] as const) {
    for (const said of [
      '',
      'G',
      clientHello,
      'CONNECT api.tosspayments.com:443 HTTP/1.1\r\nHost: x\r\n\r\n',
    ]) {
      const socket = await dial(t, port);
      socket.on('error', () => {});
      if (said !== '') socket.write(said);
      socket[leave]();
      // What a client that only stops talking still gets.
      socket.resume();
    }
  }
  await holds(sandbox, 0);
  while (wall.waits.length > waits) await turn();
  t.pass('no connection and no timer is left');
  const answer = await ask(await secure(await dial(t, port), ca), 'GET /sandbox/health');
  t.match(answer, /^HTTP\/1\.1 200 OK/, 'and it goes on');
});

t.test('who says nothing for 60 seconds is hung up on; who has said something is not', async (t) => {
  const wall = new HandWall(NOW);
  const { port, sandbox } = await startTlsSandbox(t, { wall });
  const [silent, tunnel, talking] = [await dial(t, port), await dial(t, port), await dial(t, port)];
  await askForTunnel(tunnel, 'api.tosspayments.com:443');
  talking.write('GET /sandbox/health HTTP/1.1\r\n');
  await holds(sandbox, 3);
  while (wall.waits.filter((ms) => ms === 60_000).length > 2) await turn();
  await wall.pass(59_999);
  t.equal(await connections(sandbox), 3);
  const [silence, tunnelled] = [rest(silent), rest(tunnel)];
  await wall.pass(1);
  t.strictSame([await silence, await tunnelled], ['', '']);
  talking.write('Host: localhost\r\nConnection: close\r\n\r\n');
  t.match(await rest(talking), /^HTTP\/1\.1 200 OK/);
});

t.test('a client that does not trust the authority is told of in the log, once', async (t) => {
  const { url, output, until } = await startCommand(t, ['--port', '0', '--tls', '--data', t.testdir()]);
  const port = Number(new URL(url).port);
  const ca = readFileSync(/--cacert (\S+)/.exec(output())?.[1] ?? '', 'utf8');
  await ask(await secure(await dial(t, port), ca), 'GET /sandbox/health');
  t.equal((await fetch(`${url}/sandbox/health`)).status, 200);
  t.notMatch(output(), /hung up/, 'one that does is not');
  for (const maxVersion of ['TLSv1.2', 'TLSv1.3'] as const) {
    const inside = connectTls({ port, servername: 'api.tosspayments.com', maxVersion });
    const [error] = await once(inside, 'error');
    t.equal(error.code, 'UNABLE_TO_VERIFY_LEAF_SIGNATURE');
    await until(
      /A client hung up when it saw .* certificate\. If it does not trust it yet, .* \S+tls\/ca\.pem\./,
    );
  }
  t.equal(output().split('hung up').length - 1, 1);
});

t.test('without --tls a client that speaks TLS is hung up on, and the log names --tls', async (t) => {
  const { url, until } = await startCommand(t, ['--port', '0']);
  const inside = connectTls({ port: Number(new URL(url).port), servername: 'api.tosspayments.com' });
  const [error] = await once(inside, 'error');
  t.equal(error.code, 'ECONNRESET');
  await until(/A client spoke TLS to a sandbox without it, and was hung up on\. Start it with --tls\./);
  t.equal((await fetch(`${url}/sandbox/health`)).status, 200);
});

t.test(
  'who waits for an answer gets one when the sandbox ends, in TLS too, and everybody is hung up on',
  async (t) => {
    const { url, shop, sandbox, processing } = await startSlowShop(t, {
      tls: { names: [] },
      data: t.testdir(),
    });
    const port = Number(new URL(url).port);
    const ca = readFileSync(sandbox.trust?.caFile ?? '', 'utf8');
    const body = await payable(shop, 'order-0001');
    const headers = [`Authorization: ${basic(shop.secretKey)}`];
    const waiting = ask(await secure(await dial(t, port), ca), 'POST /v1/payments/confirm', headers, body);
    const [silent, handshaking, tunnel] = [await dial(t, port), await dial(t, port), await dial(t, port)];
    handshaking.write(Buffer.from([0x16, 0x03, 0x01]));
    await askForTunnel(tunnel, 'api.tosspayments.com:443');
    const quiet = [silent, handshaking, tunnel].map(rest);
    await processing(1);
    await sandbox.close();
    t.match(await waiting, /^HTTP\/1\.1 503 .*SANDBOX_INTERRUPTED/s);
    t.strictSame(await Promise.all(quiet), ['', '', '']);
  },
);

t.test('SIGTERM ends it at once, whoever is still connected through TLS or a tunnel', async (t) => {
  const started = await startCommand(t, ['--port', '0', '--tls', '--data', t.testdir()]);
  const port = Number(new URL(started.url).port);
  const ca = readFileSync(/--cacert (\S+)/.exec(started.output())?.[1] ?? '', 'utf8');
  const kept = await secure(await dial(t, port), ca);
  kept.write('GET /sandbox/health HTTP/1.1\r\nHost: localhost\r\n\r\n');
  await once(kept, 'data');
  (await secure(await dial(t, port), ca)).on('error', () => {});
  const tunnel = await dial(t, port);
  await askForTunnel(tunnel, 'api.tosspayments.com:443');
  (await secure(tunnel, ca)).on('error', () => {});
  const handshaking = await dial(t, port);
  handshaking.on('error', () => {}).write(Buffer.from([0x16, 0x03, 0x01]));
  kept.on('error', () => {});
  const exited = once(started.process, 'exit');
  const begun = performance.now();
  started.process.kill('SIGTERM');
  const [code] = await exited;
  t.equal(code, 0);
  t.ok(performance.now() - begun < 2000, 'within two seconds');
});
