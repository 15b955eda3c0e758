import type { ErrorCode } from '../../domain/error-code.ts';
import type { FrameHost, Payment } from '../../domain/payment.ts';
import { type CardChoice, USUAL } from '../../wire/choice.ts';
import { cardCompanyOf, easyPayOf } from '../../wire/codes.ts';
import type { Ending } from '../../wire/ending.ts';
import { confirmErrors } from '../../wire/errors.ts';
import { monthsOf } from './months.ts';

/** The fields of a form or of an address, as they came. */
export type Fields = Readonly<Record<string, unknown>>;

/** A field that is there once and filled; null otherwise. */
export const field = (fields: Fields, name: string): string | null => {
  const value = fields[name];
  return typeof value === 'string' && value !== '' ? value : null;
};

/** What the shopper picked, as the address or the form says it; null when nothing is picked yet. */
export function choiceOf(payment: Payment, fields: Fields): CardChoice | null {
  const { window } = payment;
  // What the merchant fixed is not the shopper's to choose; `easyPay` counts only in DIRECT (browser-sdk.md 2.4).
  const fixedEasyPay = window.flowMode === 'DIRECT' ? window.easyPay : null;
  const fixed = window.cardCompany ?? fixedEasyPay;
  const easyPay = easyPayOf(fixed === null ? (field(fields, 'easyPay') ?? '') : (fixedEasyPay ?? ''));
  const company = cardCompanyOf(
    fixed === null ? (field(fields, 'cardCompany') ?? '') : (window.cardCompany ?? ''),
  );
  if (easyPay === undefined && company === undefined) return null;
  const offered = monthsOf(payment);
  const months = Number(field(fields, 'months') ?? 0);
  const point =
    field(fields, 'point') !== null || (field(fields, 'step') === null && window.useCardPoint === true);
  return {
    method: 'CARD',
    cardCompany: company?.code ?? USUAL.cardCompany,
    easyPay: easyPay?.en ?? null,
    isMoney: false,
    discountAmount: 0,
    installmentPlanMonths: offered.includes(months) ? months : (offered[0] ?? 0),
    useCardPoint: easyPay === undefined && point,
  };
}

/** What a form of the window says; null when no form of ours says that. */
export function endingOf(payment: Payment, fields: Fields): Ending | null {
  const outcome = field(fields, 'outcome');
  if (outcome === 'LEFT' || outcome === 'CLOSED' || outcome === 'REFUSED') return { outcome };
  const choice = choiceOf(payment, fields);
  if (choice === null) return null;
  if (outcome === 'AUTHENTICATED') return { outcome, choice, confirmRefusal: null };
  const code = field(fields, 'confirmCode');
  if (outcome !== 'REFUSED_AT_CONFIRM' || !confirmErrors.some((error) => error.code === code)) return null;
  return {
    outcome: 'AUTHENTICATED',
    choice,
    confirmRefusal: code as ErrorCode,
  };
}

/**
 * Who shows this window in a frame; null when it is a page of its own. Only who knows the nonce under which the payment
 * was opened is told anything: the origin comes from the payment, never from the address.
 */
export function frameOf(payment: Payment, fields: Fields): FrameHost | null {
  const { frame } = payment.window;
  return frame !== null && frame.nonce === field(fields, 'frame') ? frame : null;
}

/**
 * Who shows the window of a payment that is gone, as after a reset; null when the address names no frame. Which page it
 * was nobody knows any more, so any may hear it: that the shopper pressed X, under the nonce it said itself.
 */
export function frameOfNobody(fields: Fields): FrameHost | null {
  const nonce = field(fields, 'frame');
  return nonce === null ? null : { origin: '*', nonce };
}
