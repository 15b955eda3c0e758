import type * as z from 'zod';
import type { ErrorCode } from '../domain/error-code.ts';
import { REQUEST_METHODS, type RequestMethod } from '../domain/method.ts';
import { fitsCurrency } from '../domain/money.ts';
import type { AccountTerms, FrameHost, Order, ReturnUrls, WindowRequest } from '../domain/payment.ts';

/** What a payment window can be opened with, whichever way the request came. */
export interface OpeningRequest {
  readonly order: Order;
  readonly window: WindowRequest;
}

export type FlatRequest = ReturnUrls & {
  method: RequestMethod | null;
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
  customerMobilePhone: string | null;
  flowMode: WindowRequest['flowMode'];
  cardCompany: string | null;
  easyPay: string | null;
  cardInstallmentPlan: number | null;
  maxCardInstallmentPlan: number | null;
  useCardPoint: boolean | null;
  useEscrow: boolean;
  account: AccountTerms | null;
  mobileCarriers: readonly string[] | null;
  foreignProvider: string | null;
};

/** Transfers are limited at creation (payments.md 5). */
const MAX_TRANSFER_AMOUNT = 10_000_000;

/** Paid in won alone: domestic methods other than cards, which foreigners have too (browser-sdk.md 2.3). */
const WON_ONLY: readonly (RequestMethod | null)[] = REQUEST_METHODS.filter(
  (name) => name !== 'CARD' && name !== 'FOREIGN_EASY_PAY',
);

/** Why an order cannot be paid by a method; null when it can. */
export function refusalOfMethod(
  method: RequestMethod | null,
  { currency, amount }: { currency: Order['currency']; amount: number },
): ErrorCode | null {
  if (WON_ONLY.includes(method) && currency !== 'KRW') return 'INVALID_CURRENCY';
  return method === 'TRANSFER' && amount > MAX_TRANSFER_AMOUNT ? 'EXCEEDS_TRANSFER_AMOUNT_MAXIMUM' : null;
}

/** The rules that concern more than one field. */
export function checkTogether(request: FlatRequest, context: z.RefinementCtx): void {
  const say = (message: string): void => context.addIssue({ code: 'custom', message });
  const refusal = refusalOfMethod(request.method, request);
  if (refusal !== null) say(refusal);
  if (request.method === 'FOREIGN_EASY_PAY' && request.foreignProvider === null) say('INVALID_REQUEST');
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

export const toOpening = (request: FlatRequest): OpeningRequest => ({
  order: {
    orderId: request.orderId,
    orderName: request.orderName,
    currency: request.currency,
    totalAmount: request.amount,
    taxFreeAmount: request.taxFreeAmount,
    taxExemptionAmount: request.taxExemptionAmount,
    cultureExpense: request.cultureExpense,
    useEscrow: request.useEscrow,
    metadata: request.metadata,
  },
  window: windowOf(request),
});

/** Written out in one go: an object that begins with a spread gets a shape of its own, each time. */
const windowOf = (request: FlatRequest): WindowRequest =>
  ({
    successUrl: request.successUrl,
    failUrl: request.failUrl,
    method: request.method,
    frame: request.frame ?? null,
    customerName: request.customerName,
    customerMobilePhone: request.customerMobilePhone,
    flowMode: request.flowMode,
    cardCompany: request.cardCompany,
    easyPay: request.easyPay,
    cardInstallmentPlan: request.cardInstallmentPlan,
    maxCardInstallmentPlan: request.maxCardInstallmentPlan,
    useCardPoint: request.useCardPoint,
    account: request.account,
    mobileCarriers: request.mobileCarriers,
    foreignProvider: request.foreignProvider,
  }) as WindowRequest;

/** Culture expenses count for transfers and virtual accounts alone; a card's is always false (payments.md 2.2). */
export const isCultureExpense = (method: RequestMethod | null, wished: boolean | null): boolean =>
  wished === true && (method === 'TRANSFER' || method === 'VIRTUAL_ACCOUNT');

/** Terms of a bank account are kept only where one may be concerned: the shopper may still pick it. */
export const concernsAccount = (method: RequestMethod | null): boolean =>
  method === null || method === 'TRANSFER' || method === 'VIRTUAL_ACCOUNT';
