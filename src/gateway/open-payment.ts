import { DAY_MS } from '../domain/instant.ts';
import { AUTHENTICATION_LIMIT_MS } from '../domain/job.ts';
import type { Product } from '../domain/keys.ts';
import { type Order, type ReadyPayment, type WindowRequest, wasApproved } from '../domain/payment.ts';
import { type Refusal, refuse } from '../domain/refusal.ts';
import { openPayment } from '../domain/transitions.ts';
import type { Work } from './work.ts';

/** What it takes to open a payment. */
export interface Opening {
  readonly order: Order;
  readonly window: WindowRequest;
  readonly product: Product;
  readonly publicUrl: string;
}

/** 90 days ahead at most (virtual-accounts.md 2). */
const MAX_DUE_MS = 90 * DAY_MS;

/**
 * What is wrong with a payment that is asked for: its order, or the due date of its account. An account that waits for
 * its deposit has used the order up: with two of them an order could be paid twice (virtual-accounts.md 2: unique) [I].
 */
export function refusalOf(work: Work, { order, window }: Opening): Refusal | null {
  if (work.world.paymentsOfOrder(order.orderId).some(wasApproved)) return refuse('DUPLICATED_ORDER_ID');
  const dueAt = window.account?.dueAt ?? null;
  if (dueAt === null) return null;
  if (dueAt <= work.now) return refuse('INVALID_DATE');
  return dueAt > work.now + MAX_DUE_MS ? refuse('EXCEED_MAX_DUE_DATE') : null;
}

/** A payment with a key of its own, of this moment; kept nowhere yet. */
export const drawUp = (work: Work, opening: Opening): ReadyPayment =>
  openPayment({
    paymentKey: work.issuePaymentKey(),
    mId: work.merchant.mId,
    product: opening.product,
    publicUrl: opening.publicUrl,
    order: opening.order,
    window: opening.window,
    requestedAt: work.now,
  });

/**
 * Opens a payment: READY, for 30 minutes (payments.md 3, 4.1).
 *
 * @returns the payment; or DUPLICATED_ORDER_ID when the order has been approved before, INVALID_DATE,
 *   EXCEED_MAX_DUE_DATE
 */
export function open(work: Work, opening: Opening): ReadyPayment | Refusal {
  const refusal = refusalOf(work, opening);
  if (refusal !== null) return refusal;
  const payment = drawUp(work, opening);
  work.save(payment, 'PaymentOpened');
  work.plan('lapse', payment.paymentKey, work.now + AUTHENTICATION_LIMIT_MS);
  return payment;
}
