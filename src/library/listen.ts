import { listWebhooks, registerWebhook, removeWebhook } from '../control/webhooks.ts';
import { WebhookBody } from '../wire/control.ts';
import type { ListenOptions, Receiver } from './api.ts';
import { WebhookReceiver } from './receiver.ts';
import { type Owner, type Setting, whomOf } from './setting.ts';

/** Starts a receiver, and registers it for a merchant's events, or for everybody's. */
export async function listenForWebhooks(
  setting: Setting,
  owner: Owner,
  options: ListenOptions = {},
): Promise<Receiver> {
  const { core } = setting;
  const { events, answer, wrapDepositCallback = false } = options;
  const receiver = new WebhookReceiver(setting.wall, answer, (closed) => setting.receivers.delete(closed));
  setting.receivers.add(receiver);
  try {
    await receiver.open((url) => {
      const wish = WebhookBody.parse({ url, wrapDepositCallback, ...(events && { events }) });
      const { webhookId } = registerWebhook(core, whomOf(core, owner), wish);
      const isThere = (): boolean =>
        !setting.isClosed() &&
        (owner === null || core.store.world(owner) !== undefined) &&
        listWebhooks(core, whomOf(core, owner)).some((webhook) => webhook.webhookId === webhookId);
      return { webhookId, isThere, remove: () => removeWebhook(core, whomOf(core, owner), webhookId) };
    });
  } catch (error) {
    await receiver.close();
    throw error;
  }
  return receiver;
}
