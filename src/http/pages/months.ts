import { INSTALLMENT_MINIMUM } from '../../domain/method.ts';
import type { Payment } from '../../domain/payment.ts';

const MOST_MONTHS = 12;

/** The months to choose from: what the merchant fixed or capped, 0 being a lump sum. */
export function monthsOf(payment: Payment): readonly number[] {
  const { cardInstallmentPlan, maxCardInstallmentPlan } = payment.window;
  if (payment.order.currency !== 'KRW' || payment.order.totalAmount < INSTALLMENT_MINIMUM) return [0];
  if (cardInstallmentPlan !== null) return [cardInstallmentPlan];
  const most = maxCardInstallmentPlan ?? MOST_MONTHS;
  return [0, ...Array.from({ length: Math.max(most - 1, 0) }, (_, index) => index + 2)];
}

/** How many months, as Koreans write it. */
export const monthsText = (months: number): string => (months === 0 ? '일시불' : `${months}개월`);
