import type { Core } from '../../control/core.ts';
import type { Payment } from '../../domain/payment.ts';
import type { World } from '../../store/store.ts';

/** The payment of a page as it stands now, whosever it is: a browser brings no key. Null when there is none. */
export function findShown(core: Core, paymentKey: string): { world: World; payment: Payment } | null {
  for (const world of core.store.worlds()) {
    if (world.payment(paymentKey) === undefined) continue;
    core.clocks.of(world.merchant.mId).catchUp();
    const payment = world.payment(paymentKey);
    if (payment !== undefined) return { world, payment };
  }
  return null;
}
