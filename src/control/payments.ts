import type { Payment } from '../domain/payment.ts';
import { isRefusal, type Refusal } from '../domain/refusal.ts';
import { authenticatePayment } from '../gateway/authenticate-payment.ts';
import { type Opening, open } from '../gateway/open-payment.ts';
import type { World } from '../store/store.ts';
import { API } from '../wire/api.ts';
import { methodOfChoice } from '../wire/choice.ts';
import type { Ending } from '../wire/ending.ts';
import { describeError } from '../wire/errors.ts';
import { failUrlOf, type RedirectCode, successUrlOf } from '../wire/redirect.ts';
import { ControlError, type Core } from './core.ts';

/** What a visit to the window came to. */
export interface VisitEnd {
  readonly payment: Payment;
  /** With what it failed; null when the shopper has authenticated. */
  readonly failure: RedirectCode | null;
}

/** Where a visit's end sends the browser; null in promise mode, where it stays. */
export const redirectUrlOf = ({ payment, failure }: VisitEnd): string | null =>
  failure === null ? successUrlOf(payment) : failUrlOf(payment, failure);

/**
 * Ends the shopper's visit to the window. Being refused or leaving changes no status: the payment lapses later
 * (payments.md 3).
 *
 * @returns what it came to; null when the payment can no longer be authenticated
 */
export function endVisit(core: Core, world: World, paymentKey: string, ending: Ending): VisitEnd | null {
  return core.gateway.carryOut(world, (work) => {
    const payment = work.world.payment(paymentKey);
    if (payment === undefined) return null;
    // Pressed twice: the first press has authenticated, the second only needs to be sent the same way.
    if (payment.status === 'IN_PROGRESS')
      return ending.outcome === 'AUTHENTICATED' ? { payment, failure: null } : null;
    if (payment.status !== 'READY') return null;
    switch (ending.outcome) {
      case 'AUTHENTICATED': {
        const authenticated = authenticatePayment(
          work,
          paymentKey,
          methodOfChoice(ending.choice, payment.order.totalAmount),
          ending.confirmRefusal,
        );
        return isRefusal(authenticated) ? null : { payment: authenticated, failure: null };
      }
      case 'REFUSED':
        return { payment, failure: ending.failure };
      case 'LEFT':
      case 'CLOSED':
        return { payment, failure: 'PAY_PROCESS_CANCELED' };
    }
  });
}

/** Why a payment cannot be opened: status, code and English text of Toss Payments. */
export function cannotOpen({ refused }: Refusal): ControlError {
  const { status, code, message } = describeError(refused, API.createPayment.api, 'en');
  return new ControlError(status, code, message);
}

/**
 * Opens a payment and, if told, ends the visit to the window at once: for tests without a browser.
 *
 * @throws {ControlError} with the status and code of Toss Payments when the payment cannot be opened
 */
export function preparePayment(
  core: Core,
  world: World,
  opening: Opening,
  ending: Ending | null,
): { payment: Payment; redirectUrl: string | null } {
  const opened = core.gateway.carryOut(world, (work) => open(work, opening));
  if (isRefusal(opened)) {
    throw cannotOpen(opened);
  }
  const end = ending === null ? null : endVisit(core, world, opened.paymentKey, ending);
  return {
    payment: world.payment(opened.paymentKey) ?? opened,
    redirectUrl: end === null ? null : redirectUrlOf(end),
  };
}
