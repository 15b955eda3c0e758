import { type ClockState, RUNNING } from '../domain/clock-state.ts';
import { type Conduct, USUAL_CONDUCT } from '../domain/conduct.ts';
import type { Delivery, Webhook } from '../domain/delivery.ts';
import type { PaymentEvent } from '../domain/event.ts';
import { type Job, jobId } from '../domain/job.ts';
import { keysOf, type Merchant } from '../domain/merchant.ts';
import type { Payment } from '../domain/payment.ts';
import { BoundedLog } from './bounded-log.ts';
import { type Changes, type Figures, LIMITS, type Store, type StoredReply, type World } from './store.ts';

/** One merchant's world in maps. */
class MemoryWorld implements World {
  merchant: Merchant;
  webhooks: readonly Webhook[] = [];
  clock: ClockState = RUNNING;
  conduct: Conduct = USUAL_CONDUCT;
  #payments = new Map<string, Payment>();
  /** Most orders have one payment: its key stands alone, a list only where there were several. */
  #orders = new Map<string, string | string[]>();
  #journal = new BoundedLog<PaymentEvent>(LIMITS.journalEntries);
  #deliveries = new Map<string, Delivery>();
  /** The deliveries that may give way, the longest finished first. */
  #finished = new Set<string>();
  #replies = new Map<string, StoredReply>();
  #jobs = new Map<string, Job>();

  constructor(merchant: Merchant) {
    this.merchant = merchant;
  }

  payment(paymentKey: string): Payment | undefined {
    return this.#payments.get(paymentKey);
  }

  paymentsOfOrder(orderId: string): readonly Payment[] {
    const keys = this.#orders.get(orderId);
    if (keys === undefined) return [];
    // A key in the index always has its payment.
    const paymentOf = (key: string): Payment => this.#payments.get(key) as Payment;
    return typeof keys === 'string' ? [paymentOf(keys)] : keys.map(paymentOf);
  }

  delivery(transmissionId: string): Delivery | undefined {
    return this.#deliveries.get(transmissionId);
  }

  deliveries(): Iterable<Delivery> {
    return this.#deliveries.values();
  }

  journal(): Iterable<PaymentEvent> {
    return this.#journal;
  }

  reply(scope: string): StoredReply | undefined {
    return this.#replies.get(scope);
  }

  jobs(): Iterable<Job> {
    return this.#jobs.values();
  }

  figures(): Figures {
    return {
      payments: this.#payments.size,
      journalEntries: this.#journal.count,
      deliveries: this.#deliveries.size,
      idempotentReplies: this.#replies.size,
      plannedJobs: this.#jobs.size,
    };
  }

  /** Cannot fail: whatever could, has been done before. */
  take(changes: Changes): void {
    if (changes.cleared === true) this.#clear();
    if (changes.merchant !== undefined) this.merchant = changes.merchant;
    if (changes.webhooks !== undefined) this.webhooks = changes.webhooks;
    if (changes.clock !== undefined) this.clock = changes.clock;
    if (changes.conduct !== undefined) this.conduct = changes.conduct;
    for (const payment of changes.payments ?? []) this.#keepPayment(payment);
    for (const event of changes.events ?? []) this.#journal.push(event);
    for (const delivery of changes.deliveries ?? []) this.#keepDelivery(delivery);
    for (const strike of changes.strikes ?? []) this.#jobs.delete(jobId(strike));
    for (const job of changes.plans ?? []) this.#jobs.set(jobId(job), job);
    if (changes.reply !== undefined) this.#keepReply(changes.reply);
  }

  #clear(): void {
    this.#payments = new Map();
    this.#orders = new Map();
    this.#journal = new BoundedLog(LIMITS.journalEntries);
    this.#deliveries = new Map();
    this.#finished = new Set();
    this.#replies = new Map();
    this.#jobs = new Map();
  }

  #keepPayment(payment: Payment): void {
    const { paymentKey } = payment;
    if (!this.#payments.has(paymentKey)) {
      const { orderId } = payment.order;
      const keys = this.#orders.get(orderId);
      if (keys === undefined) this.#orders.set(orderId, paymentKey);
      else if (typeof keys === 'string') this.#orders.set(orderId, [keys, paymentKey]);
      else keys.push(paymentKey);
    }
    this.#payments.set(paymentKey, payment);
  }

  #keepDelivery(delivery: Delivery): void {
    const { transmissionId } = delivery;
    this.#deliveries.set(transmissionId, delivery);
    // Deleted first: one that is sent again may not go, and when it is finished again it stands last.
    this.#finished.delete(transmissionId);
    if (delivery.state === 'SENDING') return;
    this.#finished.add(transmissionId);
    if (this.#finished.size <= LIMITS.finishedDeliveries) return;
    for (const oldest of this.#finished) {
      this.#finished.delete(oldest);
      this.#deliveries.delete(oldest);
      return;
    }
  }

  #keepReply(reply: StoredReply): void {
    // Deleted first, so that a key that is used anew after its 15 days stands last again.
    this.#replies.delete(reply.scope);
    this.#replies.set(reply.scope, reply);
    if (this.#replies.size <= LIMITS.idempotentReplies) return;
    for (const oldest of this.#replies.keys()) {
      this.#replies.delete(oldest);
      return;
    }
  }
}

/** Everything in memory, gone with the process. */
export class MemoryStore implements Store {
  readonly #worlds = new Map<string, MemoryWorld>();
  readonly #keys = new Map<string, MemoryWorld>();
  #sharedWebhooks: readonly Webhook[] = [];
  #seq = 0;

  worlds(): Iterable<World> {
    return this.#worlds.values();
  }

  world(mId: string): World | undefined {
    return this.#worlds.get(mId);
  }

  worldOfKey(key: string): World | undefined {
    return this.#keys.get(key);
  }

  get sharedWebhooks(): readonly Webhook[] {
    return this.#sharedWebhooks;
  }

  shareWebhooks(webhooks: readonly Webhook[]): void {
    this.#sharedWebhooks = webhooks;
  }

  nextSeq(): number {
    return this.#seq++;
  }

  commit(changes: Changes): void {
    let world = this.#worlds.get(changes.mId);
    if (world === undefined) {
      if (changes.merchant === undefined) throw new Error(`No merchant ${changes.mId}.`);
      world = new MemoryWorld(changes.merchant);
      this.#worlds.set(changes.mId, world);
    }
    if (changes.merchant !== undefined) this.#keepKeys(world, changes.merchant);
    world.take(changes);
  }

  remove(mId: string): void {
    const world = this.#worlds.get(mId);
    if (world === undefined) return;
    this.#dropKeys(world);
    this.#worlds.delete(mId);
  }

  close(): void {}

  #keepKeys(world: MemoryWorld, merchant: Merchant): void {
    this.#dropKeys(world);
    for (const key of keysOf(merchant)) this.#keys.set(key, world);
  }

  /** A key that another merchant was given since stays with that one. */
  #dropKeys(world: MemoryWorld): void {
    for (const key of keysOf(world.merchant)) if (this.#keys.get(key) === world) this.#keys.delete(key);
  }
}
