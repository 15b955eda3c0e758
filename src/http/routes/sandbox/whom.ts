import type { FastifyRequest } from 'fastify';
import type { Whom } from '../../../control/core.ts';
import type { Caller } from '../../authenticate.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** Whose secret key came with a call of the sandbox's own API; null without a key. */
    controller: Caller | null;
  }
}

/** For whom a call of the sandbox's own API is meant: the merchant of its key, or everybody. */
export const whomOf = (request: FastifyRequest): Whom => request.controller?.world ?? null;
