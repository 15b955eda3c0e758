import { invalidParameter, notYet, sdkError } from '../errors.ts';

export type Fields = Record<string, unknown>;

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

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * A plain copy of what the merchant hands in: reactive proxies cannot be sent as they are.
 *
 * @throws {TossPaymentsError} INVALID_PARAMETERS when it is no object, or one that cannot be written as JSON
 */
export function plainRequest(request: unknown): Fields {
  let copy: unknown;
  try {
    copy = JSON.parse(JSON.stringify(request));
  } catch {
    throw sdkError('INVALID_PARAMETERS');
  }
  if (!isFields(copy)) throw sdkError('INVALID_PARAMETERS');
  return copy;
}

const isAbsoluteUrl = (value: unknown): boolean =>
  typeof value === 'string' && /^https?:\/\//i.test(value) && URL.canParse(value);

/** Neither address is given: the promise itself carries the result (browser-sdk.md 2.11). */
export const isPromiseMode = ({ successUrl, failUrl }: Fields): boolean =>
  successUrl == null && failUrl == null;

function checkAmount(amount: unknown): void {
  if (!isFields(amount)) throw invalidParameter('amount');
  const { value, currency } = amount;
  if (typeof value !== 'number') throw sdkError('INVALID_AMOUNT_VALUE');
  if (!['KRW', 'USD', 'JPY'].includes(String(currency))) throw sdkError('INVALID_AMOUNT_CURRENCY');
  // Zero too: the text asks for more than nothing (browser-sdk.md 9 no. 9).
  if (value <= 0) throw sdkError('BELOW_ZERO_AMOUNT');
}

/** At most 5 pairs; keys of 1 to 40 characters without brackets, values of at most 2000 (browser-sdk.md 2.3). */
function checkMetadata(metadata: unknown): void {
  if (metadata == null) return;
  const pairs = isFields(metadata) ? Object.entries(metadata) : null;
  const isGood = pairs?.every(
    ([key, value]) => /^[^[\]]{1,40}$/.test(key) && typeof value === 'string' && value.length <= 2000,
  );
  if (pairs === null || isGood !== true || pairs.length > 5) throw sdkError('INVALID_METADATA');
}

/** Optional fields, and what each may be. Null counts as absent. */
const OPTIONAL: Readonly<Record<string, (value: unknown) => boolean>> = {
  customerName: (value) => typeof value === 'string' && value.length <= 100,
  customerEmail: (value) => typeof value === 'string' && value.length <= 100,
  customerMobilePhone: (value) => typeof value === 'string' && /^\d{8,15}$/.test(value),
  taxFreeAmount: (value) => typeof value === 'number',
  windowTarget: (value) => value === 'iframe' || value === 'self',
  card: isFields,
};

/**
 * The checks that the SDK makes itself, before anything is sent: what is missing, of the wrong type or too long, and
 * what has an error class of its own (browser-sdk.md 2.2, 2.3). The forms of orderId, orderName and e-mail are the
 * server's, which has a code for each (no. 28 of its section 9).
 *
 * @throws {TossPaymentsError} the first thing that is wrong
 */
export function checkRequest(request: Fields): void {
  const { method, amount, orderId, orderName, successUrl, failUrl, metadata } = request;
  if (typeof method !== 'string') throw invalidParameter('method');
  if (!METHODS.includes(method)) throw sdkError('NOT_SUPPORTED_METHOD');
  if (method !== 'CARD') throw notYet(`requestPayment({ method: '${method}' })`);
  checkAmount(amount);
  if (typeof orderId !== 'string') throw invalidParameter('orderId');
  if (typeof orderName !== 'string') throw invalidParameter('orderName');
  for (const [name, isGood] of Object.entries(OPTIONAL)) {
    if (request[name] != null && !isGood(request[name])) throw invalidParameter(name);
  }
  checkMetadata(metadata);
  if (isPromiseMode(request)) return;
  if (!isAbsoluteUrl(successUrl)) throw sdkError('INCORRECT_SUCCESS_URL_FORMAT');
  if (!isAbsoluteUrl(failUrl)) throw sdkError('INCORRECT_FAIL_URL_FORMAT');
}
