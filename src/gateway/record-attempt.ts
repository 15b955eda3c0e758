import { type Attempt, afterAttempt, afterLateAttempt, type Delivery } from '../domain/delivery.ts';
import type { Work } from './work.ts';

/**
 * Takes down how an attempt to deliver ended, and plans the next one if there is to be one.
 *
 * @param resends how often the delivery had been resent when the attempt began: one begun before a resend plans nothing
 * @returns the delivery as it now stands, or null when it was forgotten meanwhile (a reset)
 */
export function recordAttempt(
  work: Work,
  transmissionId: string,
  attempt: Attempt,
  resends: number,
): Delivery | null {
  const delivery = work.world.delivery(transmissionId);
  if (delivery === undefined) return null;
  if (delivery.resends !== resends) {
    const unchanged = afterLateAttempt(delivery, attempt);
    work.saveDelivery(unchanged);
    return unchanged;
  }
  const next = afterAttempt(delivery, attempt, work.now);
  work.saveDelivery(next);
  work.strike('deliver', transmissionId);
  if (next.nextAttemptAt !== null) work.plan('deliver', transmissionId, next.nextAttemptAt);
  return next;
}
