import type { CashReceipt } from './cash-receipt.ts';
import type { ErrorCode } from './error-code.ts';
import type { Instant } from './instant.ts';
import type { Product } from './keys.ts';
import type { Method, VirtualAccount, VirtualAccountMethod } from './method.ts';
import type {
  AbortedPayment,
  DonePayment,
  ExpiredPayment,
  InProgressPayment,
  Order,
  ReadyPayment,
  WaitingForDepositPayment,
  WindowRequest,
} from './payment.ts';
import type { Allowed } from './verdicts.ts';

/** Opens a payment: READY. */
export const openPayment = (opening: {
  paymentKey: string;
  mId: string;
  product: Product;
  publicUrl: string;
  order: Order;
  window: WindowRequest;
  requestedAt: Instant;
}): ReadyPayment => ({
  paymentKey: opening.paymentKey,
  mId: opening.mId,
  product: opening.product,
  publicUrl: opening.publicUrl,
  order: opening.order,
  window: opening.window,
  requestedAt: opening.requestedAt,
  cashReceipt: null,
  cashReceipts: null,
  status: 'READY',
  method: null,
  confirmRefusal: null,
  approvedAt: null,
  lastTransactionKey: null,
  secret: null,
  cancels: null,
  failure: null,
});

/**
 * The shopper authenticates a means of payment: READY → IN_PROGRESS.
 *
 * @param confirmRefusal the code with which the issuer is to refuse the confirm; null when it approves
 */
export const authenticate = (
  payment: Allowed<'authenticate'>,
  method: Method,
  confirmRefusal: ErrorCode | null,
): InProgressPayment => ({
  ...payment,
  status: 'IN_PROGRESS',
  method,
  confirmRefusal,
});

/** The issuer approves: IN_PROGRESS → DONE. A cash receipt may come along (payments.md 2.3). */
export const approve = (
  payment: Allowed<'confirm'>,
  approval: { at: Instant; transactionKey: string; secret: string; cashReceipt: CashReceipt | null },
): DonePayment => ({
  ...payment,
  status: 'DONE',
  confirmRefusal: null,
  approvedAt: approval.at,
  lastTransactionKey: approval.transactionKey,
  secret: approval.secret,
  cashReceipt: approval.cashReceipt,
});

/** The bank issues the account: IN_PROGRESS → WAITING_FOR_DEPOSIT (virtual-accounts.md 3). */
export const issueAccount = (
  payment: Allowed<'confirm'>,
  method: VirtualAccountMethod,
  issue: { account: VirtualAccount; transactionKey: string; secret: string },
): WaitingForDepositPayment => ({
  ...payment,
  status: 'WAITING_FOR_DEPOSIT',
  method: { ...method, account: issue.account },
  confirmRefusal: null,
  lastTransactionKey: issue.transactionKey,
  secret: issue.secret,
});

/** The issuer refuses: IN_PROGRESS → ABORTED, with the code and message that the confirm answers. */
export const abort = (
  payment: Allowed<'confirm'>,
  refusal: { transactionKey: string; code: ErrorCode; message: string },
): AbortedPayment => ({
  ...payment,
  status: 'ABORTED',
  confirmRefusal: null,
  lastTransactionKey: refusal.transactionKey,
  failure: { code: refusal.code, message: refusal.message },
});

/** One object for all: payments.md 2.3, measured. */
const EXPIRED_PAYMENT = {
  code: 'EXPIRED_PAYMENT',
  message: '결제가 만료되었습니다. 다시 시도해주세요.',
};

/** A time limit passed: READY or IN_PROGRESS → EXPIRED. The method is forgotten (payments.md 2.2, measured). */
export const expire = (payment: Allowed<'lapse'>): ExpiredPayment => ({
  ...payment,
  status: 'EXPIRED',
  method: null,
  confirmRefusal: null,
  failure: EXPIRED_PAYMENT,
});
