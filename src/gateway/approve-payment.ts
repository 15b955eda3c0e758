import type { CashReceipt } from '../domain/cash-receipt.ts';
import { HOUR_MS } from '../domain/instant.ts';
import {
  accountNumberOf,
  fixedAccountNumberOf,
  hexTransactionKey,
  issueNumberOf,
  receiptKeyOf,
  secretOf,
  transactionKeyAt,
} from '../domain/keys.ts';
import type { CashReceiptWish, VirtualAccountMethod } from '../domain/method.ts';
import {
  DEFAULT_VALID_HOURS,
  type DonePayment,
  type Order,
  type WaitingForDepositPayment,
} from '../domain/payment.ts';
import { approve, issueAccount } from '../domain/transitions.ts';
import type { Allowed } from '../domain/verdicts.ts';
import type { Work } from './work.ts';

/** What an approval leads to: money, or an account that waits for it. */
export type Approved = DonePayment | WaitingForDepositPayment;

/** The issuer approves: DONE; a virtual account is issued instead: WAITING_FOR_DEPOSIT (payments.md 3). */
export function approvePayment(work: Work, payment: Allowed<'confirm'>): Approved {
  const { method } = payment;
  if (method.kind === 'VIRTUAL_ACCOUNT') return issueNow(work, payment, method);
  const transactionKey = transactionKeyAt(work.now, work.draw);
  const done = approve(payment, {
    at: work.now,
    transactionKey,
    secret: secretOf(work.draw),
    cashReceipt:
      method.kind === 'TRANSFER' ? issueCashReceipt(work, payment.order, method.cashReceipt) : null,
  });
  work.save(done, 'PaymentApproved', { transactionKey, amount: done.order.totalAmount });
  return done;
}

function issueNow(
  work: Work,
  payment: Allowed<'confirm'>,
  method: VirtualAccountMethod,
): WaitingForDepositPayment {
  const { accountKey } = method;
  const terms = payment.window.account;
  const dueAt = terms?.dueAt ?? work.now + (terms?.validHours ?? DEFAULT_VALID_HOURS) * HOUR_MS;
  const waiting = issueAccount(payment, method, {
    account: {
      accountNumber:
        accountKey === null ? accountNumberOf(work.draw) : fixedAccountNumberOf(payment.mId, accountKey),
      dueAt,
      depositorName: null,
      expired: false,
    },
    transactionKey: hexTransactionKey(work.draw),
    secret: secretOf(work.draw),
  });
  work.save(waiting, 'AccountIssued');
  work.plan('closeAccount', payment.paymentKey, dueAt);
  return waiting;
}

/** The cash receipt that comes with money paid by account; null when none is wanted (payments.md 2.3). */
export const issueCashReceipt = (
  work: Work,
  order: Order,
  wish: CashReceiptWish | null,
): CashReceipt | null =>
  wish === null
    ? null
    : {
        type: wish.type,
        receiptKey: receiptKeyOf(work.draw),
        issueNumber: issueNumberOf(work.draw),
        customerIdentityNumber: wish.customerIdentityNumber,
        amount: order.totalAmount,
        taxFreeAmount: order.taxFreeAmount,
      };
