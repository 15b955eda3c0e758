import type { Fields } from './request.ts';

/** The fields of a card request (browser-sdk.md 2.3). */
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
  'card',
];

/** The fields of its `card` (browser-sdk.md 2.4). */
const CARD_FIELDS = [
  'flowMode',
  'cardCompany',
  'easyPay',
  'cardInstallmentPlan',
  'maxCardInstallmentPlan',
  'freeInstallmentPlans',
  'useCardPoint',
  'useAppCardOnly',
  'useEscrow',
  'escrowProducts',
  'discountCode',
  'taxExemptionAmount',
  'validHours',
  'dueDate',
  'useInternationalCardOnly',
  'language',
  'showEstimatedAmount',
  'appScheme',
  'keyin',
  'showMobileAppHeader',
  'threeDS',
  'affiliateCards',
  'dividedSettlements',
];

const strangers = (fields: unknown, known: readonly string[], prefix: string): string[] =>
  Object.keys(fields ?? {})
    .filter((name) => !known.includes(name))
    .map((name) => prefix + name);

/** Names the fields that no page documents, as `card.colour`. */
const unknownFieldsOf = (request: Fields): string[] => [
  ...strangers(request, REQUEST_FIELDS, ''),
  ...strangers(request['card'], CARD_FIELDS, 'card.'),
];

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
