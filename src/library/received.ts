import type { IncomingHttpHeaders } from 'node:http';
import type { ReceivedWebhook } from './api.ts';

/** A request to a receiver, read as a webhook. @throws {SyntaxError} when it is none */
export function readWebhook(headers: IncomingHttpHeaders, text: string): ReceivedWebhook {
  const body = JSON.parse(text);
  const plain = Object.entries(headers).map(([name, value]) => [name, String(value)]);
  return {
    // DEPOSIT_CALLBACK alone does not say what it is (webhooks.md 1).
    eventType: body.eventType ?? 'DEPOSIT_CALLBACK',
    body,
    text,
    headers: Object.fromEntries(plain),
    transmissionId: String(headers['tosspayments-webhook-transmission-id']),
    retriedCount: Number(headers['tosspayments-webhook-transmission-retried-count']),
  };
}

/** One line for an error message. */
export const nameWebhook = ({ eventType, body, retriedCount }: ReceivedWebhook): string =>
  [
    eventType,
    body.data?.status ?? body.status,
    body.data?.orderId ?? body.orderId,
    retriedCount > 0 ? `retry ${retriedCount}` : undefined,
  ]
    .filter((part) => part !== undefined)
    .join(' ');
