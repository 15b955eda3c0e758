import { isUtf8 } from 'node:buffer';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Merchant } from '../../domain/merchant.ts';
import type { Payment } from '../../domain/payment.ts';
import { isRefusal } from '../../domain/refusal.ts';
import type { Operation, Reply } from '../../gateway/call.ts';
import { beginCancel } from '../../gateway/cancel-payment.ts';
import { beginConfirm } from '../../gateway/confirm-payment.ts';
import { findPayment, findPaymentOfOrder } from '../../gateway/find-payment.ts';
import { interruptionError } from '../../gateway/interruption.ts';
import { beginKeyIn } from '../../gateway/key-in.ts';
import { type Opening, open } from '../../gateway/open-payment.ts';
import { payAtOnce } from '../../gateway/pay-at-once.ts';
import { API, type Endpoint, type OperationName } from '../../wire/api.ts';
import { KeyInBody, VirtualAccountBody } from '../../wire/at-once.ts';
import { presentError } from '../../wire/errors.ts';
import type { OpeningRequest } from '../../wire/opening.ts';
import { orderIdOfCall } from '../../wire/order-of-call.ts';
import { renderOpenedPayment, renderPayment } from '../../wire/payment.ts';
import { readBody } from '../../wire/read-body.ts';
import {
  ApprovePaymentBody,
  CancelPaymentBody,
  ConfirmPaymentBody,
  CreatePaymentBody,
  SdkPaymentBody,
} from '../../wire/requests.ts';
import { type Caller, callerOfClientKey, callerOfSecretKey, isThere } from '../authenticate.ts';
import { type Desk, publicUrlOf } from '../desk.ts';
import { languageFor, sendFrameworkError, sendJson, sendKeyError } from '../failure.ts';
import { setAnswerHeaders } from '../headers.ts';
import { newTraceId } from '../trace-id.ts';

/** What an operation can take from the request. */
interface Incoming {
  readonly caller: Caller;
  /** Raw JSON text; undefined when the request had none. */
  readonly body: string | undefined;
  /** The value in the path, decoded. */
  readonly id: string;
  readonly publicUrl: () => string;
  readonly koreanTextOf: (code: string) => string;
}

interface Route {
  readonly operation: (incoming: Incoming) => Operation;
  readonly render: (payment: Payment, merchant: Merchant) => string;
}

/** What is asked for, with what the caller's key and address say of it. */
const openingOf = (incoming: Incoming, { order, window }: OpeningRequest): Opening => ({
  order,
  window,
  product: incoming.caller.product,
  publicUrl: incoming.publicUrl(),
});

/** One entry for each of the API table. */
const ROUTES: Readonly<Record<OperationName, Route>> = {
  createPayment: {
    operation: (incoming) => (work) => {
      const request = readBody(CreatePaymentBody, incoming.body);
      if (isRefusal(request)) return request;
      return open(work, openingOf(incoming, request));
    },
    render: renderOpenedPayment,
  },
  createPaymentBySdk: {
    operation: (incoming) => (work) => {
      const request = readBody(SdkPaymentBody, incoming.body);
      if (isRefusal(request)) return request;
      return open(work, openingOf(incoming, request));
    },
    render: renderPayment,
  },
  confirmPayment: {
    operation: (incoming) => (work) => {
      const confirmation = readBody(ConfirmPaymentBody, incoming.body);
      if (isRefusal(confirmation)) return confirmation;
      return beginConfirm(work, confirmation, incoming.caller.product, incoming.koreanTextOf);
    },
    render: renderPayment,
  },
  approvePayment: {
    operation: (incoming) => (work) => {
      const approval = readBody(ApprovePaymentBody, incoming.body);
      if (isRefusal(approval)) return approval;
      const confirmation = { ...approval, paymentKey: incoming.id };
      return beginConfirm(work, confirmation, incoming.caller.product, incoming.koreanTextOf);
    },
    render: renderPayment,
  },
  keyIn: {
    operation: (incoming) => (work) => {
      const request = readBody(KeyInBody, incoming.body);
      if (isRefusal(request)) return request;
      return beginKeyIn(work, openingOf(incoming, request), request.card, request.expiry);
    },
    render: renderPayment,
  },
  issueVirtualAccount: {
    operation: (incoming) => (work) => {
      const request = readBody(VirtualAccountBody, incoming.body);
      if (isRefusal(request)) return request;
      return payAtOnce(work, openingOf(incoming, request), request.method);
    },
    render: renderPayment,
  },
  getPayment: {
    operation: (incoming) => (work) => findPayment(work, incoming.id, incoming.caller.product),
    render: renderPayment,
  },
  getPaymentOfOrder: {
    operation: (incoming) => (work) => findPaymentOfOrder(work, incoming.id, incoming.caller.product),
    render: renderPayment,
  },
  cancelPayment: {
    operation: (incoming) => (work) => {
      const request = readBody(CancelPaymentBody, incoming.body);
      if (isRefusal(request)) return request;
      return beginCancel(work, { ...request, paymentKey: incoming.id }, incoming.caller.product);
    },
    render: renderPayment,
  },
};

const header = (request: FastifyRequest, name: string): string | null => {
  const value = request.headers[name];
  const first = Array.isArray(value) ? value[0] : value;
  return first === undefined || first === '' ? null : first;
};

/** Mounts the API of Toss Payments: every path under `/v1` that is not a page. */
export async function paymentRoutes(app: FastifyInstance, desk: Desk): Promise<void> {
  app.removeAllContentTypeParsers();
  // The text goes on as it is: it is read inside the unit of work, after Idempotency-Key and Test-Code.
  // JSON is UTF-8 (payments.md 1.1): what is not would be patched up with U+FFFD. It counts as no body at all.
  app.addContentTypeParser<Buffer>('application/json', { parseAs: 'buffer' }, (_request, body, done) =>
    done(null, isUtf8(body) ? body.toString() : undefined),
  );
  // A form, or anything else that is not JSON, counts as no body at all.
  app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, _body, done) => done(null, undefined));
  app.setErrorHandler(sendFrameworkError);

  for (const name of Object.keys(API) as OperationName[]) mount(app, desk, API[name], ROUTES[name]);

  app.options('/v1/*', (request, reply) => {
    setAnswerHeaders(request, reply, newTraceId());
    return reply.code(200).send();
  });
}

declare module 'fastify' {
  interface FastifyRequest {
    caller: Caller | null;
    traceId: string;
  }
}

const PAYMENT_URL_ADVICE =
  'POST /v1/payments answers with paymentUrl beside checkout.url: the real service has only checkout.url.';

function mount(app: FastifyInstance, desk: Desk, endpoint: Endpoint, route: Route): void {
  const identify = endpoint.caller === 'secret key' ? callerOfSecretKey : callerOfClientKey;

  app.route({
    method: endpoint.method,
    url: endpoint.path.replace(/\{(\w+)\}/g, ':id'),
    onRequest: (request, reply, done) => {
      request.traceId = newTraceId();
      setAnswerHeaders(request, reply, request.traceId);
      const caller = identify(desk.store, request.headers.authorization, request.log, desk.adopt);
      if (isRefusal(caller)) {
        sendKeyError(request, reply, caller.refused, endpoint.caller);
        return;
      }
      request.caller = caller;
      done();
    },
    handler: (request, reply): FastifyReply | Promise<FastifyReply> => {
      const { caller, traceId } = request;
      if (caller === null) throw new Error('The request was not authenticated.');
      if (!isThere(desk.store, caller.world)) {
        const error = interruptionError('removed');
        return sendJson(reply, error.status, presentError(error));
      }
      const body = typeof request.body === 'string' ? request.body : undefined;
      const { id = '' } = request.params as { id?: string };
      const idempotencyKey = endpoint.method === 'POST' ? header(request, 'idempotency-key') : null;
      const answered = desk.gateway.answer(
        {
          world: caller.world,
          api: endpoint.api,
          language: languageFor(request, endpoint.caller),
          traceId,
          target: {
            method: endpoint.method,
            path: endpoint.path,
            url: request.url,
            orderId: () => orderIdOfCall({ path: endpoint.path, id, body: body ?? null }, caller.world),
          },
          testCode: header(request, 'tosspayments-test-code'),
          idempotency:
            idempotencyKey === null
              ? null
              : // The body is not part of it (payments.md 6).
                {
                  key: idempotencyKey,
                  scope: `${idempotencyKey}\n${caller.key}\n${request.method} ${request.url}`,
                },
          render: route.render,
        },
        route.operation({
          caller,
          body,
          id,
          publicUrl: () => publicUrlOf(desk, request),
          koreanTextOf: (code) => desk.gateway.voice.describe(code, endpoint.api, 'ko').message,
        }),
      );
      const send = (answer: Reply): FastifyReply => {
        if (idempotencyKey !== null) reply.header('idempotency-key', idempotencyKey);
        if (answer.firstTraceId !== null)
          reply.header('x-tosspayments-trace-id', `${traceId}, ${answer.firstTraceId}`);
        if (route.render === renderOpenedPayment && answer.status === 200)
          desk.adviseOnce(PAYMENT_URL_ADVICE);
        return sendJson(reply, answer.status, answer.body);
      };
      // Only where there is something to wait for: the others are answered within the same turn.
      return answered instanceof Promise ? answered.then(send) : send(answered);
    },
  });
}
