import type { CashReceipt } from './cash-receipt.ts';
import type { Instant } from './instant.ts';
import type { VirtualAccount, VirtualAccountMethod } from './method.ts';
import type { DonePayment, WaitingForDepositPayment } from './payment.ts';

/** Changes the account of a payment whose account has been issued. */
const withAccount = (
  method: VirtualAccountMethod,
  change: (account: VirtualAccount) => VirtualAccount,
): VirtualAccountMethod => ({
  ...method,
  account: method.account === null ? null : change(method.account),
});

/** Exactly the amount is paid in: WAITING_FOR_DEPOSIT → DONE (virtual-accounts.md 5). */
export const receiveDeposit = (
  payment: WaitingForDepositPayment,
  deposit: {
    at: Instant;
    transactionKey: string;
    depositorName: string;
    cashReceipt: CashReceipt | null;
  },
): DonePayment => ({
  ...payment,
  status: 'DONE',
  method: withAccount(payment.method, ({ accountNumber, dueAt, expired }) => ({
    accountNumber,
    dueAt,
    depositorName: deposit.depositorName,
    expired,
  })),
  approvedAt: deposit.at,
  lastTransactionKey: deposit.transactionKey,
  cashReceipt: deposit.cashReceipt,
});

/** An approved payment that was paid into a virtual account. */
export type Deposited = DonePayment & { readonly method: VirtualAccountMethod };

export const isDeposited = (payment: DonePayment): payment is Deposited =>
  payment.method.kind === 'VIRTUAL_ACCOUNT';

/**
 * The bank withdraws the deposit: DONE → WAITING_FOR_DEPOSIT, and the shopper can pay again until the due date
 * (virtual-accounts.md 11). The cash receipt goes with it [I].
 */
export const takeBackDeposit = (
  payment: Deposited,
  error: { transactionKey: string },
): WaitingForDepositPayment => ({
  ...payment,
  status: 'WAITING_FOR_DEPOSIT',
  method: withAccount(payment.method, ({ accountNumber, dueAt, expired }) => ({
    accountNumber,
    dueAt,
    depositorName: null,
    expired,
  })),
  approvedAt: null,
  lastTransactionKey: error.transactionKey,
  cancels: null,
  cashReceipt: null,
});

/** The due date passes: the status stays, no webhook, nothing can be paid in any more (virtual-accounts.md 6). */
export const closeAccount = (payment: WaitingForDepositPayment): WaitingForDepositPayment => ({
  ...payment,
  method: withAccount(payment.method, ({ accountNumber, dueAt, depositorName }) => ({
    accountNumber,
    dueAt,
    depositorName,
    expired: true,
  })),
});
