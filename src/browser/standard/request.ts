import { invalidParameter, sdkError } from '../errors.ts';
import { type Checks, type Fields, firstWrong, isFields, isNumber, oneOf, textUpTo } from './fields.ts';
import { isMethod, optionsOf } from './options.ts';

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

/** Cards are foreigners' too; the other domestic methods are paid in won, PayPal in dollars (browser-sdk.md 2.3). */
function currenciesOf({ method, foreignEasyPay }: Fields): readonly string[] {
  if (method === 'FOREIGN_EASY_PAY' && (foreignEasyPay as Fields)['provider'] === 'PAYPAL') return ['USD'];
  return method === 'CARD' || method === 'FOREIGN_EASY_PAY' ? ['KRW', 'USD', 'JPY'] : ['KRW'];
}

function checkAmount(request: Fields): void {
  const { amount } = request;
  if (!isFields(amount)) throw invalidParameter('amount');
  const { value, currency } = amount;
  if (typeof value !== 'number') throw sdkError('INVALID_AMOUNT_VALUE');
  if (!currenciesOf(request).includes(String(currency))) throw sdkError('INVALID_AMOUNT_CURRENCY');
  // Zero too: the text asks for more than nothing (browser-sdk.md 9 no. 9).
  if (value <= 0) throw sdkError('BELOW_ZERO_AMOUNT');
}

/** The object with the options of the method: foreign easy pay alone needs it. */
function checkOptions(request: Fields): void {
  const options = optionsOf(request);
  if (options === null) return;
  const { name, fields, required } = options;
  const given = request[name] ?? {};
  if (!isFields(given)) throw invalidParameter(name);
  const wrong = required.find((field) => given[field] == null) ?? firstWrong(given, fields);
  if (wrong !== null) throw invalidParameter(`${name}.${wrong}`);
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

/** Optional fields, and what each may be. */
const OPTIONAL: Checks = {
  customerName: textUpTo(100),
  customerEmail: textUpTo(100),
  customerMobilePhone: (value) => typeof value === 'string' && /^\d{8,15}$/.test(value),
  taxFreeAmount: isNumber,
  windowTarget: oneOf('iframe', 'self'),
};

/**
 * The checks that the SDK makes itself, before anything is sent: what is missing, of the wrong type or too long, and
 * what has an error class of its own (browser-sdk.md 2.2, 2.3). The forms of orderId, orderName and e-mail are the
 * server's, which has a code for each (no. 28 of its section 9).
 *
 * @throws {TossPaymentsError} the first thing that is wrong
 */
export function checkRequest(request: Fields): void {
  const { method, orderId, orderName, successUrl, failUrl, metadata } = request;
  if (typeof method !== 'string') throw invalidParameter('method');
  if (!isMethod(method)) throw sdkError('NOT_SUPPORTED_METHOD');
  checkOptions(request);
  checkAmount(request);
  if (typeof orderId !== 'string') throw invalidParameter('orderId');
  if (typeof orderName !== 'string') throw invalidParameter('orderName');
  const wrong = firstWrong(request, OPTIONAL);
  if (wrong !== null) throw invalidParameter(wrong);
  checkMetadata(metadata);
  if (isPromiseMode(request)) return;
  if (!isAbsoluteUrl(successUrl)) throw sdkError('INCORRECT_SUCCESS_URL_FORMAT');
  if (!isAbsoluteUrl(failUrl)) throw sdkError('INCORRECT_FAIL_URL_FORMAT');
}
