import { type Instant, koreanDigits } from './instant.ts';

/** Draws `size` letters of an alphabet. Chance is an argument, so that the same seed gives the same keys. */
export type Draw = (alphabet: string, size: number) => string;

const ALPHANUMERIC = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const LOWER_ALPHANUMERIC = '0123456789abcdefghijklmnopqrstuvwxyz';
const HEX = '0123456789abcdef';
const DIGITS = '0123456789';
/** Crockford base 32 in lower case: without i, l, o, u (payments.md 2.4). */
const CROCKFORD = '0123456789abcdefghjkmnpqrstvwxyz';

/** First 5 characters of the mId, `yyyyMMddHHmmss` in Korea, 5 alphanumerics: 24 characters (payments.md 2.4). */
export const paymentKeyAt = (mId: string, at: Instant, draw: Draw): string =>
  `${mId.slice(0, 5)}${koreanDigits(at)}${draw(ALPHANUMERIC, 5)}`;

/** A lower-case ULID: 48 bits of milliseconds, then 80 of chance; 26 characters. */
function ulidAt(at: Instant, draw: Draw): string {
  let time = '';
  for (let rest = at, i = 0; i < 10; i++, rest = Math.floor(rest / 32))
    time = CROCKFORD.charAt(rest % 32) + time;
  return time + draw(CROCKFORD, 16);
}

/** `txrd_a` + ULID: the key of an approval or a cancel of today (payments.md 2.4). */
export const transactionKeyAt = (at: Instant, draw: Draw): string => `txrd_a${ulidAt(at, draw)}`;

/**
 * 32 upper-case hex digits: the older form, still seen on failed approvals (payments.md 2.7, ABORTED), and for a virtual
 * account's issue and deposit (payments.md 2.4, webhooks.md 11).
 */
export const hexTransactionKey = (draw: Draw): string => draw(HEX, 32).toUpperCase();

/** `whtrans_a` + ULID: one event on its way to one receiver (webhooks.md 5). */
export const transmissionIdAt = (at: Instant, draw: Draw): string => `whtrans_a${ulidAt(at, draw)}`;

/** `ps_` + 28 alphanumerics: `Payment.secret` (payments.md 2.4). */
export const secretOf = (draw: Draw): string => `ps_${draw(ALPHANUMERIC, 28)}`;

/** `X` and 13 digits: the number of a virtual account in the test environment (payments.md 2.3). */
export const accountNumberOf = (draw: Draw): string => `X65${draw(DIGITS, 11)}`;

/** The number of a fixed account: always the same for a merchant's key (virtual-accounts.md 2). */
export function fixedAccountNumberOf(mId: string, accountKey: string): string {
  let hash = 0;
  for (const char of `${mId} ${accountKey}`) hash = (hash * 31 + (char.codePointAt(0) ?? 0)) % 99_999_999_977;
  return `X65${String(hash).padStart(11, '0')}`;
}

/** 48 alphanumerics: the key of a cash receipt (payments.md 2.3). */
export const receiptKeyOf = (draw: Draw): string => draw(ALPHANUMERIC, 48);

/** 9 digits: the number of a cash receipt, e.g. `730001091` (payments.md 2.3). */
export const issueNumberOf = (draw: Draw): string => `7300${draw(DIGITS, 5)}`;

/** `whk_` + 12: our own name for a registered webhook; the real service has none on the wire. */
export const webhookIdOf = (draw: Draw): string => `whk_${draw(LOWER_ALPHANUMERIC, 12)}`;

/** `flt_` + 12: our own name for an ordered failure. */
export const faultIdOf = (draw: Draw): string => `flt_${draw(LOWER_ALPHANUMERIC, 12)}`;

/** The part of a second below the millisecond, 0 to 999. */
export const microsOf = (draw: Draw): number => Number(draw(DIGITS, 3));

/** An mId, at most 14 characters (payments.md 2.2); `tsand` keeps its payment keys recognisable. */
export const mIdOf = (draw: Draw): string => `tsand${draw(LOWER_ALPHANUMERIC, 9)}`;

/** 28 alphanumerics after the prefix (payments.md 1.3). */
export const apiKeyOf = (prefix: KeyPrefix, draw: Draw): string => `test_${prefix}_${draw(ALPHANUMERIC, 28)}`;

/** 64 hex characters (payments.md 1.3). */
export const securityKeyOf = (draw: Draw): string => draw(HEX, 64);

export type KeyPrefix = 'ck' | 'sk' | 'gck' | 'gsk';

/** What the text of a key says of itself (payments.md 1.3). */
export interface KeyKind {
  readonly live: boolean;
  readonly side: 'client' | 'secret';
  readonly product: Product;
}

/** A pair of keys serves the API on its own, or the payment widget; the two must not be mixed. */
export type Product = 'individual' | 'widget';

/** Reads the prefix of a key; null when it is none. `ak` is the name the secret key had until about 2021. */
export function kindOfKey(key: string): KeyKind | null {
  const match = /^(test|live)_(ck|sk|ak|gck|gsk)_[A-Za-z0-9_]{10,}$/.exec(key);
  if (match === null) return null;
  const prefix = match[2] ?? '';
  return {
    live: match[1] === 'live',
    side: prefix.endsWith('ck') ? 'client' : 'secret',
    product: prefix.startsWith('g') ? 'widget' : 'individual',
  };
}
