import * as z from 'zod';
import { WebhookBody } from '../wire/control.ts';
import type { StartOptions } from './api.ts';

/** Strict: what is misspelt is told. Merchants are read by whoever reads their file. */
const StartBody = z.strictObject({
  port: z.int().min(0).max(65_535).default(0),
  host: z.string().min(1).default('127.0.0.1'),
  publicUrl: z
    .url({ protocol: /^https?$/ })
    .transform((url) => url.replace(/\/+$/, ''))
    .nullable()
    .default(null),
  webhooks: z.array(WebhookBody).default([]),
  merchants: z.unknown().optional(),
  rateLimit: z.int().min(1).nullable().default(null),
  log: z.enum(['silent', 'error', 'warn', 'info', 'debug']).default('silent'),
  seed: z.int().optional(),
});

/** Reads what `startSandbox` is told. @throws {z.ZodError} */
export const readStartOptions = (options: StartOptions): z.infer<typeof StartBody> =>
  StartBody.parse(options);
