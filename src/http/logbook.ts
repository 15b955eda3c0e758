import type { FastifyReply, FastifyRequest } from 'fastify';
import { ownerOfKey } from './authenticate.ts';
import type { Desk } from './desk.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** Where the call is taken down when it is answered; null where it is not one of the API. */
    logbook: Logbook | null;
    /** Wall time in milliseconds. */
    arrivedAt: number;
  }
}

/** Takes down the calls under `/v1`. */
export interface Logbook {
  /** A call has come in. */
  open(request: FastifyRequest): void;
  /** It is answered. Done before the bytes leave, so that who has the answer also finds it in the log. */
  takeDown(reply: FastifyReply, status: number, body: string): void;
}

const text = (value: unknown): string | null => (typeof value === 'string' ? value : null);

/** The logbook of a server. Nothing is copied: the strings are there already. */
export function newLogbook({ core, store }: Desk): Logbook {
  const { wall, requests, clocks } = core;
  const logbook: Logbook = {
    open(request) {
      request.logbook = logbook;
      request.arrivedAt = wall.now();
    },
    takeDown(reply, status, body) {
      const { request } = reply;
      const { headers } = request;
      const world = request.caller?.world ?? ownerOfKey(store, headers.authorization);
      const now = wall.now();
      const mId = world?.merchant.mId ?? null;
      // A merchant that has been removed meanwhile has no clock any more.
      const isThere = mId !== null && store.world(mId) === world;
      requests.takeDown(world, {
        at: isThere ? clocks.of(mId).now() : now,
        mId,
        method: request.method,
        url: request.url,
        status,
        requestBody: text(request.body),
        responseBody: body,
        idempotencyKey: text(headers['idempotency-key']),
        testCode: text(headers['tosspayments-test-code']),
        traceId: text(reply.getHeader('x-tosspayments-trace-id')) ?? '',
        durationMs: now - request.arrivedAt,
      });
    },
  };
  return logbook;
}
