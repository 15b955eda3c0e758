import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir, totalmem } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ask, type Figure, hasWrk, type Item, measure, type Task, times } from './load.ts';
import {
  eachName,
  NAMES,
  type Name,
  residentMegabytes,
  type Server,
  startServer,
  stopServer,
} from './servers.ts';

/*
 * Measures the sandbox beside bare Fastify and raw node:http, in turn and in the same run, and prints a table. It
 * judges nothing. A ratio counts only where both servers had at least 90 % of their core: else it stands in brackets.
 */

const STARTS = 11;
const ROUNDS = 5;
const ITEMS = 40_000;
const CROWD = 100_000;
const FULL_CORE = 0.9;

const folder = mkdtempSync(join(tmpdir(), 'toss-sandbox-bench-'));
process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
const print = (line: string): void => void process.stdout.write(`${line}\n`);

const medianOf = (figures: readonly number[]): number =>
  figures.toSorted((a, b) => a - b)[Math.floor(figures.length / 2)] ?? Number.NaN;

/** Prepares authenticated payments in the sandbox. */
async function prepare(server: Server, prefix: string, count: number): Promise<Item[]> {
  const items: Item[] = [];
  const orderIds = Array.from({ length: count }, (_, index) => `${prefix}-${index}`);
  await times(orderIds, async (orderId) => {
    const answer = JSON.parse(await ask(`${server.url}/sandbox/payments`, { orderId, amount: 15000 }));
    items.push({ paymentKey: answer.paymentKey, orderId });
  });
  return items;
}

const confirm = (server: Server, item: Item): Promise<string> =>
  ask(`${server.url}/v1/payments/confirm`, { ...item, amount: 15000 });

async function measureStarts(): Promise<void> {
  const starts = eachName<number[]>(() => []);
  for (let round = 0; round < STARTS; round++) {
    for (const name of NAMES) {
      const server = await startServer(name);
      starts[name].push(server.startMs);
      await stopServer(server);
    }
  }
  const medians = eachName((name) => medianOf(starts[name]));
  print(`\nFrom the start of the process to its first answer, median of ${STARTS}`);
  for (const name of NAMES) print(`  ${name.padEnd(16)}${medians[name].toFixed(0).padStart(8)} ms`);
  print(`  sandbox / bare Fastify ${(medians.sandbox / medians['bare Fastify']).toFixed(2)}`);
}

async function measureRates(): Promise<void> {
  const servers = {
    'raw node:http': await startServer('raw node:http'),
    'bare Fastify': await startServer('bare Fastify'),
    sandbox: await startServer('sandbox'),
  };
  const figures: Record<Task, Record<Name, Figure[]>> = {
    confirm: eachName(() => []),
    get: eachName(() => []),
  };
  const listFile = join(folder, 'payments');
  for (let round = 0; round < ROUNDS; round++) {
    const items = await prepare(servers.sandbox, `round-${round}`, ITEMS);
    writeFileSync(listFile, items.map(({ paymentKey, orderId }) => `${paymentKey} ${orderId}\n`).join(''));
    // Every payment is there to be read, also those that the run below does not come to.
    await times(items, (item) => confirm(servers['bare Fastify'], item));
    for (const task of ['confirm', 'get'] as const) {
      for (const name of NAMES) figures[task][name].push(await measure(servers[name], task, items, listFile));
    }
  }
  for (const server of Object.values(servers)) await stopServer(server);
  for (const task of ['confirm', 'get'] as const) printRates(task, figures[task]);
}

const ratio = (over: readonly Figure[], under: readonly Figure[]): string => {
  const ratios = over.map((figure, round) => figure.perSecond / (under[round]?.perSecond ?? Number.NaN));
  const isFull = [...over, ...under].every(({ core }) => (core ?? 0) >= FULL_CORE);
  return isFull ? medianOf(ratios).toFixed(2) : `(${medianOf(ratios).toFixed(2)})`;
};

function printRates(task: Task, figures: Record<Name, Figure[]>): void {
  print(`\n${task}, median of ${ROUNDS} rounds       per second     p99 ms    of its core`);
  for (const name of NAMES) {
    const of = (pick: (figure: Figure) => number): number => medianOf(figures[name].map(pick));
    const core = of(({ core }) => core ?? Number.NaN);
    print(
      `  ${name.padEnd(28)}${of(({ perSecond }) => perSecond)
        .toFixed(0)
        .padStart(10)}${of(({ p99Ms }) => p99Ms)
        .toFixed(2)
        .padStart(11)}${`${(core * 100).toFixed(0)} %`.padStart(15)}`,
    );
  }
  print(
    `  sandbox / bare Fastify ${ratio(figures.sandbox, figures['bare Fastify'])}, sandbox / raw ${ratio(figures.sandbox, figures['raw node:http'])}`,
  );
}

async function measureCrowd(): Promise<void> {
  const server = await startServer('sandbox', 'info');
  const empty = residentMegabytes(server);
  const rateOf = async (prefix: string): Promise<number> => {
    const items = await prepare(server, prefix, 10_000);
    const begun = performance.now();
    await times(items, (item) => confirm(server, item));
    return items.length / ((performance.now() - begun) / 1000);
  };
  await rateOf('warm-up');
  const early = await rateOf('early');
  await times(await prepare(server, 'crowd', CROWD - 30_000), (item) => confirm(server, item));
  const late = await rateOf('late');
  print(`\nWith ${CROWD} payments, journal and log on`);
  print(`  resident memory ${residentMegabytes(server)} MB (${empty} MB when empty)`);
  print(`  confirm at the end / at the beginning ${(late / early).toFixed(2)}`);
  await stopServer(server);
}

/** What `npm install toss-sandbox` brings, from the packed tarball. */
function measurePackage(): void {
  const root = fileURLToPath(new URL('../..', import.meta.url));
  execFileSync('npm', ['pack', '--silent', '--pack-destination', folder], { cwd: root, stdio: 'pipe' });
  const tarball = readdirSync(folder).find((name) => name.endsWith('.tgz')) ?? '';
  writeFileSync(join(folder, 'package.json'), '{"private":true}');
  execFileSync('npm', ['install', '--silent', '--no-audit', '--no-fund', `./${tarball}`], {
    cwd: folder,
    stdio: 'pipe',
  });
  const sizes = execFileSync('du', ['-sk', 'node_modules'], { cwd: folder, encoding: 'utf8' });
  const packages = execFileSync('npm', ['ls', '--all', '--parseable'], {
    cwd: folder,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const count = packages.trim().split('\n').length - 1;
  print(`\nInstalled: ${(Number.parseInt(sizes, 10) / 1024).toFixed(1)} MB in ${count} packages`);
}

print(
  `${cpus().length} × ${cpus()[0]?.model}, ${Math.round(totalmem() / 2 ** 30)} GB, Node ${process.version}`,
);
print(`load from ${hasWrk ? 'wrk' : 'this process (no wrk here)'}`);
await measureStarts();
await measureRates();
await measureCrowd();
measurePackage();
process.exit(0);
