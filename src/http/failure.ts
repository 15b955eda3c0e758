import type { Duplex } from 'node:stream';
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import type { Language } from '../gateway/call.ts';
import type { Endpoint } from '../wire/api.ts';
import { describeError, languageOf, presentAuthenticationError, presentError } from '../wire/errors.ts';

/** The text is JSON already. With a serializer of our own Fastify leaves the content type as it is. */
const asItIs = (text: unknown): string => text as string;

/** Everything the API says goes out through here: JSON without a charset, as observed (payments.md 1.1, 7.4). */
export function sendJson(reply: FastifyReply, status: number, body: string): FastifyReply {
  reply.request.logbook?.takeDown(reply, status, body);
  // A string, not a buffer: Node writes it together with the head, in one system call instead of two.
  return reply.code(status).header('content-type', 'application/json').serializer(asItIs).send(body);
}

/** The language a caller asked for. The SDK always speaks Korean, whatever the browser prefers (browser-sdk.md 2.2). */
export const languageFor = (request: FastifyRequest, caller: Endpoint['caller'] = 'secret key'): Language =>
  caller === 'client key' ? 'ko' : languageOf(request.headers['accept-language']);

/** Answers with an error of the catalogue, outside any unit of work. */
export function sendError(
  request: FastifyRequest,
  reply: FastifyReply,
  code: string,
  caller?: Endpoint['caller'],
): FastifyReply {
  const error = describeError(code, '', languageFor(request, caller));
  return sendJson(reply, error.status, presentError(error));
}

/** Codes of the authentication layer, whose body has a third field (payments.md 1.5). */
const AUTHENTICATION_CODES: readonly string[] = ['UNAUTHORIZED_KEY', 'INCORRECT_BASIC_AUTH_FORMAT'];

/** Answers that the key is not good. */
export function sendKeyError(
  request: FastifyRequest,
  reply: FastifyReply,
  code: string,
  caller: Endpoint['caller'],
): FastifyReply {
  if (!AUTHENTICATION_CODES.includes(code)) return sendError(request, reply, code, caller);
  const error = describeError(code, '', languageFor(request, caller));
  return sendJson(reply, error.status, presentAuthenticationError(error));
}

/**
 * Answers what Fastify itself found wrong (body too large, bad URL, unreadable request): INVALID_REQUEST. Anything
 * else is a bug of ours: logged whole, and not dressed up as an error of Toss Payments.
 */
export function sendFrameworkError(
  error: FastifyError,
  request: FastifyRequest,
  reply: FastifyReply,
): FastifyReply {
  const status = error.statusCode ?? 500;
  if (status < 500) return sendError(request, reply, 'INVALID_REQUEST');
  return sendBug(error, request, reply);
}

/** Answers a bug of ours. */
export function sendBug(error: FastifyError, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  request.log.error({ err: error, method: request.method, url: request.url }, 'toss-sandbox failed');
  const message = 'toss-sandbox itself failed; this is not an answer of Toss Payments. Its log says more.';
  return sendJson(reply, 500, JSON.stringify({ code: 'SANDBOX_BUG', message }));
}

const RAW_BAD_REQUEST = (() => {
  const error = describeError('INVALID_REQUEST', '', 'ko');
  const body = presentError(error);
  return [
    `HTTP/1.1 ${error.status} Bad Request`,
    'content-type: application/json',
    `content-length: ${Buffer.byteLength(body)}`,
    'connection: close',
    '',
    body,
  ].join('\r\n');
})();

/** Answers INVALID_REQUEST to what is not even HTTP. */
export function refuseGarbage(socket: Duplex): void {
  if (socket.writable) socket.end(RAW_BAD_REQUEST);
  else socket.destroy();
}
