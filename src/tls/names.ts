import { isTossDomain, TOSS_DOMAIN } from '../domain/toss-hosts.ts';

/** What this machine calls itself, and what a container calls it. */
const LOCAL_NAMES = ['localhost', 'host.docker.internal', '127.0.0.1', '::1'];

/** For which names the certificate is good, whoever starts the sandbox. */
export const CERTIFICATE_NAMES: readonly string[] = [TOSS_DOMAIN, `*.${TOSS_DOMAIN}`, ...LOCAL_NAMES];

/** Which names the authority may speak for, whoever starts the sandbox; what is below a name is meant too. */
export const AUTHORITY_NAMES: readonly string[] = [TOSS_DOMAIN, ...LOCAL_NAMES];

/** A host and a port, as a client asks a proxy for them. IPv6 addresses are without brackets. */
export interface Target {
  readonly host: string;
  readonly port: number;
}

/** Reads `host:port`, what CONNECT asks for (RFC 9110 9.3.6); null when it is none. */
export function readTarget(text: string): Target | null {
  const [, bracketed, plain = '', digits] = /^(?:\[([^\]]+)\]|([^:@/?#\s]+)):(\d{1,5})$/.exec(text) ?? [];
  const port = Number(digits);
  if (digits === undefined || port > 65_535) return null;
  return { host: (bracketed ?? plain).toLowerCase(), port };
}

/** The target of a whole address; `https:` means port 443 and `http:` port 80 where none is given. */
export function targetOf(url: URL): Target {
  const port = url.port === '' ? (url.protocol === 'https:' ? 443 : 80) : Number(url.port);
  return { host: url.hostname.replace(/^\[|\]$/g, '').toLowerCase(), port };
}

/**
 * Is it answered here? Hosts of Toss Payments and the names given are, at any port; this machine is where the port is
 * the sandbox's own.
 */
export function isAnsweredHere(
  target: Target,
  here: { readonly names: readonly string[]; readonly port: number | undefined },
): boolean {
  const { host, port } = target;
  if (isTossDomain(host)) return true;
  if (here.names.some((name) => fits(host, name))) return true;
  return port === here.port && LOCAL_NAMES.includes(host);
}

/** Does a host fit a name, which may begin with `*.`? */
function fits(host: string, name: string): boolean {
  if (!name.startsWith('*.')) return host === name;
  const dot = host.indexOf('.');
  return dot > 0 && host.slice(dot) === name.slice(1);
}
