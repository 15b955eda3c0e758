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

async function run(options: CommandOptions): Promise<void> {
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
    });
    process.stdout.write(banner(options.publicUrl ?? address, sandbox));
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === 'EADDRINUSE') giveUp(`port ${options.port} is in use. Choose another with --port.`, 1);
    giveUp(message, 1);
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
