import type { CashReceiptRecord } from './cash-receipt.ts';
import type { Method } from './method.ts';
import { fitsCurrency, fromMinor, toMinor } from './money.ts';
import {
  balanceOf,
  type Cancel,
  type CanceledPayment,
  cancelUnderWay,
  type DonePayment,
  doneCancels,
  type PartialCanceledPayment,
  type Payment,
} from './payment.ts';
import { type Refusal, refuse } from './refusal.ts';
import type { Allowed } from './verdicts.ts';

/** What the merchant wants cancelled; null means as much as is left. */
export interface CancelWish {
  readonly cancelReason: string;
  readonly cancelAmount: number | null;
  readonly taxFreeAmount: number | null;
  readonly taxExemptionAmount: number | null;
}

/** What a cancel moves, in the major unit. */
export type CancelAmounts = Pick<
  Cancel,
  'cancelAmount' | 'taxFreeAmount' | 'taxExemptionAmount' | 'cardDiscountAmount' | 'easyPayDiscountAmount'
>;

/** Does the wish take everything that is left? */
export const takesAll = (payment: Payment, wish: CancelWish): boolean =>
  wish.cancelAmount === null || wish.cancelAmount === balanceOf(payment).balanceAmount;

/** The instant discount or the points of a payment, and how much of it is left to be taken back, in the major unit. */
const discountOf = (method: Method | null): number =>
  method?.kind === 'CARD' || method?.kind === 'EASY_PAY' ? method.discountAmount : 0;

/**
 * Fits the wish into what is left. Cancelling everything takes the untaxed parts along; a partial cancel takes
 * none unless told (payments.md 4.5), so it can take no more than the taxed part [I].
 *
 * The card's instant discount is taken back whole by the first cancel, which must be at least as much; of an easy pay
 * the card or money goes first, then the points [I].
 *
 * @returns the amounts, or INVALID_MINOR_UNIT_FOR_CURRENCY (400, payments.md 2.6), NOT_CANCELABLE_AMOUNT (403) or
 *   EXCEED_CANCEL_AMOUNT_DISCOUNT_AMOUNT (400)
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

  const discount = toMinor(discountOf(payment.method), currency);
  const isCard = payment.method.kind === 'CARD';
  const cardDiscount = isCard && doneCancels(payment).length === 0 ? discount : 0;
  if (amount < cardDiscount) return refuse('EXCEED_CANCEL_AMOUNT_DISCOUNT_AMOUNT');
  const pointsLeft = Math.min(discount, balance);
  const points = isCard ? 0 : Math.max(0, amount - (balance - pointsLeft));
  return {
    cancelAmount: fromMinor(amount, currency),
    taxFreeAmount: fromMinor(taxFree, currency),
    taxExemptionAmount: fromMinor(exempt, currency),
    cardDiscountAmount: fromMinor(cardDiscount, currency),
    easyPayDiscountAmount: fromMinor(points, currency),
  };
}

/** A payment that can be cancelled and has not been, not even in part: what a cancel of everything makes CANCELED. */
export type Uncanceled = Exclude<Allowed<'cancel'>, PartialCanceledPayment>;

export const isUncanceled = (payment: Allowed<'cancel'>): payment is Uncanceled =>
  payment.status !== 'PARTIAL_CANCELED';

const withCancel = (payment: Payment, entry: Cancel): readonly Cancel[] =>
  payment.cancels === null ? [entry] : [...payment.cancels, entry];

/** The cash receipt's own cancel stands in its history (cash-receipts.md 7); null where there is none to cancel. */
const withRecord = (payment: Payment, record: CashReceiptRecord | null): Payment['cashReceipts'] =>
  record === null ? payment.cashReceipts : [...(payment.cashReceipts ?? []), record];

/** Everything goes in the first cancel: DONE (or WAITING_FOR_DEPOSIT) → CANCELED. */
export const cancelWhole = (
  payment: Uncanceled,
  entry: Cancel,
  record: CashReceiptRecord | null = null,
): CanceledPayment => ({
  ...payment,
  status: 'CANCELED',
  lastTransactionKey: entry.transactionKey,
  cancels: withCancel(payment, entry),
  cashReceipts: withRecord(payment, record),
});

/** A part goes, or the rest after parts: DONE or PARTIAL_CANCELED → PARTIAL_CANCELED (payments.md 3, measured). */
export const cancelPart = (
  payment: Allowed<'cancelPart'>,
  entry: Cancel,
  record: CashReceiptRecord | null = null,
): PartialCanceledPayment => ({
  ...payment,
  status: 'PARTIAL_CANCELED',
  lastTransactionKey: entry.transactionKey,
  cancels: withCancel(payment, entry),
  cashReceipts: withRecord(payment, record),
});

/** What a cancel of foreign easy pay leaves behind until it ends: the status and the balance stay [I]. */
export type Pending = DonePayment | PartialCanceledPayment;

/** A cancel of foreign easy pay is under way (webhooks.md 2.3). */
export const startCancel = (payment: Pending, entry: Cancel): Pending => ({
  ...payment,
  lastTransactionKey: entry.transactionKey,
  cancels: withCancel(payment, entry),
});

/**
 * A cancel under way ends. Done, it takes effect as any cancel does; failed, nothing has changed but its entry.
 *
 * @returns the payment and the entry as it ended; null when none is under way
 */
export function settleCancel(
  payment: Allowed<'settleCancel'>,
  outcome: 'DONE' | 'ABORTED',
  canceledAt: Cancel['canceledAt'],
): { payment: Pending | CanceledPayment; entry: Cancel } | null {
  const running = cancelUnderWay(payment);
  if (running === undefined) return null;
  const entry: Cancel = { ...running, cancelStatus: outcome, canceledAt };
  const cancels = (payment.cancels ?? []).map((cancel) => (cancel === running ? entry : cancel));
  if (outcome === 'ABORTED') return { payment: { ...payment, cancels }, entry };
  const isWhole = payment.status === 'DONE' && running.cancelAmount === balanceOf(payment).balanceAmount;
  return {
    payment: isWhole
      ? { ...payment, status: 'CANCELED', cancels }
      : { ...payment, status: 'PARTIAL_CANCELED', cancels },
    entry,
  };
}
