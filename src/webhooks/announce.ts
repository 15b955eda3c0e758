import type { Delivery, Webhook } from '../domain/delivery.ts';
import { type PaymentEvent, type WebhookEvent, webhooksOf } from '../domain/event.ts';
import { microsOf, transmissionIdAt } from '../domain/keys.ts';
import type { Payment } from '../domain/payment.ts';
import type { Work } from '../gateway/work.ts';
import {
  renderCancelStatusChanged,
  renderDepositCallback,
  renderPaymentStatusChanged,
  renderWrappedDepositCallback,
} from '../wire/webhook-body.ts';

/** The body of an event, for a receiver that wants it so. */
function bodyOf(
  webhook: WebhookEvent,
  isWrapped: boolean,
  event: PaymentEvent,
  payment: Payment,
  work: Work,
): string {
  const micros = microsOf(work.draw);
  switch (webhook) {
    case 'DEPOSIT_CALLBACK':
      return isWrapped
        ? renderWrappedDepositCallback(event, payment, micros)
        : renderDepositCallback(event, payment, micros);
    case 'CANCEL_STATUS_CHANGED':
      return renderCancelStatusChanged(event, payment, work.merchant, micros);
    default:
      return renderPaymentStatusChanged(payment, work.merchant, event.at, micros);
  }
}

/**
 * Writes out the webhooks of an event for everybody who subscribed to them. A body is rendered once, at the time of
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
  return webhooksOf(event, payment.method).flatMap((webhook) => {
    const bodies = new Map<boolean, Uint8Array>();
    const bytesFor = (isWrapped: boolean): Uint8Array => {
      const known = bodies.get(isWrapped);
      if (known !== undefined) return known;
      const bytes = Buffer.from(bodyOf(webhook, isWrapped, event, payment, work));
      bodies.set(isWrapped, bytes);
      return bytes;
    };
    return receiversOf(webhook, payment, work, sharedWebhooks).map((receiver) => ({
      transmissionId: transmissionIdAt(event.at, work.draw),
      mId: work.merchant.mId,
      webhookId: receiver.webhookId,
      url: receiver.url,
      event: webhook,
      createdAt: event.at,
      bytes: bytesFor(webhook === 'DEPOSIT_CALLBACK' && receiver.wrapDepositCallback),
      state: 'SENDING' as const,
      attempts: [],
      resends: 0,
      retriedCount: 0,
      nextAttemptAt: event.at,
    }));
  });
}

/** Who hears of it: the registered ones, and the address that the payment itself names (virtual-accounts.md 3). */
function receiversOf(
  webhook: WebhookEvent,
  payment: Payment,
  work: Work,
  sharedWebhooks: readonly Webhook[],
): Webhook[] {
  const registered = [...work.world.webhooks, ...sharedWebhooks].filter(({ events }) =>
    events.includes(webhook),
  );
  const callbackUrl = webhook === 'DEPOSIT_CALLBACK' ? (payment.window.account?.callbackUrl ?? null) : null;
  if (callbackUrl === null) return registered;
  const ofPayment = { webhookId: 'virtualAccountCallbackUrl', url: callbackUrl };
  return [...registered, { ...ofPayment, events: [webhook], wrapDepositCallback: false }];
}
