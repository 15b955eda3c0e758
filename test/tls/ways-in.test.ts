import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { chmod, cp, mkdtemp, readFile, rm } from 'node:fs/promises';
import { request } from 'node:https';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text as textOf } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import t, { type Test } from 'tap';
import { freePort, startCommand } from '../fixtures/command.ts';
import { plainly } from '../fixtures/consumer.ts';
import { UNPRIVILEGED } from '../fixtures/image.ts';
import { basic, type Shop } from '../fixtures/sandbox.ts';
import { lacking, payable, run, startTlsSandbox, type TlsSandbox } from '../fixtures/ways-in.ts';

/* Clients as they are, with the address of Toss Payments written into them, and what each is told beside. */

const CONFIRM = 'https://api.tosspayments.com/v1/payments/confirm';

interface Stage extends TlsSandbox {
  readonly shop: Shop;
  readonly authorization: string;
  readonly body: string;
  /** The proxy that clients are told of. */
  readonly proxy: string;
}

/** A sandbox, and a payment that is ready to be confirmed. */
async function stage(t: Test): Promise<Stage> {
  const sandbox = await startTlsSandbox(t);
  const shop = await sandbox.newShop();
  const authorization = basic(shop.secretKey);
  const body = await payable(shop, 'order-0001');
  return { ...sandbox, shop, authorization, body, proxy: `http://localhost:${sandbox.port}` };
}

/** It has come through, and the answer went back. */
async function isPaid(t: Test, { shop, body }: Stage, said: string): Promise<void> {
  t.match(said, /"status":"DONE"/);
  const { paymentKey } = JSON.parse(body);
  t.equal((await shop.get(`/v1/payments/${paymentKey}`)).body.status, 'DONE');
}

t.test('Node, told the authority by its code', async (t) => {
  const here = await stage(t);
  const { port, ca, authorization, body } = here;
  const sent = request(CONFIRM, {
    ...{ method: 'POST', hostname: '127.0.0.1', port, servername: 'api.tosspayments.com', ca, agent: false },
    headers: { host: 'api.tosspayments.com', authorization, 'content-type': 'application/json' },
  });
  sent.end(body);
  const [response] = await once(sent, 'response');
  await isPaid(t, here, await textOf(response));
});

t.test('Node, told the authority by NODE_EXTRA_CA_CERTS', async (t) => {
  const here = await stage(t);
  const { port, caFile, authorization, body } = here;
  const code = `
    const answer = await fetch('https://localhost:${port}/v1/payments/confirm', {
      method: 'POST',
      headers: { authorization: '${authorization}', 'content-type': 'application/json' },
      body: process.argv[1],
    });
    process.stdout.write(await answer.text());
  `;
  const args = ['--input-type=module', '-e', code, body];
  const { stdout } = await run(process.execPath, args, { NODE_EXTRA_CA_CERTS: caFile });
  await isPaid(t, here, stdout);
  const { code: exitCode, stderr } = await run(process.execPath, args);
  t.equal(exitCode, 1, 'and not otherwise');
  t.match(stderr, /UNABLE_TO_VERIFY_LEAF_SIGNATURE/);
});

const curl = (here: Stage, ...args: readonly string[]) => [
  ...['-sS', '--max-time', '20', '-H', `authorization: ${here.authorization}`],
  ...['-H', 'content-type: application/json', '-d', here.body, ...args, CONFIRM],
];

t.test('curl', { skip: await lacking('curl', '--version') }, async (t) => {
  await t.test('led here by --connect-to', async (t) => {
    const here = await stage(t);
    const to = `api.tosspayments.com:443:127.0.0.1:${here.port}`;
    const { stdout } = await run('curl', curl(here, '--cacert', here.caFile, '--connect-to', to));
    await isPaid(t, here, stdout);
  });
  await t.test('led here by HTTPS_PROXY', async (t) => {
    const here = await stage(t);
    const args = curl(here, '--cacert', here.caFile);
    await isPaid(t, here, (await run('curl', args, { HTTPS_PROXY: here.proxy })).stdout);
  });
  await t.test('led here by a proxy that speaks TLS itself', async (t) => {
    const here = await stage(t);
    const args = curl(here, '--cacert', here.caFile, '--proxy-cacert', here.caFile);
    const proxy = here.proxy.replace('http:', 'https:');
    await isPaid(t, here, (await run('curl', args, { HTTPS_PROXY: proxy })).stdout);
  });
  await t.test('led here by http_proxy, without TLS', async (t) => {
    const here = await stage(t);
    const args = curl(here).map((arg) => arg.replace(/^https:/, 'http:'));
    await isPaid(t, here, (await run('curl', args, { http_proxy: here.proxy })).stdout);
  });
  await t.test('that is not told whom to trust does not', async (t) => {
    const here = await stage(t);
    const { code, stderr } = await run('curl', curl(here), { HTTPS_PROXY: here.proxy });
    t.equal(code, 60);
    t.match(stderr, /unable to get local issuer certificate/);
    const elsewhere = await run('curl', ['-sS', 'https://example.com/'], { HTTPS_PROXY: here.proxy });
    t.equal(elsewhere.code, 56);
    t.match(elsewhere.stderr, /CONNECT tunnel failed, response 403/);
  });
});

const PYTHON = `
import sys, urllib.request
url, authorization, body = sys.argv[1:]
headers = {'authorization': authorization, 'content-type': 'application/json'}
print(urllib.request.urlopen(urllib.request.Request(url, body.encode(), headers)).read().decode())
`;

t.test(
  'Python, told by SSL_CERT_FILE and HTTPS_PROXY',
  { skip: await lacking('python3', '-V') },
  async (t) => {
    const here = await stage(t);
    const args = ['-c', PYTHON, CONFIRM, here.authorization, here.body];
    const { stdout } = await run('python3', args, { SSL_CERT_FILE: here.caFile, HTTPS_PROXY: here.proxy });
    await isPaid(t, here, stdout);
    const { stderr } = await run('python3', args, { HTTPS_PROXY: here.proxy });
    t.match(stderr, /CERTIFICATE_VERIFY_FAILED/, 'and not otherwise');
  },
);

const JAVA = `
import java.net.*; import java.net.http.*;
public class Confirm {
  public static void main(String[] args) throws Exception {
    var request = HttpRequest.newBuilder(URI.create(args[0])).header("authorization", args[1])
      .header("content-type", "application/json").POST(HttpRequest.BodyPublishers.ofString(args[2])).build();
    System.out.println(HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString()).body());
  }
}`;

t.test('the JVM, told by its system properties', { skip: await lacking('javac', '-version') }, async (t) => {
  const here = await stage(t);
  const file = here.caFile.replace('ca.pem', 'Confirm.java');
  writeFileSync(file, JAVA);
  const args = [
    ...['-Dhttps.proxyHost=localhost', `-Dhttps.proxyPort=${here.port}`],
    ...[file, CONFIRM, here.authorization, here.body],
  ];
  const truststore = here.caFile.replace('ca.pem', 'truststore.p12');
  const { stdout } = await run('java', [
    ...[`-Djavax.net.ssl.trustStore=${truststore}`, '-Djavax.net.ssl.trustStorePassword=changeit', ...args],
  ]);
  await isPaid(t, here, stdout);
  const { stderr } = await run('java', args);
  t.match(stderr, /unable to find valid certification path/, 'and not otherwise');
});

t.test(
  'the banner tells every kind of client what to do, and further ports are the same by other numbers',
  async (t) => {
    const [https, http] = [await freePort(), await freePort()];
    const data = t.testdir();
    const { url, output } = await startCommand(t, [
      ...['--port', '0', '--tls', '--data', data, '--https-port', String(https), '--http-port', String(http)],
    ]);
    const ca = join(data, 'tls', 'ca.pem');
    const truststore = join(data, 'tls', 'truststore.p12');
    for (const line of [
      `HTTPS_PROXY=${url}\n`,
      `Node      NODE_EXTRA_CA_CERTS=${ca}\n`,
      `JVM       -Djavax.net.ssl.trustStore=${truststore} -Djavax.net.ssl.trustStorePassword=changeit\n`,
      `Python    SSL_CERT_FILE=${ca} REQUESTS_CA_BUNDLE=${ca}\n`,
      `PHP       php -d openssl.cafile=${ca} -d curl.cainfo=${ca}\n`,
      `Ruby, Go  SSL_CERT_FILE=${ca}\n`,
      `curl      curl --cacert ${ca}\n`,
      `browsers  import ${ca} as an authority\n`,
    ]) {
      t.ok(output().includes(line), line);
    }
    t.equal((await fetch(`http://127.0.0.1:${http}/sandbox/health`)).status, 200);
    const sent = request({
      host: '127.0.0.1',
      port: https,
      path: '/sandbox/health',
      rejectUnauthorized: false,
    });
    sent.end();
    const [response] = await once(sent, 'response');
    t.equal(response.statusCode, 200);
  },
);

const CLI = fileURLToPath(new URL('../../dist/cli.js', import.meta.url));

t.test('a further port that is in use is said in one line, with its flag', async (t) => {
  const taken = createServer().listen(0, '127.0.0.1');
  await once(taken, 'listening');
  t.teardown(() => taken.close());
  const { port } = taken.address() as AddressInfo;
  const ended = await run(process.execPath, [
    CLI,
    '--port',
    '0',
    '--log',
    'silent',
    '--http-port',
    `${port}`,
  ]);
  t.strictSame(ended, {
    code: 1,
    stdout: '',
    stderr: `toss-sandbox: port ${port} is in use. Choose another with --http-port.\n`,
  });
});

const everybodyMay =
  Number(await readFile('/proc/sys/net/ipv4/ip_unprivileged_port_start', 'utf8').catch(() => 1024)) <= 80 &&
  'every user may listen on port 80 here';

t.test(
  'a port that only root may listen on is said to be, with the other ways in',
  { skip: everybodyMay },
  async (t) => {
    // Where everybody may read it.
    const folder = await mkdtemp(join(tmpdir(), 'toss-sandbox-'));
    t.teardown(() => rm(folder, { recursive: true }));
    await chmod(folder, 0o755);
    await cp(join(CLI, '..'), join(folder, 'dist'), { recursive: true });
    await cp(join(CLI, '..', '..', 'package.json'), join(folder, 'package.json'));
    const port = String(await freePort());
    const args = [join(folder, 'dist', 'cli.js'), '--port', port, '--log', 'silent', '--http-port', '80'];
    t.strictSame(await run(...plainly(process.execPath, args), {}, UNPRIVILEGED), {
      code: 1,
      stdout: '',
      stderr:
        'toss-sandbox: this user may not listen on port 80. Without --http-port clients come in by another way: ' +
        `HTTPS_PROXY=http://localhost:${port}, a base address of their own, or a port that is forwarded ` +
        `(docker run -p 80:${port}).\n`,
    });
  },
);

t.test('in the same process: tls and its caFile', async (t) => {
  const { startSandbox } = await import('../../src/index.ts');
  const data = t.testdir();
  const sandbox = await startSandbox({ tls: { names: ['shop.test'] }, data });
  t.equal(sandbox.caFile, join(data, 'tls', 'ca.pem'));
  await sandbox.close();
  const again = await startSandbox({ tls: true, data });
  t.equal(again.caFile, join(data, 'tls', 'ca.pem'));
  await again.close();
  const plain = await startSandbox({ tls: false });
  t.equal(plain.caFile, null);
  await plain.close();
  await t.rejects(startSandbox({ tls: { names: ['http://shop.test'] }, data }), { code: 'INVALID_OPTIONS' });
  writeFileSync(join(data, 'tls', 'ca.pem'), 'mine');
  await t.rejects(startSandbox({ tls: true, data }), {
    code: 'INVALID_OPTIONS',
    message: /^--tls: .*ca\.pem holds no certificate/,
  });
});
