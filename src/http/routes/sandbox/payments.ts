import type { FastifyInstance } from 'fastify';
import { deposit, expireAccount, settle, takeBackDeposit } from '../../../control/accounts.ts';
import { worldOf } from '../../../control/merchants.ts';
import { prepareAsAsked } from '../../../control/prepare-payment.ts';
import type { Payment } from '../../../domain/payment.ts';
import { CancelEndBody, DepositBody } from '../../../wire/control.ts';
import { presentPayment } from '../../../wire/payment.ts';
import { type Desk, publicUrlOf } from '../../desk.ts';
import { say } from './say.ts';
import { whomOf } from './whom.ts';

type OfPayment = { Params: { paymentKey: string } };

/** `/sandbox/payments` */
export function preparationRoutes(app: FastifyInstance, desk: Desk): void {
  const { core } = desk;
  const show = (payment: Payment) => presentPayment(payment, worldOf(core, payment.mId).merchant);
  app.post<OfPayment>('/sandbox/payments/:paymentKey/deposit', (request, reply) => {
    const wish = DepositBody.parse(request.body ?? {});
    return say(reply, show(deposit(core, whomOf(request), request.params.paymentKey, wish)));
  });
  app.post<OfPayment>('/sandbox/payments/:paymentKey/deposit-error', (request, reply) =>
    say(reply, show(takeBackDeposit(core, whomOf(request), request.params.paymentKey))),
  );
  app.post<OfPayment>('/sandbox/payments/:paymentKey/expire-account', (request, reply) =>
    say(reply, show(expireAccount(core, whomOf(request), request.params.paymentKey))),
  );
  app.post<OfPayment>('/sandbox/payments/:paymentKey/settle-cancel', (request, reply) => {
    const { outcome } = CancelEndBody.parse(request.body ?? {});
    return say(reply, show(settle(core, whomOf(request), request.params.paymentKey, outcome)));
  });
  app.post('/sandbox/payments', (request, reply) =>
    say(
      reply,
      prepareAsAsked(desk.core, request.controller, request.body ?? {}, publicUrlOf(desk, request)),
      201,
    ),
  );
}
