import type { CashReceipt, CashReceiptRecord } from './cash-receipt.ts';
import type { ErrorCode } from './error-code.ts';
import type { Instant } from './instant.ts';
import type { Product } from './keys.ts';
import type {
  CashReceiptType,
  Method,
  RefundAccount,
  RequestMethod,
  VirtualAccountMethod,
} from './method.ts';
import { type Currency, fromMinor, toMinor } from './money.ts';

export type PaymentStatus =
  | 'READY'
  | 'IN_PROGRESS'
  | 'WAITING_FOR_DEPOSIT'
  | 'DONE'
  | 'CANCELED'
  | 'PARTIAL_CANCELED'
  | 'ABORTED'
  | 'EXPIRED';

/** The eight statuses in the order of payments.md 3. */
export const PAYMENT_STATUSES: readonly PaymentStatus[] = [
  'READY',
  'IN_PROGRESS',
  'WAITING_FOR_DEPOSIT',
  'DONE',
  'CANCELED',
  'PARTIAL_CANCELED',
  'ABORTED',
  'EXPIRED',
];

/** What the merchant asked for when it opened the payment. It never changes. */
export interface Order {
  /** 6 to 64 characters, the merchant's own. */
  readonly orderId: string;
  /** At most 100 characters. */
  readonly orderName: string;
  readonly currency: Currency;
  /** In the major unit; never changes, not even on cancel. */
  readonly totalAmount: number;
  readonly taxFreeAmount: number;
  readonly taxExemptionAmount: number;
  readonly cultureExpense: boolean;
  /** Paid out to the merchant only when the shopper has the goods (virtual-accounts.md 14). */
  readonly useEscrow: boolean;
  readonly metadata: Readonly<Record<string, string>> | null;
}

/** Where the window leads: two addresses of the merchant, or back into its page, which waits for an answer. */
export type ReturnUrls =
  | { readonly successUrl: string; readonly failUrl: string }
  | { readonly successUrl: null; readonly failUrl: null };

/** The merchant's page that shows the window in a frame, and the word by which it knows that window. */
export interface FrameHost {
  readonly origin: string;
  readonly nonce: string;
}

/** Seven days, where the merchant says nothing (virtual-accounts.md 2). */
export const DEFAULT_VALID_HOURS = 168;

/** What a merchant says about a payment by bank account (browser-sdk.md 2.4, virtualAccount and transfer). */
export interface AccountTerms {
  /** From the issue on; counts unless `dueAt` is given. */
  readonly validHours: number;
  readonly dueAt: Instant | null;
  /** Preselected in the window; null leaves it to the shopper. */
  readonly cashReceiptType: CashReceiptType | '미발행' | null;
  /** A receiver of DEPOSIT_CALLBACK for this payment alone (virtual-accounts.md 3, SDK v1). */
  readonly callbackUrl: string | null;
  readonly refundReceiveAccount: RefundAccount | null;
}

/** How the payment window is to look (browser-sdk.md 2.4). */
interface WindowLook {
  /** What it offers; null leaves it to the shopper (browser-sdk.md 4.9). */
  readonly method: RequestMethod | null;
  /** Who may show the window in a frame and hear how it ended; null when it was opened as a page. */
  readonly frame: FrameHost | null;
  readonly customerName: string | null;
  /** Digits, 8 to 15. */
  readonly customerMobilePhone: string | null;
  readonly flowMode: 'DEFAULT' | 'DIRECT';
  /** Two-character code of the only card company to offer, or null for all. */
  readonly cardCompany: string | null;
  /** Request code of the only easy pay to open (DIRECT), or null. */
  readonly easyPay: string | null;
  /** Months fixed by the merchant, or null. */
  readonly cardInstallmentPlan: number | null;
  /** The most months to offer, or null for 12. */
  readonly maxCardInstallmentPlan: number | null;
  readonly useCardPoint: boolean | null;
  /** Null where no bank account is concerned. */
  readonly account: AccountTerms | null;
  /** The only carriers to offer, or null for all. */
  readonly mobileCarriers: readonly string[] | null;
  /** E.g. `PAYPAL`; null unless the method is FOREIGN_EASY_PAY. */
  readonly foreignProvider: string | null;
}

/** How the payment window is to look and where it leads. */
export type WindowRequest = WindowLook & ReturnUrls;

/** One cancel, whole or in part (payments.md 2.3). */
export interface Cancel {
  readonly transactionKey: string;
  readonly cancelReason: string;
  readonly canceledAt: Instant;
  readonly cancelAmount: number;
  readonly taxFreeAmount: number;
  readonly taxExemptionAmount: number;
  /** Card instant discount that is taken back. */
  readonly cardDiscountAmount: number;
  /** Points that are given back. */
  readonly easyPayDiscountAmount: number;
  /** Of the cash receipt's own cancel; null where there was none. */
  readonly receiptKey: string | null;
  /** Other than DONE only for foreign easy pay, whose cancels end later. */
  readonly cancelStatus: 'DONE' | 'IN_PROGRESS' | 'ABORTED';
  /** The merchant's own name for such a cancel. */
  readonly cancelRequestId: string | null;
}

/** Why a payment was ABORTED or EXPIRED. */
export interface Failure {
  readonly code: string;
  readonly message: string;
}

interface PaymentRecord {
  readonly paymentKey: string;
  readonly mId: string;
  /** Of the key pair the payment was opened with: the other kind of secret key must not confirm it. */
  readonly product: Product;
  /** Scheme, host and port under which the creating request came in, or `--public-url`. */
  readonly publicUrl: string;
  readonly order: Order;
  readonly window: WindowRequest;
  readonly requestedAt: Instant;
  readonly cashReceipt: CashReceipt | null;
  readonly cashReceipts: readonly CashReceiptRecord[] | null;
}

/** Opened; the shopper has authenticated nothing. */
export interface ReadyPayment extends PaymentRecord {
  readonly status: 'READY';
  readonly method: null;
  readonly confirmRefusal: null;
  readonly approvedAt: null;
  readonly lastTransactionKey: null;
  readonly secret: null;
  readonly cancels: null;
  readonly failure: null;
}

/** The shopper's means of payment is authenticated; the merchant is to confirm within 10 minutes. */
export interface InProgressPayment extends PaymentRecord {
  readonly status: 'IN_PROGRESS';
  readonly method: Method;
  /** With what the issuer will refuse the confirm, as chosen in the window; null when it will approve. */
  readonly confirmRefusal: ErrorCode | null;
  readonly approvedAt: null;
  readonly lastTransactionKey: null;
  readonly secret: null;
  readonly cancels: null;
  readonly failure: null;
}

/** Virtual account only: issued, no money yet. */
export interface WaitingForDepositPayment extends PaymentRecord {
  readonly status: 'WAITING_FOR_DEPOSIT';
  readonly method: VirtualAccountMethod;
  readonly confirmRefusal: null;
  readonly approvedAt: null;
  readonly lastTransactionKey: string;
  readonly secret: string;
  readonly cancels: null;
  readonly failure: null;
}

/** Approved. Its cancels, if any, are those of foreign easy pay that have not been done: under way, or failed. */
export interface DonePayment extends PaymentRecord {
  readonly status: 'DONE';
  readonly method: Method;
  readonly confirmRefusal: null;
  readonly approvedAt: Instant;
  readonly lastTransactionKey: string;
  readonly secret: string;
  readonly cancels: readonly Cancel[] | null;
  readonly failure: null;
}

/** Cancelled whole, in one step. */
export interface CanceledPayment extends PaymentRecord {
  readonly status: 'CANCELED';
  readonly method: Method;
  readonly confirmRefusal: null;
  readonly approvedAt: Instant | null;
  readonly lastTransactionKey: string;
  readonly secret: string;
  readonly cancels: readonly Cancel[];
  readonly failure: null;
}

/** Cancelled in part. It stays so even when the rest is cancelled later (payments.md 3, measured). */
export interface PartialCanceledPayment extends PaymentRecord {
  readonly status: 'PARTIAL_CANCELED';
  readonly method: Method;
  readonly confirmRefusal: null;
  readonly approvedAt: Instant;
  readonly lastTransactionKey: string;
  readonly secret: string;
  readonly cancels: readonly Cancel[];
  readonly failure: null;
}

/** The issuer refused the approval. */
export interface AbortedPayment extends PaymentRecord {
  readonly status: 'ABORTED';
  readonly method: Method;
  readonly confirmRefusal: null;
  readonly approvedAt: null;
  readonly lastTransactionKey: string;
  readonly secret: null;
  readonly cancels: null;
  readonly failure: Failure;
}

/** A time limit passed: 30 minutes without authentication, or 10 without confirm. */
export interface ExpiredPayment extends PaymentRecord {
  readonly status: 'EXPIRED';
  readonly method: null;
  readonly confirmRefusal: null;
  readonly approvedAt: null;
  readonly lastTransactionKey: null;
  readonly secret: null;
  readonly cancels: null;
  readonly failure: Failure;
}

/** A payment in one of its eight statuses. All have the same fields; the status says which of them are filled. */
export type Payment =
  | ReadyPayment
  | InProgressPayment
  | WaitingForDepositPayment
  | DonePayment
  | CanceledPayment
  | PartialCanceledPayment
  | AbortedPayment
  | ExpiredPayment;

/**
 * Was it ever approved? Since then it has a secret, also when it was cancelled or its deposit taken back. The issue of a
 * virtual account is an approval too.
 */
export const wasApproved = (payment: Payment): boolean => payment.secret !== null;

/** The cancels that have taken effect: those of foreign easy pay may be under way, or have failed. */
export const doneCancels = (payment: Payment): readonly Cancel[] =>
  payment.cancels === null ? [] : payment.cancels.filter(({ cancelStatus }) => cancelStatus === 'DONE');

/** The cancel of foreign easy pay that is under way; there is one at most. */
export const cancelUnderWay = (payment: Payment): Cancel | undefined =>
  payment.cancels?.find(({ cancelStatus }) => cancelStatus === 'IN_PROGRESS');

/** What can still be cancelled, and the untaxed parts of it. Derived, never stored. */
export function balanceOf(payment: Payment): {
  currency: Currency;
  balanceAmount: number;
  taxFreeAmount: number;
  taxExemptionAmount: number;
} {
  const { currency, totalAmount, taxFreeAmount, taxExemptionAmount } = payment.order;
  if (payment.cancels === null) {
    return {
      currency,
      balanceAmount: totalAmount,
      taxFreeAmount,
      taxExemptionAmount,
    };
  }
  let balance = toMinor(totalAmount, currency);
  let taxFree = toMinor(taxFreeAmount, currency);
  let taxExemption = toMinor(taxExemptionAmount, currency);
  for (const cancel of doneCancels(payment)) {
    balance -= toMinor(cancel.cancelAmount, currency);
    taxFree -= toMinor(cancel.taxFreeAmount, currency);
    taxExemption -= toMinor(cancel.taxExemptionAmount, currency);
  }
  return {
    currency,
    balanceAmount: fromMinor(balance, currency),
    taxFreeAmount: fromMinor(taxFree, currency),
    taxExemptionAmount: fromMinor(taxExemption, currency),
  };
}

/** Is it a card that pays, or may it still be? Also that of an easy pay [I]. */
const isPaidByCard = (method: Method | null): boolean =>
  method === null || method.kind === 'CARD' || (method.kind === 'EASY_PAY' && method.card !== null);

/**
 * Not so with a card payment that has a part excluded from tax (payments.md 2.2), and with escrow before the purchase
 * is confirmed (virtual-accounts.md 14), which nothing here does.
 */
export const isPartialCancelable = ({ order, method }: Payment): boolean =>
  !order.useEscrow && (order.taxExemptionAmount === 0 || !isPaidByCard(method));
