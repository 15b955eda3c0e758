import { expire } from '../domain/transitions.ts';
import { allows } from '../domain/verdicts.ts';
import type { Work } from './work.ts';

/** A time limit of a payment has passed: EXPIRED, if it still stands where the limit was set (payments.md 3). */
export function lapsePayment(work: Work, paymentKey: string): void {
  work.strike('lapse', paymentKey);
  const payment = work.world.payment(paymentKey);
  if (payment !== undefined && allows('lapse', payment)) work.save(expire(payment), 'PaymentExpired');
}
