import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { type AddressInfo, connect, createServer } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import t from 'tap';
import { USAGE } from '../src/options.ts';
import { startCommand } from './fixtures/command.ts';
import { basic, call } from './fixtures/sandbox.ts';

const CLI = fileURLToPath(new URL('../dist/cli.js', import.meta.url));

/** How a command went that ends by itself. */
interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the built command to its end, with nothing in its environment but what is said. */
async function run(args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Ended> {
  const child = spawn(process.execPath, [CLI, ...args], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  let [stdout, stderr] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  const [code] = await once(child, 'close');
  return { code, stdout, stderr };
}

t.test('--help prints the usage', async (t) => {
  t.strictSame(await run(['--help']), { code: 0, stdout: USAGE, stderr: '' });
});

t.test('--version prints the version of the package', async (t) => {
  const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));
  t.strictSame(await run(['--version']), { code: 0, stdout: `${version}\n`, stderr: '' });
});

t.test('a mistake in the options is said in one line, with exit code 2', async (t) => {
  const mistakes = [
    [['--prot', '80'], {}, "Unknown option '--prot'"],
    [['--port', 'x'], {}, '--port must be a number from 0 to 65535, not x'],
    [[], { TOSS_SANDBOX_PORT: 'x' }, '--port must be a number from 0 to 65535, not x'],
    [
      [],
      { TOSS_SANDBOX_KEYS: 'live_ck_0123456789:live_sk_0123456789' },
      'TOSS_SANDBOX_KEYS must be test_ck_…:test_sk_…, more pairs after commas',
    ],
  ] as const;
  for (const [args, env, message] of mistakes) {
    t.strictSame(await run(args, env), {
      code: 2,
      stdout: '',
      stderr: `toss-sandbox: ${message}. See toss-sandbox --help.\n`,
    });
  }
});

t.test('a port that is in use is said in one line, with exit code 1', async (t) => {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.teardown(() => server.close());
  const { port } = server.address() as AddressInfo;
  t.strictSame(await run(['--port', String(port)]), {
    code: 1,
    stdout: '',
    stderr: `toss-sandbox: port ${port} is in use. Choose another with --port.\n`,
  });
});

t.test('an address that this machine does not have is said in one line too', async (t) => {
  // RFC 5737: an address that nobody has.
  const { code, stdout, stderr } = await run(['--port', '0', '--host', '203.0.113.1']);
  t.strictSame([code, stdout], [1, '']);
  t.match(stderr, /^toss-sandbox: [^\n]*203\.0\.113\.1[^\n]*\n$/);
  t.notMatch(stderr, /\bat .*:\d+:\d+/, 'no stack');
});

t.test('the banner tells where it is and which keys to use, and they work', async (t) => {
  const { url, output } = await startCommand(t, ['--port', '0']);
  t.match(url, /^http:\/\/127\.0\.0\.1:\d+$/);
  t.match(output(), `${url}/v2/standard`);
  // payments.md 1.4: the individual keys of the documentation.
  t.match(output(), /Client key +test_ck_D5GePWvyJnrK0W0k6q8gLzN97Eoq\n/);
  t.match(output(), /Secret key +test_sk_zXLkKEypNArWmo50nX3lmeaxYG5R\n/);
  const { status, body } = await call(`${url}/v1/payments/orders/order-0001`, 'GET', {
    headers: { authorization: basic('test_sk_zXLkKEypNArWmo50nX3lmeaxYG5R') },
  });
  t.equal(status, 404);
  t.equal(body.code, 'NOT_FOUND_PAYMENT');
});

t.test('--public-url is what the banner and the payments tell', async (t) => {
  const running = await startCommand(t, ['--port', '0', '--public-url', 'https://pay.shop.example/']);
  t.equal(running.url, 'https://pay.shop.example');
});

t.test('keys from the environment and from a file are known', async (t) => {
  const file = join(
    t.testdir({
      'merchants.json': JSON.stringify([
        {
          mId: 'tcoffee',
          keyPairs: [{ product: 'widget', secretKeys: ['test_gsk_0123456789ABCDEFGHIJKLMNOPQR'] }],
        },
      ]),
    }),
    'merchants.json',
  );
  const { url } = await startCommand(t, ['--port', '0', '--merchants', file], {
    TOSS_SANDBOX_KEYS: 'test_ck_0123456789ABCDEFGHIJKLMNOPQR:test_sk_0123456789ABCDEFGHIJKLMNOPQR',
  });
  for (const [key, mId] of [
    ['test_sk_0123456789ABCDEFGHIJKLMNOPQR', 'tenvironment'],
    ['test_gsk_0123456789ABCDEFGHIJKLMNOPQR', 'tcoffee'],
  ] as const) {
    const headers = { authorization: basic(key) };
    const { body } = await call(`${url}/sandbox/clock`, 'GET', { headers });
    t.equal(body.mId, mId);
  }
});

t.test('an unknown key is refused, and the log says how to declare it', async (t) => {
  const { url, until, output } = await startCommand(t, ['--port', '0']);
  const { status, body } = await call(`${url}/v1/payments/tviva20260305101530aB3xY`, 'GET', {
    headers: { authorization: basic('test_sk_0123456789ABCDEFGHIJKLMNOPQR') },
  });
  t.equal(status, 401);
  t.strictSame(body, {
    code: 'UNAUTHORIZED_KEY',
    message: '인증되지 않은 시크릿 키 혹은 클라이언트 키 입니다.',
    data: null,
  });
  await until(/Unknown key test_sk_0123….*TOSS_SANDBOX_KEYS.*--merchants.*\/sandbox\/merchants/);
  t.notMatch(output(), 'test_sk_0123456789ABCDEFGHIJKLMNOPQR', 'the key itself is not in the log');
});

t.test('a live key is refused, and the log says that it should not be here', async (t) => {
  const { url, until, output } = await startCommand(t, ['--port', '0']);
  const { status, body } = await call(`${url}/v1/payments/tviva20260305101530aB3xY`, 'GET', {
    headers: { authorization: basic('live_sk_0123456789ABCDEFGHIJKLMNOPQR') },
  });
  t.equal(status, 400);
  t.equal(body.code, 'INVALID_API_KEY');
  await until(/live key \(live_sk_0123…\) .* refused.* should not have left production/);
  t.notMatch(output(), 'live_sk_0123456789ABCDEFGHIJKLMNOPQR', 'the key itself is not in the log');
});

t.test('with --log silent it says nothing but the banner', async (t) => {
  const { url, output } = await startCommand(t, ['--port', '0', '--log', 'silent']);
  const headers = { authorization: basic('test_sk_0123456789ABCDEFGHIJKLMNOPQR') };
  const { status } = await call(`${url}/v1/payments/tviva20260305101530aB3xY`, 'GET', { headers });
  t.equal(status, 401);
  t.notMatch(output(), /"level"/);
});

for (const signal of ['SIGTERM', 'SIGINT'] as const) {
  t.test(`${signal} ends it at once, whoever is still connected`, async (t) => {
    const { url, process: command } = await startCommand(t, ['--port', '0']);
    const { port } = new URL(url);
    /** A client that stays; what it sends may be half a request. */
    const stay = async (text: string) => {
      const socket = connect(Number(port), '127.0.0.1');
      t.teardown(() => socket.destroy());
      socket.on('error', () => {});
      await once(socket, 'connect');
      socket.write(text);
      return socket;
    };
    await stay('');
    await stay('POST /v1/payments/confirm HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\r\n{"pay');
    const kept = await stay('GET /sandbox/health HTTP/1.1\r\nHost: localhost\r\n\r\n');
    await once(kept, 'data');

    const exited = once(command, 'exit');
    const start = performance.now();
    command.kill(signal);
    const [code] = await exited;
    t.equal(code, 0);
    t.ok(performance.now() - start < 2000, 'within two seconds');
  });
}
