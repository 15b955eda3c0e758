import { isIPv6 } from 'node:net';
import type { FastifyBaseLogger, FastifyRequest } from 'fastify';
import type { Core } from '../control/core.ts';
import type { Gateway } from '../gateway/gateway.ts';
import type { Store } from '../store/store.ts';
import type { Adopt } from './adopt.ts';

/** What the routes are given to work with. */
export interface Desk {
  readonly gateway: Gateway;
  readonly store: Store;
  readonly log: FastifyBaseLogger;
  /** Puts a piece of advice into the log, the first time only. */
  readonly adviseOnce: (advice: string) => void;
  /** What the sandbox's own verbs work on. */
  readonly core: Core;
  /** Where browsers reach the sandbox; null when that is wherever the request came in. */
  readonly publicUrl: string | null;
  /** Further host names to answer to, in small letters; `*.` before one means all below it, `*` alone any. */
  readonly allowHosts: readonly string[];
  /** Origins, as browsers send them, whose pages may call the sandbox's own API. */
  readonly allowOrigins: readonly string[];
  /** Takes in a key that nobody has; null where such a key is refused. */
  readonly adopt: Adopt | null;
  /** Of this package. */
  readonly version: string;
  /** The demo shop that was started along with the sandbox; null when there is none. */
  readonly demoUrl: string | null;
  /** Files that are handed out as they are. */
  readonly readmePath: URL;
  readonly sdkPaths: { readonly standard: URL };
}

const origins = new Map<string, string>();

/**
 * Scheme, host and port for the addresses that an answer hands out: `--public-url`, else what the caller itself
 * used. One text per address is kept, as it is stored with every payment.
 */
export function publicUrlOf(desk: Desk, request: FastifyRequest): string {
  if (desk.publicUrl !== null) return desk.publicUrl;
  const { localAddress, localPort } = request.socket;
  const origin = `${request.protocol}://${request.host}`;
  const known = origins.get(origin);
  if (known !== undefined) return known;
  if (!/^https?:\/\/[\w.:[\]-]+$/.test(origin) || !URL.canParse(origin)) {
    const address = localAddress ?? '127.0.0.1';
    return `${request.protocol}://${isIPv6(address) ? `[${address}]` : address}:${localPort ?? 80}`;
  }
  if (origins.size > 100) origins.clear();
  origins.set(origin, origin);
  return origin;
}
