import type { FastifyReply } from 'fastify';
import { sendJson } from '../../failure.ts';

/** Answers a call of the sandbox's own API. */
export const say = (reply: FastifyReply, body: unknown, status = 200): FastifyReply =>
  sendJson(reply, status, JSON.stringify(body));

/** Says no, with a code of our own or of Toss Payments. */
export const sayNo = (reply: FastifyReply, status: number, code: string, message: string): FastifyReply =>
  say(reply, { code, message }, status);

/** Done, and nothing to say about it. */
export const sayDone = (reply: FastifyReply): FastifyReply => reply.code(204).send();
