import * as z from 'zod';
import type * as api from './library/api.ts';
import { SandboxError } from './library/refusing.ts';
import { sandboxOf } from './library/sandbox.ts';
import { readStartOptions } from './library/start-options.ts';
import { OptionError, parseMerchants } from './options.ts';
import { createSandbox, VERSION as version } from './sandbox.ts';

export type * from './library/api.ts';

/** How long closing waits for webhooks under way to receivers that do not answer. */
const CLOSE_LIMIT_MS = 1000;

/** Starts a sandbox in this process: `library/api.ts` says what comes back. */
export const startSandbox: typeof api.startSandbox = async (options = {}) => {
  try {
    const { port, host, seed, merchants, ...said } = readStartOptions(options);
    const inner = await createSandbox({
      ...said,
      merchants: parseMerchants(merchants ?? []),
      ...(seed !== undefined && { seed }),
    });
    const stop = (): Promise<void> => inner.close(CLOSE_LIMIT_MS);
    const url = await inner.listen({ host, port }).catch(async (error) => {
      await stop();
      throw error;
    });
    const { core, trust } = inner;
    return sandboxOf({
      ...{ core, url, publicUrl: said.publicUrl ?? url, caFile: trust?.caFile ?? null, stop },
    });
  } catch (error) {
    if (error instanceof z.ZodError) throw new SandboxError('INVALID_OPTIONS', z.prettifyError(error));
    if (error instanceof OptionError) throw new SandboxError('INVALID_OPTIONS', error.message);
    throw error;
  }
};

export const VERSION: typeof api.VERSION = version;
