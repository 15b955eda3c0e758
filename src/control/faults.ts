import type { Fault, FaultAim } from '../domain/fault.ts';
import { faultIdOf } from '../domain/keys.ts';
import { isCallable } from '../wire/api.ts';
import { isErrorCode } from '../wire/errors.ts';
import { ControlError, type Core, type Whom } from './core.ts';

const ownerOf = (whom: Whom): string | null => whom?.merchant.mId ?? null;

/**
 * Orders a failure: the next calls of a merchant, or of everybody, that fit are answered with a code of the
 * catalogue and change nothing. Evaluated where `TossPayments-Test-Code` is, and like its answers not kept under an
 * Idempotency-Key (payments.md 6 [I]): the same call again, with the same key, then goes through.
 *
 * @throws {ControlError} 400 when there is no such code, or no call that fits
 */
export function orderFault(core: Core, whom: Whom, wish: FaultAim & { code: string; times: number }): Fault {
  const { method, path, orderId, code, times } = wish;
  if (!isErrorCode(code)) {
    throw new ControlError(400, 'NO_SUCH_ERROR_CODE', `${code} is no error code of Toss Payments.`);
  }
  if (!isCallable(method, path)) {
    const call = `${method ?? ''} ${path ?? ''}`.trim();
    throw new ControlError(400, 'NO_SUCH_CALL', `${call} is no call of the API that the sandbox has.`);
  }
  const faultId = faultIdOf(core.chance.draw);
  const fault: Fault = { faultId, mId: ownerOf(whom), method, path, orderId, code, times, struck: 0 };
  core.gateway.faults.order(fault);
  return fault;
}

/** The failures ordered for a merchant, or all there are; also those that have struck as often as they were to. */
export const listFaults = (core: Core, whom: Whom): Fault[] => core.gateway.faults.list(ownerOf(whom));

/** Calls one off. @throws {ControlError} 404 when there is no such fault */
export function removeFault(core: Core, whom: Whom, faultId: string): void {
  if (core.gateway.faults.remove(ownerOf(whom), faultId)) return;
  throw new ControlError(404, 'NO_SUCH_FAULT', `There is no fault ${faultId} here.`);
}

/** Calls off all of a merchant, or all there are. */
export const removeFaults = (core: Core, whom: Whom): void => core.gateway.faults.clear(ownerOf(whom));
