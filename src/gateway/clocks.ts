import { Clock } from '../clock/clock.ts';
import type { Wall } from '../clock/wall.ts';
import type { Job, JobKind } from '../domain/job.ts';
import type { Store, World } from '../store/store.ts';

/** How each kind of job is done. A promise is an attempt under way. */
export type Performers = Readonly<Record<JobKind, (world: World, job: Job) => void | Promise<void>>>;

/** Every merchant's clock. One is made when it is first asked for, as its world says it stands. */
export class Clocks {
  readonly #clocks = new Map<string, Clock>();
  readonly #store: Store;
  readonly #wall: Wall;
  readonly #performers: Performers;
  readonly #onError: (error: unknown) => void;

  constructor(parts: {
    store: Store;
    wall: Wall;
    performers: Performers;
    onError: (error: unknown) => void;
  }) {
    this.#store = parts.store;
    this.#wall = parts.wall;
    this.#performers = parts.performers;
    this.#onError = parts.onError;
  }

  readonly of = (mId: string): Clock => this.#clocks.get(mId) ?? this.#make(mId);

  /** Forgets the clock of a merchant that is gone. */
  drop(mId: string): void {
    void this.#clocks.get(mId)?.close();
    this.#clocks.delete(mId);
  }

  /** Starts no job any more, and waits for the attempts under way. */
  async close(): Promise<void> {
    await Promise.all([...this.#clocks.values()].map((clock) => clock.close()));
  }

  #make(mId: string): Clock {
    const world = this.#store.world(mId);
    if (world === undefined) throw new Error(`No merchant ${mId}.`);
    const clock: Clock = new Clock({
      wall: this.#wall,
      state: world.clock,
      perform: (job) => this.#performers[job.kind](world, job),
      onChange: (state) => {
        // An advance may outlive its merchant: there is nothing left to keep then.
        if (this.#clocks.get(mId) === clock) this.#store.commit({ mId, clock: state });
      },
      onError: this.#onError,
    });
    for (const job of world.jobs()) clock.agenda.put(job);
    this.#clocks.set(mId, clock);
    clock.wake();
    return clock;
  }
}
