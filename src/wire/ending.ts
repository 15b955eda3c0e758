import * as z from 'zod';
import type { ErrorCode } from '../domain/error-code.ts';
import { isRefusal, type Refusal } from '../domain/refusal.ts';
import { isErrorCode } from './errors.ts';
import { readJson } from './read-body.ts';
import { CreatePaymentBody, type OpeningRequest, SdkPaymentBody } from './requests.ts';

/** What the shopper picked in the window. */
export interface Choice {
  /** Two-character code of the card company, also of the card behind an easy pay. */
  readonly cardCompany: string;
  /** Request code of the easy pay, or null for a plain card. */
  readonly easyPay: string | null;
  readonly installmentPlanMonths: number;
  readonly useCardPoint: boolean;
}

/** How the shopper's visit to the window ends. */
export type Ending =
  /** Authenticated; the confirm is approved, or refused with a code. */
  | {
      readonly outcome: 'AUTHENTICATED';
      readonly choice: Choice;
      readonly confirmRefusal: ErrorCode | null;
    }
  /** The issuer refuses in the window. */
  | { readonly outcome: 'REFUSED' }
  /** The shopper leaves from the card company's screen. */
  | { readonly outcome: 'LEFT' }
  /** The shopper closes the window with its X: on a page of its own, the same as leaving (browser-sdk.md 4.8). */
  | { readonly outcome: 'CLOSED' };

/** Pays with it who says nothing else: the card of the documentation's sample answer (payments.md 2.7). */
export const DEFAULT_CARD_COMPANY = '61';

const OutcomeBody = z.looseObject({
  outcome: z
    .enum(['READY', 'AUTHENTICATED', 'REFUSED', 'LEFT', 'REFUSED_AT_CONFIRM'])
    .default('AUTHENTICATED'),
  confirmCode: z
    .string()
    .refine(isErrorCode, 'not a code of the error catalogue')
    .default('REJECT_CARD_PAYMENT'),
});

/** What a payment of a test without a browser need not say. */
const UNSAID = {
  method: 'CARD',
  orderName: '테스트 주문',
  successUrl: 'http://shop.example/success',
  failUrl: 'http://shop.example/fail',
} as const;

function endingOf(
  outcome: z.infer<typeof OutcomeBody>['outcome'],
  code: ErrorCode,
  opening: OpeningRequest,
): Ending | null {
  const { window } = opening;
  const choice: Choice = {
    cardCompany: window.cardCompany ?? DEFAULT_CARD_COMPANY,
    easyPay: window.easyPay,
    installmentPlanMonths: window.cardInstallmentPlan ?? 0,
    useCardPoint: window.useCardPoint ?? false,
  };
  switch (outcome) {
    case 'READY':
      return null;
    case 'AUTHENTICATED':
      return { outcome, choice, confirmRefusal: null };
    case 'REFUSED_AT_CONFIRM':
      return { outcome: 'AUTHENTICATED', choice, confirmRefusal: code };
    case 'REFUSED':
    case 'LEFT':
      return { outcome };
  }
}

/**
 * Reads the body of `POST /sandbox/payments`: the fields of `requestPayment`, with `amount` as an object or a plain
 * number, and how the visit to the window is to end.
 *
 * @returns what to open and how it ends (null: left READY), or the refusal that opening it would meet
 * @throws {z.ZodError} when `outcome` or `confirmCode` is none
 */
export function readPreparation(body: unknown): { opening: OpeningRequest; ending: Ending | null } | Refusal {
  const { outcome, confirmCode, ...request } = OutcomeBody.parse(body);
  const schema = typeof request['amount'] === 'object' ? SdkPaymentBody : CreatePaymentBody;
  const opening = readJson(schema, { ...UNSAID, ...request });
  if (isRefusal(opening)) return opening;
  return {
    opening,
    ending: endingOf(outcome, confirmCode as ErrorCode, opening),
  };
}
