import { GIFT_CERTIFICATES, type RequestMethod } from '../../domain/method.ts';
import type { Payment } from '../../domain/payment.ts';
import { type Bank, ISSUING_BANKS, TRANSFER_BANKS } from '../../wire/banks.ts';
import { CARRIERS } from '../../wire/codes.ts';
import { refusalOfMethod } from '../../wire/opening.ts';
import { type Fields, field } from './fields.ts';

/* What the window offers: what the merchant has fixed is not the shopper's to choose. */

/** The methods that are paid out of, or into, a bank account that the shopper picks. */
export type BankMethod = 'VIRTUAL_ACCOUNT' | 'TRANSFER';

/** What the integrated window offers beside cards and easy pay (browser-sdk.md 4.9). */
const BESIDE_CARDS = ['VIRTUAL_ACCOUNT', 'TRANSFER', 'MOBILE_PHONE', ...GIFT_CERTIFICATES] as const;

/** The methods other than card and easy pay that the shopper may pick. */
export function otherMethodsOf({ window, order }: Payment): (typeof BESIDE_CARDS)[number][] {
  if (window.method !== null) return [];
  const { currency, totalAmount: amount } = order;
  return BESIDE_CARDS.filter((method) => refusalOfMethod(method, { currency, amount }) === null);
}

/** What is paid with: as the merchant has fixed it, or the shopper picked. */
export const pickedMethod = (payment: Payment, fields: Fields): RequestMethod =>
  payment.window.method ??
  otherMethodsOf(payment).find((method) => method === field(fields, 'method')) ??
  'CARD';

/** The banks to pick from. */
export const banksOf = (method: BankMethod): readonly Bank[] =>
  method === 'TRANSFER' ? TRANSFER_BANKS : ISSUING_BANKS;

/** The bank that was picked of them. */
export const pickedBank = (method: BankMethod, fields: Fields): Bank | undefined =>
  banksOf(method).find(({ code }) => code === field(fields, 'bankCode'));

/** The carriers to pick from. */
export const carriersOf = ({ window }: Payment): typeof CARRIERS =>
  CARRIERS.filter(({ code }) => window.mobileCarriers === null || window.mobileCarriers.includes(code));

/** The carrier that was picked of them. */
export const pickedCarrier = (payment: Payment, fields: Fields): string | undefined =>
  carriersOf(payment).find(({ code }) => code === field(fields, 'carrier'))?.code;
