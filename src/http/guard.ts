import { isIPv4, isIPv6 } from 'node:net';
import type { FastifyReply, FastifyRequest, onRequestHookHandler } from 'fastify';
import { isBelow, isTossDomain } from '../domain/toss-hosts.ts';
import type { Desk } from './desk.ts';
import { isSandboxUrl } from './routes/sandbox/nowhere.ts';
import { sayNo } from './routes/sandbox/say.ts';

/*
 * Whom the sandbox lets in. It has no secrets of its own, keys are printed in documentation, so what keeps a page of
 * another site from a sandbox on this machine is that two headers, which no page can forge, say where it comes from.
 *
 * `Host` counts on every path: a page whose name was rebound to this machine's address (DNS rebinding) is for the
 * browser of the same origin, and could read all there is. The answer is the sandbox's own on `/v1` too: the real
 * service is never reached by a name that is not its own.
 *
 * `Origin` counts under `/sandbox` only. `/v1` and the window are there for merchants' pages, wherever they are.
 */

/** Keeps what was found out about a text; forgets all of it when the texts get many. */
function remember<T>(find: (text: string) => T): (text: string) => T {
  const found = new Map<string, T>();
  return (text) => {
    const known = found.get(text);
    if (known !== undefined) return known;
    if (found.size >= 100) found.clear();
    const fresh = find(text);
    found.set(text, fresh);
    return fresh;
  };
}

/** Name or address of a Host header, without port, brackets or the dot of the root; null when it is neither. */
function nameOf(host: string): string | null {
  const [, bracketed, plain] = /^(?:\[([\da-f:.]+)\]|([\w.-]+?)\.?)(?::\d*)?$/i.exec(host) ?? [];
  if (bracketed !== undefined && !isIPv6(bracketed)) return null;
  return (bracketed ?? plain)?.toLowerCase() ?? null;
}

/** Names that nobody elsewhere can point at this machine; one without a dot is a container's, or the machine's own. */
const isLocalName = (name: string): boolean =>
  isIPv4(name) ||
  isIPv6(name) ||
  !/[.:]/.test(name) ||
  isBelow(name, 'localhost') ||
  name === 'host.docker.internal';

const fits = (name: string, allowed: string): boolean =>
  allowed === '*' || (allowed.startsWith('*.') ? name.endsWith(allowed.slice(1)) : name === allowed);

/** Is it a page that somebody opens in a window of its own, by a link on another page? Nobody else reads the answer. */
const isVisit = ({ method, headers }: FastifyRequest): boolean =>
  method === 'GET' && headers['sec-fetch-mode'] === 'navigate' && headers['sec-fetch-dest'] === 'document';

const PREFLIGHT_HEADERS = {
  'access-control-allow-methods': 'GET, POST, PATCH, DELETE',
  'access-control-allow-headers': 'authorization, content-type',
  'access-control-max-age': '600',
} as const;

/** Turns requests away that come by a foreign name, or from a foreign page: 403 FOREIGN_HOST, FOREIGN_ORIGIN. */
export function newGuard({ allowHosts, allowOrigins, publicUrl, log }: Desk): onRequestHookHandler {
  const publicPlace = publicUrl === null ? null : new URL(publicUrl);
  const origins = new Set([...allowOrigins, ...(publicPlace === null ? [] : [publicPlace.origin])]);

  /** What to say to a Host header; empty when it is good. In the log it is said once, or again after many others. */
  const flawOfHost = remember((host) => {
    const name = nameOf(host);
    if (name !== null && (isLocalName(name) || isTossDomain(name) || name === publicPlace?.hostname))
      return '';
    if (allowHosts.some((allowed) => fits(name ?? '', allowed))) return '';
    const flaw =
      `toss-sandbox does not answer to the host name ${name ?? host}, which may be a stranger's (DNS rebinding). ` +
      'If it is yours, start the sandbox with --allow-host and the name.';
    log.warn(flaw);
    return flaw;
  });

  const flawOfOrigin = remember((origin) => {
    const flaw =
      `A page of ${origin} may not call the sandbox's own API. ` +
      'A test page of yours may with --allow-origin and its origin, as in --allow-origin http://localhost:3000.';
    log.warn(flaw);
    return flaw;
  });

  /** A page's origin, as far as its browser tells, when it is not the sandbox's own; null for all who are no pages. */
  function originOf(request: FastifyRequest): string | null {
    const { origin, host, 'sec-fetch-site': site } = request.headers;
    if (origin !== undefined) return origin === `${request.protocol}://${host}` ? null : origin;
    // Images, scripts and frames of other pages come without Origin. Browsers that know this header send it to
    // addresses they trust, localhost among them; elsewhere the answer is beyond the page's reach, as no GET does
    // anything.
    const isElsewhere = site === 'cross-site' || site === 'same-site';
    return isElsewhere && !isVisit(request) ? 'another origin' : null;
  }

  /** Lets a page read the answer. @returns whether this was only the question if it may ask */
  function welcome(request: FastifyRequest, reply: FastifyReply, origin: string): boolean {
    reply.headers({ 'access-control-allow-origin': origin, vary: 'Origin' });
    const isPreflight =
      request.method === 'OPTIONS' && request.headers['access-control-request-method'] !== undefined;
    if (isPreflight) reply.code(204).headers(PREFLIGHT_HEADERS).send();
    return isPreflight;
  }

  return (request, reply, done) => {
    const { host = '' } = request.headers;
    // Every browser sends one. What to do without it is not a question of trust.
    const flaw = host === '' ? '' : flawOfHost(host);
    if (flaw !== '') {
      sayNo(reply, 403, 'FOREIGN_HOST', flaw);
      return;
    }
    const origin = originOf(request);
    // A path may be written in many ways (`/%73andbox`): where it leads counts.
    if (origin === null || !(isSandboxUrl(request.url) || isSandboxUrl(request.routeOptions.url ?? '')))
      return done();
    if (!origins.has(origin)) {
      sayNo(reply, 403, 'FOREIGN_ORIGIN', flawOfOrigin(origin));
      return;
    }
    if (!welcome(request, reply, origin)) done();
  };
}
