import { type Currency, fromMinor, toMinor } from './money.ts';

/** What is left of a payment, in the currency's major unit. */
export interface Balance {
  readonly currency: Currency;
  readonly balanceAmount: number;
  readonly taxFreeAmount: number;
  readonly taxExemptionAmount: number;
}

/**
 * Supply value and value-added tax of what is left (payments.md 2.6, checked there against eight real answers):
 * the tax is an eleventh of the taxable part, to the nearest unit; a tie cannot happen with whole units.
 */
export function taxOf(balance: Balance): {
  suppliedAmount: number;
  vat: number;
} {
  const { currency } = balance;
  const taxable =
    toMinor(balance.balanceAmount, currency) -
    toMinor(balance.taxFreeAmount, currency) -
    toMinor(balance.taxExemptionAmount, currency);
  const vat = Math.round(taxable / 11);
  return {
    suppliedAmount: fromMinor(taxable - vat, currency),
    vat: fromMinor(vat, currency),
  };
}
