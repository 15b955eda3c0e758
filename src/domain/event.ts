import type { Instant } from './instant.ts';
import type { PaymentStatus } from './payment.ts';

/** What happened to a payment, in the past tense. */
export type PaymentEventType =
  | 'PaymentOpened'
  | 'PaymentAuthenticated'
  | 'PaymentApproved'
  | 'PaymentAborted'
  | 'PaymentExpired'
  | 'PaymentCanceled';

/** One line of a merchant's journal. */
export interface PaymentEvent {
  readonly type: PaymentEventType;
  readonly at: Instant;
  readonly paymentKey: string;
  /** The status it led to. */
  readonly status: PaymentStatus;
  /** Of the approval or the cancel; null where no transaction was made. */
  readonly transactionKey: string | null;
  /** What the transaction moved, in the major unit; negative for a cancel, 0 where none was made. */
  readonly amount: number;
}

/** The events a webhook can be registered for (webhooks.md 1). */
export const WEBHOOK_EVENTS = [
  'PAYMENT_STATUS_CHANGED',
  'DEPOSIT_CALLBACK',
  'CANCEL_STATUS_CHANGED',
  'BILLING_DELETED',
  'METHOD_UPDATED',
  'CUSTOMER_STATUS_CHANGED',
  'ORDER_PAYMENT_STATUS_CHANGED',
  'payout.changed',
  'seller.changed',
  'ars-reservation.changed',
  'PAYOUT_STATUS_CHANGED',
  'SUBMALL_STATUS_CHANGED',
] as const;

export type WebhookEvent = (typeof WEBHOOK_EVENTS)[number];

/**
 * Does the event send PAYMENT_STATUS_CHANGED (webhooks.md 2.1)? READY and IN_PROGRESS never do; every further
 * partial cancel does although the status stays [I].
 */
export const changesPaymentStatus = (event: PaymentEvent): boolean =>
  event.type !== 'PaymentOpened' && event.type !== 'PaymentAuthenticated';
