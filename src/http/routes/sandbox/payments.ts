import type { FastifyInstance } from 'fastify';
import { DOCUMENTATION_MERCHANT, worldOf } from '../../../control/merchants.ts';
import { preparePayment } from '../../../control/payments.ts';
import { isRefusal } from '../../../domain/refusal.ts';
import { API } from '../../../wire/api.ts';
import { presentPrepared } from '../../../wire/control-view.ts';
import { readPreparation } from '../../../wire/ending.ts';
import { describeError } from '../../../wire/errors.ts';
import { type Desk, publicUrlOf } from '../../desk.ts';
import { say, sayNo } from './say.ts';

/** `/sandbox/payments` */
export function preparationRoutes(app: FastifyInstance, desk: Desk): void {
  const { core } = desk;
  app.post('/sandbox/payments', (request, reply) => {
    const preparation = readPreparation(request.body ?? {});
    if (isRefusal(preparation)) {
      const { status, code, message } = describeError(preparation.refused, API.createPayment.api, 'en');
      return sayNo(reply, status, code, message);
    }
    const { controller } = request;
    const world = controller?.world ?? worldOf(core, DOCUMENTATION_MERCHANT);
    const product = controller?.product ?? world.merchant.keyPairs[0]?.product ?? 'individual';
    const opening = { ...preparation.opening, product, publicUrl: publicUrlOf(desk, request) };
    const { payment, redirectUrl } = preparePayment(core, world, opening, preparation.ending);
    return say(reply, presentPrepared(payment, redirectUrl), 201);
  });
}
