import type { Method } from '../domain/method.ts';
import type { Refusal } from '../domain/refusal.ts';
import { authenticate } from '../domain/transitions.ts';
import { type Approved, approvePayment } from './approve-payment.ts';
import { drawUp, type Opening, refusalOf } from './open-payment.ts';
import type { Work } from './work.ts';

/**
 * Opens a payment and approves it in one step, without a window (payments.md 4.6, 4.7): one that `refusalOf` finds
 * nothing wrong with.
 */
export const openAndApprove = (work: Work, opening: Opening, method: Method): Approved =>
  approvePayment(work, authenticate(drawUp(work, opening), method, null));

/**
 * Issues a virtual account without a window (payments.md 4.7).
 *
 * @returns the payment, WAITING_FOR_DEPOSIT; or DUPLICATED_ORDER_ID, INVALID_DATE, EXCEED_MAX_DUE_DATE
 */
export const payAtOnce = (work: Work, opening: Opening, method: Method): Approved | Refusal =>
  refusalOf(work, opening) ?? openAndApprove(work, opening, method);
