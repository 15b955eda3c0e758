import type { Delivery } from '../domain/delivery.ts';
import { type Instant, koreanTime } from '../domain/instant.ts';
import type { Merchant } from '../domain/merchant.ts';
import type { Payment } from '../domain/payment.ts';
import type { LoggedRequest } from '../store/request-log.ts';
import type { World } from '../store/store.ts';
import { checkoutUrlOf } from './payment.ts';

/* How the sandbox's own API shows things: the in-process API shows the same. */

/** In Korea with milliseconds, unlike the dates inside a Payment. */
export const preciseTime = (at: Instant): string =>
  `${koreanTime(at).slice(0, 19)}.${String(at % 1000).padStart(3, '0')}+09:00`;

/** A clock reading with its time written out. */
export const presentClock = <T extends { readonly now: Instant }>(reading: T) => ({
  ...reading,
  now: preciseTime(reading.now),
});

/** A merchant with its keys. */
export const presentMerchant = ({ mId, name, apiVersion, securityKey, keyPairs }: Merchant) => ({
  mId,
  name,
  apiVersion,
  securityKey,
  keyPairs,
});

/** A merchant with its keys, and how its calls are treated. */
export const presentWorld = ({ merchant, conduct }: World) => ({ ...presentMerchant(merchant), ...conduct });

/** A payment that was prepared without a browser. */
export const presentPrepared = (payment: Payment, redirectUrl: string | null) => ({
  paymentKey: payment.paymentKey,
  orderId: payment.order.orderId,
  amount: payment.order.totalAmount,
  status: payment.status,
  checkoutUrl: checkoutUrlOf(payment),
  redirectUrl,
});

/** A call that was taken down; the code is that of a refusal, null when it was granted. */
export const presentRequest = (request: LoggedRequest) => ({
  at: preciseTime(request.at),
  mId: request.mId,
  method: request.method,
  path: request.url,
  status: request.status,
  code: codeOf(request),
  idempotencyKey: request.idempotencyKey,
  testCode: request.testCode,
  traceId: request.traceId,
  durationMs: request.durationMs,
  requestBody: request.requestBody,
  responseBody: request.responseBody,
});

function codeOf({ status, responseBody }: LoggedRequest): string | null {
  if (status < 400) return null;
  try {
    return JSON.parse(responseBody).code ?? null;
  } catch {
    return null;
  }
}

/** The words of the developer centre's list (webhooks.md 8). */
const STATE_WORDS = { SENDING: '전송 중', COMPLETED: '성공', FAILED: '실패' } as const;

/** A delivery with its attempts and its body as text. */
export const presentDelivery = (delivery: Delivery) => ({
  transmissionId: delivery.transmissionId,
  mId: delivery.mId,
  webhookId: delivery.webhookId,
  url: delivery.url,
  eventType: delivery.event,
  createdAt: preciseTime(delivery.createdAt),
  state: STATE_WORDS[delivery.state],
  attempts: delivery.attempts.map(({ at, ...attempt }) => ({ at: preciseTime(at), ...attempt })),
  nextAttemptAt: delivery.nextAttemptAt === null ? null : preciseTime(delivery.nextAttemptAt),
  body: Buffer.from(delivery.bytes).toString(),
});
