import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { parse } from 'secure-json-parse';
import * as z from 'zod';
import { type Clock, ClockRefusal } from '../../clock/clock.ts';
import { ControlError, type Whom, worldsOf } from '../../control/core.ts';
import { addMerchant, DOCUMENTATION_MERCHANT, removeMerchant, worldOf } from '../../control/merchants.ts';
import { preparePayment } from '../../control/payments.ts';
import { reset } from '../../control/reset.ts';
import {
  listDeliveries,
  listWebhooks,
  registerWebhook,
  removeWebhook,
  removeWebhooks,
} from '../../control/webhooks.ts';
import type { Delivery } from '../../domain/delivery.ts';
import { type Instant, koreanTime } from '../../domain/instant.ts';
import type { Merchant } from '../../domain/merchant.ts';
import { isRefusal } from '../../domain/refusal.ts';
import type { World } from '../../store/store.ts';
import { API } from '../../wire/api.ts';
import { AdvanceBody, AtBody, HoldBody, MerchantBody, WebhookBody } from '../../wire/control.ts';
import { readPreparation } from '../../wire/ending.ts';
import { describeError } from '../../wire/errors.ts';
import { checkoutUrlOf } from '../../wire/payment.ts';
import { callerOfSecretKey } from '../authenticate.ts';
import { type Desk, publicUrlOf } from '../desk.ts';
import { sendAuthenticationError, sendBug, sendJson } from '../failure.ts';

/** With milliseconds, unlike the dates inside a Payment. */
const preciseTime = (at: Instant): string =>
  `${koreanTime(at).slice(0, 19)}.${String(at % 1000).padStart(3, '0')}+09:00`;

const presentClock = (mId: string, clock: Clock) => ({
  mId,
  mode: clock.state.heldAt === null ? 'running' : 'held',
  now: preciseTime(clock.now()),
});

const presentMerchant = ({ mId, name, apiVersion, securityKey, keyPairs }: Merchant) => ({
  mId,
  name,
  apiVersion,
  securityKey,
  keyPairs,
});

/** The words of the developer centre's list (webhooks.md 8). */
const STATE_WORDS = {
  SENDING: '전송 중',
  COMPLETED: '성공',
  FAILED: '실패',
} as const;

const presentDelivery = (delivery: Delivery) => ({
  transmissionId: delivery.transmissionId,
  mId: delivery.mId,
  webhookId: delivery.webhookId,
  url: delivery.url,
  eventType: delivery.event,
  createdAt: preciseTime(delivery.createdAt),
  state: STATE_WORDS[delivery.state],
  attempts: delivery.attempts.map(({ at, ...attempt }) => ({
    at: preciseTime(at),
    ...attempt,
  })),
  nextAttemptAt: delivery.nextAttemptAt === null ? null : preciseTime(delivery.nextAttemptAt),
  body: Buffer.from(delivery.bytes).toString(),
});

/** Mounts the sandbox's own API. Its errors have the same two fields, with codes of our own. */
export async function sandboxRoutes(app: FastifyInstance, desk: Desk): Promise<void> {
  const { core } = desk;

  app.setErrorHandler((error, request, reply) => {
    if (error instanceof ControlError) return sayNo(reply, error.status, error.code, error.message);
    if (error instanceof ClockRefusal) return sayNo(reply, 409, `CLOCK_${error.reason}`, error.message);
    if (error instanceof z.ZodError)
      return sayNo(reply, 400, 'INVALID_CONTROL_REQUEST', z.prettifyError(error));
    const { statusCode = 500, message } = error as {
      statusCode?: number;
      message: string;
    };
    if (statusCode < 500) return sayNo(reply, 400, 'INVALID_CONTROL_REQUEST', message);
    return sendBug(error as never, request, reply);
  });

  app.removeContentTypeParser('application/json');
  app.addContentTypeParser('application/json', { parseAs: 'string' }, (_request, body, done) => {
    try {
      done(null, body === '' ? undefined : parse(String(body)));
    } catch (error) {
      done(Object.assign(error as Error, { statusCode: 400 }));
    }
  });

  app.decorateRequest('whom', null);
  app.addHook('onRequest', (request, reply, done) => {
    const { authorization } = request.headers;
    if (authorization === undefined) return done();
    // A key that is given has to be good: the call speaks for its merchant.
    const caller = callerOfSecretKey(desk.store, authorization, request.log);
    if (isRefusal(caller)) {
      sendAuthenticationError(request, reply, caller.refused);
      return;
    }
    request.whom = caller.world;
    done();
  });

  const one = (request: FastifyRequest): World => request.whom ?? worldOf(core, DOCUMENTATION_MERCHANT);

  app.get('/sandbox/health', (_request, reply) => {
    const figures = [...desk.store.worlds()].map((world) => world.figures());
    const sum = (name: keyof (typeof figures)[number]): number =>
      figures.reduce((total, figure) => total + figure[name], 0);
    return say(reply, {
      status: 'ok',
      merchants: figures.length,
      payments: sum('payments'),
      journalEntries: sum('journalEntries'),
      deliveries: sum('deliveries'),
      idempotentReplies: sum('idempotentReplies'),
      plannedJobs: sum('plannedJobs'),
    });
  });

  app.post('/sandbox/reset', (request, reply) => {
    reset(core, request.whom);
    return reply.code(204).send();
  });

  app.get('/sandbox/merchants', (request, reply) =>
    say(reply, {
      merchants: worldsOf(core, request.whom).map(({ merchant }) => presentMerchant(merchant)),
    }),
  );
  app.post('/sandbox/merchants', (request, reply) => {
    const { name } = MerchantBody.parse(request.body ?? {});
    return say(reply, presentMerchant(addMerchant(core, name === undefined ? {} : { name })), 201);
  });
  app.get<{ Params: { mId: string } }>('/sandbox/merchants/:mId', (request, reply) =>
    say(reply, presentMerchant(worldOf(core, request.params.mId).merchant)),
  );
  app.delete<{ Params: { mId: string } }>('/sandbox/merchants/:mId', (request, reply) => {
    removeMerchant(core, request.params.mId);
    return reply.code(204).send();
  });

  const sayClocks = (request: FastifyRequest, reply: FastifyReply): FastifyReply => {
    const clocks = worldsOf(core, request.whom).map(({ merchant: { mId } }) => {
      // While its clock was moved the merchant may have been removed.
      worldOf(core, mId);
      return presentClock(mId, core.clocks.of(mId));
    });
    return say(reply, request.whom === null ? { clocks } : clocks[0]);
  };
  const clocksOf = (whom: Whom): Clock[] =>
    worldsOf(core, whom).map(({ merchant }) => core.clocks.of(merchant.mId));
  /** Answers when every one of them is through, also when one is refused. */
  const onClocks = async (whom: Whom, move: (clock: Clock) => void | Promise<void>): Promise<void> => {
    const moves = await Promise.allSettled(clocksOf(whom).map(async (clock) => move(clock)));
    for (const moved of moves) if (moved.status === 'rejected') throw moved.reason;
  };
  /** Before any of them is moved: all of them, or none. */
  const refusePast = (whom: Whom, at: Instant): void => {
    for (const clock of clocksOf(whom)) clock.refusePast(at);
  };
  app.get('/sandbox/clock', sayClocks);
  app.post('/sandbox/clock/hold', async (request, reply) => {
    const { at } = HoldBody.parse(request.body ?? {});
    if (at !== undefined) refusePast(request.whom, at);
    await onClocks(request.whom, (clock) => clock.hold(at));
    return sayClocks(request, reply);
  });
  app.post('/sandbox/clock/run', async (request, reply) => {
    await onClocks(request.whom, (clock) => clock.run());
    return sayClocks(request, reply);
  });
  app.post('/sandbox/clock/advance', async (request, reply) => {
    const byMs = AdvanceBody.parse(request.body);
    await onClocks(request.whom, (clock) => clock.advance(byMs));
    return sayClocks(request, reply);
  });
  app.post('/sandbox/clock/set', async (request, reply) => {
    const { at } = AtBody.parse(request.body);
    refusePast(request.whom, at);
    await onClocks(request.whom, (clock) => clock.set(at));
    return sayClocks(request, reply);
  });

  app.post('/sandbox/payments', (request, reply) => {
    const world = one(request);
    const preparation = readPreparation(request.body ?? {});
    if (isRefusal(preparation)) {
      const { status, code, message } = describeError(preparation.refused, API.createPayment.api, 'en');
      return sayNo(reply, status, code, message);
    }
    const { opening, ending } = preparation;
    const { payment, redirectUrl } = preparePayment(
      core,
      world,
      {
        ...opening,
        product: productOf(request, world),
        publicUrl: publicUrlOf(desk, request),
      },
      ending,
    );
    const { paymentKey, status, order } = payment;
    return say(
      reply,
      {
        paymentKey,
        orderId: order.orderId,
        amount: order.totalAmount,
        status,
        checkoutUrl: checkoutUrlOf(payment),
        redirectUrl,
      },
      201,
    );
  });

  app.get('/sandbox/webhooks', (request, reply) =>
    say(reply, { webhooks: listWebhooks(core, request.whom) }),
  );
  app.post('/sandbox/webhooks', (request, reply) =>
    say(reply, registerWebhook(core, request.whom, WebhookBody.parse(request.body)), 201),
  );
  app.delete('/sandbox/webhooks', (request, reply) => {
    removeWebhooks(core, request.whom);
    return reply.code(204).send();
  });
  app.delete<{ Params: { webhookId: string } }>('/sandbox/webhooks/:webhookId', (request, reply) => {
    removeWebhook(core, request.whom, request.params.webhookId);
    return reply.code(204).send();
  });

  app.get('/sandbox/deliveries', (request, reply) =>
    say(reply, {
      deliveries: listDeliveries(core, request.whom).map(presentDelivery),
    }),
  );
}

declare module 'fastify' {
  interface FastifyRequest {
    /** The merchant whose secret key came with a call of the sandbox's own API; null without a key. */
    whom: World | null;
  }
}

/** The kind of keys that a prepared payment counts as opened with. */
function productOf(request: FastifyRequest, world: World) {
  const key = Buffer.from(request.headers.authorization?.split(' ')[1] ?? '', 'base64')
    .toString()
    .split(':', 1)[0];
  const pairs = world.merchant.keyPairs;
  return (
    (pairs.find(({ secretKeys }) => secretKeys.includes(key ?? '')) ?? pairs[0])?.product ?? 'individual'
  );
}

const say = (reply: FastifyReply, body: unknown, status = 200): FastifyReply =>
  sendJson(reply, status, JSON.stringify(body));

const sayNo = (reply: FastifyReply, status: number, code: string, message: string): FastifyReply =>
  say(reply, { code, message }, status);
