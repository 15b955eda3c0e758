import type { PaymentEvent } from '../domain/event.ts';
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

/** The five fields of DEPOSIT_CALLBACK (webhooks.md 3.2); `transactionKey` is that of what has just happened. */
const presentDeposit = (event: PaymentEvent, payment: Payment, micros: number) => ({
  createdAt: koreanMicroTime(event.at, micros),
  secret: payment.secret,
  status: payment.status,
  transactionKey: payment.lastTransactionKey,
  orderId: payment.order.orderId,
});

/** The body of DEPOSIT_CALLBACK: envelope B, flat (webhooks.md 1, 3.2). */
export const renderDepositCallback = (event: PaymentEvent, payment: Payment, micros: number): string =>
  JSON.stringify(presentDeposit(event, payment, micros));

/** The same as a widespread guide reads it, in envelope A. The real service does not send this (webhooks.md 11). */
export function renderWrappedDepositCallback(event: PaymentEvent, payment: Payment, micros: number): string {
  const data = presentDeposit(event, payment, micros);
  return JSON.stringify({ eventType: 'DEPOSIT_CALLBACK', createdAt: data.createdAt, data });
}

/**
 * The body of CANCEL_STATUS_CHANGED: the cancel that has ended, as it stands in the Payment of that version, envelope A
 * in the order of the documentation (webhooks.md 3.3).
 */
export function renderCancelStatusChanged(
  event: PaymentEvent,
  payment: Payment,
  merchant: Merchant,
  micros: number,
): string {
  // Looked for before it is shown: up to 1.4 a cancel shows no key.
  const place = payment.cancels?.findIndex(({ transactionKey }) => transactionKey === event.transactionKey);
  const { cancels } = presentPayment(payment, merchant);
  return JSON.stringify({
    eventType: 'CANCEL_STATUS_CHANGED',
    createdAt: koreanMicroTime(event.at, micros),
    data: cancels?.[place ?? -1],
  });
}
