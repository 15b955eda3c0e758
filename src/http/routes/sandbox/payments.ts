import type { FastifyInstance } from 'fastify';
import { prepareAsAsked } from '../../../control/prepare-payment.ts';
import { type Desk, publicUrlOf } from '../../desk.ts';
import { say } from './say.ts';

/** `/sandbox/payments` */
export function preparationRoutes(app: FastifyInstance, desk: Desk): void {
  app.post('/sandbox/payments', (request, reply) =>
    say(
      reply,
      prepareAsAsked(desk.core, request.controller, request.body ?? {}, publicUrlOf(desk, request)),
      201,
    ),
  );
}
