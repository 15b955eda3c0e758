import type { FastifyInstance } from 'fastify';
import { parse } from 'secure-json-parse';
import { ControlError } from '../../../control/core.ts';
import { explain } from '../../../control/explain.ts';
import { readHealth } from '../../../control/health.ts';
import { reset } from '../../../control/reset.ts';
import { isRefusal } from '../../../domain/refusal.ts';
import { callerOfSecretKey, isThere } from '../../authenticate.ts';
import type { Desk } from '../../desk.ts';
import { sendBug, sendKeyError } from '../../failure.ts';
import { clockRoutes } from './clock.ts';
import { eventRoutes } from './events.ts';
import { faultRoutes } from './faults.ts';
import { merchantRoutes } from './merchants.ts';
import { preparationRoutes } from './payments.ts';
import { requestRoutes } from './requests.ts';
import { say, sayDone, sayNo } from './say.ts';
import { webhookRoutes } from './webhooks.ts';
import { whomOf } from './whom.ts';

/** Errors of the sandbox's own API have the same two fields as those of Toss Payments, with codes of our own. */
function answerErrors(app: FastifyInstance): void {
  app.setErrorHandler((error, request, reply) => {
    const explained = explain(error);
    if (explained !== null) return sayNo(reply, explained.status, explained.code, explained.message);
    const { statusCode = 500, message } = error as { statusCode?: number; message: string };
    if (statusCode < 500) return sayNo(reply, 400, 'INVALID_CONTROL_REQUEST', message);
    return sendBug(error as never, request, reply);
  });
}

/** JSON, or nothing at all where a call needs no body. */
function readJson(app: FastifyInstance): void {
  app.removeContentTypeParser('application/json');
  app.addContentTypeParser('application/json', { parseAs: 'string' }, (_request, body, done) => {
    try {
      done(null, body === '' ? undefined : parse(String(body)));
    } catch (error) {
      done(Object.assign(error as Error, { statusCode: 400 }));
    }
  });
}

/** A key that is given has to be good: the call speaks for its merchant. */
function identify(app: FastifyInstance, desk: Desk): void {
  app.decorateRequest('controller', null);
  app.addHook('onRequest', (request, reply, done) => {
    const { authorization } = request.headers;
    if (authorization === undefined) return done();
    // Never an adopted one: whose payments and clock it is about must be certain.
    const caller = callerOfSecretKey(desk.store, authorization, request.log, null);
    if (isRefusal(caller)) {
      sendKeyError(request, reply, caller.refused, 'secret key');
      return;
    }
    request.controller = caller;
    done();
  });
  // While the body was on its way the merchant may have been removed.
  app.addHook('preHandler', (request, _reply, done) => {
    const world = request.controller?.world;
    if (world === undefined || isThere(desk.store, world)) return done();
    done(new ControlError(404, 'NO_SUCH_MERCHANT', `There is no merchant ${world.merchant.mId}.`));
  });
}

/** Mounts the sandbox's own API. */
export async function sandboxRoutes(app: FastifyInstance, desk: Desk): Promise<void> {
  answerErrors(app);
  readJson(app);
  identify(app, desk);

  app.get('/sandbox/health', (_request, reply) => say(reply, readHealth(desk.core)));
  app.post('/sandbox/reset', (request, reply) => {
    reset(desk.core, whomOf(request));
    return sayDone(reply);
  });
  merchantRoutes(app, desk);
  clockRoutes(app, desk);
  preparationRoutes(app, desk);
  webhookRoutes(app, desk);
  faultRoutes(app, desk);
  requestRoutes(app, desk);
  eventRoutes(app, desk);
}
