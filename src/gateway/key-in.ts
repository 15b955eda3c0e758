import { type Instant, koreanTime } from '../domain/instant.ts';
import type { Card } from '../domain/method.ts';
import { type Refusal, refuse } from '../domain/refusal.ts';
import type { Approved } from './approve-payment.ts';
import { type Opening, refusalOf } from './open-payment.ts';
import { openAndApprove } from './pay-at-once.ts';
import type { Processing } from './processing.ts';
import type { Work } from './work.ts';

/** The last month in which a card is good. */
export interface CardExpiry {
  /** Four digits. */
  readonly year: number;
  /** 1 to 12. */
  readonly month: number;
}

/** Is its last month over, in Korea? */
function isOver({ year, month }: CardExpiry, now: Instant): boolean {
  const [thisYear = 0, thisMonth = 0] = koreanTime(now).split('-').map(Number);
  return year < thisYear || (year === thisYear && month < thisMonth);
}

/**
 * The checks of a payment by the number of a card (payments.md 4.6), and what is left to do when they are passed: that
 * takes the processing time, as the card company is asked (payments.md 1.1). There is no payment to be claimed yet: of
 * two requests for one order the later is refused when its time is over [I].
 *
 * @returns what is left, which ends in the payment, DONE; or INVALID_CARD_EXPIRATION, DUPLICATED_ORDER_ID; or
 *   NOT_SUPPORTED_CARD_TYPE from the card company, for a card whose kind nobody knows (measured)
 */
export function beginKeyIn(
  work: Work,
  opening: Opening,
  card: Card,
  expiry: CardExpiry,
): Processing<Approved> | Refusal {
  if (isOver(expiry, work.now)) return refuse('INVALID_CARD_EXPIRATION');
  const refusal = refusalOf(work, opening);
  if (refusal !== null) return refusal;
  const finish = (): Approved | Refusal =>
    card.cardType === '미확인'
      ? refuse('NOT_SUPPORTED_CARD_TYPE')
      : openAndApprove(work, opening, { kind: 'CARD', card, discountAmount: 0 });
  return { claims: null, finish };
}
