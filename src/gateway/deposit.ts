import { cancelWhole } from '../domain/cancel.ts';
import { cancelReceiptKeyOf } from '../domain/cash-receipt.ts';
import { closeAccount, isDeposited, receiveDeposit, takeBackDeposit } from '../domain/deposit.ts';
import { hexTransactionKey } from '../domain/keys.ts';
import { hasDepositErrorAsCancel } from '../domain/merchant.ts';
import type { Cancel, CanceledPayment, DonePayment, WaitingForDepositPayment } from '../domain/payment.ts';
import { allows } from '../domain/verdicts.ts';
import { issueCashReceipt } from './approve-payment.ts';
import { recordOf } from './cancel-payment.ts';
import type { Work } from './work.ts';

/** Why a deposit does not reach Toss Payments: the bank refuses it, nothing changes, no webhook is sent. */
export type DepositRefusal =
  | 'NO_SUCH_PAYMENT'
  | 'NOT_WAITING_FOR_DEPOSIT'
  | 'ACCOUNT_EXPIRED'
  | 'WRONG_AMOUNT';

/**
 * Somebody pays into a virtual account. The bank takes exactly the amount, once, until the due date
 * (virtual-accounts.md 5).
 *
 * @param deposit `amount` in won; `depositorName` may be another's than the shopper's
 * @returns the payment, DONE; or why the bank has refused
 */
export function depositInto(
  work: Work,
  paymentKey: string,
  deposit: { readonly amount: number | null; readonly depositorName: string | null },
): DonePayment | DepositRefusal {
  const payment = work.world.payment(paymentKey);
  if (payment === undefined) return 'NO_SUCH_PAYMENT';
  if (!allows('deposit', payment)) return 'NOT_WAITING_FOR_DEPOSIT';
  const { order, method } = payment;
  if (method.account === null || method.account.expired) return 'ACCOUNT_EXPIRED';
  if (deposit.amount !== null && deposit.amount !== order.totalAmount) return 'WRONG_AMOUNT';
  const transactionKey = hexTransactionKey(work.draw);
  const done = receiveDeposit(payment, {
    at: work.now,
    transactionKey,
    depositorName: deposit.depositorName ?? method.customerName,
    cashReceipt: issueCashReceipt(work, order, method.cashReceipt),
  });
  work.strike('closeAccount', paymentKey);
  work.save(done, 'DepositReceived', { transactionKey, amount: order.totalAmount });
  return done;
}

/**
 * The bank finds that a deposit was in error and takes it back: WAITING_FOR_DEPOSIT again, or CANCELED for a merchant
 * on API version 1.4 or older (virtual-accounts.md 11).
 *
 * @returns the payment, or null when there is no deposit to take back
 */
export function withdrawDeposit(
  work: Work,
  paymentKey: string,
): WaitingForDepositPayment | CanceledPayment | null {
  const payment = work.world.payment(paymentKey);
  if (payment === undefined || !allows('takeBackDeposit', payment) || !isDeposited(payment)) return null;
  const transactionKey = hexTransactionKey(work.draw);
  const { totalAmount, taxFreeAmount, taxExemptionAmount } = payment.order;
  const moved = { transactionKey, amount: -totalAmount };
  if (hasDepositErrorAsCancel(payment, work.merchant)) {
    const entry: Cancel = {
      transactionKey,
      // No page prints the entry [I].
      cancelReason: '입금 오류',
      canceledAt: work.now,
      cancelAmount: totalAmount,
      taxFreeAmount,
      taxExemptionAmount,
      cardDiscountAmount: 0,
      easyPayDiscountAmount: 0,
      receiptKey: cancelReceiptKeyOf(payment.cashReceipt),
      cancelStatus: 'DONE',
      cancelRequestId: null,
    };
    const canceled = cancelWhole(payment, entry, recordOf(work, payment, entry));
    work.save(canceled, 'DepositTakenBack', moved);
    return canceled;
  }
  const dueAt = payment.method.account?.dueAt ?? work.now;
  const isDue = dueAt <= work.now;
  const open = takeBackDeposit(payment, { transactionKey });
  const waiting = isDue ? closeAccount(open) : open;
  work.save(waiting, 'DepositTakenBack', moved);
  if (!isDue) work.plan('closeAccount', paymentKey, dueAt);
  return waiting;
}

/**
 * The due date of a virtual account has passed (virtual-accounts.md 6).
 *
 * @returns the payment, or null when it does not wait for a deposit
 */
export function closeDueAccount(work: Work, paymentKey: string): WaitingForDepositPayment | null {
  work.strike('closeAccount', paymentKey);
  const payment = work.world.payment(paymentKey);
  if (payment === undefined || !allows('closeAccount', payment)) return null;
  const closed = closeAccount(payment);
  work.save(closed, 'AccountClosed');
  return closed;
}

/** The refund account that was given in the window is forgotten (virtual-accounts.md 10). */
export function forgetRefundAccount(work: Work, paymentKey: string): void {
  work.strike('forgetRefundAccount', paymentKey);
  const payment = work.world.payment(paymentKey);
  if (payment?.method?.kind !== 'VIRTUAL_ACCOUNT') return;
  const method = { ...payment.method, refundReceiveAccount: null };
  work.save({ ...payment, method } as typeof payment, 'RefundAccountForgotten');
}
