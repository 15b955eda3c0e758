import { type Job, jobId } from '../domain/job.ts';

interface Entry {
  job: Job;
  /** Where it stands in the heap. */
  place: number;
}

const isBefore = (a: Job, b: Job): boolean => a.dueAt < b.dueAt || (a.dueAt === b.dueAt && a.seq < b.seq);

/**
 * What is due when, in order: a binary heap whose entries know their place, so that a job that has become
 * pointless is taken out at once and the agenda never holds more than what is really ahead.
 */
export class Agenda {
  readonly #heap: Entry[] = [];
  readonly #entries = new Map<string, Entry>();

  get size(): number {
    return this.#heap.length;
  }

  /** The job that is due first, or null. */
  get next(): Job | null {
    return this.#heap[0]?.job ?? null;
  }

  /** Is there a job of that kind for that key? */
  has(job: Pick<Job, 'kind' | 'key'>): boolean {
    return this.#entries.has(jobId(job));
  }

  /** Puts a job in; one of the same kind for the same key is replaced. */
  put(job: Job): void {
    this.strike(job);
    const entry: Entry = { job, place: this.#heap.length };
    this.#entries.set(jobId(job), entry);
    this.#heap.push(entry);
    this.#rise(entry);
  }

  /** Takes a job out, wherever it stands. */
  strike(job: Pick<Job, 'kind' | 'key'>): void {
    const entry = this.#entries.get(jobId(job));
    if (entry === undefined) return;
    this.#entries.delete(jobId(job));
    const last = this.#heap.pop();
    if (last === undefined || last === entry) return;
    this.#set(entry.place, last);
    this.#rise(last);
    this.#sink(last);
  }

  /** Takes the first job out if it is due at that moment; null when nothing is. */
  takeDue(at: number): Job | null {
    const first = this.next;
    if (first === null || first.dueAt > at) return null;
    this.strike(first);
    return first;
  }

  clear(): void {
    this.#heap.length = 0;
    this.#entries.clear();
  }

  #set(place: number, entry: Entry): void {
    this.#heap[place] = entry;
    entry.place = place;
  }

  #swap(a: Entry, b: Entry): void {
    const place = a.place;
    this.#set(b.place, a);
    this.#set(place, b);
  }

  #rise(entry: Entry): void {
    while (entry.place > 0) {
      const parent = this.#heap[(entry.place - 1) >> 1];
      if (parent === undefined || !isBefore(entry.job, parent.job)) return;
      this.#swap(entry, parent);
    }
  }

  #sink(entry: Entry): void {
    for (;;) {
      const left = this.#heap[2 * entry.place + 1];
      const right = this.#heap[2 * entry.place + 2];
      const child = right !== undefined && left !== undefined && isBefore(right.job, left.job) ? right : left;
      if (child === undefined || !isBefore(child.job, entry.job)) return;
      this.#swap(entry, child);
    }
  }
}
