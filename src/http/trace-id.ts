import { randomFillSync } from 'node:crypto';

const BYTES = 16;
/** Every answer needs one, so the random bytes of many are drawn at once. */
const pool = Buffer.alloc(256 * BYTES);
let next = pool.length;

/** A trace id: 32 lower-case hex digits (payments.md 7.4). */
export function newTraceId(): string {
  if (next === pool.length) {
    randomFillSync(pool);
    next = 0;
  }
  next += BYTES;
  return pool.toString('hex', next - BYTES, next);
}
