import type { FastifyInstance, FastifyRequest } from 'fastify';
import { worldsOf } from '../../../control/core.ts';
import {
  addMerchant,
  changeMerchant,
  ownWorldOf,
  removeMerchant,
  worldOf,
} from '../../../control/merchants.ts';
import { MerchantBody, MerchantChangeBody } from '../../../wire/control.ts';
import { presentWorld } from '../../../wire/control-view.ts';
import type { Desk } from '../../desk.ts';
import { say, sayDone } from './say.ts';
import { whomOf } from './whom.ts';

type OfMerchant = { Params: { mId: string } };

/** `/sandbox/merchants` */
export function merchantRoutes(app: FastifyInstance, { core }: Desk): void {
  app.get('/sandbox/merchants', (request, reply) =>
    say(reply, {
      merchants: worldsOf(core, whomOf(request)).map(presentWorld),
    }),
  );
  app.post('/sandbox/merchants', (request, reply) => {
    const { mId } = addMerchant(core, MerchantBody.parse(request.body ?? {}));
    return say(reply, presentWorld(worldOf(core, mId)), 201);
  });

  /** With a key, a merchant sees and removes itself and nobody else. */
  const asked = (request: FastifyRequest<OfMerchant>) =>
    ownWorldOf(core, whomOf(request), request.params.mId);
  app.get<OfMerchant>('/sandbox/merchants/:mId', (request, reply) =>
    say(reply, presentWorld(asked(request))),
  );
  app.patch<OfMerchant>('/sandbox/merchants/:mId', (request, reply) => {
    const world = asked(request);
    changeMerchant(core, world, MerchantChangeBody.parse(request.body));
    return say(reply, presentWorld(world));
  });
  app.delete<OfMerchant>('/sandbox/merchants/:mId', (request, reply) => {
    removeMerchant(core, asked(request).merchant.mId);
    return sayDone(reply);
  });
}
