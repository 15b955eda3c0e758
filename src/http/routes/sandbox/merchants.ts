import type { FastifyInstance, FastifyRequest } from 'fastify';
import { worldsOf } from '../../../control/core.ts';
import { addMerchant, ownWorldOf, removeMerchant } from '../../../control/merchants.ts';
import { MerchantBody } from '../../../wire/control.ts';
import { presentMerchant } from '../../../wire/control-view.ts';
import type { Desk } from '../../desk.ts';
import { say, sayDone } from './say.ts';
import { whomOf } from './whom.ts';

type OfMerchant = { Params: { mId: string } };

/** `/sandbox/merchants` */
export function merchantRoutes(app: FastifyInstance, { core }: Desk): void {
  app.get('/sandbox/merchants', (request, reply) =>
    say(reply, {
      merchants: worldsOf(core, whomOf(request)).map(({ merchant }) => presentMerchant(merchant)),
    }),
  );
  app.post('/sandbox/merchants', (request, reply) => {
    const { name } = MerchantBody.parse(request.body ?? {});
    return say(reply, presentMerchant(addMerchant(core, name === undefined ? {} : { name })), 201);
  });

  /** With a key, a merchant sees and removes itself and nobody else. */
  const asked = (request: FastifyRequest<OfMerchant>) =>
    ownWorldOf(core, whomOf(request), request.params.mId);
  app.get<OfMerchant>('/sandbox/merchants/:mId', (request, reply) =>
    say(reply, presentMerchant(asked(request).merchant)),
  );
  app.delete<OfMerchant>('/sandbox/merchants/:mId', (request, reply) => {
    removeMerchant(core, asked(request).merchant.mId);
    return sayDone(reply);
  });
}
