import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** A server under measurement, in a process of its own. */
export interface Server {
  readonly url: string;
  readonly process: ChildProcess;
  /** From the start of the process to its address on standard output, in milliseconds. */
  readonly startMs: number;
}

const file = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** The three that are compared, as commands of node. */
export const COMMANDS = {
  'raw node:http': [file('raw-http.mjs')],
  'bare Fastify': [file('bare-fastify.mjs')],
  sandbox: [file('../../dist/cli.js'), '--port', '0', '--log', 'silent'],
} as const;

/** Starts a server and waits until it has said where it listens. */
export function startServer(args: readonly string[]): Promise<Server> {
  const begun = performance.now();
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  return new Promise((resolve, reject) => {
    let written = '';
    child.once('exit', (code) => reject(new Error(`${args[0]} ended with ${code}`)));
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      written += text;
      const url = /http:\/\/127\.0\.0\.1:\d+/.exec(written)?.[0];
      if (url !== undefined) resolve({ url, process: child, startMs: performance.now() - begun });
    });
  });
}

/** Ends a server, and waits for it to be gone. */
export const stopServer = (server: Server): Promise<void> =>
  new Promise((resolve) => {
    server.process.removeAllListeners('exit');
    server.process.once('exit', () => resolve());
    server.process.kill('SIGKILL');
  });
