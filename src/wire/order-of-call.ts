import { parse } from 'secure-json-parse';
import type { World } from '../store/store.ts';

const fieldOf = (json: unknown, name: string): string | null => {
  const value = (json as Readonly<Record<string, unknown>> | null)?.[name];
  return typeof value === 'string' || typeof value === 'number' ? String(value) : null;
};

function read(body: string | null): unknown {
  try {
    return parse(body ?? '');
  } catch {
    return null;
  }
}

/**
 * The order that a call is about: named in its path or its body, else that of the payment it names.
 *
 * @param path as the API table writes it
 * @param id what stood in the path
 * @param body raw JSON text
 * @param world of the caller; null when it is unknown
 */
export function orderIdOfCall(
  call: { readonly path: string; readonly id: string; readonly body: string | null },
  world: World | null,
): string | null {
  if (call.path.includes('{orderId}')) return call.id;
  const json = read(call.body);
  const named = fieldOf(json, 'orderId');
  if (named !== null) return named;
  const paymentKey = call.path.includes('{paymentKey}') ? call.id : fieldOf(json, 'paymentKey');
  return (paymentKey === null ? undefined : world?.payment(paymentKey)?.order.orderId) ?? null;
}
