import type { Payment } from '../domain/payment.ts';
import { failUrlOf, REDIRECT_TEXTS, type RedirectCode, successUrlOf } from './redirect.ts';
import type { WindowReport } from './window-message.ts';

/** Says how a visit ended; `failure` is null when the shopper has authenticated. */
export function reportOf(payment: Payment, failure: RedirectCode | null): WindowReport {
  const url = failure === null ? successUrlOf(payment) : failUrlOf(payment, failure);
  if (url !== null) return { type: 'redirect', url };
  if (failure !== null) return { type: 'failed', code: failure, message: REDIRECT_TEXTS[failure] };
  const { order, paymentKey } = payment;
  const amount = { value: order.totalAmount, currency: order.currency };
  return { type: 'succeeded', result: { paymentKey, orderId: order.orderId, amount } };
}
