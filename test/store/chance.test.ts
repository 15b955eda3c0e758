import t from 'tap';
import { Chance } from '../../src/store/chance.ts';

const ALPHANUMERIC = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const CROCKFORD = '0123456789abcdefghjkmnpqrstvwxyz';
const HEX = '0123456789abcdef';
const DIGITS = '0123456789';

/** What a busy sandbox draws: payment keys, transaction keys, secrets, microseconds. */
const DRAWS = [
  [ALPHANUMERIC, 5],
  [CROCKFORD, 16],
  [ALPHANUMERIC, 28],
  [DIGITS, 3],
  [HEX, 32],
] as const;

const drawAll = (chance: Chance): string[] => DRAWS.map(([alphabet, size]) => chance.draw(alphabet, size));

t.test('the same seed gives the same keys, another seed gives others', async (t) => {
  const [one, same, other] = [new Chance(42), new Chance(42), new Chance(43)];
  const keys = [...drawAll(one), ...drawAll(one)];
  t.strictSame([...drawAll(same), ...drawAll(same)], keys);
  t.notSame([...drawAll(other), ...drawAll(other)], keys);
});

t.test('a draw has the asked length, of the asked letters', async (t) => {
  const chance = new Chance(1);
  for (const [alphabet, size] of DRAWS) {
    const keys = Array.from({ length: 1000 }, () => chance.draw(alphabet, size));
    t.strictSame([...new Set(keys.map((key) => key.length))], [size]);
    t.strictSame([...new Set(keys.join(''))].toSorted(), [...alphabet], 'these letters, and all of them');
  }
});

t.test('set back to where it was, it gives the same keys again', async (t) => {
  const chance = new Chance(42);
  drawAll(chance);
  const { position } = chance;
  const keys = drawAll(chance);
  chance.position = position;
  t.strictSame(drawAll(chance), keys);
});

t.test('after a restart it goes on as if there had been none', async (t) => {
  // The position is all that is stored: what was drawn first, and how much at once, must not matter.
  for (const [alphabet, size] of DRAWS) {
    const before = new Chance(42);
    for (const first of [1, 28, 64]) before.draw(alphabet, first);
    const after = new Chance(42, before.position);
    const keys = Array.from({ length: 20 }, () => before.draw(alphabet, size));
    t.strictSame(
      Array.from({ length: 20 }, () => after.draw(alphabet, size)),
      keys,
      `${size} of ${alphabet.length} letters`,
    );
    t.equal(after.position, before.position);
  }
});

t.test('no letter is drawn more often than another', async (t) => {
  for (const alphabet of [ALPHANUMERIC, CROCKFORD, HEX, DIGITS]) {
    const chance = new Chance(7);
    const counts = new Map<string, number>([...alphabet].map((letter) => [letter, 0]));
    const draws = 20_000;
    for (let i = 0; i < draws; i++) {
      for (const letter of chance.draw(alphabet, 5)) counts.set(letter, (counts.get(letter) ?? 0) + 1);
    }
    const expected = (draws * 5) / alphabet.length;
    const chiSquare = [...counts.values()].reduce(
      (sum, count) => sum + (count - expected) ** 2 / expected,
      0,
    );
    // Its mean is the number of letters less one; six standard deviations above it is out of all bounds.
    const freedom = alphabet.length - 1;
    t.ok(chiSquare < freedom + 6 * Math.sqrt(2 * freedom), `${alphabet.length} letters: ${chiSquare}`);
  }
});

t.test('no letter follows another more often than by chance', async (t) => {
  const chance = new Chance(11);
  const counts = new Array<number>(256).fill(0);
  const draws = 5_000;
  for (let i = 0; i < draws; i++) {
    const key = chance.draw(HEX, 33);
    for (let j = 0; j < 32; j++) {
      const pair = HEX.indexOf(key.charAt(j)) * 16 + HEX.indexOf(key.charAt(j + 1));
      counts[pair] = (counts[pair] ?? 0) + 1;
    }
  }
  const expected = (draws * 32) / 256;
  const chiSquare = counts.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
  t.ok(chiSquare < 255 + 6 * Math.sqrt(510), `${chiSquare}`);
});

t.test('a hundred thousand keys are a hundred thousand different ones', async (t) => {
  const chance = new Chance(42);
  const keys = new Set<string>();
  for (let i = 0; i < 100_000; i++) keys.add(chance.draw(CROCKFORD, 16));
  t.equal(keys.size, 100_000);
});

t.test('neighbouring seeds share no keys', async (t) => {
  const keys = new Set<string>();
  for (let seed = 0; seed < 1000; seed++) {
    const chance = new Chance(seed);
    for (let i = 0; i < 20; i++) keys.add(chance.draw(CROCKFORD, 16));
  }
  t.equal(keys.size, 20_000);
});
