import { AUTHENTICATION_LIMIT_MS } from '../domain/job.ts';
import type { Product } from '../domain/keys.ts';
import type { Order, Payment, ReadyPayment, WindowRequest } from '../domain/payment.ts';
import { type Refusal, refuse } from '../domain/refusal.ts';
import { openPayment } from '../domain/transitions.ts';
import type { Work } from './work.ts';

/** What it takes to open a payment. */
export interface Opening {
  readonly order: Order;
  readonly window: WindowRequest;
  readonly product: Product;
  readonly publicUrl: string;
}

/** An order counts as paid once one of its payments was approved, even if it was cancelled since. */
export const isPaid = (payment: Payment): boolean => payment.approvedAt !== null || payment.cancels !== null;

/**
 * Opens a payment: READY, for 30 minutes (payments.md 3, 4.1).
 *
 * @returns the payment, or DUPLICATED_ORDER_ID when the order has been approved before
 */
export function open(work: Work, opening: Opening): ReadyPayment | Refusal {
  if (work.world.paymentsOfOrder(opening.order.orderId).some(isPaid)) return refuse('DUPLICATED_ORDER_ID');
  const payment = openPayment({
    paymentKey: work.issuePaymentKey(),
    mId: work.merchant.mId,
    product: opening.product,
    publicUrl: opening.publicUrl,
    order: opening.order,
    window: opening.window,
    requestedAt: work.now,
  });
  work.save(payment, 'PaymentOpened');
  work.plan('lapse', payment.paymentKey, work.now + AUTHENTICATION_LIMIT_MS);
  return payment;
}
