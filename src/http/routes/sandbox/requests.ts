import type { FastifyInstance } from 'fastify';
import { listRequests, removeRequests } from '../../../control/requests.ts';
import { RequestQuery } from '../../../wire/control.ts';
import { presentRequest } from '../../../wire/control-view.ts';
import type { Desk } from '../../desk.ts';
import { say, sayDone } from './say.ts';
import { whomOf } from './whom.ts';

/** `/sandbox/requests` */
export function requestRoutes(app: FastifyInstance, { core }: Desk): void {
  app.get('/sandbox/requests', (request, reply) => {
    const filter = RequestQuery.parse(request.query);
    return say(reply, { requests: listRequests(core, whomOf(request), filter).map(presentRequest) });
  });
  app.delete('/sandbox/requests', (request, reply) => {
    removeRequests(core, whomOf(request));
    return sayDone(reply);
  });
}
