/** One call of the API: where it is, and what the error catalogue calls it. */
export interface Endpoint {
  readonly method: 'GET' | 'POST';
  /** Parameters in braces, as the documentation writes them. */
  readonly path: string;
  /** Its name in `errors.json`, for texts that differ by endpoint. */
  readonly api: string;
  /** Who calls it: a merchant's server with its secret key, or the SDK in a page with the client key. */
  readonly caller: 'secret key' | 'client key';
}

/** The API as a table (payments.md 4). Every entry has a route; a test holds the two against each other. */
export const API = {
  createPayment: {
    method: 'POST',
    path: '/v1/payments',
    api: 'POST /v1/payments',
    caller: 'secret key',
  },
  confirmPayment: {
    method: 'POST',
    path: '/v1/payments/confirm',
    api: 'POST /v1/payments/confirm',
    caller: 'secret key',
  },
  /** Confirm in its older form: same answers (payments.md 4.3). */
  approvePayment: {
    method: 'POST',
    path: '/v1/payments/{paymentKey}',
    api: 'POST /v1/payments/confirm',
    caller: 'secret key',
  },
  getPayment: {
    method: 'GET',
    path: '/v1/payments/{paymentKey}',
    api: 'GET /v1/payments/{paymentKey}',
    caller: 'secret key',
  },
  getPaymentOfOrder: {
    method: 'GET',
    path: '/v1/payments/orders/{orderId}',
    api: 'GET /v1/payments/orders/{orderId}',
    caller: 'secret key',
  },
  cancelPayment: {
    method: 'POST',
    path: '/v1/payments/{paymentKey}/cancel',
    api: 'POST /v1/payments/{paymentKey}/cancel',
    caller: 'secret key',
  },
  keyIn: {
    method: 'POST',
    path: '/v1/payments/key-in',
    api: 'POST /v1/payments/key-in',
    caller: 'secret key',
  },
  issueVirtualAccount: {
    method: 'POST',
    path: '/v1/virtual-accounts',
    api: 'POST /v1/virtual-accounts',
    caller: 'secret key',
  },
  /** What the SDK calls before it opens the window; older builds of the real one do the same (browser-sdk.md 3.2). */
  createPaymentBySdk: {
    method: 'POST',
    path: '/v1/payments/sdk',
    api: 'POST /v1/payments',
    caller: 'client key',
  },
} as const satisfies Record<string, Endpoint>;

/** What a path of the table looks like in a request. */
const patternOf = (path: string): RegExp => new RegExp(`^${path.replace(/\{\w+\}/g, '([^/]+)')}$`);

/** The longest first word wins, as in a router: `/v1/payments/confirm` is no paymentKey. */
const PATTERNS: readonly { readonly endpoint: Endpoint; readonly pattern: RegExp }[] = Object.values(API)
  .toSorted((a, b) => Number(a.path.includes('{')) - Number(b.path.includes('{')))
  .map((endpoint) => ({ endpoint, pattern: patternOf(endpoint.path) }));

/** Finds which call a request is, and the value in its path; null when it is none of the API. */
export function callOf(
  method: string,
  url: string,
): { readonly endpoint: Endpoint; readonly id: string } | null {
  const path = url.split('?', 1)[0] ?? '';
  for (const { endpoint, pattern } of PATTERNS) {
    const match = endpoint.method === method ? pattern.exec(path) : null;
    if (match !== null) return { endpoint, id: decoded(match[1] ?? '') };
  }
  return null;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** Is there a call of that method at that path, be it written with braces or out in full? Null is any. */
export const isCallable = (method: string | null, path: string | null): boolean =>
  PATTERNS.some(
    ({ endpoint, pattern }) =>
      (method === null || method === endpoint.method) && (path === null || pattern.test(path)),
  );

export type OperationName = keyof typeof API;
