import type { ErrorCode } from './error-code.ts';
import type { Payment, PaymentStatus } from './payment.ts';

/** What a merchant, a shopper, a bank or time can ask of a payment that is there. */
export type Command =
  | 'authenticate'
  | 'confirm'
  | 'deposit'
  | 'takeBackDeposit'
  | 'closeAccount'
  | 'cancel'
  | 'cancelPart'
  | 'settleCancel'
  | 'lapse';

/** `allowed`, or the code with which Toss says no; `refused` where no call of the API asks. */
export type Verdict = 'allowed' | 'refused' | ErrorCode;

/**
 * Which command is allowed in which status, and with what the others are refused.
 * confirm: payments.md 4.2; cancel: payments.md 4.5. `authenticate` and `lapse` are not calls of the API: their
 * refusals are never sent, the window shows a page instead and time passes in silence. The bank's doings
 * (virtual-accounts.md 5, 6, 11) and the end of a cancel under way (webhooks.md 2.3) are no calls either.
 * Some cells hold only for one method: a deposit needs an account, the end of a cancel one that is under way.
 */
export const VERDICTS = {
  authenticate: {
    READY: 'allowed',
    IN_PROGRESS: 'ALREADY_PROCESSED_PAYMENT',
    WAITING_FOR_DEPOSIT: 'ALREADY_PROCESSED_PAYMENT',
    DONE: 'ALREADY_PROCESSED_PAYMENT',
    CANCELED: 'ALREADY_PROCESSED_PAYMENT',
    PARTIAL_CANCELED: 'ALREADY_PROCESSED_PAYMENT',
    ABORTED: 'NOT_FOUND_PAYMENT_SESSION',
    EXPIRED: 'NOT_FOUND_PAYMENT_SESSION',
  },
  confirm: {
    READY: 'NOT_FOUND_PAYMENT_SESSION',
    IN_PROGRESS: 'allowed',
    WAITING_FOR_DEPOSIT: 'ALREADY_PROCESSED_PAYMENT',
    DONE: 'ALREADY_PROCESSED_PAYMENT',
    CANCELED: 'ALREADY_PROCESSED_PAYMENT',
    PARTIAL_CANCELED: 'ALREADY_PROCESSED_PAYMENT',
    ABORTED: 'NOT_FOUND_PAYMENT_SESSION',
    EXPIRED: 'NOT_FOUND_PAYMENT_SESSION',
  },
  deposit: {
    READY: 'refused',
    IN_PROGRESS: 'refused',
    WAITING_FOR_DEPOSIT: 'allowed',
    DONE: 'refused',
    CANCELED: 'refused',
    PARTIAL_CANCELED: 'refused',
    ABORTED: 'refused',
    EXPIRED: 'refused',
  },
  takeBackDeposit: {
    READY: 'refused',
    IN_PROGRESS: 'refused',
    WAITING_FOR_DEPOSIT: 'refused',
    DONE: 'allowed',
    CANCELED: 'refused',
    PARTIAL_CANCELED: 'refused',
    ABORTED: 'refused',
    EXPIRED: 'refused',
  },
  closeAccount: {
    READY: 'refused',
    IN_PROGRESS: 'refused',
    WAITING_FOR_DEPOSIT: 'allowed',
    DONE: 'refused',
    CANCELED: 'refused',
    PARTIAL_CANCELED: 'refused',
    ABORTED: 'refused',
    EXPIRED: 'refused',
  },
  cancel: {
    READY: 'NOT_CANCELABLE_PAYMENT',
    IN_PROGRESS: 'NOT_CANCELABLE_PAYMENT',
    WAITING_FOR_DEPOSIT: 'allowed',
    DONE: 'allowed',
    CANCELED: 'ALREADY_CANCELED_PAYMENT',
    PARTIAL_CANCELED: 'allowed',
    ABORTED: 'NOT_CANCELABLE_PAYMENT',
    EXPIRED: 'NOT_CANCELABLE_PAYMENT',
  },
  cancelPart: {
    READY: 'NOT_CANCELABLE_PAYMENT',
    IN_PROGRESS: 'NOT_CANCELABLE_PAYMENT',
    WAITING_FOR_DEPOSIT: 'NOT_ALLOWED_PARTIAL_REFUND_WAITING_DEPOSIT',
    DONE: 'allowed',
    CANCELED: 'ALREADY_CANCELED_PAYMENT',
    PARTIAL_CANCELED: 'allowed',
    ABORTED: 'NOT_CANCELABLE_PAYMENT',
    EXPIRED: 'NOT_CANCELABLE_PAYMENT',
  },
  settleCancel: {
    READY: 'refused',
    IN_PROGRESS: 'refused',
    WAITING_FOR_DEPOSIT: 'refused',
    DONE: 'allowed',
    CANCELED: 'refused',
    PARTIAL_CANCELED: 'allowed',
    ABORTED: 'refused',
    EXPIRED: 'refused',
  },
  lapse: {
    READY: 'allowed',
    IN_PROGRESS: 'allowed',
    WAITING_FOR_DEPOSIT: 'ALREADY_PROCESSED_PAYMENT',
    DONE: 'ALREADY_PROCESSED_PAYMENT',
    CANCELED: 'ALREADY_PROCESSED_PAYMENT',
    PARTIAL_CANCELED: 'ALREADY_PROCESSED_PAYMENT',
    ABORTED: 'ALREADY_PROCESSED_PAYMENT',
    EXPIRED: 'ALREADY_PROCESSED_PAYMENT',
  },
} as const satisfies Record<Command, Record<PaymentStatus, Verdict>>;

type Table = typeof VERDICTS;

/** The statuses in which the table allows a command. */
export type AllowedStatus<C extends Command> = {
  [S in PaymentStatus]: Table[C][S] extends 'allowed' ? S : never;
}[PaymentStatus];

/** The payments that a command can be carried out on: what its verb takes. */
export type Allowed<C extends Command> = Extract<Payment, { status: AllowedStatus<C> }>;

/** Asks the table, and tells the compiler. */
export const allows = <C extends Command>(command: C, payment: Payment): payment is Allowed<C> =>
  VERDICTS[command][payment.status] === 'allowed';
