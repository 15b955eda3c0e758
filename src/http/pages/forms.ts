import type { ErrorCode } from '../../domain/error-code.ts';
import type { FrameHost, Payment } from '../../domain/payment.ts';
import { type Ending, refusedBy } from '../../wire/ending.ts';
import { confirmErrors } from '../../wire/errors.ts';
import { type Fields, field } from './fields.ts';
import { pickedMethod } from './offer.ts';
import { isComplete, type Reading } from './read-choice.ts';

/** What a form of the window says; null when no form of ours says that. */
export function endingOf(payment: Payment, fields: Fields, reading: Reading): Ending | null {
  const outcome = field(fields, 'outcome');
  if (outcome === 'LEFT' || outcome === 'CLOSED') return { outcome };
  if (outcome === 'REFUSED') return refusedBy(pickedMethod(payment, fields));
  if (!isComplete(reading)) return null;
  const { choice } = reading;
  if (outcome === 'AUTHENTICATED') return { outcome, choice, confirmRefusal: null };
  const code = field(fields, 'confirmCode');
  if (outcome !== 'REFUSED_AT_CONFIRM' || !confirmErrors.some((error) => error.code === code)) return null;
  return { outcome: 'AUTHENTICATED', choice, confirmRefusal: code as ErrorCode };
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
