import { requestFailed, sdkError } from '../errors.ts';
import type { Fields } from './fields.ts';

/**
 * Opens a payment at the sandbox.
 *
 * @returns the address of its window
 * @throws {TossPaymentsError} what the server refuses, NETWORK_ERROR, or the reason of the signal
 */
export async function openPayment(
  origin: string,
  clientKey: string,
  request: Fields,
  signal: AbortSignal,
): Promise<string> {
  const call = async (): Promise<{ isOpen: boolean; answer: Record<string, unknown> }> => {
    const response = await fetch(`${origin}/v1/payments/sdk`, {
      method: 'POST',
      headers: { authorization: `Basic ${btoa(`${clientKey}:`)}`, 'content-type': 'application/json' },
      body: JSON.stringify(request),
      signal,
    });
    return { isOpen: response.ok, answer: await response.json() };
  };
  const { isOpen, answer } = await call().catch(() => {
    throw signal.aborted ? signal.reason : sdkError('NETWORK_ERROR');
  });
  if (!isOpen) throw requestFailed(String(answer['code']), String(answer['message']));
  return String((answer['checkout'] as { url: string }).url);
}
