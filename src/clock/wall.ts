/** The machine's own time. Injected, so that tests need not wait. */
export interface Wall {
  /** Milliseconds since the epoch. */
  now(): number;
  /** Calls back after so many milliseconds; returns how to call it off. Holds no process open. */
  after(ms: number, callback: () => void): () => void;
}

/** The real one. */
export const realWall: Wall = {
  now: () => Date.now(),
  after(ms, callback) {
    if (ms <= 0) {
      const soon = setImmediate(callback);
      return () => clearImmediate(soon);
    }
    const timer = setTimeout(callback, ms);
    timer.unref();
    return () => clearTimeout(timer);
  },
};
