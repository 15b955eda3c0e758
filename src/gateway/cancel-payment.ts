import { type Product, transactionKeyAt } from '../domain/keys.ts';
import type { Currency } from '../domain/money.ts';
import {
  balanceOf,
  type Cancel,
  type CanceledPayment,
  isPartialCancelable,
  type PartialCanceledPayment,
} from '../domain/payment.ts';
import { isRefusal, type Refusal, refuse } from '../domain/refusal.ts';
import {
  amountsToCancel,
  type CancelWish,
  cancelPart,
  cancelWhole,
  takesAll,
} from '../domain/transitions.ts';
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
}

/**
 * The checks of a cancel, whole or in part (payments.md 4.5), and what is left to do when they are passed: that takes
 * the processing time. Order of checks: look-up, kind of key, state, partial
 * cancel allowed at all, currency, `refundableAmount`, amounts.
 *
 * @param product of the secret key the merchant calls with
 * @returns what is left, which ends in CANCELED when everything goes in one step, else PARTIAL_CANCELED; or NOT_FOUND_PAYMENT,
 *   INVALID_API_KEY, NOT_CANCELABLE_PAYMENT, ALREADY_CANCELED_PAYMENT, NOT_ALLOWED_PARTIAL_REFUND, INVALID_CURRENCY,
 *   NOT_MATCHES_REFUNDABLE_AMOUNT, INVALID_MINOR_UNIT_FOR_CURRENCY, NOT_CANCELABLE_AMOUNT
 */
export function beginCancel(
  work: Work,
  request: CancelRequest,
  product: Product,
): Processing<Canceled> | Refusal {
  const payment = work.world.payment(request.paymentKey);
  if (payment === undefined) return refuse('NOT_FOUND_PAYMENT');
  if (!keyFits(work, payment, product)) return refuse('INVALID_API_KEY');
  if (!allows('cancel', payment)) return refuse(VERDICTS.cancel[payment.status]);
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

  const finish = (): Canceled => {
    const transactionKey = transactionKeyAt(work.now, work.draw);
    const { cancelReason } = request;
    const canceled = verb({ transactionKey, cancelReason, canceledAt: work.now, ...amounts });
    work.save(canceled, 'PaymentCanceled', { transactionKey, amount: -amounts.cancelAmount });
    return canceled;
  };
  return { command: 'cancel', paymentKey: payment.paymentKey, finish };
}

type Canceled = CanceledPayment | PartialCanceledPayment;

/** Everything in one step, or a part; the rest after parts is a part too. */
function verbFor(
  payment: Allowed<'cancel'>,
  request: CancelRequest,
): ((entry: Cancel) => Canceled) | Refusal {
  if (payment.cancels === null && takesAll(payment, request)) return (entry) => cancelWhole(payment, entry);
  if (!allows('cancelPart', payment)) return refuse(VERDICTS.cancelPart[payment.status]);
  // More than is left is no part of it: that is for the amounts to refuse.
  const isPart = (request.cancelAmount ?? 0) < balanceOf(payment).balanceAmount;
  if (isPart && !isPartialCancelable(payment)) return refuse('NOT_ALLOWED_PARTIAL_REFUND');
  return (entry) => cancelPart(payment, entry);
}
