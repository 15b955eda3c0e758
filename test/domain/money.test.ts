import t from 'tap';
import { decimalsOf, fitsCurrency, fromMinor, MAX_AMOUNT, toMinor } from '../../src/domain/money.ts';

t.test('won and yen are whole, dollars have two decimals', async (t) => {
  t.strictSame([decimalsOf('KRW'), decimalsOf('JPY'), decimalsOf('USD')], [0, 0, 2]);
});

// payments.md 2.6: amounts are JSON numbers, so 0.29 * 100 is 28.999999999999996.
const AMOUNTS = [
  ['KRW', 15000, 15000],
  ['KRW', 0, 0],
  ['JPY', 980, 980],
  ['USD', 1.25, 125],
  ['USD', 0.29, 29],
  ['USD', 0.57, 57],
  ['USD', 1.1, 110],
  ['USD', 4.35, 435],
  ['USD', 8, 800],
  ['USD', 90_071_992_547_409.91, 9_007_199_254_740_991],
] as const;

t.test('an amount goes into its smallest unit and comes back the same', async (t) => {
  for (const [currency, amount, minor] of AMOUNTS) {
    t.equal(toMinor(amount, currency), minor, `${amount} ${currency}`);
    t.equal(fromMinor(minor, currency), amount, `${amount} ${currency}`);
  }
});

t.test('every number of cents up to a thousand dollars comes back the same', async (t) => {
  const lost: number[] = [];
  for (let cents = 0; cents <= 100_000; cents++) {
    if (toMinor(fromMinor(cents, 'USD'), 'USD') !== cents) lost.push(cents);
  }
  t.strictSame(lost, []);
});

const FITTING = [
  ['KRW', 15000, true],
  ['KRW', 100.5, false],
  ['KRW', 0.1, false],
  ['JPY', 980, true],
  ['JPY', 980.01, false],
  ['USD', 1.25, true],
  ['USD', 0.07, true],
  ['USD', 1.255, false],
  ['USD', 0.001, false],
] as const;

t.test('an amount has no more decimals than its currency', async (t) => {
  for (const [currency, amount, fits] of FITTING) {
    t.equal(fitsCurrency(amount, currency), fits, `${amount} ${currency}`);
  }
});

t.test('the largest amount is still counted to the cent', async (t) => {
  t.equal(MAX_AMOUNT, 90_071_992_547_409);
  t.ok(Number.isSafeInteger(toMinor(MAX_AMOUNT, 'USD')));
});
