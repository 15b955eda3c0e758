import type { Product } from '../domain/keys.ts';
import { type Payment, wasApproved } from '../domain/payment.ts';
import { type Refusal, refuse } from '../domain/refusal.ts';
import type { Work } from './work.ts';

/**
 * May a secret key of that kind work on the payment? Kinds must not be mixed (payments.md 1.3). What a mixture is
 * answered is inferred: INVALID_API_KEY, on every call, as 1.5 suggests, although the tables of read and cancel (4.4,
 * 4.5) do not list it. A setting, as 13 no. 4 asks for.
 */
export const keyFits = (work: Work, payment: Payment, product: Product): boolean =>
  payment.product === product || work.world.conduct.allowMixedKeys;

/**
 * Reads a payment of the calling merchant; another's is not there (payments.md 1.5).
 *
 * @param product of the secret key the merchant calls with
 * @returns the payment, or NOT_FOUND_PAYMENT, INVALID_API_KEY
 */
export const findPayment = (work: Work, paymentKey: string, product: Product): Payment | Refusal =>
  shown(work, work.world.payment(paymentKey), product);

/**
 * Of several payments with one order id the approved one, else the newest (payments.md 4.4 [I]).
 *
 * @param product of the secret key the merchant calls with
 * @returns the payment, or NOT_FOUND_PAYMENT, INVALID_API_KEY
 */
export function findPaymentOfOrder(work: Work, orderId: string, product: Product): Payment | Refusal {
  const payments = work.world.paymentsOfOrder(orderId);
  return shown(work, payments.find(wasApproved) ?? payments.at(-1), product);
}

function shown(work: Work, payment: Payment | undefined, product: Product): Payment | Refusal {
  if (payment === undefined) return refuse('NOT_FOUND_PAYMENT');
  return keyFits(work, payment, product) ? payment : refuse('INVALID_API_KEY');
}
