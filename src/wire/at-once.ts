import * as z from 'zod';
import { type Card, INSTALLMENT_MINIMUM, type VirtualAccountMethod } from '../domain/method.ts';
import { MAX_AMOUNT } from '../domain/money.ts';
import type { AccountTerms, Order, WindowRequest } from '../domain/payment.ts';
import type { CardExpiry } from '../gateway/key-in.ts';
import { accountTermsOf, cashReceiptWish, dueFields, issuingBank } from './account-fields.ts';
import { cardOfNumber } from './codes.ts';
import { amountOf, flag, numeric, optional, part, text, textOf, withDefault } from './fields.ts';
import { customerFields, metadata, orderId } from './order-fields.ts';

/* Payments without a window: `POST /v1/payments/key-in` and `POST /v1/virtual-accounts`. */

/** The window that nobody will see. */
const unseenWindow = (of: {
  readonly method: 'CARD' | 'VIRTUAL_ACCOUNT';
  readonly customerName: string | null;
  readonly customerMobilePhone: string | null;
  readonly account: AccountTerms | null;
}): WindowRequest => ({
  successUrl: null,
  failUrl: null,
  method: of.method,
  frame: null,
  customerName: of.customerName,
  customerMobilePhone: of.customerMobilePhone,
  flowMode: 'DEFAULT',
  cardCompany: null,
  easyPay: null,
  cardInstallmentPlan: null,
  maxCardInstallmentPlan: null,
  useCardPoint: null,
  account: of.account,
  mobileCarriers: null,
  foreignProvider: null,
});

/** One object for all payments by card number. */
const CARD_WINDOW = unseenWindow({
  method: 'CARD',
  customerName: null,
  customerMobilePhone: null,
  account: null,
});

/** In won (virtual-accounts.md 2; the card's currency is not asked for either). */
const orderOf = (request: {
  orderId: string;
  orderName: string;
  amount: number;
  taxFreeAmount: number;
  taxExemptionAmount: number;
  useEscrow: boolean;
  metadata: Record<string, string> | null;
}): Order => ({
  orderId: request.orderId,
  orderName: request.orderName,
  currency: 'KRW',
  totalAmount: request.amount,
  taxFreeAmount: request.taxFreeAmount,
  taxExemptionAmount: request.taxExemptionAmount,
  cultureExpense: false,
  useEscrow: request.useEscrow,
  metadata: request.metadata,
});

/** The least that a card is charged (payments.md 4.6). */
const CARD_MINIMUM = 100;

const won = (request: { amount: number; taxFreeAmount: number; taxExemptionAmount: number }): boolean =>
  [request.amount, request.taxFreeAmount, request.taxExemptionAmount].every(Number.isInteger) &&
  request.taxFreeAmount + request.taxExemptionAmount <= request.amount;

const cardNumber = text('INVALID_CARD_NUMBER').transform((number, context): Card => {
  const card = cardOfNumber(number);
  if (card !== null) return card;
  context.addIssue({ code: 'custom', message: 'INVALID_CARD_NUMBER' });
  return z.NEVER;
});

const twoDigits = text('INVALID_CARD_EXPIRATION').pipe(
  z
    .string()
    .regex(/^\d{2}$/, 'INVALID_CARD_EXPIRATION')
    .transform(Number),
);

const month = twoDigits.pipe(z.number().min(1, 'INVALID_CARD_EXPIRATION').max(12, 'INVALID_CARD_EXPIRATION'));

/** 6 digits YYMMDD of a person, 10 of a business (payments.md 4.6). */
const identityNumber = text('INVALID_BIRTH_DAY_FORMAT').pipe(
  z.string().regex(/^(\d{6}|\d{10})$/, 'INVALID_BIRTH_DAY_FORMAT'),
);

const installmentPlan = numeric('INVALID_CARD_INSTALLMENT_PLAN').pipe(
  z
    .int('INVALID_CARD_INSTALLMENT_PLAN')
    .refine((months) => months === 0 || (months >= 2 && months <= 12), 'INVALID_CARD_INSTALLMENT_PLAN'),
);

/** What is paid by a card number. */
export interface KeyIn {
  readonly order: Order;
  readonly window: WindowRequest;
  readonly card: Card;
  readonly expiry: CardExpiry;
}

const REQUIRED = [
  'amount',
  'orderId',
  'orderName',
  'cardNumber',
  'cardExpirationYear',
  'cardExpirationMonth',
] as const;

/** What must be there is asked before what it looks like [I]. Up to 1.3 the identity number was a birthday. */
const KeyInParameters = z
  .looseObject({}, { error: 'INVALID_REQUEST' })
  .refine((body) => REQUIRED.every((name) => (body[name] ?? null) !== null), 'INVALID_REQUIRED_PARAM')
  .refine(
    (body) => (body['customerIdentityNumber'] ?? body['customerBirthday'] ?? null) !== null,
    'INVALID_REQUIRED_PARAM',
  );

const KeyInFields = z
  .object({
    amount: numeric().pipe(
      z.number().min(CARD_MINIMUM, 'BELOW_MINIMUM_AMOUNT').max(MAX_AMOUNT, 'INVALID_REQUEST'),
    ),
    orderId,
    // Not INVALID_ORDER_NAME, which is not in the endpoint's table (payments.md 4, 4.6).
    orderName: textOf(1, 100),
    cardNumber,
    cardExpirationYear: twoDigits,
    cardExpirationMonth: month,
    customerIdentityNumber: optional(identityNumber),
    customerBirthday: optional(identityNumber),
    cardPassword: optional(
      text('INVALID_CARD_PASSWORD').pipe(z.string().regex(/^\d{2}$/, 'INVALID_CARD_PASSWORD')),
    ),
    cardInstallmentPlan: withDefault(installmentPlan, 0),
    useFreeInstallmentPlan: withDefault(flag, false),
    useCardPoint: withDefault(flag, false),
    taxFreeAmount: withDefault(part, 0),
    taxExemptionAmount: withDefault(part, 0),
    customerEmail: customerFields.customerEmail,
    customerName: customerFields.customerName,
    metadata: optional(metadata),
  })
  .superRefine((request, context) => {
    const say = (message: string): void => context.addIssue({ code: 'custom', message });
    if (!won(request)) say('INVALID_REQUEST');
    if (request.cardInstallmentPlan > 0 && request.amount < INSTALLMENT_MINIMUM)
      say('NOT_SUPPORTED_MONTHLY_INSTALLMENT_PLAN_BELOW_AMOUNT');
  })
  .transform((request): KeyIn => {
    const identity = request.customerIdentityNumber ?? request.customerBirthday ?? '';
    const isFree = request.cardInstallmentPlan > 0 && request.useFreeInstallmentPlan;
    return {
      order: orderOf({ ...request, useEscrow: false }),
      window: CARD_WINDOW,
      card: {
        ...request.cardNumber,
        ownerType: identity.length === 10 ? '법인' : '개인',
        installmentPlanMonths: request.cardInstallmentPlan,
        isInterestFree: isFree,
        interestPayer: isFree ? 'MERCHANT' : null,
        useCardPoint: request.useCardPoint,
      },
      expiry: { year: 2000 + request.cardExpirationYear, month: request.cardExpirationMonth },
    };
  });

/**
 * `POST /v1/payments/key-in` (payments.md 4.6). `customerIp` and `vbv` count for nothing here: no page says more of
 * them.
 */
export const KeyInBody = KeyInParameters.pipe(KeyInFields);

const escrowProduct = z.object({
  id: textOf(1, 100),
  name: textOf(1, 100),
  code: textOf(1, 100),
  unitPrice: numeric().pipe(z.int('INVALID_REQUEST')),
  quantity: numeric().pipe(z.int('INVALID_REQUEST')),
});

/** No two with the same id (virtual-accounts.md 2). */
const escrowProducts = z
  .array(escrowProduct)
  .refine((products) => new Set(products.map(({ id }) => id)).size === products.length, 'INVALID_REQUEST');

/** What is to be paid into an account. */
export interface AccountIssue {
  readonly order: Order;
  readonly window: WindowRequest;
  readonly method: VirtualAccountMethod;
}

/**
 * `POST /v1/virtual-accounts` (virtual-accounts.md 2). Measured: neither the type nor the least length of `orderId` is
 * enforced; an `accountKey` alone makes the account a fixed one.
 */
export const VirtualAccountBody = z
  .object({
    amount: amountOf('INVALID_REQUEST', 'INVALID_REQUEST'),
    orderId: textOf(1, 64).pipe(z.string().regex(/^[A-Za-z0-9_\-=.]+$/, 'INVALID_REQUEST')),
    orderName: textOf(1, 100),
    customerName: textOf(1, 100),
    bank: issuingBank,
    ...dueFields,
    customerEmail: customerFields.customerEmail,
    customerMobilePhone: customerFields.customerMobilePhone,
    taxFreeAmount: withDefault(part, 0),
    useEscrow: withDefault(flag, false),
    cashReceipt: optional(cashReceiptWish),
    escrowProducts: optional(escrowProducts),
    accountType: optional(z.enum(['일반', '고정'], { error: 'INVALID_VIRTUAL_ACCOUNT_TYPE' })),
    accountKey: optional(textOf(1, 13)),
    metadata: optional(metadata),
  })
  .transform((request, context): AccountIssue => {
    const say = (message: string): void => context.addIssue({ code: 'custom', message });
    const { accountKey, useEscrow } = request;
    const accountType = request.accountType ?? (accountKey === null ? '일반' : '고정');
    if (accountType === '고정' && accountKey === null) say('REQUIRED_ACCOUNT_KEY');
    if (!won({ ...request, taxExemptionAmount: 0 })) say('INVALID_REQUEST');
    if (useEscrow && (request.escrowProducts ?? []).length === 0) say('INVALID_REQUEST');
    return {
      order: orderOf({ ...request, taxExemptionAmount: 0 }),
      window: unseenWindow({
        method: 'VIRTUAL_ACCOUNT',
        customerName: request.customerName,
        customerMobilePhone: request.customerMobilePhone,
        account: accountTermsOf(request, context),
      }),
      method: {
        kind: 'VIRTUAL_ACCOUNT',
        accountType,
        bankCode: request.bank,
        customerName: request.customerName,
        accountKey: accountType === '고정' ? accountKey : null,
        cashReceipt: request.cashReceipt,
        refundReceiveAccount: null,
        account: null,
      },
    };
  });
