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
  /** What the SDK calls before it opens the window; older builds of the real one do the same (browser-sdk.md 3.2). */
  createPaymentBySdk: {
    method: 'POST',
    path: '/v1/payments/sdk',
    api: 'POST /v1/payments',
    caller: 'client key',
  },
} as const satisfies Record<string, Endpoint>;

export type OperationName = keyof typeof API;
