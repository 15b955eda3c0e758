import type { Delivery, Webhook } from '../domain/delivery.ts';
import type { WebhookEvent } from '../domain/event.ts';
import { webhookIdOf } from '../domain/keys.ts';
import { resendDelivery } from '../gateway/resend-delivery.ts';
import { ControlError, type Core, type Whom, worldsOf } from './core.ts';

const registered = (core: Core, whom: Whom): readonly Webhook[] =>
  whom === null ? core.store.sharedWebhooks : whom.webhooks;

function replace(core: Core, whom: Whom, webhooks: readonly Webhook[]): void {
  if (whom === null) core.store.shareWebhooks(webhooks);
  else core.store.commit({ mId: whom.merchant.mId, webhooks });
}

/** Registers a receiver for a merchant's events, or for everybody's. */
export function registerWebhook(
  core: Core,
  whom: Whom,
  wish: { url: string; events: readonly WebhookEvent[]; wrapDepositCallback: boolean },
): Webhook {
  const webhook: Webhook = {
    webhookId: webhookIdOf(core.chance.draw),
    url: wish.url,
    events: wish.events,
    wrapDepositCallback: wish.wrapDepositCallback,
  };
  replace(core, whom, [...registered(core, whom), webhook]);
  return webhook;
}

/** The receivers registered for a merchant, or for everybody. */
export const listWebhooks = registered;

/** @throws {ControlError} 404 when there is no such webhook */
export function removeWebhook(core: Core, whom: Whom, webhookId: string): void {
  const left = registered(core, whom).filter((webhook) => webhook.webhookId !== webhookId);
  if (left.length === registered(core, whom).length) {
    throw new ControlError(404, 'NO_SUCH_WEBHOOK', `There is no webhook ${webhookId} here.`);
  }
  replace(core, whom, left);
}

export const removeWebhooks = (core: Core, whom: Whom): void => replace(core, whom, []);

/**
 * Sends a delivery once more, at once; on failure its retries begin anew (webhooks.md 8). Waits for no answer.
 *
 * @throws {ControlError} 404 when there is no such delivery, 409 when it was received
 */
export function resend(core: Core, whom: Whom, transmissionId: string): Delivery {
  const world = worldsOf(core, whom).find((one) => one.delivery(transmissionId) !== undefined);
  const delivery = world && core.gateway.carryOut(world, (work) => resendDelivery(work, transmissionId));
  if (delivery === undefined || delivery === null) {
    throw new ControlError(404, 'NO_SUCH_DELIVERY', `There is no delivery ${transmissionId} here.`);
  }
  if (delivery === 'COMPLETED') {
    throw new ControlError(409, 'DELIVERY_COMPLETED', `The delivery ${transmissionId} was received (성공).`);
  }
  return delivery;
}

/** The deliveries of a merchant, or of everybody, oldest first. */
export const listDeliveries = (core: Core, whom: Whom): Delivery[] =>
  worldsOf(core, whom)
    .flatMap((world) => [...world.deliveries()])
    .sort((a, b) => a.createdAt - b.createdAt);
