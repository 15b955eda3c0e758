import { execFile, spawnSync } from 'node:child_process';
import { Agent, request as httpRequest } from 'node:http';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { cpuSecondsOf, onCore, type Server } from './servers.ts';

/** One run against one server. */
export interface Figure {
  readonly perSecond: number;
  readonly p99Ms: number;
  /** How much of its core the server used, 0 to 1; null where it cannot be told. */
  readonly core: number | null;
}

/** A payment to confirm and read. */
export interface Item {
  readonly paymentKey: string;
  readonly orderId: string;
}

/** What is measured, one request for each payment of a list. */
export type Task = 'confirm' | 'get';

export const AUTHORIZATION = `Basic ${Buffer.from('test_sk_zXLkKEypNArWmo50nX3lmeaxYG5R:').toString('base64')}`;
const CONNECTIONS = 16;
/** So short that a server does not run out of fresh payments to confirm. */
const SECONDS = 2;

export const hasWrk = spawnSync('wrk', ['--version']).error === undefined;

const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS });

/** One request over a kept connection; the body of the answer. Anything but a success is an error. */
export function ask(url: string, body?: unknown): Promise<string> {
  const text = body === undefined ? undefined : JSON.stringify(body);
  const headers = {
    authorization: AUTHORIZATION,
    ...(text === undefined
      ? {}
      : { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) }),
  };
  return new Promise((resolve, reject) => {
    const request = httpRequest(
      url,
      { agent, headers, method: text === undefined ? 'GET' : 'POST' },
      (response) => {
        let answer = '';
        response.setEncoding('utf8').on('data', (part: string) => {
          answer += part;
        });
        response.on('end', () => {
          if ((response.statusCode ?? 0) < 300) resolve(answer);
          else reject(new Error(`${url}: ${response.statusCode} ${answer}`));
        });
      },
    );
    request.on('error', reject);
    request.end(text);
  });
}

/** Does something with each item, a few at once; how long each took, in milliseconds. */
export async function times<T>(items: readonly T[], doIt: (item: T) => Promise<unknown>): Promise<number[]> {
  const took: number[] = [];
  let next = 0;
  await Promise.all(
    Array.from({ length: CONNECTIONS }, async () => {
      while (next < items.length) {
        const begun = performance.now();
        await doIt(items[next++] as T);
        took.push(performance.now() - begun);
      }
    }),
  );
  return took;
}

const run = promisify(execFile);

const TO_MS = { us: 0.001, ms: 1, s: 1000 } as const;

/** wrk on the other core. */
async function loadByWrk(server: Server, task: Task, listFile: string): Promise<Omit<Figure, 'core'>> {
  const script = fileURLToPath(new URL(`${task}.lua`, import.meta.url));
  const [command = '', ...args] = onCore(1, [
    ...['wrk', '--latency', '-t', '1', '-c', String(CONNECTIONS), '-d', `${SECONDS}s`],
    ...['-s', script, server.url],
  ]);
  const { stdout } = await run(command, args, {
    env: { ...process.env, BENCH_PAYMENTS: listFile, BENCH_AUTHORIZATION: AUTHORIZATION },
  });
  const failed = /Non-2xx or 3xx responses: (\d+)/.exec(stdout)?.[1];
  if (failed !== undefined) throw new Error(`${task}: ${failed} requests failed`);
  const [, p99 = '', unit = 'ms'] = /99%\s+([\d.]+)(us|ms|s)/.exec(stdout) ?? [];
  return {
    perSecond: Number(/Requests\/sec:\s+([\d.]+)/.exec(stdout)?.[1]),
    p99Ms: Number(p99) * TO_MS[unit as keyof typeof TO_MS],
  };
}

/** Without wrk: this process, which needs a core for itself and may be the slower of the two. */
async function loadByNode(server: Server, task: Task, items: readonly Item[]): Promise<Omit<Figure, 'core'>> {
  const begun = performance.now();
  const took = await times(items, (item) =>
    task === 'get'
      ? ask(`${server.url}/v1/payments/${item.paymentKey}`)
      : ask(`${server.url}/v1/payments/confirm`, { ...item, amount: 15000 }),
  );
  const sorted = took.toSorted((a, b) => a - b);
  return {
    perSecond: items.length / ((performance.now() - begun) / 1000),
    p99Ms: sorted[Math.floor(sorted.length * 0.99)] ?? Number.NaN,
  };
}

/** Measures one task on one server. */
export async function measure(
  server: Server,
  task: Task,
  items: readonly Item[],
  listFile: string,
): Promise<Figure> {
  const before = cpuSecondsOf(server);
  const begun = performance.now();
  const figure = await (hasWrk ? loadByWrk(server, task, listFile) : loadByNode(server, task, items));
  const after = cpuSecondsOf(server);
  const seconds = (performance.now() - begun) / 1000;
  return { ...figure, core: before === null || after === null ? null : (after - before) / seconds };
}
