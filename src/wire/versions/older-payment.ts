import type { ApiVersion } from '../../domain/merchant.ts';
import type { Method } from '../../domain/method.ts';
import { fromMinor, toMinor } from '../../domain/money.ts';
import type { PaymentWire } from '../payment-schema.ts';
import {
  CARD,
  CASH_RECEIPT,
  DISCOUNT,
  easyPayName,
  MOBILE_PHONE,
  TRANSFER,
  VIRTUAL_ACCOUNT,
} from './method-tables.ts';
import { ALWAYS, between, OLDER_VERSIONS, type Past, shape, since, type Table, until } from './table.ts';

/** A Payment of an older version: which fields it has, the tables say. */
export interface OlderPayment {
  readonly cancels: readonly object[] | null;
  readonly [field: string]: unknown;
}

type Cancel = NonNullable<PaymentWire['cancels']>[number];

/** What of a cancel was taxed: the name of the field is all that the page gives [I]. */
function taxedAmount({ now, payment }: Past<Cancel>): number {
  const minor = (amount: number): number => toMinor(amount, payment.currency);
  const taxed = minor(now.cancelAmount) - minor(now.taxFreeAmount) - minor(now.taxExemptionAmount);
  return fromMinor(taxed, payment.currency);
}

/** Up to 1.4: another order than today's. */
const EARLY_CANCEL: Table<Cancel> = [
  ['cancelAmount', ALWAYS],
  ['cancelReason', ALWAYS],
  ['taxFreeAmount', ALWAYS],
  ['taxAmount', ALWAYS, taxedAmount],
  ['refundableAmount', ALWAYS],
  ['canceledAt', ALWAYS],
];

const CANCEL: Table<Cancel> = [
  ['transactionKey', ALWAYS],
  ['cancelReason', ALWAYS],
  ['taxExemptionAmount', ALWAYS],
  ['canceledAt', ALWAYS],
  ['cardDiscountAmount', ALWAYS],
  ['transferDiscountAmount', ALWAYS],
  ['easyPayDiscountAmount', ALWAYS],
  ['receiptKey', ALWAYS],
  ['cancelAmount', ALWAYS],
  ['taxFreeAmount', ALWAYS],
  ['taxAmount', until('2022-06-08'), () => null],
  ['refundableAmount', ALWAYS],
  ['cancelStatus', ALWAYS],
  ['cancelRequestId', ALWAYS],
];

/**
 * payments.md 9.2 row by row, in the order of today (2.1). What is gone since stands where its successor does:
 * `transactionKey` before `lastTransactionKey`, `foreignEasyPay` after the other methods [I].
 */
const PAYMENT: Table<PaymentWire> = [
  ['mId', ALWAYS],
  ['transactionKey', since('1.3'), ({ now }) => now.lastTransactionKey],
  ['lastTransactionKey', since('2022-06-08')],
  ['paymentKey', ALWAYS],
  ['orderId', ALWAYS],
  ['orderName', since('1.3')],
  ['taxExemptionAmount', since('2022-06-08')],
  ['status', ALWAYS],
  ['requestedAt', ALWAYS],
  ['approvedAt', ALWAYS],
  ['useEscrow', ALWAYS],
  ['cultureExpense', since('1.3')],
  ['card', ALWAYS, CARD],
  ['virtualAccount', ALWAYS, VIRTUAL_ACCOUNT],
  ['transfer', since('1.1'), TRANSFER],
  ['mobilePhone', ALWAYS, MOBILE_PHONE],
  ['giftCertificate', ALWAYS],
  [
    'foreignEasyPay',
    between('1.4', '1.4'),
    ({ now, method }) =>
      method?.kind === 'FOREIGN_EASY_PAY' && now.easyPay !== null ? { provider: now.easyPay.provider } : null,
  ],
  ['foreignEasyPay', between('2022-06-08', '2022-06-08'), () => null],
  ['cashReceipt', until('1.4'), CASH_RECEIPT],
  ['cashReceipt', since('2022-06-08')],
  ['cashReceipts', since('2022-07-27')],
  ['discount', ALWAYS, DISCOUNT],
  ['cancels', until('1.4'), EARLY_CANCEL],
  ['cancels', since('2022-06-08'), CANCEL],
  ['secret', ALWAYS],
  ['type', since('1.2')],
  ['easyPay', between('1.2', '1.4'), easyPayName],
  ['easyPay', since('2022-06-08')],
  ['country', since('1.4')],
  ['failure', since('1.4')],
  ['isPartialCancelable', since('2022-06-08')],
  ['receipt', since('2022-06-08')],
  ['checkout', since('2022-06-08')],
  ['currency', ALWAYS],
  ['totalAmount', ALWAYS],
  ['balanceAmount', ALWAYS],
  ['suppliedAmount', since('1.3')],
  ['vat', since('1.3')],
  ['taxFreeAmount', since('1.3')],
  ['method', ALWAYS],
  ['version', since('1.2')],
  ['metadata', since('2022-06-08')],
];

export const isOlder = (version: ApiVersion): boolean => OLDER_VERSIONS.includes(version);

/**
 * A Payment as a version before 2022-11-16 shows it (payments.md 9.2).
 *
 * @param payment as today's versions show it, but with the number of the older one
 * @param method what it was paid with, for what is not shown any more
 */
export const presentOlder = (payment: PaymentWire, method: Method | null): OlderPayment =>
  shape(PAYMENT, { version: payment.version, now: payment, payment, method }) as OlderPayment;
