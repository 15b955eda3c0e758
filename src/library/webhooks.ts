import { listWebhooks, registerWebhook, removeWebhook, removeWebhooks } from '../control/webhooks.ts';
import { WebhookBody } from '../wire/control.ts';
import type * as api from './api.ts';
import { promising, refusing } from './refusing.ts';
import { type Owner, type Setting, whomOf } from './setting.ts';

/** `webhooks`, as `/sandbox/webhooks` has them; without an owner those for everybody. */
export const webhooksOf = (setting: Setting, owner: Owner): api.Webhooks => ({
  register: (wish) =>
    promising(() => registerWebhook(setting.core, whomOf(setting.core, owner), WebhookBody.parse(wish))),
  list: () => refusing(() => [...listWebhooks(setting.core, whomOf(setting.core, owner))]),
  remove: (webhookId) => promising(() => removeWebhook(setting.core, whomOf(setting.core, owner), webhookId)),
  removeAll: () => promising(() => removeWebhooks(setting.core, whomOf(setting.core, owner))),
});
