import { type Instant, koreanTime } from '../domain/instant.ts';
import type { Card } from '../domain/method.ts';
import { type Refusal, refuse } from '../domain/refusal.ts';
import type { Approved } from './approve-payment.ts';
import type { Opening } from './open-payment.ts';
import { payAtOnce } from './pay-at-once.ts';
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
 * Pays by the number of a card: DONE at once (payments.md 4.6).
 *
 * @returns the payment; or INVALID_CARD_EXPIRATION, NOT_SUPPORTED_CARD_TYPE for a card whose kind nobody knows
 *   (measured), DUPLICATED_ORDER_ID
 */
export function payByCardNumber(
  work: Work,
  opening: Opening,
  card: Card,
  expiry: CardExpiry,
): Approved | Refusal {
  if (isOver(expiry, work.now)) return refuse('INVALID_CARD_EXPIRATION');
  if (card.cardType === '미확인') return refuse('NOT_SUPPORTED_CARD_TYPE');
  return payAtOnce(work, opening, { kind: 'CARD', card, discountAmount: 0 });
}
