export type Currency = 'KRW' | 'USD' | 'JPY';

/** How many decimals the currency has: won and yen are whole (payments.md 2.6). */
export const decimalsOf = (currency: Currency): 0 | 2 => (currency === 'USD' ? 2 : 0);

const minorPerMajor = (currency: Currency): 1 | 100 => (decimalsOf(currency) === 2 ? 100 : 1);

/** The amount in its smallest unit (won, yen, cents), a whole number: all arithmetic is done in it. */
export const toMinor = (amount: number, currency: Currency): number =>
  Math.round(amount * minorPerMajor(currency));

/** Back from the smallest unit to the number that stands on the wire. */
export const fromMinor = (minor: number, currency: Currency): number => minor / minorPerMajor(currency);

/** True when the amount has no more decimals than its currency. */
export const fitsCurrency = (amount: number, currency: Currency): boolean =>
  fromMinor(toMinor(amount, currency), currency) === amount;

/** The largest amount in a smallest unit that is still counted without rounding. */
export const MAX_AMOUNT = Math.floor(Number.MAX_SAFE_INTEGER / 100);
