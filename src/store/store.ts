import type { ClockState } from '../domain/clock-state.ts';
import type { Conduct } from '../domain/conduct.ts';
import type { Delivery, Webhook } from '../domain/delivery.ts';
import type { PaymentEvent } from '../domain/event.ts';
import type { Instant } from '../domain/instant.ts';
import type { Job } from '../domain/job.ts';
import type { Merchant } from '../domain/merchant.ts';
import type { Payment } from '../domain/payment.ts';

/** The bytes that were answered, kept for whoever asks again with the same Idempotency-Key. */
export interface StoredReply {
  /** Idempotency-Key, API key, HTTP method and URL (payments.md 6). */
  readonly scope: string;
  readonly firstUsedAt: Instant;
  readonly traceId: string;
  readonly status: number;
  readonly body: string;
}

/**
 * What one unit of work changes in one merchant's world. Taken whole or not at all.
 * `merchant` is added or replaced; `cleared` empties the world of payments and all that belongs to them first.
 */
export interface Changes {
  readonly mId: string;
  readonly merchant?: Merchant;
  readonly cleared?: boolean;
  readonly webhooks?: readonly Webhook[];
  readonly clock?: ClockState;
  readonly conduct?: Conduct;
  readonly payments?: readonly Payment[];
  readonly events?: readonly PaymentEvent[];
  readonly deliveries?: readonly Delivery[];
  readonly strikes?: readonly Pick<Job, 'kind' | 'key'>[];
  readonly plans?: readonly Job[];
  readonly reply?: StoredReply;
}

/** One merchant and everything that belongs to it, to be read. Nothing in it belongs to anybody else. */
export interface World {
  readonly merchant: Merchant;
  readonly webhooks: readonly Webhook[];
  readonly clock: ClockState;
  readonly conduct: Conduct;
  payment(paymentKey: string): Payment | undefined;
  /** Every payment opened for an order, oldest first. */
  paymentsOfOrder(orderId: string): readonly Payment[];
  delivery(transmissionId: string): Delivery | undefined;
  /** Oldest first. */
  deliveries(): Iterable<Delivery>;
  /** Oldest first. */
  journal(): Iterable<PaymentEvent>;
  reply(scope: string): StoredReply | undefined;
  /** What is planned, in no order. */
  jobs(): Iterable<Job>;
  /** How much is kept. */
  figures(): Figures;
}

export interface Figures {
  readonly payments: number;
  /** Entries ever made, also those that gave way since. */
  readonly journalEntries: number;
  readonly deliveries: number;
  readonly idempotentReplies: number;
  readonly plannedJobs: number;
}

/** Where everything is kept. Reads are answered from memory; `commit` is the only way to change a world. */
export interface Store {
  worlds(): Iterable<World>;
  world(mId: string): World | undefined;
  /** The merchant whose key this is, client or secret. */
  worldOfKey(key: string): World | undefined;
  /** Receivers that hear of every merchant's events. */
  readonly sharedWebhooks: readonly Webhook[];
  shareWebhooks(webhooks: readonly Webhook[]): void;
  /** A number that grows: the order in which jobs were planned. */
  nextSeq(): number;
  /** Takes all of it or, when it throws, nothing. */
  commit(changes: Changes): void;
  /** Forgets a merchant and everything of it. */
  remove(mId: string): void;
  close(): void;
}

/** How much is kept per merchant; the oldest gives way. Deliveries that are still being tried never do. */
export const LIMITS = {
  journalEntries: 100_000,
  finishedDeliveries: 10_000,
  idempotentReplies: 10_000,
  spentFaults: 1_000,
  requests: 1_000,
  /** Of a body in the request log. */
  loggedChars: 16_384,
} as const;
