import type { Instant } from './instant.ts';
import type { Method } from './method.ts';
import type { PaymentStatus } from './payment.ts';

/** What happened to a payment, in the past tense. */
export type PaymentEventType =
  | 'PaymentOpened'
  | 'PaymentAuthenticated'
  | 'AccountIssued'
  | 'AccountClosed'
  | 'DepositReceived'
  | 'DepositTakenBack'
  | 'RefundAccountForgotten'
  | 'PaymentApproved'
  | 'PaymentAborted'
  | 'PaymentExpired'
  | 'CancelStarted'
  | 'CancelFailed'
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

/** Sent with PAYMENT_STATUS_CHANGED (webhooks.md 2.1). A deposit that is taken back is only where it cancels [I]. */
const changesStatus = ({ type, status }: PaymentEvent): boolean =>
  type === 'PaymentApproved' ||
  type === 'PaymentAborted' ||
  type === 'PaymentExpired' ||
  type === 'PaymentCanceled' ||
  type === 'DepositReceived' ||
  (type === 'DepositTakenBack' && status === 'CANCELED');

/** Sent with DEPOSIT_CALLBACK where a virtual account is concerned (webhooks.md 2.2). */
const concernsDeposit = ({ type }: PaymentEvent): boolean =>
  type === 'AccountIssued' ||
  type === 'DepositReceived' ||
  type === 'DepositTakenBack' ||
  type === 'PaymentCanceled';

/** Sent with CANCEL_STATUS_CHANGED where the cancel ends later (webhooks.md 2.3). */
const endsCancel = ({ type }: PaymentEvent): boolean => type === 'PaymentCanceled' || type === 'CancelFailed';

/**
 * Which webhooks an event of a payment sends. READY and IN_PROGRESS never send any; every further partial cancel does
 * although the status stays [I].
 */
export function webhooksOf(event: PaymentEvent, method: Method | null): WebhookEvent[] {
  const webhooks: WebhookEvent[] = [];
  if (changesStatus(event)) webhooks.push('PAYMENT_STATUS_CHANGED');
  if (method?.kind === 'VIRTUAL_ACCOUNT' && concernsDeposit(event)) webhooks.push('DEPOSIT_CALLBACK');
  if (method?.kind === 'FOREIGN_EASY_PAY' && endsCancel(event)) webhooks.push('CANCEL_STATUS_CHANGED');
  return webhooks;
}
