import { notYet, requestFailed, sdkError } from '../errors.ts';

/** `payment()` of the v2 SDK, as far as it is built (browser-sdk.md 2.4). */
export interface PaymentInstance {
  requestPayment(request: unknown): Promise<void>;
  requestBillingAuth(request: unknown): Promise<void>;
  destroy(): Promise<void>;
}

const METHODS = [
  'CARD',
  'VIRTUAL_ACCOUNT',
  'TRANSFER',
  'MOBILE_PHONE',
  'CULTURE_GIFT_CERTIFICATE',
  'BOOK_GIFT_CERTIFICATE',
  'GAME_GIFT_CERTIFICATE',
  'FOREIGN_EASY_PAY',
];

type Fields = Record<string, unknown>;

const isFields = (value: unknown): value is Fields => typeof value === 'object' && value !== null;

/** A plain copy: merchants hand in reactive proxies, which cannot be sent as they are. */
const plain = (value: unknown): unknown =>
  value === undefined ? undefined : JSON.parse(JSON.stringify(value));

const isAbsoluteUrl = (value: unknown): boolean =>
  typeof value === 'string' && /^https?:\/\//i.test(value) && URL.canParse(value);

/** The checks of browser-sdk.md 2.3 that the SDK makes itself; the rest is the server's. */
function check(request: Fields): void {
  const { method, amount, orderId, orderName, successUrl, failUrl } = request;
  if (typeof method !== 'string') throw sdkError('INVALID_PARAMETERS');
  if (!METHODS.includes(method)) throw sdkError('NOT_SUPPORTED_METHOD');
  if (method !== 'CARD') throw notYet(`requestPayment({ method: '${method}' })`);
  if (!isFields(amount)) throw sdkError('INVALID_PARAMETERS');
  if (typeof amount['value'] !== 'number' || Number.isNaN(amount['value']))
    throw sdkError('INVALID_AMOUNT_VALUE');
  if (!['KRW', 'USD', 'JPY'].includes(String(amount['currency']))) throw sdkError('INVALID_AMOUNT_CURRENCY');
  if (amount['value'] <= 0) throw sdkError('BELOW_ZERO_AMOUNT');
  if (typeof orderId !== 'string' || typeof orderName !== 'string') throw sdkError('INVALID_PARAMETERS');
  if (successUrl == null && failUrl == null)
    throw notYet('requestPayment without successUrl and failUrl (a promise)');
  if (!isAbsoluteUrl(successUrl)) throw sdkError('INCORRECT_SUCCESS_URL_FORMAT');
  if (!isAbsoluteUrl(failUrl)) throw sdkError('INCORRECT_FAIL_URL_FORMAT');
}

/** Opens the payment at the sandbox; answers with the address of its window. */
async function openWindow(origin: string, clientKey: string, request: Fields): Promise<string> {
  const response = await fetch(`${origin}/v1/payments/sdk`, {
    method: 'POST',
    headers: {
      authorization: `Basic ${btoa(`${clientKey}:`)}`,
      'content-type': 'application/json',
    },
    body: JSON.stringify(request),
  }).catch(() => {
    throw sdkError('NETWORK_ERROR');
  });
  const answer = await response.json();
  if (!response.ok) throw requestFailed(String(answer.code), String(answer.message));
  return String(answer.checkout.url);
}

/** Keeps a promise open for ever: the page is on its way elsewhere (browser-sdk.md 0 no. 5). */
const untilThePageIsGone = (): Promise<never> => new Promise(() => {});

/** Makes the object that `TossPayments(clientKey).payment({ customerKey })` answers with. */
export function createPayment(origin: string, clientKey: string): PaymentInstance {
  let isRequesting = false;
  // Back from the window out of the browser's cache: a new request may begin.
  window.addEventListener('pageshow', (event) => {
    if (event.persisted) isRequesting = false;
  });

  return {
    async requestPayment(request) {
      if (isRequesting) throw sdkError('INVALID_METHOD_TRANSACTION');
      const fields = plain(request);
      if (!isFields(fields)) throw sdkError('INVALID_PARAMETERS');
      check(fields);
      isRequesting = true;
      try {
        window.location.assign(await openWindow(origin, clientKey, fields));
      } catch (error) {
        isRequesting = false;
        throw error;
      }
      return untilThePageIsGone();
    },
    async requestBillingAuth() {
      throw notYet('requestBillingAuth');
    },
    async destroy() {
      throw notYet('destroy');
    },
  };
}
