import { bankOf } from '../banks.ts';
import { cardCompanyOf } from '../codes.ts';
import type { PaymentWire } from '../payment-schema.ts';
import { ALWAYS, between, type Past, since, type Table, until } from './table.ts';

/* payments.md 9.2, the objects of the methods. Where it stands: the order of 1.0, and new fields where today has them. */

/** What a card company or a bank was called before it had a code only, e.g. `현대` (payments.md 10.1, 10.2). */
const koreanName = (code: string, row: { readonly ko: string | null; readonly name: string } | undefined) =>
  row?.ko ?? row?.name ?? code;

/** The name of an easy pay; 토스페이 was called 토스결제 (payments.md 10.4). */
export const easyPayName = ({ payment }: Past<unknown>): string | null => {
  const name = payment.easyPay?.provider ?? null;
  return name === '토스페이' ? '토스결제' : name;
};

export const CARD: Table<NonNullable<PaymentWire['card']>> = [
  ['company', ALWAYS, ({ now }) => koreanName(now.issuerCode, cardCompanyOf(now.issuerCode))],
  ['issuerCode', since('2022-07-27')],
  ['acquirerCode', since('2022-07-27')],
  ['number', ALWAYS],
  ['installmentPlanMonths', ALWAYS],
  ['isInterestFree', since('1.3')],
  ['interestPayer', since('1.4')],
  // The easy pay behind which the card is, until `easyPay` said more; where it stood is not known [I].
  ['provider', between('1.4', '1.4'), easyPayName],
  ['approveNo', ALWAYS],
  ['useCardPoint', ALWAYS],
  ['cardType', ALWAYS],
  ['ownerType', ALWAYS],
  ['acquireStatus', ALWAYS],
  ['receiptUrl', ALWAYS, ({ payment }) => payment.receipt?.url ?? null],
  ['amount', since('2022-06-08')],
];

export const VIRTUAL_ACCOUNT: Table<NonNullable<PaymentWire['virtualAccount']>> = [
  ['accountNumber', ALWAYS],
  ['accountType', since('1.4')],
  ['bank', ALWAYS, ({ now }) => koreanName(now.bankCode, bankOf(now.bankCode))],
  ['customerName', ALWAYS],
  ['dueDate', ALWAYS],
  ['expired', ALWAYS],
  ['settlementStatus', ALWAYS],
  ['refundStatus', ALWAYS],
  // 1.0 has neither; the page does not say when they came: with most of what is new [I].
  ['refundReceiveAccount', since('2022-06-08')],
  ['depositorName', since('2022-06-08')],
];

export const TRANSFER: Table<NonNullable<PaymentWire['transfer']>> = [
  ['bank', ALWAYS, ({ now }) => koreanName(now.bankCode, bankOf(now.bankCode))],
  ['settlementStatus', ALWAYS],
];

export const MOBILE_PHONE: Table<NonNullable<PaymentWire['mobilePhone']>> = [
  ['carrier', until('1.4'), ({ method }) => (method?.kind === 'MOBILE_PHONE' ? method.carrier : null)],
  ['customerMobilePhone', ALWAYS],
  ['settlementStatus', ALWAYS],
  ['receiptUrl', since('1.4')],
];

export const DISCOUNT: Table<NonNullable<PaymentWire['discount']>> = [['amount', ALWAYS]];

/** Up to 1.4; the page prints the one of 1.0 and no other, so from then on it is today's [I]. */
export const CASH_RECEIPT: Table<NonNullable<PaymentWire['cashReceipt']>> = [
  ['type', ALWAYS],
  ['amount', ALWAYS],
  ['taxFreeAmount', ALWAYS],
  ['issueNumber', ALWAYS],
  ['receiptUrl', ALWAYS],
];
