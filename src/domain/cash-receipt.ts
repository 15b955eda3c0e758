import type { Instant } from './instant.ts';
import type { CashReceiptType } from './method.ts';

/** The cash receipt that was issued along with a payment (payments.md 2.3, `cashReceipt`). */
export interface CashReceipt {
  readonly type: CashReceiptType;
  /** 48 alphanumerics. */
  readonly receiptKey: string;
  /** 9 digits. */
  readonly issueNumber: string;
  readonly customerIdentityNumber: string;
  readonly amount: number;
  readonly taxFreeAmount: number;
}

/** The key of its cancel; null where there is none to cancel (cash-receipts.md 3, 7). */
export const cancelReceiptKeyOf = (receipt: CashReceipt | null): string | null =>
  receipt === null ? null : `c_${receipt.receiptKey}`;

/**
 * One line of the history of a payment's cash receipt (payments.md 2.3, `cashReceipts[]`). Measured: only cancels stand
 * in it, and stay IN_PROGRESS as nothing is filed in the test environment.
 */
export interface CashReceiptRecord extends CashReceipt {
  readonly transactionType: 'CONFIRM' | 'CANCEL';
  readonly issueStatus: 'IN_PROGRESS' | 'COMPLETED' | 'FAILED';
  readonly requestedAt: Instant;
}
