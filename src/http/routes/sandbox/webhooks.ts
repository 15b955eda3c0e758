import type { FastifyInstance } from 'fastify';
import {
  listDeliveries,
  listWebhooks,
  registerWebhook,
  removeWebhook,
  removeWebhooks,
  resend,
} from '../../../control/webhooks.ts';
import { WebhookBody } from '../../../wire/control.ts';
import { presentDelivery } from '../../../wire/control-view.ts';
import type { Desk } from '../../desk.ts';
import { say, sayDone } from './say.ts';
import { whomOf } from './whom.ts';

/** `/sandbox/webhooks` and `/sandbox/deliveries` */
export function webhookRoutes(app: FastifyInstance, { core }: Desk): void {
  app.get('/sandbox/webhooks', (request, reply) =>
    say(reply, { webhooks: listWebhooks(core, whomOf(request)) }),
  );
  app.post('/sandbox/webhooks', (request, reply) =>
    say(reply, registerWebhook(core, whomOf(request), WebhookBody.parse(request.body)), 201),
  );
  app.delete('/sandbox/webhooks', (request, reply) => {
    removeWebhooks(core, whomOf(request));
    return sayDone(reply);
  });
  app.delete<{ Params: { webhookId: string } }>('/sandbox/webhooks/:webhookId', (request, reply) => {
    removeWebhook(core, whomOf(request), request.params.webhookId);
    return sayDone(reply);
  });

  app.get('/sandbox/deliveries', (request, reply) =>
    say(reply, { deliveries: listDeliveries(core, whomOf(request)).map(presentDelivery) }),
  );
  app.post<{ Params: { transmissionId: string } }>(
    '/sandbox/deliveries/:transmissionId/resend',
    (request, reply) =>
      say(reply, presentDelivery(resend(core, whomOf(request), request.params.transmissionId)), 202),
  );
}
