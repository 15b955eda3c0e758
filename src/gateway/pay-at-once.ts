import type { Method } from '../domain/method.ts';
import type { Refusal } from '../domain/refusal.ts';
import { authenticate, openPayment } from '../domain/transitions.ts';
import { type Approved, approvePayment } from './approve-payment.ts';
import { type Opening, refusalOf } from './open-payment.ts';
import type { Work } from './work.ts';

/**
 * Opens a payment and approves it in one step, without a window: by card number (payments.md 4.6), or into a virtual
 * account (payments.md 4.7).
 *
 * @returns the payment, DONE or WAITING_FOR_DEPOSIT; or DUPLICATED_ORDER_ID, INVALID_DATE, EXCEED_MAX_DUE_DATE
 */
export function payAtOnce(work: Work, opening: Opening, method: Method): Approved | Refusal {
  const refusal = refusalOf(work, opening);
  if (refusal !== null) return refusal;
  const opened = openPayment({
    paymentKey: work.issuePaymentKey(),
    mId: work.merchant.mId,
    product: opening.product,
    publicUrl: opening.publicUrl,
    order: opening.order,
    window: opening.window,
    requestedAt: work.now,
  });
  return approvePayment(work, authenticate(opened, method, null));
}
