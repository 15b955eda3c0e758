import type { ErrorCode } from '../domain/error-code.ts';
import { CONFIRM_LIMIT_MS, REFUND_ACCOUNT_LIMIT_MS } from '../domain/job.ts';
import type { Method } from '../domain/method.ts';
import type { InProgressPayment } from '../domain/payment.ts';
import { type Refusal, refuse } from '../domain/refusal.ts';
import { authenticate } from '../domain/transitions.ts';
import { allows, VERDICTS } from '../domain/verdicts.ts';
import type { Work } from './work.ts';

/**
 * The shopper has authenticated in the window: IN_PROGRESS, to be confirmed within 10 minutes (payments.md 3).
 *
 * @param confirmRefusal with what the issuer is to refuse the confirm; null when it is to approve
 * @returns the payment, or the refusal of the verdict table, or NOT_FOUND_PAYMENT
 */
export function authenticatePayment(
  work: Work,
  paymentKey: string,
  method: Method,
  confirmRefusal: ErrorCode | null,
): InProgressPayment | Refusal {
  const payment = work.world.payment(paymentKey);
  if (payment === undefined) return refuse('NOT_FOUND_PAYMENT');
  if (!allows('authenticate', payment)) return refuse(VERDICTS.authenticate[payment.status]);
  const authenticated = authenticate(payment, method, confirmRefusal);
  work.save(authenticated, 'PaymentAuthenticated');
  work.plan('lapse', paymentKey, work.now + CONFIRM_LIMIT_MS);
  if (method.kind === 'VIRTUAL_ACCOUNT' && method.refundReceiveAccount !== null)
    work.plan('forgetRefundAccount', paymentKey, payment.requestedAt + REFUND_ACCOUNT_LIMIT_MS);
  return authenticated;
}
