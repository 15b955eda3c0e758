import type { Fields } from './fields.ts';
import { optionsOf } from './options.ts';

/** The fields of a request by any method (browser-sdk.md 2.3). */
const REQUEST_FIELDS = [
  'method',
  'amount',
  'orderId',
  'orderName',
  'customerName',
  'customerEmail',
  'customerMobilePhone',
  'taxFreeAmount',
  'windowTarget',
  'successUrl',
  'failUrl',
  'pendingUrl',
  'metadata',
  'orderProductCode',
  'sandbox',
  'subOrders',
];

const strangers = (fields: unknown, known: readonly string[], prefix: string): string[] =>
  Object.keys(fields ?? {})
    .filter((name) => !known.includes(name))
    .map((name) => prefix + name);

/** Names the fields that no page documents, as `card.colour`. */
function unknownFieldsOf(request: Fields): string[] {
  const options = optionsOf(request);
  if (options === null) return strangers(request, REQUEST_FIELDS, '');
  const { name, fields } = options;
  return [
    ...strangers(request, [...REQUEST_FIELDS, name], ''),
    ...strangers(request[name], Object.keys(fields), `${name}.`),
  ];
}

/**
 * Says so on the console when the real SDK might refuse a field. It documents INVALID_PARAMETERS; pages that carry more
 * than they need still run here (browser-sdk.md 9 no. 5).
 */
export function warnOfUnknownFields(request: Fields): void {
  const unknown = unknownFieldsOf(request);
  if (unknown.length > 0)
    console.warn(
      `toss-sandbox: requestPayment() was given fields that are not documented: ${unknown.join(', ')}`,
    );
}
