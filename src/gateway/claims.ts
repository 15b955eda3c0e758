import type { Wall } from '../clock/wall.ts';
import type { Job } from '../domain/job.ts';
import type { World } from '../store/store.ts';

/** Why a request that was being processed is not carried out. */
export type Interruption = 'closed' | 'reset' | 'removed';

/** What a claim is about, and what happens at its end: exactly one of the two, once. */
export interface ClaimWish {
  readonly world: World;
  /** Null where there is none yet. */
  readonly paymentKey: string | null;
  /** Of the Idempotency-Key that came with the request. */
  readonly scope: string | null;
  /** The time is over. The claim still stands; whoever finishes gives it back with `release`. */
  readonly finish: (claim: Claim) => void;
  /** It will not be finished, and is given back already. */
  readonly giveUp: (why: Interruption) => void;
}

/** A request that is being processed. Held in memory only: it does not survive a restart (design decision 8). */
export interface Claim extends ClaimWish {
  /** The time limit that fell due meanwhile. */
  overdue: Job | null;
  callOff: () => void;
}

/** Who is being processed. The wait is wall time: it is that of a caller on a socket, not the merchant's. */
export class Claims {
  readonly #wall: Wall;
  readonly #all = new Set<Claim>();
  readonly #ofPayment = new Map<string, Claim>();
  readonly #ofScope = new Map<string, Claim>();
  #isClosed = false;

  constructor(wall: Wall) {
    this.#wall = wall;
  }

  /** Is the payment being processed? */
  has(paymentKey: string): boolean {
    return this.#ofPayment.has(paymentKey);
  }

  /** Is the first request with this Idempotency-Key being processed? */
  hasScope(scope: string): boolean {
    return this.#ofScope.has(scope);
  }

  /** Claims a payment that nobody has claimed, or none, for so many milliseconds of wall time. */
  take(wish: ClaimWish, ms: number): void {
    if (this.#isClosed) {
      wish.giveUp('closed');
      return;
    }
    const claim: Claim = { ...wish, overdue: null, callOff: () => {} };
    this.#all.add(claim);
    if (claim.paymentKey !== null) this.#ofPayment.set(claim.paymentKey, claim);
    if (claim.scope !== null) this.#ofScope.set(claim.scope, claim);
    claim.callOff = this.#wall.after(ms, () => claim.finish(claim));
  }

  /** Gives back what was claimed. */
  release(claim: Claim): void {
    this.#all.delete(claim);
    if (claim.paymentKey !== null) this.#ofPayment.delete(claim.paymentKey);
    if (claim.scope !== null) this.#ofScope.delete(claim.scope);
  }

  /**
   * A time limit has fallen due. While the payment is claimed it does not lapse: the merchant has asked in time,
   * and the ten minutes are for asking (payments.md 3 [I]). The limit is kept for a claim that comes to nothing.
   *
   * @returns whether it is put off
   */
  putOff(limit: Job): boolean {
    const claim = this.#ofPayment.get(limit.key);
    if (claim === undefined) return false;
    claim.overdue = limit;
    return true;
  }

  /** Gives up what is being processed for a merchant. */
  interrupt(mId: string, why: Interruption): void {
    for (const claim of this.#all) if (claim.world.merchant.mId === mId) this.#giveUp(claim, why);
  }

  /** Gives up everything, and takes nothing any more. */
  close(): void {
    this.#isClosed = true;
    for (const claim of this.#all) this.#giveUp(claim, 'closed');
  }

  #giveUp(claim: Claim, why: Interruption): void {
    claim.callOff();
    this.release(claim);
    claim.giveUp(why);
  }
}
