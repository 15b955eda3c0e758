import type { FastifyReply, FastifyRequest } from 'fastify';

/**
 * Headers seen on every answer of the API (payments.md 7.4). Left out are those of Toss Payments' own proxies, and
 * `strict-transport-security`, which would make browsers refuse plain http on localhost for a year.
 */
const ANSWER_HEADERS = {
  vary: 'Origin, Access-Control-Request-Method, Access-Control-Request-Headers',
  'referrer-policy': 'no-referrer-when-downgrade',
  'x-content-type-options': 'nosniff',
  'x-xss-protection': '1; mode=block',
  'cache-control': 'no-cache, no-store, max-age=0, must-revalidate',
  pragma: 'no-cache',
  expires: '0',
} as const;

const CORS_HEADERS = {
  'access-control-allow-credentials': 'true',
  'access-control-allow-methods': 'POST, GET, OPTIONS, DELETE',
  'access-control-max-age': '3600',
  'access-control-allow-headers':
    'Origin, Content-Type, Accept, X-Requested-With, Key, Authorization, Referer-Policy, tosspayments-mid, tosspayments-test-code, idempotency-key, x-tosspayments-device-id, x-tosspayments-session-id, x-publickey-id, x-secure-keyboard-id, x-secure-keyboard-fields',
} as const;

/** Puts the headers on that every answer under `/v1` has. Pages of every site may call it: the SDK runs in them. */
export function setAnswerHeaders(request: FastifyRequest, reply: FastifyReply, traceId: string): void {
  reply.headers(ANSWER_HEADERS).header('x-tosspayments-trace-id', traceId);
  const { origin } = request.headers;
  if (origin !== undefined) reply.header('access-control-allow-origin', origin).headers(CORS_HEADERS);
}
