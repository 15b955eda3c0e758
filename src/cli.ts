#!/usr/bin/env node
import { setFlagsFromString } from 'node:v8';
import { type CommandOptions, OptionError, readOptions, USAGE } from './options.ts';
import { createSandbox, type Sandbox, VERSION } from './sandbox.ts';

/** What a person sees who has just started it. */
function banner(address: string, sandbox: Sandbox): string {
  const { clientKey, secretKey } = sandbox.documentationKeys;
  return `
  toss-sandbox ${VERSION}, a local stand-in for Toss Payments. No money moves.

  API and SDK   ${address}      instead of https://api.tosspayments.com
                ${address}/v2/standard
  Client key    ${clientKey}
  Secret key    ${secretKey}
${tlsBanner(address, sandbox)}
`;
}

/** How clients that know only https://api.tosspayments.com come in. */
function tlsBanner(address: string, { trust }: Sandbox): string {
  if (trust === null) return '';
  return `
  TLS and proxy are at the same port: HTTPS_PROXY=${address}
  Clients must trust the sandbox's authority:

${trust.ways}
`;
}

/** One line for a mistake of the caller, exit code 2 for options and 1 for the rest. */
function giveUp(message: string, exitCode: 1 | 2): never {
  process.stderr.write(`toss-sandbox: ${message}\n`);
  process.exit(exitCode);
}

function optionsOrGiveUp(): CommandOptions | 'help' | 'version' {
  try {
    return readOptions(process.argv.slice(2), process.env);
  } catch (error) {
    if (error instanceof OptionError) giveUp(`${error.message}. See toss-sandbox --help.`, 2);
    throw error;
  }
}

/** A webhook under way is waited for, but not longer: containers are killed after ten seconds. */
const STOP_LIMIT_MS = 1500;

/** What can be done where a port cannot be had. */
function whyNotListening(
  { code, message, port }: NodeJS.ErrnoException & { readonly port?: number },
  options: CommandOptions,
): string {
  const flag = port === options.port ? '--port' : port === options.httpsPort ? '--https-port' : '--http-port';
  if (code === 'EADDRINUSE') return `port ${port} is in use. Choose another with ${flag}.`;
  if (code === 'EACCES' && flag !== '--port') {
    return (
      `this user may not listen on port ${port}. Without ${flag} clients come in by another way: ` +
      `HTTPS_PROXY=http://localhost:${options.port}, a base address of their own, or a port that is forwarded ` +
      `(docker run -p ${port}:${options.port}).`
    );
  }
  return message;
}

async function run(options: CommandOptions): Promise<void> {
  const { httpsPort, httpPort } = options;
  const sandbox = await createSandbox(options).catch((error: unknown) => {
    if (error instanceof OptionError) giveUp(`${error.message}.`, 2);
    throw error;
  });
  const stop = async (): Promise<void> => {
    await sandbox.close(STOP_LIMIT_MS);
    process.exit(0);
  };
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
  try {
    const address = await sandbox.listen({
      host: options.host,
      port: options.port,
      furtherPorts: [httpsPort, httpPort].filter((port) => port !== null),
    });
    process.stdout.write(banner(options.publicUrl ?? address, sandbox));
  } catch (error) {
    giveUp(whyNotListening(error as NodeJS.ErrnoException & { port?: number }, options), 1);
  }
}

/**
 * The heap may grow by a third between two collections, where V8 would let it grow several times over: a third less
 * memory with many payments, for a few hundredths of the speed (measured by `npm run bench`).
 */
setFlagsFromString('--heap-growing-percent=30');

const options = optionsOrGiveUp();
if (options === 'help') process.stdout.write(USAGE);
else if (options === 'version') process.stdout.write(`${VERSION}\n`);
else await run(options);
