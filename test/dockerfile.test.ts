import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { accessSync, constants, existsSync, readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import t from 'tap';
import { freePort } from './fixtures/command.ts';
import { all, isSent, readCopy, readStages } from './fixtures/dockerfile.ts';
import { buildImage, type Image, spawnInImage, UNPRIVILEGED } from './fixtures/image.ts';
import { startReceiver } from './fixtures/receiver.ts';
import { basic, call } from './fixtures/sandbox.ts';

/* No Docker engine runs here: the test does by hand what the Dockerfile says. */

const ROOT = fileURLToPath(new URL('../', import.meta.url));
const read = (path: string): string => readFileSync(join(ROOT, path), 'utf8');
const dockerignore = read('.dockerignore');
const stages = readStages(read('Dockerfile'));
const [build, final] = [stages[0], stages.at(-1)];
if (build === undefined || final === undefined) throw new Error('The Dockerfile has no stages.');

/** Files of the repository, and those on their way into it. */
const tracked = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], {
  cwd: ROOT,
  encoding: 'utf8',
})
  .trim()
  .split('\n')
  .filter((path) => existsSync(join(ROOT, path)));

t.test('everything that is copied is in the repository, and is sent to the engine', async (t) => {
  const sources = stages
    .flatMap(({ instructions }) => instructions.filter(({ word }) => word === 'COPY').map(readCopy))
    .flatMap(({ from, sources }) => (from === null ? sources : []));
  t.ok(sources.length > 5);
  for (const source of sources) {
    const files = tracked.filter((path) => path === source || path.startsWith(`${source}/`));
    t.ok(files.length > 0, source);
    t.ok(
      files.every((path) => isSent(dockerignore, path)),
      `all of ${source} is sent`,
    );
  }
});

t.test('nothing else is sent: no git, no tests, no node_modules, no secrets', async (t) => {
  for (const path of [
    '.git/config',
    'test/index.test.ts',
    'node_modules/fastify/index.js',
    '.env',
    'dist/cli.js',
  ]) {
    t.notOk(isSent(dockerignore, path), path);
  }
});

t.test('it is one process that gets its signals itself, and it is not root', async (t) => {
  t.match(all(final, 'ENTRYPOINT')[0], /^\["node", /, 'exec form: no shell in between');
  t.strictSame([all(final, 'CMD'), all(final, 'RUN')], [[], []]);
  const [user = 'root'] = all(final, 'USER');
  t.match(user, /^[1-9]\d*:[1-9]\d*$/, 'by number');
  const owner = new RegExp(`--chown=${user} `);
  t.match(
    all(final, 'COPY').filter((rest) => rest.endsWith(' /data')),
    [owner],
    'its data are its own',
  );
  t.strictSame(all(final, 'VOLUME'), ['/data']);
});

t.test('it listens on the port that it exposes, and names no registry', async (t) => {
  const environment = all(final, 'ENV').join(' ');
  t.match(environment, /TOSS_SANDBOX_HOST=0\.0\.0\.0/);
  t.match(environment, `TOSS_SANDBOX_PORT=${all(final, 'EXPOSE')[0]}`);
  t.notMatch(read('Dockerfile'), /registry|https?:\/\/(?!127\.0\.0\.1)/);
});

// `npm ci` installs everything anew.
t.setTimeout(175_000);
let image: Image;

t.test('its build steps pass with the copied files alone', { timeout: 170_000 }, async (t2) => {
  image = await buildImage(t, { context: ROOT, tracked, stages, dockerignore });
  t2.notOk(existsSync(join(image.root, 'opt/toss-sandbox/node_modules')), 'no packages come along');
  t2.ok(existsSync(join(image.root, 'data')));
});

/** How the health check ends, as the engine asks it: 0 is healthy. */
async function health(port: number): Promise<number> {
  const check = spawnInImage(image, image.healthcheck, { TOSS_SANDBOX_PORT: String(port) });
  const [code] = await once(check, 'close');
  return code;
}

t.test('an unprivileged user runs it on a read-only tree, and SIGTERM ends it at once', async (t) => {
  const cli = join(image.root, 'opt/toss-sandbox/dist/cli.js');
  if (UNPRIVILEGED.uid === undefined) t.throws(() => accessSync(cli, constants.W_OK), 'not for writing');
  const port = await freePort();
  t.equal(await health(port), 1, 'not there yet');

  const command = spawnInImage(image, image.entrypoint, { TOSS_SANDBOX_PORT: String(port) });
  t.teardown(() => command.kill('SIGKILL'));
  const errors = text(command.stderr);
  let said = '';
  for await (const chunk of command.stdout.iterator({ destroyOnReturn: false })) {
    said += chunk;
    if (said.includes('Secret key')) break;
  }
  command.stdout.resume();
  if (process.platform === 'linux' && UNPRIVILEGED.uid !== undefined) {
    const status = readFileSync(`/proc/${command.pid}/status`, 'utf8');
    t.match(status, new RegExp(`^Uid:\\t${UNPRIVILEGED.uid}\\t`, 'm'));
  }
  t.equal(await health(port), 0, 'healthy');

  // A payment is made, its webhook gets no answer, and somebody stays connected.
  const url = `http://127.0.0.1:${port}`;
  const receiver = await startReceiver(t, () => new Promise<number>(() => {}));
  const headers = { authorization: basic('test_sk_zXLkKEypNArWmo50nX3lmeaxYG5R') };
  await call(`${url}/sandbox/webhooks`, 'POST', { headers, body: { url: receiver.url } });
  const order = { orderId: 'order-0001', amount: 15000 };
  const { body } = await call(`${url}/sandbox/payments`, 'POST', { headers, body: order });
  const { status } = await call(`${url}/v1/payments/confirm`, 'POST', {
    headers,
    body: { ...order, paymentKey: body.paymentKey },
  });
  t.equal(status, 200);
  await receiver.next();
  const open = connect(port, '127.0.0.1');
  t.teardown(() => open.destroy());
  open.on('error', () => {});
  await once(open, 'connect');

  const ended = once(command, 'exit');
  const start = performance.now();
  command.kill('SIGTERM');
  const [code] = await ended;
  t.equal(code, 0);
  t.ok(performance.now() - start < 2000, 'within two seconds');
  t.equal(await errors, '', 'without a complaint');
  t.equal(await health(port), 1, 'gone, and the health check says so');
});
