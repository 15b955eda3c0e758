import * as z from 'zod';
import type { ErrorCode } from '../domain/error-code.ts';
import type { RequestMethod } from '../domain/method.ts';
import { fitsCurrency } from '../domain/money.ts';
import { isRefusal, type Refusal, refuse } from '../domain/refusal.ts';
import { bankOf } from './banks.ts';
import { type Choice, usualChoice } from './choice.ts';
import { easyPayOf } from './codes.ts';
import { isErrorCode } from './errors.ts';
import type { OpeningRequest } from './opening.ts';
import { readJson } from './read-body.ts';
import type { RedirectCode } from './redirect.ts';
import { CreatePaymentBody, SdkPaymentBody } from './requests.ts';

/** How the shopper's visit to the window ends. */
export type Ending =
  /** Authenticated; the confirm is approved, or refused with a code. */
  | {
      readonly outcome: 'AUTHENTICATED';
      readonly choice: Choice;
      readonly confirmRefusal: ErrorCode | null;
    }
  /** Refused in the window, by the card company or by whoever else was to pay. */
  | { readonly outcome: 'REFUSED'; readonly failure: RedirectCode }
  /** The shopper leaves from the card company's screen. */
  | { readonly outcome: 'LEFT' }
  /** The shopper closes the window with its X: on a page of its own, the same as leaving (browser-sdk.md 4.8). */
  | { readonly outcome: 'CLOSED' };

/** Only a card company has a code of its own for its refusal; the others' is the general one (errors.md 4 [I]). */
export const refusedBy = (method: RequestMethod): Ending => ({
  outcome: 'REFUSED',
  failure: method === 'CARD' ? 'REJECT_CARD_COMPANY' : 'PAY_PROCESS_ABORTED',
});

const OutcomeBody = z.looseObject({
  outcome: z
    .enum(['READY', 'AUTHENTICATED', 'REFUSED', 'LEFT', 'REFUSED_AT_CONFIRM'])
    .default('AUTHENTICATED'),
  confirmCode: z
    .string()
    .refine(isErrorCode, 'not a code of the error catalogue')
    .default('REJECT_CARD_PAYMENT'),
  // What the shopper does in the window, where no field of requestPayment says it.
  bank: z.string().nullable().default(null),
  easyPayBy: z.enum(['CARD', 'MONEY']).default('CARD'),
  discountAmount: z.number().min(0).default(0),
});

/** What a payment of a test without a browser need not say. */
const UNSAID = {
  method: 'CARD',
  orderName: '테스트 주문',
  successUrl: 'http://shop.example/success',
  failUrl: 'http://shop.example/fail',
} as const;

type OutcomeWish = z.infer<typeof OutcomeBody>;

function choiceOf(wish: OutcomeWish, opening: OpeningRequest): Choice | Refusal {
  const { order, window } = opening;
  const bank = wish.bank === null ? null : bankOf(wish.bank);
  if (bank === undefined) return refuse('INVALID_BANK');
  if (bank !== null && window.method === 'VIRTUAL_ACCOUNT' && !bank.issuesAccounts)
    return refuse('INVALID_BANK');
  // Points pay at most the whole, and only where the easy pay has any (payments.md 2.5).
  const easyPay = window.easyPay === null ? undefined : easyPayOf(window.easyPay);
  if (wish.discountAmount > 0 && easyPay?.supportsPoints === false) return refuse('INVALID_REQUEST');
  if (wish.discountAmount > order.totalAmount || !fitsCurrency(wish.discountAmount, order.currency))
    return refuse('INVALID_REQUEST');
  return usualChoice(window, {
    bank: bank?.code ?? null,
    easyPayBy: wish.easyPayBy,
    discountAmount: wish.discountAmount,
  });
}

function endingOf(wish: OutcomeWish, choice: Choice): Ending | null {
  const { outcome } = wish;
  switch (outcome) {
    case 'READY':
      return null;
    case 'AUTHENTICATED':
      return { outcome, choice, confirmRefusal: null };
    case 'REFUSED_AT_CONFIRM':
      return { outcome: 'AUTHENTICATED', choice, confirmRefusal: wish.confirmCode as ErrorCode };
    case 'REFUSED':
      return refusedBy(choice.method);
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
  const wish = OutcomeBody.parse(body);
  const { outcome, confirmCode, bank, easyPayBy, discountAmount, ...request } = wish;
  const schema = typeof request['amount'] === 'object' ? SdkPaymentBody : CreatePaymentBody;
  const opening = readJson(schema, { ...UNSAID, ...request });
  if (isRefusal(opening)) return opening;
  const choice = choiceOf(wish, opening);
  return isRefusal(choice) ? choice : { opening, ending: endingOf(wish, choice) };
}
