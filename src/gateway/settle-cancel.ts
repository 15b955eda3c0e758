import { settleCancel } from '../domain/cancel.ts';
import type { CanceledPayment, DonePayment, PartialCanceledPayment } from '../domain/payment.ts';
import { allows } from '../domain/verdicts.ts';
import type { Work } from './work.ts';

/**
 * A cancel of foreign easy pay ends: it takes effect, or fails and leaves everything as it was (webhooks.md 2.3).
 *
 * @returns the payment, or null when no cancel is under way
 */
export function endCancel(
  work: Work,
  paymentKey: string,
  outcome: 'DONE' | 'ABORTED',
): DonePayment | CanceledPayment | PartialCanceledPayment | null {
  work.strike('settleCancel', paymentKey);
  const payment = work.world.payment(paymentKey);
  if (payment === undefined || !allows('settleCancel', payment)) return null;
  const settled = settleCancel(payment, outcome, work.now);
  if (settled === null) return null;
  const { transactionKey, cancelAmount } = settled.entry;
  if (outcome === 'DONE')
    work.save(settled.payment, 'PaymentCanceled', { transactionKey, amount: -cancelAmount });
  else work.save(settled.payment, 'CancelFailed', { transactionKey, amount: 0 });
  return settled.payment;
}
