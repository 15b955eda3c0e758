import type { Payment } from '../domain/payment.ts';
import { type Refusal, refuse } from '../domain/refusal.ts';
import { isPaid } from './open-payment.ts';
import type { Work } from './work.ts';

/** Reads a payment of the calling merchant; another's is not there (payments.md 1.5). NOT_FOUND_PAYMENT. */
export const findPayment = (work: Work, paymentKey: string): Payment | Refusal =>
  work.world.payment(paymentKey) ?? refuse('NOT_FOUND_PAYMENT');

/** Of several payments with one order id the approved one, else the newest (payments.md 4.4 [I]). NOT_FOUND_PAYMENT. */
export function findPaymentOfOrder(work: Work, orderId: string): Payment | Refusal {
  const payments = work.world.paymentsOfOrder(orderId);
  return payments.find(isPaid) ?? payments.at(-1) ?? refuse('NOT_FOUND_PAYMENT');
}
