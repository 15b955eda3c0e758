import * as z from 'zod';
import { readAllowedHost, readAllowedOrigin } from '../domain/allowed.ts';
import { isHostName } from '../domain/host-name.ts';
import { readPublicUrl } from '../domain/public-url.ts';
import { WebhookBody } from '../wire/control.ts';
import type { StartOptions } from './api.ts';

const publicUrl = z.string().transform((text, context) => {
  const read = readPublicUrl(text);
  if ('publicUrl' in read) return read.publicUrl;
  context.addIssue({ code: 'custom', message: read.flaw });
  return z.NEVER;
});

const allowedHost = z.string().transform((text, context) => {
  const name = readAllowedHost(text);
  if (name !== null) return name;
  context.addIssue({ code: 'custom', message: 'must be a host name, *.NAME or *' });
  return z.NEVER;
});

const allowedOrigin = z.string().transform((text, context) => {
  const origin = readAllowedOrigin(text);
  if (origin !== null) return origin;
  context.addIssue({ code: 'custom', message: 'must be an origin as http://localhost:3000' });
  return z.NEVER;
});
const tls = z.union([
  z.boolean().transform((isOn) => (isOn ? { names: [] } : null)),
  z.strictObject({ names: z.array(z.string().refine(isHostName, 'no host name and no address')) }),
  z.null(),
]);

/** Strict: what is misspelt is told. Merchants are read by whoever reads their file. */
const StartBody = z.strictObject({
  port: z.int().min(0).max(65_535).default(0),
  host: z.string().min(1).default('127.0.0.1'),
  publicUrl: publicUrl.nullable().default(null),
  webhooks: z.array(WebhookBody).default([]),
  merchants: z.unknown().optional(),
  rateLimit: z.int().min(1).nullable().default(null),
  adoptKeys: z.boolean().default(false),
  allowHosts: z.array(allowedHost).default([]),
  allowOrigins: z.array(allowedOrigin).default([]),
  log: z.enum(['silent', 'error', 'warn', 'info', 'debug']).default('silent'),
  seed: z.int().optional(),
  tls: tls.default(null),
  data: z.string().min(1).nullable().default(null),
});

/** Reads what `startSandbox` is told. @throws {z.ZodError} */
export const readStartOptions = (options: StartOptions): z.infer<typeof StartBody> =>
  StartBody.parse(options);
