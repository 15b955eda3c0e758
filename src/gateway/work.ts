import type { Delivery } from '../domain/delivery.ts';
import type { PaymentEvent, PaymentEventType } from '../domain/event.ts';
import type { Instant } from '../domain/instant.ts';
import type { Job } from '../domain/job.ts';
import { type Draw, paymentKeyAt } from '../domain/keys.ts';
import type { Merchant } from '../domain/merchant.ts';
import type { Payment } from '../domain/payment.ts';
import type { Store, World } from '../store/store.ts';

/**
 * One unit of work in the making: what an operation reads and what it wants changed. Nothing is changed before
 * the operation has returned; then all of it is, or nothing.
 */
export class Work {
  readonly merchant: Merchant;
  readonly world: World;
  /** The one reading of the merchant's clock that the whole operation goes by. */
  readonly now: Instant;
  readonly draw: Draw;
  readonly payments: Payment[] = [];
  readonly events: PaymentEvent[] = [];
  readonly deliveries: Delivery[] = [];
  readonly plans: Job[] = [];
  readonly strikes: Pick<Job, 'kind' | 'key'>[] = [];
  readonly #store: Store;

  constructor(store: Store, world: World, now: Instant, draw: Draw) {
    this.#store = store;
    this.world = world;
    this.merchant = world.merchant;
    this.now = now;
    this.draw = draw;
  }

  /** Is there anything to commit? */
  get isEmpty(): boolean {
    return this.payments.length + this.deliveries.length + this.plans.length + this.strikes.length === 0;
  }

  /** A payment of whichever merchant: only a confirm may ask, to tell a stranger's payment from none. */
  paymentOfAnyone(paymentKey: string): Payment | undefined {
    const own = this.world.payment(paymentKey);
    if (own !== undefined) return own;
    for (const world of this.#store.worlds()) {
      const payment = world.payment(paymentKey);
      if (payment !== undefined) return payment;
    }
    return undefined;
  }

  /** A key that no payment has. Within one second the format leaves 62^5 of them, so a repeat can happen. */
  issuePaymentKey(): string {
    for (;;) {
      const paymentKey = paymentKeyAt(this.merchant.mId, this.now, this.draw);
      if (this.paymentOfAnyone(paymentKey) === undefined) return paymentKey;
    }
  }

  /** Keeps a payment as it has become, and takes down what happened to it. */
  save(
    payment: Payment,
    type: PaymentEventType,
    transaction?: { transactionKey: string; amount: number },
  ): void {
    this.payments.push(payment);
    this.events.push({
      type,
      at: this.now,
      paymentKey: payment.paymentKey,
      status: payment.status,
      transactionKey: transaction?.transactionKey ?? null,
      amount: transaction?.amount ?? 0,
    });
  }

  /** Keeps a delivery as it has become. */
  saveDelivery(delivery: Delivery): void {
    this.deliveries.push(delivery);
  }

  /** Puts something on the agenda; it replaces what is planned of the same kind for the same key. */
  plan(kind: Job['kind'], key: string, dueAt: Instant): void {
    this.plans.push({ kind, key, dueAt, seq: this.#store.nextSeq() });
  }

  /** Takes something off the agenda. */
  strike(kind: Job['kind'], key: string): void {
    this.strikes.push({ kind, key });
  }
}
