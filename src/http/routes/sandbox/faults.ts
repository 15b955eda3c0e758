import type { FastifyInstance } from 'fastify';
import { listFaults, orderFault, removeFault, removeFaults } from '../../../control/faults.ts';
import { FaultBody } from '../../../wire/control.ts';
import type { Desk } from '../../desk.ts';
import { say, sayDone } from './say.ts';
import { whomOf } from './whom.ts';

/** `/sandbox/faults` */
export function faultRoutes(app: FastifyInstance, { core }: Desk): void {
  app.post('/sandbox/faults', (request, reply) =>
    say(reply, orderFault(core, whomOf(request), FaultBody.parse(request.body)), 201),
  );
  app.get('/sandbox/faults', (request, reply) => say(reply, { faults: listFaults(core, whomOf(request)) }));
  app.delete('/sandbox/faults', (request, reply) => {
    removeFaults(core, whomOf(request));
    return sayDone(reply);
  });
  app.delete<{ Params: { faultId: string } }>('/sandbox/faults/:faultId', (request, reply) => {
    removeFault(core, whomOf(request), request.params.faultId);
    return sayDone(reply);
  });
}
