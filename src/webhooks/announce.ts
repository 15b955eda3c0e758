import type { Delivery, Webhook } from '../domain/delivery.ts';
import type { PaymentEvent } from '../domain/event.ts';
import { microsOf, transmissionIdAt } from '../domain/keys.ts';
import type { Payment } from '../domain/payment.ts';
import type { Work } from '../gateway/work.ts';
import { renderPaymentStatusChanged } from '../wire/webhook-body.ts';

/**
 * Writes out PAYMENT_STATUS_CHANGED for everybody who subscribed to it. The body is rendered once, at the time of
 * the event, and only if there is anybody: every attempt sends these bytes (webhooks.md 10).
 *
 * @param sharedWebhooks receivers of every merchant's events
 */
export function announce(
  event: PaymentEvent,
  payment: Payment,
  work: Work,
  sharedWebhooks: readonly Webhook[],
): Delivery[] {
  const receivers = [...work.world.webhooks, ...sharedWebhooks].filter(({ events }) =>
    events.includes('PAYMENT_STATUS_CHANGED'),
  );
  if (receivers.length === 0) return [];
  const body = renderPaymentStatusChanged(payment, work.merchant, event.at, microsOf(work.draw));
  const bytes = Buffer.from(body);
  return receivers.map(({ webhookId, url }) => ({
    transmissionId: transmissionIdAt(event.at, work.draw),
    mId: work.merchant.mId,
    webhookId,
    url,
    event: 'PAYMENT_STATUS_CHANGED',
    createdAt: event.at,
    bytes,
    state: 'SENDING',
    attempts: [],
    resends: 0,
    retriedCount: 0,
    nextAttemptAt: event.at,
  }));
}
