import type { Clock } from '../clock/clock.ts';
import type { Wall } from '../clock/wall.ts';
import { busyAnswer, type SlowCommand } from '../domain/conduct.ts';
import { DAY_MS, type Instant } from '../domain/instant.ts';
import type { Job } from '../domain/job.ts';
import type { Payment } from '../domain/payment.ts';
import { isRefusal, type Refusal } from '../domain/refusal.ts';
import { allows } from '../domain/verdicts.ts';
import type { Chance } from '../store/chance.ts';
import type { Store, StoredReply, World } from '../store/store.ts';
import type { Call, ErrorText, Operation, Reply, Voice } from './call.ts';
import { type Claim, Claims, type Interruption } from './claims.ts';
import { Faults } from './faults.ts';
import { interruptionError } from './interruption.ts';
import { lapsePayment } from './lapse-payment.ts';
import { isProcessing, type Processing } from './processing.ts';
import { RateLimit, TOO_MANY_REQUESTS } from './rate-limit.ts';
import { Work } from './work.ts';

const IDEMPOTENCY_KEY_LIMIT = 300;
const IDEMPOTENCY_LIFE_MS = 15 * DAY_MS;

/** Where every operation passes through. */
export class Gateway {
  readonly store: Store;
  readonly voice: Voice;
  readonly faults = new Faults();
  readonly #claims: Claims;
  readonly #clockOf: (mId: string) => Clock;
  readonly #chance: Chance;
  readonly #told: (work: Work) => void;
  /** Null where it is off. */
  readonly #rateLimit: RateLimit | null;

  /**
   * @param parts `told` hears of every unit of work once it is committed; `rateLimit` is how many calls a minute each
   *   API takes from a merchant, null any number
   */
  constructor(parts: {
    store: Store;
    voice: Voice;
    clockOf: (mId: string) => Clock;
    chance: Chance;
    wall: Wall;
    told: (work: Work) => void;
    rateLimit: number | null;
  }) {
    this.store = parts.store;
    this.voice = parts.voice;
    this.#clockOf = parts.clockOf;
    this.#chance = parts.chance;
    this.#told = parts.told;
    this.#claims = new Claims(parts.wall);
    this.#rateLimit = parts.rateLimit === null ? null : new RateLimit(parts.rateLimit);
  }

  /**
   * Answers a merchant's call in one unit of work, in the order of checks of payments.md 4: the rate limit, for which
   * that order has no place and which is put where a gateway counts, right after the key [I]; Idempotency-Key, then
   * Test-Code or a fault, then the operation. The reply's bytes are made inside it, so that whoever asks again gets the same.
   * A merchant's processing time makes two units of it, with a wait in between (design decision 8).
   *
   * @returns the reply, or a promise of it where the operation takes time
   */
  answer(call: Call, operation: Operation): Reply | Promise<Reply> {
    const { world, idempotency } = call;
    const clock = this.#clockOf(world.merchant.mId);
    clock.catchUp();
    const now = clock.now();
    if (this.#rateLimit?.admits(world.merchant.mId, call.target, now) === false)
      return this.#errorReply(TOO_MANY_REQUESTS);
    if (idempotency !== null) {
      if (idempotency.key.length > IDEMPOTENCY_KEY_LIMIT)
        return this.#refusalReply('INVALID_IDEMPOTENCY_KEY', call);
      if (this.#claims.hasScope(idempotency.scope))
        return this.#refusalReply('IDEMPOTENT_REQUEST_PROCESSING', call);
      const known = world.reply(idempotency.scope);
      // A key may be used anew 15 days after its first use.
      if (known !== undefined && now - known.firstUsedAt < IDEMPOTENCY_LIFE_MS) return replay(known);
    }
    const ordered = call.testCode ?? this.faults.strike(world.merchant.mId, call.target);
    if (ordered !== null) return this.#refusalReply(ordered, call);
    const answered = this.#perform<Reply | Processing>(world, now, (work) => {
      const outcome = operation(work);
      if (!isProcessing(outcome)) return conclude(call, this.#replyOf(outcome, call), now);
      const { claims } = outcome;
      if (claims !== null && this.#claims.has(claims.paymentKey))
        return conclude(call, this.#busyReply(claims.command, call), now);
      if (world.conduct.processingMs > 0) return { result: outcome };
      return conclude(call, this.#replyOf(outcome.finish(), call), now);
    });
    return 'finish' in answered ? this.#process(call, operation, answered, now) : answered;
  }

  /** A payment's time limit is due. While it is being processed it does not lapse: see `Claims.putOff`. */
  lapse(world: World, limit: Job): void {
    if (this.#claims.putOff(limit)) return;
    this.carryOut(world, (work) => lapsePayment(work, limit.key), limit.dueAt);
  }

  /**
   * Gives up what is being processed for a merchant that is reset or removed; who waits for it is told. How often the
   * merchant has called is forgotten.
   */
  interrupt(mId: string, why: 'reset' | 'removed'): void {
    this.#claims.interrupt(mId, why);
    this.#rateLimit?.forget(mId);
  }

  /** Gives up everything that is being processed, and everything that would have to be from now on. */
  close(): void {
    this.#claims.close();
  }

  /** Carries out what no caller waits for an answer to: the window's doings, time limits, attempts. */
  carryOut<T>(world: World, operation: (work: Work) => T, at?: Instant): T {
    const clock = this.#clockOf(world.merchant.mId);
    if (at === undefined) clock.catchUp();
    return this.#perform(world, at ?? clock.now(), (work) => ({
      result: operation(work),
    }));
  }

  /** Claims the payment, waits, and commits. */
  #process(call: Call, operation: Operation, { claims }: Processing, claimedAt: Instant): Promise<Reply> {
    const { world, idempotency } = call;
    const paymentKey = claims?.paymentKey ?? null;
    return new Promise((resolve, reject) => {
      const finish = (claim: Claim): void => {
        try {
          resolve(this.#finish(call, operation, claim, claimedAt));
        } catch (error) {
          reject(error);
        }
      };
      const giveUp = (why: Interruption): void => resolve(this.#errorReply(interruptionError(why)));
      const scope = idempotency?.scope ?? null;
      this.#claims.take({ world, paymentKey, scope, finish, giveUp }, world.conduct.processingMs);
    });
  }

  /** The time is over: the second unit of work. Checked anew, as another payment of the order may be paid by now. */
  #finish(call: Call, operation: Operation, claim: Claim, claimedAt: Instant): Reply {
    const { world } = call;
    const clock = this.#clockOf(world.merchant.mId);
    try {
      // Still claimed, so that a limit that is due now is put off like one that was due before.
      clock.catchUp();
    } finally {
      this.#claims.release(claim);
    }
    try {
      return this.#perform(world, clock.now(), (work) => {
        const outcome = operation(work);
        const settled = isProcessing(outcome) ? outcome.finish() : outcome;
        return conclude(call, this.#replyOf(settled, call), claimedAt);
      });
    } finally {
      const { overdue } = claim;
      const payment = overdue === null ? undefined : world.payment(overdue.key);
      if (overdue !== null && payment !== undefined && allows('lapse', payment)) {
        clock.agenda.put(overdue);
        clock.wake();
      }
    }
  }

  #perform<T>(world: World, now: Instant, operation: (work: Work) => { result: T; reply?: StoredReply }): T {
    const position = this.#chance.position;
    try {
      const work = new Work(this.store, world, now, this.#chance.draw);
      const { result, reply } = operation(work);
      if (!work.isEmpty || reply !== undefined) this.#commit(work, reply);
      return result;
    } catch (error) {
      // Nothing has been changed; the keys that were drawn for it have not been issued either.
      this.#chance.position = position;
      throw error;
    }
  }

  #commit(work: Work, reply: StoredReply | undefined): void {
    for (const [index, event] of work.events.entries()) {
      const payment = work.payments[index];
      if (payment === undefined) continue;
      for (const delivery of this.voice.announce(event, payment, work)) {
        work.saveDelivery(delivery);
        work.plan('deliver', delivery.transmissionId, work.now);
      }
    }
    const { mId } = work.merchant;
    const { payments, events, deliveries, strikes, plans } = work;
    this.store.commit({
      mId,
      payments,
      events,
      deliveries,
      strikes,
      plans,
      ...(reply && { reply }),
    });
    const clock = this.#clockOf(mId);
    for (const strike of strikes) clock.agenda.strike(strike);
    for (const job of plans) clock.agenda.put(job);
    if (strikes.length + plans.length > 0) clock.wake();
    this.#told(work);
  }

  #replyOf(outcome: Payment | Refusal, call: Call): Reply {
    if (isRefusal(outcome)) return this.#refusalReply(outcome.refused, call);
    return { status: 200, body: call.render(outcome, call.world.merchant), firstTraceId: null };
  }

  #busyReply(command: SlowCommand, call: Call): Reply {
    const { code, message } = busyAnswer(command, call.world.conduct);
    const error = this.voice.describe(code, call.api, call.language);
    return this.#errorReply(message === null ? error : { ...error, message });
  }

  #refusalReply(code: string, call: Call): Reply {
    return this.#errorReply(this.voice.describe(code, call.api, call.language));
  }

  #errorReply(error: ErrorText): Reply {
    return { status: error.status, body: this.voice.presentError(error), firstTraceId: null };
  }
}

/** Keeps the answer for whoever asks again with the same Idempotency-Key, from its first use on. */
function conclude(call: Call, result: Reply, firstUsedAt: Instant): { result: Reply; reply?: StoredReply } {
  if (call.idempotency === null) return { result };
  const { status, body } = result;
  const { scope } = call.idempotency;
  return { result, reply: { scope, firstUsedAt, traceId: call.traceId, status, body } };
}

const replay = (known: StoredReply): Reply => ({
  status: known.status,
  body: known.body,
  firstTraceId: known.traceId,
});
