import * as z from 'zod';
import type { RequestMethod } from '../domain/method.ts';
import { accountFields, accountTermsOf, callbackUrlField, refundReceiveAccount } from './account-fields.ts';
import { cardCompanyOf, easyPayOf, isCarrier, isForeignProvider, requestMethodOf } from './codes.ts';
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
import { checkTogether, concernsAccount, isCultureExpense, toOpening } from './opening.ts';
import { customerFields, metadata, orderFields } from './order-fields.ts';
import { bothOrNeither, frameHost, urlFields } from './return-urls.ts';

const INSTALLMENT_MONTHS = [0, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12];

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

/** The code or the Korean name of a method (payments.md 4.1). */
const method = z.string({ error: 'NOT_SUPPORTED_METHOD' }).transform((form, context): RequestMethod => {
  const found = requestMethodOf(form);
  if (found !== undefined) return found;
  context.addIssue({ code: 'custom', message: 'NOT_SUPPORTED_METHOD' });
  return z.NEVER;
});

const carrier = text('NOT_SUPPORTED_CARRIER').pipe(z.string().refine(isCarrier, 'NOT_SUPPORTED_CARRIER'));

const foreignProvider = z.string({ error: 'INVALID_REQUEST' }).refine(isForeignProvider, 'INVALID_REQUEST');

const cardFields = {
  flowMode: withDefault(z.enum(['DEFAULT', 'DIRECT'], { error: 'INVALID_FLOW_MODE_PARAMETERS' }), 'DEFAULT'),
  cardCompany: optional(cardCompany),
  easyPay: optional(easyPay),
  cardInstallmentPlan: optional(oneOf(INSTALLMENT_MONTHS)),
  maxCardInstallmentPlan: optional(oneOf(INSTALLMENT_MONTHS)),
  useCardPoint: optional(flag),
  useEscrow: withDefault(flag, false),
};

const moneyFields = {
  taxFreeAmount: withDefault(part, 0),
  taxExemptionAmount: withDefault(part, 0),
  metadata: optional(metadata),
};

/**
 * `POST /v1/payments` (payments.md 4.1). The options are those of the SDK v1; those of other methods than the one that
 * is asked for are ignored, as samples leave them in (browser-sdk.md 3.1).
 */
export const CreatePaymentBody = z
  .object({
    method: optional(method),
    amount: amountOf('REQUIRED_AMOUNT', 'BELOW_ZERO_AMOUNT'),
    currency: withDefault(currency, 'KRW'),
    ...orderFields,
    ...urlFields,
    ...customerFields,
    ...cardFields,
    ...accountFields,
    ...callbackUrlField,
    ...moneyFields,
    mobileCarrier: optional(carrier),
    provider: optional(foreignProvider),
    cultureExpense: optional(flag),
  })
  .transform((request, context) => ({
    ...request,
    account: concernsAccount(request.method) ? accountTermsOf(request, context) : null,
    mobileCarriers: request.mobileCarrier === null ? null : [request.mobileCarrier],
    foreignProvider: request.provider,
    cultureExpense: isCultureExpense(request.method, request.cultureExpense),
  }))
  .superRefine(checkTogether)
  .transform(toOpening);

const NO_CARD_WISH = {
  flowMode: 'DEFAULT' as const,
  cardCompany: null,
  easyPay: null,
  cardInstallmentPlan: null,
  maxCardInstallmentPlan: null,
  useCardPoint: null,
  useEscrow: false,
  taxExemptionAmount: 0,
};

const accountOptions = z.object(
  {
    ...accountFields,
    useEscrow: withDefault(flag, false),
    taxExemptionAmount: withDefault(part, 0),
    isCulturalExpenses: optional(flag),
  },
  { error: 'INVALID_REQUEST' },
);

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
      NO_CARD_WISH,
    ),
    virtualAccount: optional(accountOptions),
    transfer: optional(accountOptions),
    mobilePhone: optional(
      z.object({ mobileCarriers: optional(z.array(carrier)) }, { error: 'INVALID_REQUEST' }),
    ),
    foreignEasyPay: optional(z.object({ provider: foreignProvider }, { error: 'INVALID_REQUEST' })),
  })
  .transform(
    (
      {
        card,
        virtualAccount,
        transfer,
        mobilePhone,
        foreignEasyPay,
        amount,
        successUrl,
        failUrl,
        ...request
      },
      context,
    ) => {
      const options = request.method === 'VIRTUAL_ACCOUNT' ? virtualAccount : transfer;
      const own = concernsAccount(request.method) ? options : null;
      const terms = own ?? { validHours: null, dueDate: null };
      return {
        ...request,
        ...bothOrNeither(successUrl, failUrl, context),
        ...(request.method === 'CARD' ? card : NO_CARD_WISH),
        ...(own !== null && { useEscrow: own.useEscrow, taxExemptionAmount: own.taxExemptionAmount }),
        account: concernsAccount(request.method) ? accountTermsOf(terms, context) : null,
        // None at all would leave nothing to choose: it counts as not restricted [I].
        mobileCarriers: mobilePhone?.mobileCarriers?.length ? mobilePhone.mobileCarriers : null,
        foreignProvider: foreignEasyPay?.provider ?? null,
        amount: amount.value,
        currency: amount.currency,
        cultureExpense: isCultureExpense(request.method, own?.isCulturalExpenses ?? null),
      };
    },
  )
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

/** `POST /v1/payments/{paymentKey}/cancel` (payments.md 4.5). `taxAmount` of versions 1.x counts for nothing. */
export const CancelPaymentBody = z.object({
  cancelReason: textOf(1, 200),
  // However much it is: more than the balance is 403 NOT_CANCELABLE_AMOUNT.
  cancelAmount: optional(numeric().pipe(z.number().gt(0, 'INVALID_REQUEST'))),
  taxFreeAmount: optional(part),
  taxExemptionAmount: optional(part),
  currency: optional(z.enum(['KRW', 'USD', 'JPY'], { error: 'INVALID_CURRENCY' })),
  refundableAmount: optional(part),
  refundReceiveAccount,
  cancelRequestId: optional(text().pipe(z.string().regex(/^[A-Za-z0-9\-_=]{6,64}$/, 'INVALID_REQUEST'))),
});
