import { subscribe } from 'node:diagnostics_channel';
import type { Socket } from 'node:net';
import { isTossDomain } from '../domain/toss-hosts.ts';
import { refusalOf } from './refusal.ts';

/** What every copy of undici tells in the moment before it sends (its documentation, "Diagnostics Channel Support"). */
interface Sending {
  readonly request: { readonly path: string };
  readonly socket: Socket;
}

/** Whom a proxy is asked to connect with, `host:port`, or to ask, a whole address; null of an ordinary path. */
function throughProxy(path: string): string | null {
  if (path.startsWith('/')) return null;
  const address = path.includes('://') ? path : `https://${path}`;
  return URL.canParse(address) ? new URL(address).hostname : null;
}

/**
 * Refuses what a program asks of Toss Payments by a proxy agent of undici: that connects to the proxy, where the fence
 * sees nothing wrong.
 */
export function fenceProxies(sandbox: URL): void {
  subscribe('undici:client:sendHeaders', (message) => {
    const { request, socket } = message as Sending;
    const host = throughProxy(request.path);
    if (host !== null && isTossDomain(host)) socket.destroy(refusalOf(host, sandbox));
  });
}
