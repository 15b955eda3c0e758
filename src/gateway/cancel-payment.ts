import {
  amountsToCancel,
  type CancelWish,
  cancelPart,
  cancelWhole,
  isUncanceled,
  type Pending,
  startCancel,
  takesAll,
} from '../domain/cancel.ts';
import { isWithinCancelPeriod } from '../domain/cancel-period.ts';
import { type CashReceiptRecord, cancelReceiptKeyOf } from '../domain/cash-receipt.ts';
import { issueNumberOf, type Product, transactionKeyAt } from '../domain/keys.ts';
import type { RefundAccount } from '../domain/method.ts';
import type { Currency } from '../domain/money.ts';
import {
  balanceOf,
  type Cancel,
  type CanceledPayment,
  cancelUnderWay,
  isPartialCancelable,
  type PartialCanceledPayment,
} from '../domain/payment.ts';
import { isRefusal, type Refusal, refuse } from '../domain/refusal.ts';
import { type Allowed, allows, VERDICTS } from '../domain/verdicts.ts';
import { keyFits } from './find-payment.ts';
import type { Processing } from './processing.ts';
import type { Work } from './work.ts';

/** A cancel as the merchant asks for it. */
export interface CancelRequest extends CancelWish {
  readonly paymentKey: string;
  readonly currency: Currency | null;
  /** What the merchant believes can still be cancelled. */
  readonly refundableAmount: number | null;
  /** Where the money goes, or what is wrong with it: asked only for a virtual account that was paid into. */
  readonly refundReceiveAccount: RefundAccount | Refusal | null;
  /** The merchant's name for a cancel that ends later; others ignore it. */
  readonly cancelRequestId: string | null;
}

type Canceled = CanceledPayment | PartialCanceledPayment;

/**
 * The checks of a cancel, whole or in part (payments.md 4.5), and what is left to do when they are passed: that takes
 * the processing time. Order of checks: look-up, kind of key, state, another cancel under way, period, partial
 * cancel allowed at all, currency, `refundableAmount`, amounts, refund account.
 *
 * @param product of the secret key the merchant calls with
 * @returns what is left, which ends in CANCELED when everything goes in one step, else PARTIAL_CANCELED, or for foreign
 *   easy pay in a cancel under way; or NOT_FOUND_PAYMENT, INVALID_API_KEY, NOT_CANCELABLE_PAYMENT, ALREADY_CANCELED_PAYMENT,
 *   FORBIDDEN_CONSECUTIVE_REQUEST, EXCEED_MAX_REFUND_DUE, NOT_ALLOWED_PARTIAL_REFUND_WAITING_DEPOSIT,
 *   NOT_ALLOWED_PARTIAL_REFUND, INVALID_CURRENCY, NOT_MATCHES_REFUNDABLE_AMOUNT, INVALID_MINOR_UNIT_FOR_CURRENCY,
 *   NOT_CANCELABLE_AMOUNT, EXCEED_CANCEL_AMOUNT_DISCOUNT_AMOUNT, INVALID_REFUND_ACCOUNT_INFO,
 *   INVALID_REFUND_ACCOUNT_NUMBER, INVALID_BANK
 */
export function beginCancel(
  work: Work,
  request: CancelRequest,
  product: Product,
): Processing<Canceled | Pending> | Refusal {
  const payment = work.world.payment(request.paymentKey);
  if (payment === undefined) return refuse('NOT_FOUND_PAYMENT');
  if (!keyFits(work, payment, product)) return refuse('INVALID_API_KEY');
  if (!allows('cancel', payment)) return refuse(VERDICTS.cancel[payment.status]);
  if (cancelUnderWay(payment) !== undefined) return refuse('FORBIDDEN_CONSECUTIVE_REQUEST');
  const { approvedAt, method } = payment;
  if (approvedAt !== null && !isWithinCancelPeriod(method, approvedAt, work.now))
    return refuse('EXCEED_MAX_REFUND_DUE');
  const verb = verbFor(payment, request);
  if (isRefusal(verb)) return verb;

  const { balanceAmount, currency } = balanceOf(payment);
  // INVALID_CURRENCY is not in the endpoint's table (payments.md 4.5), but the page names it for this case.
  if (request.currency !== null && request.currency !== currency) return refuse('INVALID_CURRENCY');
  if (request.refundableAmount !== null && request.refundableAmount !== balanceAmount) {
    return refuse('NOT_MATCHES_REFUNDABLE_AMOUNT');
  }
  const amounts = amountsToCancel(payment, request);
  if (isRefusal(amounts)) return amounts;
  if (method.kind === 'VIRTUAL_ACCOUNT' && payment.status !== 'WAITING_FOR_DEPOSIT') {
    const account = request.refundReceiveAccount ?? refuse('INVALID_REFUND_ACCOUNT_INFO');
    if (isRefusal(account)) return account;
  }

  const finish = (): Canceled | Pending => {
    const isLater = method.kind === 'FOREIGN_EASY_PAY';
    const entry: Cancel = {
      transactionKey: transactionKeyAt(work.now, work.draw),
      cancelReason: request.cancelReason,
      canceledAt: work.now,
      cancelAmount: amounts.cancelAmount,
      taxFreeAmount: amounts.taxFreeAmount,
      taxExemptionAmount: amounts.taxExemptionAmount,
      cardDiscountAmount: amounts.cardDiscountAmount,
      easyPayDiscountAmount: amounts.easyPayDiscountAmount,
      receiptKey: cancelReceiptKeyOf(payment.cashReceipt),
      cancelStatus: isLater ? 'IN_PROGRESS' : 'DONE',
      cancelRequestId: isLater ? request.cancelRequestId : null,
    };
    return isLater ? cancelLater(work, payment, entry) : cancelNow(work, payment, entry, verb);
  };
  return { claims: { command: 'cancel', paymentKey: payment.paymentKey }, finish };
}

type Verb = (entry: Cancel, record: CashReceiptRecord | null) => Canceled;

/** Everything in one step, or a part; the rest after parts is a part too. */
function verbFor(payment: Allowed<'cancel'>, request: CancelRequest): Verb | Refusal {
  if (isUncanceled(payment) && takesAll(payment, request))
    return (entry, record) => cancelWhole(payment, entry, record);
  // More than is left is no part of it.
  const isPart = request.cancelAmount !== null && request.cancelAmount < balanceOf(payment).balanceAmount;
  if (!allows('cancelPart', payment))
    return refuse(isPart ? VERDICTS.cancelPart[payment.status] : 'NOT_CANCELABLE_AMOUNT');
  if (isPart && !isPartialCancelable(payment)) return refuse('NOT_ALLOWED_PARTIAL_REFUND');
  return (entry, record) => cancelPart(payment, entry, record);
}

function cancelNow(work: Work, payment: Allowed<'cancel'>, entry: Cancel, verb: Verb): Canceled {
  const canceled = verb(entry, recordOf(work, payment, entry));
  // Into an account that is closed by a cancel nothing can be paid any more.
  if (payment.status === 'WAITING_FOR_DEPOSIT') work.strike('closeAccount', payment.paymentKey);
  const moved = payment.status === 'WAITING_FOR_DEPOSIT' ? 0 : -entry.cancelAmount;
  work.save(canceled, 'PaymentCanceled', { transactionKey: entry.transactionKey, amount: moved });
  return canceled;
}

/** The cancel of the cash receipt that goes with that of the payment (cash-receipts.md 7). */
export function recordOf(work: Work, payment: Allowed<'cancel'>, entry: Cancel): CashReceiptRecord | null {
  const receipt = payment.cashReceipt;
  if (receipt === null || entry.receiptKey === null) return null;
  return {
    type: receipt.type,
    receiptKey: entry.receiptKey,
    issueNumber: issueNumberOf(work.draw),
    customerIdentityNumber: receipt.customerIdentityNumber,
    amount: entry.cancelAmount,
    taxFreeAmount: entry.taxFreeAmount,
    transactionType: 'CANCEL',
    issueStatus: 'IN_PROGRESS',
    requestedAt: work.now,
  };
}

function cancelLater(work: Work, payment: Allowed<'cancel'>, entry: Cancel): Pending {
  if (payment.status === 'WAITING_FOR_DEPOSIT') throw new Error('Foreign easy pay has no account.');
  const pending = startCancel(payment, entry);
  work.save(pending, 'CancelStarted');
  work.plan('settleCancel', payment.paymentKey, work.now + work.world.conduct.foreignCancelMs);
  return pending;
}
