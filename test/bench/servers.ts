import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { freePort } from '../fixtures/command.ts';

/** A server under measurement, in a process of its own, on the first core where there is a way to say so. */
export interface Server {
  readonly port: number;
  readonly url: string;
  readonly process: ChildProcess;
  /** From the start of the process to its first answer, in milliseconds. */
  readonly startMs: number;
}

const file = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

const SCRIPTS = {
  'raw node:http': file('raw-http.mjs'),
  'bare Fastify': file('bare-fastify.mjs'),
  sandbox: file('../../dist/cli.js'),
} as const;

/** The three that are compared. */
export type Name = keyof typeof SCRIPTS;
export const NAMES = Object.keys(SCRIPTS) as Name[];

/** The same for each of the three. */
export const eachName = <T>(make: (name: Name) => T): Record<Name, T> =>
  Object.fromEntries(NAMES.map((name) => [name, make(name)])) as Record<Name, T>;

/** Runs a command on one core, where `taskset` is there to do it. */
export const onCore = (core: 0 | 1, command: readonly string[]): string[] =>
  spawnSync('taskset', ['--version']).status === 0
    ? ['taskset', '-c', String(core), ...command]
    : [...command];

const running = new Set<ChildProcess>();
process.once('exit', () => {
  for (const child of running) child.kill('SIGKILL');
});

/** Starts a server and waits for its first answer. */
export async function startServer(name: Name, log = 'silent'): Promise<Server> {
  const port = await freePort();
  const [command = '', ...args] = onCore(0, [process.execPath, SCRIPTS[name]]);
  const env = { ...process.env, PORT: String(port), TOSS_SANDBOX_PORT: String(port), TOSS_SANDBOX_LOG: log };
  const begun = performance.now();
  const child = spawn(command, args, { env, stdio: ['ignore', 'ignore', 'inherit'] });
  running.add(child);
  child.once('exit', () => running.delete(child));
  const url = `http://127.0.0.1:${port}`;
  for (;;) {
    const answered = await fetch(`${url}/v1/payments/nothing`).then(
      (response) => response.text(),
      () => null,
    );
    if (answered !== null) break;
    if (child.exitCode !== null) throw new Error(`${name} ended with ${child.exitCode}`);
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
  return { port, url, process: child, startMs: performance.now() - begun };
}

/** Ends a server, and waits for it to be gone. */
export const stopServer = (server: Server): Promise<void> =>
  new Promise((resolve) => {
    server.process.once('exit', () => resolve());
    server.process.kill('SIGKILL');
  });

const TICKS_PER_SECOND = 100;

/** The processor time a server has used, in seconds; null where there is no /proc. */
export function cpuSecondsOf(server: Server): number | null {
  try {
    const fields = readFileSync(`/proc/${server.process.pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
    return (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND;
  } catch {
    return null;
  }
}

/** The memory a server holds, in megabytes. */
export const residentMegabytes = (server: Server): number =>
  Math.round(
    Number(execFileSync('ps', ['-o', 'rss=', '-p', String(server.process.pid)], { encoding: 'utf8' })) / 1024,
  );
