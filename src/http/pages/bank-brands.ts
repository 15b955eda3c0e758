import type { Bank } from '../../wire/banks.ts';
import { type Brand, NEUTRAL } from './brands.ts';

/** The banks in the order in which shoppers look for them, with their colours; the rest follows. */
const POPULAR = new Map([
  ['11', '#1f9d55'],
  ['06', '#7a6a4f'],
  ['88', '#2a5bd7'],
  ['20', '#1477c9'],
  ['81', '#0b8f86'],
  ['03', '#2b5fae'],
  ['90', '#e5c100'],
  ['92', '#3182f6'],
  ['89', '#1a2b5c'],
  ['45', '#2e7fc1'],
  ['71', '#e4572b'],
  ['31', '#15a08d'],
  ['32', '#c8322b'],
  ['39', '#b8394b'],
  ['34', '#2f66b3'],
  ['07', '#1b6fb8'],
  ['23', '#1b8a6b'],
]);
const RANKS = [...POPULAR.keys()];

/** The tiles of banks. */
export function bankBrands(banks: readonly Bank[]): readonly Brand[] {
  const rank = ({ code }: Bank): number => (POPULAR.has(code) ? RANKS.indexOf(code) : RANKS.length);
  return banks
    .toSorted((a, b) => rank(a) - rank(b))
    .map(({ code, name, ko }) => ({
      id: code,
      name,
      colour: POPULAR.get(code) ?? NEUTRAL,
      letter: (ko ?? name).slice(0, 1),
    }));
}
