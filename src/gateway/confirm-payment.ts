import type { ErrorCode } from '../domain/error-code.ts';
import { hexTransactionKey, type Product } from '../domain/keys.ts';
import { wasApproved } from '../domain/payment.ts';
import { type Refusal, refuse } from '../domain/refusal.ts';
import { abort } from '../domain/transitions.ts';
import { type Allowed, allows, VERDICTS } from '../domain/verdicts.ts';
import { type Approved, approvePayment } from './approve-payment.ts';
import { keyFits } from './find-payment.ts';
import type { Processing } from './processing.ts';
import type { Work } from './work.ts';

/** What the merchant's server sends after the redirect. */
export interface Confirmation {
  readonly paymentKey: string;
  readonly orderId: string;
  readonly amount: number;
}

/**
 * The checks of a confirm (payments.md 4.2), and what is left to do when they are passed: that takes the processing
 * time. The order of checks is that of payments.md 4: look-up,
 * ownership and order, amount, state. A session that has lapsed is not found, whatever else is wrong.
 *
 * @param product of the secret key the merchant calls with
 * @param describe finds the text that a declined payment keeps as its failure
 * @returns what is left, which ends in the payment, DONE or WAITING_FOR_DEPOSIT; or NOT_FOUND_PAYMENT_SESSION, FORBIDDEN_REQUEST, INVALID_API_KEY, INVALID_REQUEST,
 *   ALREADY_PROCESSED_PAYMENT, DUPLICATED_ORDER_ID; or what the issuer was told to refuse with, the payment then
 *   being ABORTED
 */
export function beginConfirm(
  work: Work,
  confirmation: Confirmation,
  product: Product,
  describe: (code: string) => string,
): Processing<Approved> | Refusal {
  const payment = work.paymentOfAnyone(confirmation.paymentKey);
  if (payment === undefined) return refuse('NOT_FOUND_PAYMENT_SESSION');
  const verdict = VERDICTS.confirm[payment.status];
  if (verdict === 'NOT_FOUND_PAYMENT_SESSION') return refuse(verdict);
  // Client key and secret key of different merchants: payments.md 1.5, 13 no. 4.
  if (payment.mId !== work.merchant.mId) return refuse('FORBIDDEN_REQUEST');
  if (!keyFits(work, payment, product)) return refuse('INVALID_API_KEY');
  if (payment.order.orderId !== confirmation.orderId) return refuse('FORBIDDEN_REQUEST');
  // The code is not published: payments.md 13 no. 5.
  if (payment.order.totalAmount !== confirmation.amount) return refuse('INVALID_REQUEST');
  if (!allows('confirm', payment)) return refuse(VERDICTS.confirm[payment.status]);
  // Two sessions of one order may both be authenticated; only one of them can be approved [I].
  if (work.world.paymentsOfOrder(confirmation.orderId).some(wasApproved))
    return refuse('DUPLICATED_ORDER_ID');
  const finish = (): Approved | Refusal => {
    work.strike('lapse', payment.paymentKey);
    const code = payment.confirmRefusal;
    return code === null ? approvePayment(work, payment) : declineNow(work, payment, code, describe(code));
  };
  return { claims: { command: 'confirm', paymentKey: payment.paymentKey }, finish };
}

function declineNow(work: Work, payment: Allowed<'confirm'>, code: ErrorCode, message: string): Refusal {
  const aborted = abort(payment, {
    transactionKey: hexTransactionKey(work.draw),
    code,
    message,
  });
  work.save(aborted, 'PaymentAborted');
  return refuse(code);
}
