import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { installPackage } from './fixtures/consumer.ts';

const consumer = await installPackage(t);
const own = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));

t.test('the package holds what is needed to run it, and nothing else', async (t) => {
  // The command and the ESM library share what is in the chunks; what makes certificates is loaded only when it is
  // needed. All their names have a hash.
  const names = consumer.files.map((path) => path.replace(/(chunk|issue)-\w+/, '$1'));
  t.strictSame([...new Set(names)].toSorted(), [
    'LICENSE',
    'README.ko.md',
    'README.md',
    'dist/browser/standard.js',
    'dist/chunk.js',
    'dist/cli.js',
    'dist/index.cjs',
    'dist/index.js',
    'dist/issue.js',
    'dist/register.cjs',
    'dist/types/api.d.cts',
    'dist/types/api.d.ts',
    'dist/types/register.d.cts',
    'package.json',
  ]);
});

t.test('it installs without network, and brings nobody else along', async (t) => {
  const { packages } = JSON.parse(readFileSync(join(consumer.folder, 'package-lock.json'), 'utf8'));
  t.strictSame(Object.keys(packages), ['', 'node_modules/toss-sandbox']);
});

t.test('the command tells its version, wherever it is started', async (t) => {
  t.equal(await consumer.command('npx', '--no-install', 'toss-sandbox', '--version'), `${own.version}\n`);
  const installed = join(consumer.folder, 'node_modules/toss-sandbox/dist/cli.js');
  t.equal(await consumer.node(installed, '--version'), `${own.version}\n`);
});

// What a merchant's strict project may say, and what it is told off for.
const USE = `
  import 'toss-sandbox/register';
  import { startSandbox, type Merchant, type Payment, type SandboxError, VERSION } from 'toss-sandbox';

  export async function story(): Promise<string | null> {
    await using sandbox = await startSandbox({ log: 'silent' });
    const shop: Merchant = sandbox.addMerchant({ name: VERSION });
    const { paymentKey } = await shop.preparePayment({ orderId: 'order-0001', amount: 15000, outcome: 'LEFT' });
    const { now } = await shop.clock.advance({ days: 3, hours: 19 });
    const everybody = await sandbox.clock.hold(new Date(now));
    const receiver = await shop.listenForWebhooks({ answer: ({ retriedCount }) => (retriedCount === 0 ? 500 : 200) });
    const { body } = await receiver.next((webhook) => webhook.body.data.paymentKey === paymentKey, { timeoutMs: 10 });
    const payment: Payment = body.data;
    // @ts-expect-error: there is no such outcome
    await shop.preparePayment({ orderId: 'order-0001', amount: 15000, outcome: 'GONE' });
    // @ts-expect-error: an order has an id
    await shop.preparePayment({ amount: 15000 });
    // @ts-expect-error: a minute is a number
    await shop.clock.advance({ minutes: '10' });
    // @ts-expect-error: there is no such status
    if (payment.status === 'PAID') return null;
    const error: SandboxError = Object.assign(new Error(), { name: 'SandboxError', code: '' } as const);
    return everybody[0]?.mode ?? error.code;
  }
`;

// Resolution and module kind of a project, and the file that is compiled in it.
const PROJECTS = [
  ['node16', 'node16', 'use.mts'],
  ['node16', 'node16', 'use.cts'],
  ['nodenext', 'nodenext', 'use.mts'],
  ['nodenext', 'nodenext', 'use.cts'],
  ['esnext', 'bundler', 'use.ts'],
] as const;

t.test('its types are found and right, however a project resolves them', async (t) => {
  for (const [module, moduleResolution, file] of PROJECTS) {
    await consumer.write(`types/${file}`, USE);
    const complaints = await consumer.compile(
      ...['--ignoreConfig', '--noEmit', '--strict', '--exactOptionalPropertyTypes', '--target', 'es2022'],
      ...['--types', '', '--module', module, '--moduleResolution', moduleResolution, `types/${file}`],
    );
    t.equal(complaints, '', `${file} with ${moduleResolution}`);
  }
});

// A shop with the real address written in it, and who starts it beside a sandbox.
const SHOP = `
  const { SECRET_KEY, ORDER } = process.env;
  const headers = { authorization: 'Basic ' + btoa(SECRET_KEY + ':'), 'content-type': 'application/json' };
  fetch('https://api.tosspayments.com/v1/payments/confirm', { method: 'POST', headers, body: ORDER })
    .then((response) => response.json())
    .then(({ status }) => console.log(status));
`;
const START = `
  import { execFile } from 'node:child_process';
  import { promisify } from 'node:util';
  import { startSandbox } from 'toss-sandbox';

  const [file, how] = process.argv.slice(2);
  const sandbox = await startSandbox();
  const { paymentKey, orderId, amount } = await sandbox.preparePayment({ orderId: 'order-0001', amount: 15000 });
  const env = {
    NODE_OPTIONS: how + ' toss-sandbox/register',
    TOSS_SANDBOX_URL: sandbox.url,
    SECRET_KEY: sandbox.secretKey,
    ORDER: JSON.stringify({ paymentKey, orderId, amount }),
  };
  const { stdout } = await promisify(execFile)('env', [
    ...Object.entries(env).map(([name, value]) => name + '=' + value),
    process.execPath,
    file,
  ]);
  process.stdout.write(stdout);
  await sandbox.close();
`;

t.test('a program with the real address written in it pays by the preload', async (t) => {
  await consumer.write('start.mjs', START);
  for (const file of ['shop.mjs', 'shop.cjs']) {
    await consumer.write(file, SHOP);
    for (const how of ['--import', '--require']) {
      t.equal(await consumer.node('start.mjs', file, how), 'DONE\n', `${file} ${how}`);
    }
  }
});

t.test('the types name what the package has', async (t) => {
  const types = readFileSync(join(consumer.folder, 'node_modules/toss-sandbox/dist/types/api.d.ts'), 'utf8');
  const named = [...types.matchAll(/^export declare (?:const|function) (\w+)/gm)].map(([, name]) => name);
  const names = 'console.log(JSON.stringify(Object.keys(it).sort()))';
  await consumer.write('names.mjs', `import * as it from 'toss-sandbox'; ${names}`);
  await consumer.write('names.cjs', `const it = require('toss-sandbox'); ${names}`);
  for (const file of ['names.mjs', 'names.cjs']) {
    t.strictSame(JSON.parse(await consumer.node(file)), named.toSorted(), file);
  }
});

t.test('every file that package.json points at is there', async (t) => {
  const targets =
    JSON.stringify([own.exports, own.main, own.types, own.bin]).match(/[^"]*dist\/[^"]+/g) ?? [];
  t.ok(targets.length >= 7);
  for (const target of targets) {
    t.ok(existsSync(join(consumer.folder, 'node_modules/toss-sandbox', target)), target);
  }
});
