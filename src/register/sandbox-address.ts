import { isTossDomain } from '../domain/toss-hosts.ts';

/** Where a sandbox listens that is told nothing: `DEFAULT_PORT` of `src/options.ts`. */
const DEFAULT_ADDRESS = 'http://127.0.0.1:8677';

/**
 * Reads where the sandbox is from the value of `TOSS_SANDBOX_URL`; empty counts as not said.
 *
 * @throws when it is not scheme, host and port of http or https, or is Toss Payments itself
 */
export function readSandboxAddress(text: string | undefined): URL {
  const said = text || DEFAULT_ADDRESS;
  const url = URL.canParse(said) ? new URL(said) : null;
  const isAddress = url !== null && /^https?:$/.test(url.protocol) && url.href === `${url.origin}/`;
  if (isAddress && !isTossDomain(url.hostname)) return url;
  const rule =
    'an http or https address without a path, such as http://127.0.0.1:8677, and not of Toss Payments';
  throw new Error(`TOSS_SANDBOX_URL must be ${rule}; it is ${said}`);
}
