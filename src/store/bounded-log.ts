/** The newest so many items, in order; the oldest gives way. */
export class BoundedLog<T> {
  readonly #items: T[] = [];
  readonly #limit: number;
  #oldest = 0;
  #count = 0;

  constructor(limit: number) {
    this.#limit = limit;
  }

  /** How many are kept. */
  get size(): number {
    return this.#items.length;
  }

  /** How many were ever added. */
  get count(): number {
    return this.#count;
  }

  /** Adds an item; returns the one that gave way, if any. */
  push(item: T): T | undefined {
    this.#count++;
    if (this.#items.length < this.#limit) {
      this.#items.push(item);
      return undefined;
    }
    const evicted = this.#items[this.#oldest];
    this.#items[this.#oldest] = item;
    this.#oldest = (this.#oldest + 1) % this.#limit;
    return evicted;
  }

  /** From the oldest to the newest. */
  *[Symbol.iterator](): IterableIterator<T> {
    yield* this.#items.slice(this.#oldest);
    yield* this.#items.slice(0, this.#oldest);
  }
}
