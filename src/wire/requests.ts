import * as z from 'zod';
import { fitsCurrency } from '../domain/money.ts';
import type { FrameHost, Order, ReturnUrls, WindowRequest } from '../domain/payment.ts';
import { cardCompanyOf, easyPayOf } from './codes.ts';
import {
  amountOf,
  currency,
  flag,
  numeric,
  oneOf,
  optional,
  part,
  text,
  textOf,
  withDefault,
} from './fields.ts';
import { bothOrNeither, frameHost, urlFields } from './return-urls.ts';

const INSTALLMENT_MONTHS = [0, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12];

/** `=` is allowed on SDK pages and `.` in one published schema (payments.md 13 no. 21). */
const orderId = text('INVALID_ORDER_ID').pipe(
  z.string().regex(/^[A-Za-z0-9_\-=.]{6,64}$/, 'INVALID_ORDER_ID'),
);

/** At most 5 pairs; keys without brackets (payments.md 2.2). */
const metadata = z
  .record(
    z
      .string()
      .min(1)
      .max(40)
      .regex(/^[^[\]]*$/),
    z.string().max(2000),
    { error: 'INVALID_REQUEST' },
  )
  .refine((pairs) => Object.keys(pairs).length <= 5, 'INVALID_REQUEST');

const cardCompany = text('INVALID_CARD_COMPANY').transform((form, context) => {
  const company = cardCompanyOf(form);
  if (company !== undefined) return company.code;
  context.addIssue({ code: 'custom', message: 'INVALID_CARD_COMPANY' });
  return z.NEVER;
});

const easyPay = text('INVALID_EASY_PAY').transform((form, context) => {
  const pay = easyPayOf(form);
  if (pay !== undefined) return pay.en;
  context.addIssue({ code: 'custom', message: 'INVALID_EASY_PAY' });
  return z.NEVER;
});

/** Only the card is built yet; absent, the shopper picks in the window (browser-sdk.md 4.9). */
const method = z.enum(['CARD', '카드'], { error: 'NOT_SUPPORTED_METHOD' });

const orderFields = {
  orderId,
  orderName: textOf(1, 100, 'INVALID_ORDER_NAME'),
};

const customerFields = {
  customerName: optional(textOf(0, 100)),
  customerEmail: optional(text('INVALID_EMAIL').pipe(z.email('INVALID_EMAIL').max(100, 'INVALID_EMAIL'))),
  customerMobilePhone: optional(text('INVALID_PHONE').pipe(z.string().regex(/^\d{8,15}$/, 'INVALID_PHONE'))),
};

const cardFields = {
  flowMode: withDefault(z.enum(['DEFAULT', 'DIRECT'], { error: 'INVALID_FLOW_MODE_PARAMETERS' }), 'DEFAULT'),
  cardCompany: optional(cardCompany),
  easyPay: optional(easyPay),
  cardInstallmentPlan: optional(oneOf(INSTALLMENT_MONTHS)),
  maxCardInstallmentPlan: optional(oneOf(INSTALLMENT_MONTHS)),
  useCardPoint: optional(flag),
};

/** What a payment window can be opened with, whichever way the request came. */
export interface OpeningRequest {
  readonly order: Order;
  readonly window: WindowRequest;
}

type FlatRequest = ReturnUrls & {
  orderId: string;
  orderName: string;
  amount: number;
  currency: Order['currency'];
  taxFreeAmount: number;
  taxExemptionAmount: number;
  cultureExpense: boolean;
  metadata: Record<string, string> | null;
  frame?: FrameHost | null;
  customerName: string | null;
  flowMode: WindowRequest['flowMode'];
  cardCompany: string | null;
  easyPay: string | null;
  cardInstallmentPlan: number | null;
  maxCardInstallmentPlan: number | null;
  useCardPoint: boolean | null;
};

/** The rules that concern more than one field. */
function checkTogether(request: FlatRequest, context: z.RefinementCtx): void {
  const say = (message: string): void => context.addIssue({ code: 'custom', message });
  if (!fitsCurrency(request.amount, request.currency)) say('INVALID_MINOR_UNIT_FOR_CURRENCY');
  if (request.taxFreeAmount + request.taxExemptionAmount > request.amount) say('INVALID_REQUEST');
  for (const untaxed of [request.taxFreeAmount, request.taxExemptionAmount]) {
    if (!fitsCurrency(untaxed, request.currency)) say('INVALID_MINOR_UNIT_FOR_CURRENCY');
  }
  const companies = [request.cardCompany, request.easyPay].filter((choice) => choice !== null).length;
  if (request.flowMode === 'DIRECT' && companies !== 1) say('INVALID_FLOW_MODE_PARAMETERS');
  if (request.cardInstallmentPlan !== null && request.maxCardInstallmentPlan !== null) {
    say('INVALID_CARD_INSTALLMENT_PLANS_WITH_MAX_AND_SINGLE');
  }
}

const toOpening = (request: FlatRequest): OpeningRequest => ({
  order: {
    orderId: request.orderId,
    orderName: request.orderName,
    currency: request.currency,
    totalAmount: request.amount,
    taxFreeAmount: request.taxFreeAmount,
    taxExemptionAmount: request.taxExemptionAmount,
    cultureExpense: request.cultureExpense,
    metadata: request.metadata,
  },
  window: windowOf(request),
});

/** Written out in one go: an object that begins with a spread gets a shape of its own, each time. */
const windowOf = (request: FlatRequest): WindowRequest =>
  ({
    successUrl: request.successUrl,
    failUrl: request.failUrl,
    frame: request.frame ?? null,
    customerName: request.customerName,
    flowMode: request.flowMode,
    cardCompany: request.cardCompany,
    easyPay: request.easyPay,
    cardInstallmentPlan: request.cardInstallmentPlan,
    maxCardInstallmentPlan: request.maxCardInstallmentPlan,
    useCardPoint: request.useCardPoint,
  }) as WindowRequest;

const moneyFields = {
  taxFreeAmount: withDefault(part, 0),
  taxExemptionAmount: withDefault(part, 0),
  metadata: optional(metadata),
};

/** `POST /v1/payments` (payments.md 4.1). */
export const CreatePaymentBody = z
  .object({
    method: optional(method),
    amount: amountOf('REQUIRED_AMOUNT', 'BELOW_ZERO_AMOUNT'),
    currency: withDefault(currency, 'KRW'),
    ...orderFields,
    ...urlFields,
    ...customerFields,
    ...cardFields,
    ...moneyFields,
    // Set only for transfer and virtual account; a card's is always false (payments.md 2.2).
    cultureExpense: optional(flag).transform(() => false),
  })
  .superRefine(checkTogether)
  .transform(toOpening);

/** What the v2 SDK's `payment().requestPayment()` asks for (browser-sdk.md 2.3, 2.4). */
export const SdkPaymentBody = z
  .object({
    method,
    amount: z.object(
      { value: amountOf('REQUIRED_AMOUNT', 'BELOW_ZERO_AMOUNT'), currency },
      { error: 'REQUIRED_AMOUNT' },
    ),
    ...orderFields,
    successUrl: optional(urlFields.successUrl),
    failUrl: optional(urlFields.failUrl),
    frame: optional(frameHost),
    ...customerFields,
    taxFreeAmount: withDefault(part, 0),
    metadata: optional(metadata),
    card: withDefault(
      z.object({ ...cardFields, taxExemptionAmount: withDefault(part, 0) }, { error: 'INVALID_REQUEST' }),
      {
        flowMode: 'DEFAULT',
        cardCompany: null,
        easyPay: null,
        cardInstallmentPlan: null,
        maxCardInstallmentPlan: null,
        useCardPoint: null,
        taxExemptionAmount: 0,
      },
    ),
  })
  .transform(({ card, amount, successUrl, failUrl, ...request }, context) => ({
    ...request,
    ...bothOrNeither(successUrl, failUrl, context),
    ...card,
    amount: amount.value,
    currency: amount.currency,
    cultureExpense: false,
  }))
  .superRefine(checkTogether)
  .transform(toOpening);

/** `POST /v1/payments/confirm` (payments.md 4.2). An orderId of another form is simply another one: 403. */
export const ConfirmPaymentBody = z.object({
  paymentKey: textOf(1, 200),
  orderId: textOf(1, 64),
  amount: numeric(),
});

/** `POST /v1/payments/{paymentKey}`: confirm in its older form (payments.md 4.3). */
export const ApprovePaymentBody = ConfirmPaymentBody.omit({ paymentKey: true });

/** `POST /v1/payments/{paymentKey}/cancel` (payments.md 4.5), as far as it concerns cards. */
export const CancelPaymentBody = z.object({
  cancelReason: textOf(1, 200),
  // However much it is: more than the balance is 403 NOT_CANCELABLE_AMOUNT.
  cancelAmount: optional(numeric().pipe(z.number().gt(0, 'INVALID_REQUEST'))),
  taxFreeAmount: optional(part),
  taxExemptionAmount: optional(part),
  currency: optional(z.enum(['KRW', 'USD', 'JPY'], { error: 'INVALID_CURRENCY' })),
  refundableAmount: optional(part),
});
