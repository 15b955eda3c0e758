import { type Instant, koreanMicroTime } from '../domain/instant.ts';
import type { Merchant } from '../domain/merchant.ts';
import type { Payment } from '../domain/payment.ts';
import { presentPayment } from './payment.ts';

/**
 * The body of PAYMENT_STATUS_CHANGED, envelope A, in the key order that was measured (webhooks.md 1, 3.1).
 *
 * @param micros the microseconds that our clock does not have, 0 to 999
 */
export const renderPaymentStatusChanged = (
  payment: Payment,
  merchant: Merchant,
  at: Instant,
  micros: number,
): string =>
  JSON.stringify({
    createdAt: koreanMicroTime(at, micros),
    eventType: 'PAYMENT_STATUS_CHANGED',
    data: presentPayment(payment, merchant),
  });
