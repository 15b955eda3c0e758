import type { ErrorCode } from '../domain/error-code.ts';
import { type Fault, strikes, type Target } from '../domain/fault.ts';
import { LIMITS } from '../store/store.ts';

/** Of one merchant, or of everybody. */
interface Ordered {
  armed: Fault[];
  /** Those that have struck as often as they were to, kept to be looked at. */
  spent: Fault[];
}

/** The failures that tests have ordered. In memory only, and gone with a reset. */
export class Faults {
  /** By mId; null holds those for everybody. */
  readonly #ordered = new Map<string | null, Ordered>();

  order(fault: Fault): void {
    const ordered = this.#ordered.get(fault.mId) ?? { armed: [], spent: [] };
    this.#ordered.set(fault.mId, ordered);
    ordered.armed.push(fault);
  }

  /** The code a call is to be answered with, or null. A merchant's own faults come first, the oldest of them. */
  strike(mId: string, target: Target): ErrorCode | null {
    if (this.#ordered.size === 0) return null;
    return this.#strike(this.#ordered.get(mId), target) ?? this.#strike(this.#ordered.get(null), target);
  }

  #strike(ordered: Ordered | undefined, target: Target): ErrorCode | null {
    const index = ordered?.armed.findIndex((fault) => strikes(fault, target)) ?? -1;
    const fault = ordered?.armed[index];
    if (ordered === undefined || fault === undefined) return null;
    const next = { ...fault, struck: fault.struck + 1 };
    if (next.struck < next.times) {
      ordered.armed[index] = next;
      return next.code;
    }
    ordered.armed.splice(index, 1);
    ordered.spent.push(next);
    if (ordered.spent.length > LIMITS.spentFaults) ordered.spent.shift();
    return next.code;
  }

  /** Of a merchant, or all of them; those that have struck out first. */
  list(mId: string | null): Fault[] {
    const chosen = mId === null ? [...this.#ordered.values()] : [this.#ordered.get(mId)];
    return chosen.flatMap((ordered) => [...(ordered?.spent ?? []), ...(ordered?.armed ?? [])]);
  }

  /** Calls off one fault of a merchant, or of anybody; whether it was there. */
  remove(mId: string | null, faultId: string): boolean {
    const before = this.list(mId).length;
    const isOther = (fault: Fault): boolean => fault.faultId !== faultId;
    for (const [owner, { armed, spent }] of this.#ordered) {
      if (mId !== null && owner !== mId) continue;
      this.#ordered.set(owner, { armed: armed.filter(isOther), spent: spent.filter(isOther) });
    }
    return this.list(mId).length < before;
  }

  /** Calls off all faults of a merchant, or of everybody. */
  clear(mId: string | null): void {
    if (mId === null) this.#ordered.clear();
    else this.#ordered.delete(mId);
  }
}
