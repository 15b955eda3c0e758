import { type ClockState, RUNNING } from '../domain/clock-state.ts';
import { HOUR_MS, type Instant, LAST_INSTANT, SECOND_MS } from '../domain/instant.ts';
import type { Job } from '../domain/job.ts';
import { Agenda } from './agenda.ts';
import type { Wall } from './wall.ts';

/**
 * Why a clock does not do as it is told.
 * `BACKWARDS`: time does not run backwards. `TOO_LATE`: dates end with the year 9999. `BUSY`: another advance is
 * waiting for a receiver's answer, which may be waiting for this very call.
 */
export class ClockRefusal extends Error {
  readonly reason: 'BACKWARDS' | 'TOO_LATE' | 'BUSY';

  constructor(reason: ClockRefusal['reason'], message: string) {
    super(message);
    this.reason = reason;
  }
}

/** How long an advance waits behind another on which nothing moves, because a receiver does not answer: wall time. */
const STANDSTILL_LIMIT_MS = 1000;

/** The longest a timer is set for: a sleeping laptop or a corrected wall clock is noticed within the hour. */
const TIMER_LIMIT_MS = HOUR_MS;

/** When a job that failed for a reason of ours is tried again. */
const RETRY_FAILED_JOB_MS = SECOND_MS;

export interface ClockOptions {
  readonly wall: Wall;
  readonly state: ClockState;
  /** Does a job that is due. A promise is an attempt under way: `advance` waits for it. */
  readonly perform: (job: Job) => void | Promise<void>;
  /** Is told how the clock stands after each change. */
  readonly onChange: (state: ClockState) => void;
  /** Is told of a job that failed while nobody was waiting for it. */
  readonly onError: (error: unknown) => void;
}

/** A merchant's clock, and the agenda that it works off. One timer per running clock, never one per job. */
export class Clock {
  readonly agenda = new Agenda();
  readonly #wall: Wall;
  readonly #perform: ClockOptions['perform'];
  readonly #onChange: ClockOptions['onChange'];
  readonly #onError: ClockOptions['onError'];
  readonly #underWay = new Set<Promise<void>>();
  #state: ClockState;
  /** The reading during an advance: everything that happens then happens at this moment. */
  #standing: Instant | null = null;
  #timer: { dueAt: Instant; callOff: () => void } | null = null;
  /** Settles when every advance that was asked for is through. */
  #advances: Promise<unknown> = Promise.resolve();
  /** Counts jobs begun and attempts ended: an advance on which it stands still waits for a receiver. */
  #progress = 0;
  /** Why an attempt failed that an advance is waiting for: the advance is told. */
  #failure: { readonly error: unknown } | null = null;
  /** Counts resets: what was begun before one has no say after it. */
  #resets = 0;
  #closed = false;

  constructor(options: ClockOptions) {
    this.#wall = options.wall;
    this.#perform = options.perform;
    this.#onChange = options.onChange;
    this.#onError = options.onError;
    this.#state = options.state;
  }

  get state(): ClockState {
    return this.#state;
  }

  /** Reads the clock. An operation reads it once. */
  now(): Instant {
    return this.#standing ?? this.#reading();
  }

  #reading(): Instant {
    return this.#state.heldAt ?? this.#wall.now() + this.#state.shiftMs;
  }

  /** @throws {ClockRefusal} BACKWARDS when that moment is past, TOO_LATE when it is beyond all dates */
  refuseUnreachable(at: Instant): void {
    refuseUnreachable(this.now(), at);
  }

  /** Does what is due by now. Called before every operation, so that a late timer shows nobody a stale payment. */
  catchUp(): void {
    if (this.#standing !== null || this.#closed || this.agenda.next === null) return;
    const now = this.#reading();
    for (let job = this.agenda.takeDue(now); job !== null; job = this.agenda.takeDue(now)) this.#start(job);
  }

  /** Jobs were planned or struck: sets the timer anew. What is due at once is done right after this turn. */
  wake(): void {
    if (this.#standing !== null) return;
    const dueAt = this.#closed ? undefined : this.agenda.next?.dueAt;
    if (dueAt === this.#timer?.dueAt) return;
    this.#disarm();
    if (dueAt === undefined) return;
    const wait = dueAt - this.#reading();
    if (this.#state.heldAt !== null && wait > 0) return;
    this.#arm(dueAt, Math.min(Math.max(wait, 0), TIMER_LIMIT_MS));
  }

  #arm(dueAt: Instant, wait: number): void {
    const callOff = this.#wall.after(wait, () => {
      this.#timer = null;
      try {
        this.catchUp();
        this.wake();
      } catch (error) {
        this.#onError(error);
        this.#arm(dueAt, RETRY_FAILED_JOB_MS);
      }
    });
    this.#timer = { dueAt, callOff };
  }

  #disarm(): void {
    this.#timer?.callOff();
    this.#timer = null;
  }

  /**
   * Stops the clock, where it is or at a later moment.
   *
   * @throws {ClockRefusal} BACKWARDS, TOO_LATE; or BUSY, and then it is stopped where it is
   */
  async hold(at?: Instant): Promise<void> {
    if (at !== undefined) this.refuseUnreachable(at);
    this.#change({ heldAt: this.#reading(), shiftMs: 0 });
    if (at !== undefined) await this.set(at);
  }

  /** Lets it run on from where it is. */
  run(): void {
    if (this.#state.heldAt !== null)
      this.#change({
        heldAt: null,
        shiftMs: this.#state.heldAt - this.#wall.now(),
      });
  }

  /**
   * Moves the clock to a later moment, doing on the way what falls due.
   *
   * @throws {ClockRefusal} BACKWARDS, TOO_LATE, BUSY
   */
  async set(at: Instant): Promise<void> {
    await Clock.moveAll([this], () => at);
  }

  /**
   * Moves the clock by so many milliseconds. Jobs run in due order with the clock reading each one's due time;
   * every attempt is awaited, and whatever it plans in turn. A running clock stands still meanwhile.
   * When a job fails for a reason of ours the clock stands at its due time, and the advance fails likewise.
   *
   * @throws {ClockRefusal} BACKWARDS, TOO_LATE, BUSY
   */
  async advance(byMs: number): Promise<void> {
    await Clock.moveAll([this], (start) => start + byMs);
  }

  /**
   * Moves several clocks as `advance` moves one: at the same time, and none of them when one refuses. Is through when
   * all of them are.
   *
   * @param targetFrom where a clock is to go from where it stands
   * @throws {ClockRefusal} BACKWARDS, TOO_LATE, BUSY
   */
  static async moveAll(clocks: readonly Clock[], targetFrom: (start: Instant) => Instant): Promise<void> {
    const agreed = Promise.all(clocks.map((clock) => clock.#turn())).then(() => {
      for (const clock of clocks) refuseUnreachable(clock.#reading(), targetFrom(clock.#reading()));
    });
    const moves = clocks.map((clock) => clock.#enqueue(agreed, targetFrom));
    for (const moved of await Promise.allSettled(moves)) if (moved.status === 'rejected') throw moved.reason;
  }

  /** Waits for the attempts under way. */
  async settle(): Promise<void> {
    while (this.#underWay.size > 0) await Promise.all(this.#underWay);
  }

  /** Forgets what is planned and stands as at the beginning; advances under way or queued move nothing any more. */
  reset(state: ClockState = RUNNING): void {
    this.#resets++;
    this.#standing = null;
    this.agenda.clear();
    this.#change(state);
  }

  /** Starts no job any more, and waits for the attempts under way. An advance ends at what it has reached. */
  async close(): Promise<void> {
    this.#closed = true;
    this.#disarm();
    await this.settle();
    await this.#advances;
  }

  #change(state: ClockState): void {
    this.#state = state;
    this.#onChange(state);
    this.#disarm();
    this.wake();
  }

  /** One advance after the other. @param agreed settles when it is this one's turn */
  #enqueue(agreed: Promise<void>, targetFrom: (start: Instant) => Instant): Promise<void> {
    const resets = this.#resets;
    const mine = agreed.then(() => this.#moveTo(targetFrom, resets));
    this.#advances = Promise.allSettled([this.#advances, mine]);
    return mine;
  }

  /** Waits for the advances before, but not for ever on one that waits for a receiver. */
  #turn(): Promise<void> {
    const before = this.#advances;
    return new Promise((resolve, reject) => {
      let seen = this.#progress;
      const look = (): void => {
        if (seen === this.#progress) {
          reject(new ClockRefusal('BUSY', BUSY_ADVICE));
          return;
        }
        seen = this.#progress;
        callOff = this.#wall.after(STANDSTILL_LIMIT_MS, look);
      };
      let callOff = this.#wall.after(STANDSTILL_LIMIT_MS, look);
      before.then(() => {
        callOff();
        resolve();
      });
    });
  }

  /** @param resets how many there had been when this was asked for */
  async #moveTo(targetFrom: (start: Instant) => Instant, resets: number): Promise<void> {
    const isOver = (): boolean => this.#closed || resets !== this.#resets;
    if (isOver()) return;
    const start = this.#reading();
    // A running clock may be a little later than when it was asked whether it can.
    const target = Math.max(start, targetFrom(start));
    this.#disarm();
    let reached = start;
    this.#standing = start;
    this.#failure = null;
    try {
      for (;;) {
        // Attempts under way may plan jobs that are due before the next one we know of.
        await this.settle();
        this.#tellFailure();
        if (isOver()) return;
        const next = this.agenda.next;
        if (next === null || next.dueAt > target) break;
        this.#standing = reached = Math.max(reached, next.dueAt);
        for (let job = this.agenda.takeDue(reached); job !== null; job = this.agenda.takeDue(reached))
          this.#start(job);
      }
      reached = target;
    } finally {
      if (resets === this.#resets) this.#goOnFrom(reached);
    }
  }

  #tellFailure(): void {
    if (this.#failure !== null) throw this.#failure.error;
  }

  /** An advance is through: a held clock stands there, a running one goes on from there. */
  #goOnFrom(reached: Instant): void {
    this.#standing = null;
    const held = this.#state.heldAt !== null;
    this.#change(
      held ? { heldAt: reached, shiftMs: 0 } : { heldAt: null, shiftMs: reached - this.#wall.now() },
    );
  }

  /** Begins a job. One that fails, as when the disk is full, stays on the agenda. */
  #start(job: Job): void {
    this.#progress++;
    let attempt: Promise<void> | undefined;
    try {
      attempt = this.#perform(job) ?? undefined;
    } catch (error) {
      this.agenda.put(job);
      throw error;
    }
    if (attempt === undefined) return;
    const resets = this.#resets;
    const underWay = attempt
      .catch((error) => {
        const isForgotten = resets !== this.#resets;
        if (!isForgotten) this.#putBack(job);
        if (isForgotten || this.#standing === null) this.#onError(error);
        else this.#failure = { error };
      })
      .finally(() => {
        this.#progress++;
        this.#underWay.delete(underWay);
      });
    this.#underWay.add(underWay);
  }

  /** An attempt failed for a reason of ours: it is made anew, but not at once. */
  #putBack(job: Job): void {
    if (!this.agenda.has(job)) this.agenda.put(job);
    if (this.#standing !== null || this.#closed) return;
    this.#disarm();
    this.#arm(job.dueAt, RETRY_FAILED_JOB_MS);
  }
}

function refuseUnreachable(from: Instant, to: Instant): void {
  if (to < from) throw new ClockRefusal('BACKWARDS', 'The clock cannot be set backwards.');
  if (to > LAST_INSTANT)
    throw new ClockRefusal('TOO_LATE', 'The clock cannot be set beyond the year 9999 in Korea.');
}

const BUSY_ADVICE =
  'Another advance is waiting for the answer of a webhook receiver. A receiver cannot move the clock: answer first.';
