import t from 'tap';
import { BoundedLog } from '../../src/store/bounded-log.ts';

// A log of three. A row: what is added, what gives way, what is kept, how many were ever added.
const STEPS = [
  ['a', undefined, ['a'], 1],
  ['b', undefined, ['a', 'b'], 2],
  ['c', undefined, ['a', 'b', 'c'], 3],
  ['d', 'a', ['b', 'c', 'd'], 4],
  ['e', 'b', ['c', 'd', 'e'], 5],
  ['f', 'c', ['d', 'e', 'f'], 6],
  ['g', 'd', ['e', 'f', 'g'], 7],
] as const;

t.test('a log keeps the newest, in order, and says which one gave way', async (t) => {
  const log = new BoundedLog<string>(3);
  t.strictSame([...log], []);
  for (const [added, evicted, kept, count] of STEPS) {
    t.equal(log.push(added), evicted, `${added} is added`);
    t.strictSame([...log], kept);
    t.strictSame([log.size, log.count], [kept.length, count]);
  }
});

t.test('a log can be read while it grows, and twice at once', async (t) => {
  const log = new BoundedLog<number>(3);
  for (const item of [1, 2, 3, 4]) log.push(item);
  const pairs: number[][] = [];
  for (const a of log) for (const b of log) pairs.push([a, b]);
  t.equal(pairs.length, 9);
  t.strictSame(pairs[0], [2, 2]);
  t.strictSame(pairs[8], [4, 4]);
});

t.test('a log of one keeps the last', async (t) => {
  const log = new BoundedLog<number>(1);
  t.strictSame([log.push(1), log.push(2), log.push(3)], [undefined, 1, 2]);
  t.strictSame([...log], [3]);
});

t.test('a hundred thousand entries through a log of a thousand', async (t) => {
  const log = new BoundedLog<number>(1000);
  for (let item = 0; item < 100_000; item++) log.push(item);
  t.strictSame(
    [...log],
    Array.from({ length: 1000 }, (_, index) => 99_000 + index),
  );
  t.equal(log.count, 100_000);
});
