import type { Clock } from '../clock/clock.ts';
import type { Delivery } from '../domain/delivery.ts';
import { changesPaymentStatus, type PaymentEvent } from '../domain/event.ts';
import { DAY_MS, type Instant } from '../domain/instant.ts';
import type { Merchant } from '../domain/merchant.ts';
import type { Payment } from '../domain/payment.ts';
import { isRefusal, type Refusal } from '../domain/refusal.ts';
import type { Chance } from '../store/chance.ts';
import type { Store, StoredReply, World } from '../store/store.ts';
import { Work } from './work.ts';

/** `ko` unless the caller asked for English. */
export type Language = 'ko' | 'en';

/** An error as it is answered. */
export interface ErrorText {
  readonly status: number;
  readonly code: string;
  readonly message: string;
}

/** What the gateway needs from the floors above it: how things are said, and to whom. */
export interface Voice {
  /** Status and text of a code as the called endpoint has it; a code outside the catalogue is INVALID_TEST_CODE. */
  describe(code: string, api: string, language: Language): ErrorText;
  /** The JSON of an error. */
  presentError(error: ErrorText): string;
  /** One delivery for every receiver that is to hear of the event; its bytes are fixed here. */
  announce(event: PaymentEvent, payment: Payment, work: Work): Delivery[];
}

/** Who asks for an operation, and how. */
export interface Call {
  readonly world: World;
  /** Name of the endpoint in the error catalogue. */
  readonly api: string;
  readonly language: Language;
  readonly traceId: string;
  /** The error the caller ordered with `TossPayments-Test-Code`. */
  readonly testCode: string | null;
  readonly idempotency: { readonly key: string; readonly scope: string } | null;
  /** The JSON of the payment that is answered with, as the merchant's API version shapes it. */
  readonly render: (payment: Payment, merchant: Merchant) => string;
}

/** What goes back to the caller. A replayed answer also names the request it was first given to. */
export interface Reply {
  readonly status: number;
  readonly body: string;
  readonly firstTraceId: string | null;
}

export type Operation = (work: Work) => Payment | Refusal;

const IDEMPOTENCY_KEY_LIMIT = 300;
const IDEMPOTENCY_LIFE_MS = 15 * DAY_MS;

/** Where every operation passes through. */
export class Gateway {
  readonly store: Store;
  readonly voice: Voice;
  readonly #clockOf: (mId: string) => Clock;
  readonly #chance: Chance;

  constructor(parts: {
    store: Store;
    voice: Voice;
    clockOf: (mId: string) => Clock;
    chance: Chance;
  }) {
    this.store = parts.store;
    this.voice = parts.voice;
    this.#clockOf = parts.clockOf;
    this.#chance = parts.chance;
  }

  /**
   * Answers a merchant's call in one unit of work, in the order of checks of payments.md 4: Idempotency-Key, then
   * Test-Code, then the operation. The reply's bytes are made inside it, so that whoever asks again gets the same.
   */
  answer(call: Call, operation: Operation): Reply {
    const { world, idempotency } = call;
    const clock = this.#clockOf(world.merchant.mId);
    clock.catchUp();
    const now = clock.now();
    if (idempotency !== null) {
      if (idempotency.key.length > IDEMPOTENCY_KEY_LIMIT)
        return this.#refusalReply('INVALID_IDEMPOTENCY_KEY', call);
      const known = world.reply(idempotency.scope);
      // A key may be used anew 15 days after its first use.
      if (known !== undefined && now - known.firstUsedAt < IDEMPOTENCY_LIFE_MS) return replay(known);
    }
    if (call.testCode !== null) return this.#refusalReply(call.testCode, call);
    return this.#perform(world, now, (work) => {
      const outcome = operation(work);
      const reply: Reply = isRefusal(outcome)
        ? this.#refusalReply(outcome.refused, call)
        : {
            status: 200,
            body: call.render(outcome, world.merchant),
            firstTraceId: null,
          };
      if (idempotency === null) return { result: reply };
      const { status, body } = reply;
      const { traceId } = call;
      return {
        result: reply,
        reply: {
          scope: idempotency.scope,
          firstUsedAt: now,
          traceId,
          status,
          body,
        },
      };
    });
  }

  /** Carries out what no caller waits for an answer to: the window's doings, time limits, attempts. */
  carryOut<T>(world: World, operation: (work: Work) => T, at?: Instant): T {
    const clock = this.#clockOf(world.merchant.mId);
    if (at === undefined) clock.catchUp();
    return this.#perform(world, at ?? clock.now(), (work) => ({
      result: operation(work),
    }));
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
      if (payment === undefined || !changesPaymentStatus(event)) continue;
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
  }

  #refusalReply(code: string, call: Call): Reply {
    const error = this.voice.describe(code, call.api, call.language);
    return {
      status: error.status,
      body: this.voice.presentError(error),
      firstTraceId: null,
    };
  }
}

const replay = (known: StoredReply): Reply => ({
  status: known.status,
  body: known.body,
  firstTraceId: known.traceId,
});
