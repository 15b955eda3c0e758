import type { Payment } from '../domain/payment.ts';
import { closeDueAccount, type DepositRefusal, depositInto, withdrawDeposit } from '../gateway/deposit.ts';
import { endCancel } from '../gateway/settle-cancel.ts';
import type { Work } from '../gateway/work.ts';
import { ControlError, type Core, type Whom, worldsOf } from './core.ts';

/* What the developer centre has buttons for, and what only a bank or a provider can do (virtual-accounts.md 13). */

const REFUSALS: Readonly<Record<DepositRefusal, string>> = {
  NO_SUCH_PAYMENT: 'There is no such payment here.',
  NOT_WAITING_FOR_DEPOSIT: 'The payment is not WAITING_FOR_DEPOSIT: the bank refuses the deposit.',
  ACCOUNT_EXPIRED: 'The due date of the account has passed: the bank refuses the deposit.',
  WRONG_AMOUNT: 'The bank takes exactly the amount of the payment, in one transfer: it refuses this deposit.',
};

const refused = (why: DepositRefusal): ControlError =>
  new ControlError(why === 'NO_SUCH_PAYMENT' ? 404 : 409, why, REFUSALS[why]);

/** Carries an operation out where the payment is. */
function where<T>(core: Core, whom: Whom, paymentKey: string, operation: (work: Work) => T): T {
  const world = worldsOf(core, whom).find((one) => one.payment(paymentKey) !== undefined);
  if (world === undefined) throw refused('NO_SUCH_PAYMENT');
  return core.gateway.carryOut(world, operation);
}

/**
 * Pays into a virtual account, as 입금처리 does.
 *
 * @param wish `amount` in won, null for exactly what is due; `depositorName` null for the one who was to pay
 * @throws {ControlError} NO_SUCH_PAYMENT; and where the bank refuses, so that nothing happens at all:
 *   NOT_WAITING_FOR_DEPOSIT, ACCOUNT_EXPIRED, WRONG_AMOUNT
 */
export function deposit(
  core: Core,
  whom: Whom,
  paymentKey: string,
  wish: { readonly amount: number | null; readonly depositorName: string | null },
): Payment {
  const outcome = where(core, whom, paymentKey, (work) => depositInto(work, paymentKey, wish));
  if (typeof outcome === 'string') throw refused(outcome);
  return outcome;
}

/**
 * The bank takes a deposit back (virtual-accounts.md 11).
 *
 * @throws {ControlError} NO_SUCH_PAYMENT, NOT_DEPOSITED
 */
export function takeBackDeposit(core: Core, whom: Whom, paymentKey: string): Payment {
  const payment = where(core, whom, paymentKey, (work) => withdrawDeposit(work, paymentKey));
  if (payment !== null) return payment;
  throw new ControlError(409, 'NOT_DEPOSITED', 'Nothing was paid into a virtual account for this payment.');
}

/**
 * The due date of a virtual account passes now.
 *
 * @throws {ControlError} NO_SUCH_PAYMENT, NOT_WAITING_FOR_DEPOSIT
 */
export function expireAccount(core: Core, whom: Whom, paymentKey: string): Payment {
  const payment = where(core, whom, paymentKey, (work) => closeDueAccount(work, paymentKey));
  if (payment !== null) return payment;
  throw new ControlError(409, 'NOT_WAITING_FOR_DEPOSIT', 'No account of this payment waits for a deposit.');
}

/**
 * The provider ends a cancel that is under way, sooner than its time.
 *
 * @throws {ControlError} NO_SUCH_PAYMENT, NO_CANCEL_UNDER_WAY
 */
export function settle(core: Core, whom: Whom, paymentKey: string, outcome: 'DONE' | 'ABORTED'): Payment {
  const payment = where(core, whom, paymentKey, (work) => endCancel(work, paymentKey, outcome));
  if (payment !== null) return payment;
  throw new ControlError(409, 'NO_CANCEL_UNDER_WAY', 'No cancel of this payment is under way.');
}
