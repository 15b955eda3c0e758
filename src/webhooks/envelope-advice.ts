import type { Delivery } from '../domain/delivery.ts';

const FLAT_ADVICE =
  'DEPOSIT_CALLBACK was sent as the real service sends it, flat: {createdAt, secret, status, transactionKey, orderId}. ' +
  'A handler that reads eventType and data of it, as a widespread guide prints it, finds nothing there and misses the ' +
  'deposit. To have it wrapped, say wrapDepositCallback in POST /sandbox/webhooks, or --wrap-deposit-callback.';

const WRAPPED_ADVICE =
  'DEPOSIT_CALLBACK was sent as {eventType, createdAt, data}, because wrapDepositCallback is on. The real service sends ' +
  'it flat: there the handler has to read secret, status and orderId of the body itself.';

/** What a developer should know of the shape of a DEPOSIT_CALLBACK; null for other events (webhooks.md 11). */
export function envelopeAdvice({ event, bytes }: Delivery): string | null {
  if (event !== 'DEPOSIT_CALLBACK') return null;
  return 'eventType' in JSON.parse(Buffer.from(bytes).toString()) ? WRAPPED_ADVICE : FLAT_ADVICE;
}
