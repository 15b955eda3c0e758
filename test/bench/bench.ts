import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { ask, medianOf, rateOf } from './load.ts';
import { COMMANDS, startServer, stopServer } from './servers.ts';

/*
 * Measures the sandbox beside bare Fastify and raw node:http, in turn and in the same run, and prints a table with
 * the ratios. It judges nothing: machines differ, ratios within one run less so.
 */

const STARTS = 11;
const ROUNDS = 3;
const REQUESTS = 8000;
/** How many payments are there when the cost is measured again. */
const CROWD = 60_000;

const AUTHORIZATION = `Basic ${Buffer.from('test_sk_zXLkKEypNArWmo50nX3lmeaxYG5R:').toString('base64')}`;

type Name = keyof typeof COMMANDS;
const NAMES = Object.keys(COMMANDS) as Name[];

const eachName = <T>(make: (name: Name) => T): Record<Name, T> =>
  Object.fromEntries(NAMES.map((name) => [name, make(name)])) as Record<Name, T>;

async function measureStarts(): Promise<Record<Name, number>> {
  const starts = eachName<number[]>(() => []);
  for (let round = 0; round < STARTS; round++) {
    for (const name of NAMES) {
      const server = await startServer(COMMANDS[name]);
      starts[name].push(server.startMs);
      await stopServer(server);
    }
  }
  return eachName((name) => medianOf(starts[name]));
}

/** Prepares authenticated payments; their keys. */
async function prepare(url: string, prefix: string, count: number): Promise<string[]> {
  const keys: string[] = [];
  await rateOf(count, async (index) => {
    const body = { orderId: `${prefix}-${index}`, amount: 15000 };
    const answer = await ask(`${url}/sandbox/payments`, { body, authorization: AUTHORIZATION });
    keys[index] = JSON.parse(answer).paymentKey;
  });
  return keys;
}

const confirmAll = (url: string, prefix: string, keys: readonly string[]): Promise<number> =>
  rateOf(keys.length, (index) =>
    ask(`${url}/v1/payments/confirm`, {
      body: { paymentKey: keys[index], orderId: `${prefix}-${index}`, amount: 15000 },
      authorization: AUTHORIZATION,
    }),
  );

const readAll = (url: string, keys: readonly string[]): Promise<number> =>
  rateOf(keys.length, (index) => ask(`${url}/v1/payments/${keys[index]}`, { authorization: AUTHORIZATION }));

async function measureRates() {
  const servers = {
    'raw node:http': await startServer(COMMANDS['raw node:http']),
    'bare Fastify': await startServer(COMMANDS['bare Fastify']),
    sandbox: await startServer(COMMANDS.sandbox),
  };
  const confirms = eachName<number[]>(() => []);
  const reads = eachName<number[]>(() => []);
  for (let round = 0; round < ROUNDS; round++) {
    const prefix = `round-${round}`;
    const keys = await prepare(servers.sandbox.url, prefix, REQUESTS);
    for (const name of NAMES) {
      const { url } = servers[name];
      confirms[name].push(await confirmAll(url, prefix, keys));
      reads[name].push(await readAll(url, keys));
    }
  }
  const early = await confirmAll(
    servers.sandbox.url,
    'early',
    await prepare(servers.sandbox.url, 'early', REQUESTS),
  );
  await confirmAll(servers.sandbox.url, 'crowd', await prepare(servers.sandbox.url, 'crowd', CROWD));
  const late = await confirmAll(
    servers.sandbox.url,
    'late',
    await prepare(servers.sandbox.url, 'late', REQUESTS),
  );
  for (const server of Object.values(servers)) await stopServer(server);
  return {
    confirm: eachName((name) => medianOf(confirms[name])),
    read: eachName((name) => medianOf(reads[name])),
    early,
    late,
  };
}

const bytesPerPayment = (): string =>
  execFileSync(
    process.execPath,
    ['--expose-gc', '--import=tsx', fileURLToPath(new URL('memory.ts', import.meta.url))],
    { encoding: 'utf8' },
  ).trim();

const cells = (...texts: (string | number)[]): string =>
  `${texts.map((text, column) => (column === 0 ? String(text).padEnd(26) : String(text).padStart(15))).join('')}\n`;

const row = (label: string, figures: Record<Name, number>): string =>
  cells(
    label,
    ...NAMES.map((name) => Math.round(figures[name])),
    (figures.sandbox / figures['bare Fastify']).toFixed(2),
    (figures.sandbox / figures['raw node:http']).toFixed(2),
  );

const starts = await measureStarts();
const rates = await measureRates();
process.stdout.write(cells('', ...NAMES, '/ bare Fastify', '/ raw'));
process.stdout.write(row('cold start, ms', starts));
process.stdout.write(row('confirm, per second', rates.confirm));
process.stdout.write(row('get, per second', rates.read));
process.stdout.write(
  `\nconfirm per second with ${ROUNDS * REQUESTS} payments ${Math.round(rates.early)}, ` +
    `with ${ROUNDS * REQUESTS + REQUESTS + CROWD} payments ${Math.round(rates.late)}: ` +
    `${(rates.late / rates.early).toFixed(2)}\n` +
    `heap per payment, bytes: ${bytesPerPayment()}\n`,
);
process.exit(0);
