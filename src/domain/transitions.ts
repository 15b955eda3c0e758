import type { ErrorCode } from './error-code.ts';
import type { Instant } from './instant.ts';
import type { Product } from './keys.ts';
import type { Method } from './method.ts';
import { fitsCurrency, fromMinor, toMinor } from './money.ts';
import {
  type AbortedPayment,
  balanceOf,
  type Cancel,
  type CanceledPayment,
  type DonePayment,
  type ExpiredPayment,
  type InProgressPayment,
  type Order,
  type PartialCanceledPayment,
  type Payment,
  type ReadyPayment,
  type WindowRequest,
} from './payment.ts';
import { type Refusal, refuse } from './refusal.ts';
import type { Allowed } from './verdicts.ts';

/** Opens a payment: READY. */
export const openPayment = (opening: {
  paymentKey: string;
  mId: string;
  product: Product;
  publicUrl: string;
  order: Order;
  window: WindowRequest;
  requestedAt: Instant;
}): ReadyPayment => ({
  paymentKey: opening.paymentKey,
  mId: opening.mId,
  product: opening.product,
  publicUrl: opening.publicUrl,
  order: opening.order,
  window: opening.window,
  requestedAt: opening.requestedAt,
  status: 'READY',
  method: null,
  confirmRefusal: null,
  approvedAt: null,
  lastTransactionKey: null,
  secret: null,
  cancels: null,
  failure: null,
});

/**
 * The shopper authenticates a means of payment: READY → IN_PROGRESS.
 *
 * @param confirmRefusal the code with which the issuer is to refuse the confirm; null when it approves
 */
export const authenticate = (
  payment: Allowed<'authenticate'>,
  method: Method,
  confirmRefusal: ErrorCode | null,
): InProgressPayment => ({
  ...payment,
  status: 'IN_PROGRESS',
  method,
  confirmRefusal,
});

/** The issuer approves: IN_PROGRESS → DONE. */
export const approve = (
  payment: Allowed<'confirm'>,
  approval: { at: Instant; transactionKey: string; secret: string },
): DonePayment => ({
  ...payment,
  status: 'DONE',
  confirmRefusal: null,
  approvedAt: approval.at,
  lastTransactionKey: approval.transactionKey,
  secret: approval.secret,
});

/** The issuer refuses: IN_PROGRESS → ABORTED, with the code and message that the confirm answers. */
export const abort = (
  payment: Allowed<'confirm'>,
  refusal: { transactionKey: string; code: ErrorCode; message: string },
): AbortedPayment => ({
  ...payment,
  status: 'ABORTED',
  confirmRefusal: null,
  lastTransactionKey: refusal.transactionKey,
  failure: { code: refusal.code, message: refusal.message },
});

/** One object for all: payments.md 2.3, measured. */
const EXPIRED_PAYMENT = {
  code: 'EXPIRED_PAYMENT',
  message: '결제가 만료되었습니다. 다시 시도해주세요.',
};

/** A time limit passed: READY or IN_PROGRESS → EXPIRED. The method is forgotten (payments.md 2.2, measured). */
export const expire = (payment: Allowed<'lapse'>): ExpiredPayment => ({
  ...payment,
  status: 'EXPIRED',
  method: null,
  confirmRefusal: null,
  failure: EXPIRED_PAYMENT,
});

/** What the merchant wants cancelled; null means as much as is left. */
export interface CancelWish {
  readonly cancelReason: string;
  readonly cancelAmount: number | null;
  readonly taxFreeAmount: number | null;
  readonly taxExemptionAmount: number | null;
}

/** What a cancel moves, in the major unit. */
export type CancelAmounts = Pick<Cancel, 'cancelAmount' | 'taxFreeAmount' | 'taxExemptionAmount'>;

/** Does the wish take everything that is left? */
export const takesAll = (payment: Payment, wish: CancelWish): boolean =>
  wish.cancelAmount === null || wish.cancelAmount === balanceOf(payment).balanceAmount;

/**
 * Fits the wish into what is left. Cancelling everything takes the untaxed parts along; a partial cancel takes
 * none unless told (payments.md 4.5), so it can take no more than the taxed part [I].
 *
 * @returns the amounts, or INVALID_MINOR_UNIT_FOR_CURRENCY (400, payments.md 2.6) or NOT_CANCELABLE_AMOUNT (403)
 */
export function amountsToCancel(payment: Allowed<'cancel'>, wish: CancelWish): CancelAmounts | Refusal {
  const left = balanceOf(payment);
  const { currency } = left;
  for (const wanted of [wish.cancelAmount, wish.taxFreeAmount, wish.taxExemptionAmount]) {
    if (wanted !== null && !fitsCurrency(wanted, currency)) return refuse('INVALID_MINOR_UNIT_FOR_CURRENCY');
  }
  const balance = toMinor(left.balanceAmount, currency);
  const taxFreeLeft = toMinor(left.taxFreeAmount, currency);
  const exemptLeft = toMinor(left.taxExemptionAmount, currency);

  const all = takesAll(payment, wish);
  const part = (wanted: number | null, whole: number): number =>
    wanted === null ? (all ? whole : 0) : toMinor(wanted, currency);
  const amount = part(wish.cancelAmount, balance);
  const taxFree = part(wish.taxFreeAmount, taxFreeLeft);
  const exempt = part(wish.taxExemptionAmount, exemptLeft);
  const taxed = amount - taxFree - exempt;

  const fits =
    amount > 0 &&
    taxFree <= taxFreeLeft &&
    exempt <= exemptLeft &&
    taxed >= 0 &&
    taxed <= balance - taxFreeLeft - exemptLeft;
  if (!fits) return refuse('NOT_CANCELABLE_AMOUNT');
  return {
    cancelAmount: fromMinor(amount, currency),
    taxFreeAmount: fromMinor(taxFree, currency),
    taxExemptionAmount: fromMinor(exempt, currency),
  };
}

/** Everything goes in the first cancel: DONE (or WAITING_FOR_DEPOSIT) → CANCELED. */
export const cancelWhole = (payment: Uncanceled, entry: Cancel): CanceledPayment => ({
  ...payment,
  status: 'CANCELED',
  lastTransactionKey: entry.transactionKey,
  cancels: [entry],
});

/** A payment that can be cancelled and has not been, not even in part. */
export type Uncanceled = Extract<Allowed<'cancel'>, { cancels: null }>;

/** A part goes, or the rest after parts: DONE or PARTIAL_CANCELED → PARTIAL_CANCELED (payments.md 3, measured). */
export const cancelPart = (payment: Allowed<'cancelPart'>, entry: Cancel): PartialCanceledPayment => ({
  ...payment,
  status: 'PARTIAL_CANCELED',
  lastTransactionKey: entry.transactionKey,
  cancels: payment.cancels === null ? [entry] : [...payment.cancels, entry],
});
