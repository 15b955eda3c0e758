import type { WebhookEvent } from './event.ts';
import { type Instant, MINUTE_MS } from './instant.ts';

/** A registered receiver (webhooks.md 9). */
export interface Webhook {
  readonly webhookId: string;
  readonly url: string;
  readonly events: readonly WebhookEvent[];
  /**
   * The real DEPOSIT_CALLBACK is flat. A widespread guide reads `eventType` and `data` of it: for handlers written after
   * it the body is wrapped as other events are (webhooks.md 11).
   */
  readonly wrapDepositCallback: boolean;
}

/** How one attempt ended: the HTTP status that came back, or why none did. */
export interface Attempt {
  readonly at: Instant;
  /** 0 on the first attempt, then 1 to 7. */
  readonly retriedCount: number;
  readonly status: number | null;
  /** `TIMEOUT`, or the network error's code, e.g. `ECONNREFUSED`; null when a status came back. */
  readonly error: string | null;
}

/** Sending 전송 중, Completed 성공, Failed 실패: the three states of the developer centre's list (webhooks.md 8). */
export type DeliveryState = 'SENDING' | 'COMPLETED' | 'FAILED';

/** One event on its way to one receiver. The bytes are those of the time of the event, for every attempt. */
export interface Delivery {
  readonly transmissionId: string;
  readonly mId: string;
  readonly webhookId: string;
  readonly url: string;
  readonly event: WebhookEvent;
  readonly createdAt: Instant;
  readonly bytes: Uint8Array;
  readonly state: DeliveryState;
  readonly attempts: readonly Attempt[];
  /** How often it was resent by hand. Each time the waits begin anew. */
  readonly resends: number;
  /** Of the next attempt: how many there were before it since the event, or since the last resend. */
  readonly retriedCount: number;
  /** When the next attempt is due; null when there is none. */
  readonly nextAttemptAt: Instant | null;
}

/** At most 7 retries after the first attempt: 8 requests in all (webhooks.md 8). */
export const MAX_RETRIES = 7;

/** The wait before retry n, counted from the failure before it: 4^(n-1) minutes (webhooks.md 8). */
export const retryWaitMs = (retry: number): number => 4 ** (retry - 1) * MINUTE_MS;

/** Only a 200 is a success; 201, 204 and redirects are not (webhooks.md 7, 11). */
export const isDelivered = (attempt: Pick<Attempt, 'status'>): boolean => attempt.status === 200;

/** Takes down an attempt: done, to be tried again, or given up for good after the 7th retry. */
export function afterAttempt(delivery: Delivery, attempt: Attempt, failedAt: Instant): Delivery {
  const attempts = [...delivery.attempts, attempt];
  if (isDelivered(attempt)) return { ...delivery, attempts, state: 'COMPLETED', nextAttemptAt: null };
  const retry = attempt.retriedCount + 1;
  if (retry > MAX_RETRIES) return { ...delivery, attempts, state: 'FAILED', nextAttemptAt: null };
  return { ...delivery, attempts, retriedCount: retry, nextAttemptAt: failedAt + retryWaitMs(retry) };
}

/** Takes down an attempt that was under way when the delivery was resent: what follows is not for it to say. */
export const afterLateAttempt = (delivery: Delivery, attempt: Attempt): Delivery => ({
  ...delivery,
  attempts: [...delivery.attempts, attempt],
});

/** A delivery that is sent again by hand: its next attempt is a first one, and due at once (webhooks.md 8). */
export const resent = (delivery: Delivery, at: Instant): Delivery => ({
  ...delivery,
  state: 'SENDING',
  resends: delivery.resends + 1,
  retriedCount: 0,
  nextAttemptAt: at,
});
