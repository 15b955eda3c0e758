import { type Delivery, resent } from '../domain/delivery.ts';
import type { Work } from './work.ts';

/**
 * Sends a delivery once more, at once, as the button 다시 시도 of the developer centre does (webhooks.md 8): the same
 * bytes and transmission id, the count at 0 again. What was still planned is dropped, and an attempt that is under
 * way has no say any more.
 *
 * @returns the delivery as it now stands, or COMPLETED when there is nothing to send again, or null when it is not there
 */
export function resendDelivery(work: Work, transmissionId: string): Delivery | 'COMPLETED' | null {
  const delivery = work.world.delivery(transmissionId);
  if (delivery === undefined) return null;
  if (delivery.state === 'COMPLETED') return 'COMPLETED';
  const next = resent(delivery, work.now);
  work.saveDelivery(next);
  work.plan('deliver', transmissionId, work.now);
  return next;
}
