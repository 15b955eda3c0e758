import type { Target } from '../domain/fault.ts';
import { type Instant, MINUTE_MS } from '../domain/instant.ts';
import type { ErrorText } from './call.ts';

/** What a call too many is answered: neither code nor text is published, for either language (payments.md 8 [I]). */
export const TOO_MANY_REQUESTS: ErrorText = {
  status: 429,
  code: 'TOO_MANY_REQUESTS',
  message: '요청 횟수를 초과했습니다. 잠시 후 다시 시도해주세요.',
};

/** The calls of one API since a minute was begun. */
interface Minute {
  readonly begunAt: Instant;
  calls: number;
}

/**
 * How often a merchant may call each API in a minute of its own clock (payments.md 8, 12).
 *
 * The minute is fixed: it begins with the first call after the one before has ended. No page says how the real one
 * is counted [I]; this takes two numbers for each API where a sliding one keeps the time of every call, and a test
 * can rely on it: 60 seconds after the first call the way is free, whenever the others came.
 */
export class RateLimit {
  readonly #callsAMinute: number;
  /** By mId, then by method and path: as many as the API table has entries, at most. */
  readonly #minutes = new Map<string, Map<string, Minute>>();

  constructor(callsAMinute: number) {
    this.#callsAMinute = callsAMinute;
  }

  /** Counts a call; whether it is one of those that are allowed. */
  admits(mId: string, { method, path }: Target, now: Instant): boolean {
    const minutes = this.#minutes.get(mId) ?? new Map<string, Minute>();
    this.#minutes.set(mId, minutes);
    const api = `${method} ${path}`;
    const minute = minutes.get(api);
    // The machine's clock may have been put back.
    if (minute === undefined || now >= minute.begunAt + MINUTE_MS || now < minute.begunAt) {
      minutes.set(api, { begunAt: now, calls: 1 });
      return true;
    }
    if (minute.calls >= this.#callsAMinute) return false;
    minute.calls++;
    return true;
  }

  /** Forgets how often a merchant has called. */
  forget(mId: string): void {
    this.#minutes.delete(mId);
  }
}
