/** What Node and undici say when nobody takes the connection. */
const NOBODY_THERE = new Set([
  'ECONNREFUSED',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'EAI_AGAIN',
  'ETIMEDOUT',
  'UND_ERR_CONNECT_TIMEOUT',
]);

/** Nothing listens where the sandbox should be. Has the `code` of its cause, which clients look at. */
export class Unanswered extends Error {
  readonly code: string;

  constructor(sandbox: URL, code: string, cause: unknown) {
    super(`No toss-sandbox answers at ${sandbox.origin}: start it, or set TOSS_SANDBOX_URL (${code})`, {
      cause,
    });
    this.code = code;
  }
}

/** Puts into words that the connection to the sandbox failed; anything else comes back as it is. */
export function explain<T>(sandbox: URL, failure: T): T | Unanswered {
  if (!(failure instanceof Error) || !('code' in failure) || failure instanceof Unanswered) return failure;
  const code = String(failure.code);
  return NOBODY_THERE.has(code) ? new Unanswered(sandbox, code, failure) : failure;
}
