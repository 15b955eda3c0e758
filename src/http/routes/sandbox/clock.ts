import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { advanceClocks, holdClocks, readClocks, runClocks, setClocks } from '../../../control/clocks.ts';
import { AdvanceBody, AtBody, HoldBody } from '../../../wire/control.ts';
import { presentClock } from '../../../wire/control-view.ts';
import type { Desk } from '../../desk.ts';
import { say } from './say.ts';
import { whomOf } from './whom.ts';

/** `/sandbox/clock` */
export function clockRoutes(app: FastifyInstance, { core }: Desk): void {
  const sayClocks = (request: FastifyRequest, reply: FastifyReply): FastifyReply => {
    const whom = whomOf(request);
    const clocks = readClocks(core, whom).map(presentClock);
    return say(reply, whom === null ? { clocks } : clocks[0]);
  };
  app.get('/sandbox/clock', sayClocks);
  app.post('/sandbox/clock/hold', async (request, reply) => {
    await holdClocks(core, whomOf(request), HoldBody.parse(request.body ?? {}).at);
    return sayClocks(request, reply);
  });
  app.post('/sandbox/clock/run', (request, reply) => {
    runClocks(core, whomOf(request));
    return sayClocks(request, reply);
  });
  app.post('/sandbox/clock/advance', async (request, reply) => {
    await advanceClocks(core, whomOf(request), AdvanceBody.parse(request.body));
    return sayClocks(request, reply);
  });
  app.post('/sandbox/clock/set', async (request, reply) => {
    await setClocks(core, whomOf(request), AtBody.parse(request.body).at);
    return sayClocks(request, reply);
  });
}
