import t from 'tap';
import {
  DAY_MS,
  HOUR_MS,
  koreanDigits,
  koreanInstant,
  koreanMicroTime,
  koreanTime,
  MINUTE_MS,
  SECOND_MS,
} from '../../src/domain/instant.ts';

t.test('a second, a minute, an hour and a day have their milliseconds', async (t) => {
  t.strictSame([SECOND_MS, MINUTE_MS, HOUR_MS, DAY_MS], [1000, 60_000, 3_600_000, 86_400_000]);
});

// payments.md 2.2: always +09:00, no fraction; 2.4: the digits in the middle of a paymentKey.
const DATES = [
  ['the sample of the documentation', 1_772_673_330_000, '2026-03-05T10:15:30+09:00', '20260305101530'],
  [
    'its fraction dropped, never rounded up',
    1_772_673_330_999,
    '2026-03-05T10:15:30+09:00',
    '20260305101530',
  ],
  ['the first moment there is', 0, '1970-01-01T09:00:00+09:00', '19700101090000'],
  ['midnight in Korea', 1_767_193_200_000, '2026-01-01T00:00:00+09:00', '20260101000000'],
  ['the millisecond before it', 1_767_193_199_999, '2025-12-31T23:59:59+09:00', '20251231235959'],
  ['a leap day', 1_709_164_800_000, '2024-02-29T09:00:00+09:00', '20240229090000'],
  ['summer: no daylight saving time', 1_782_874_800_000, '2026-07-01T12:00:00+09:00', '20260701120000'],
] as const;

t.test('every date of a payment is Korean time to the second', async (t) => {
  for (const [name, at, text, digits] of DATES) {
    t.equal(koreanTime(at), text, name);
    t.equal(koreanDigits(at), digits, name);
  }
});

t.test('a date does not depend on the one that was asked for before', async (t) => {
  const again = [...DATES, ...DATES.toReversed(), ...DATES];
  t.strictSame(
    again.map(([, at]) => koreanTime(at)),
    again.map(([, , text]) => text),
  );
});

// webhooks.md 4, measured: up to six digits, no offset, zeros at the end dropped.
const MICROS = [
  [653, 270, '2026-03-05T10:15:30.65327'],
  [653, 271, '2026-03-05T10:15:30.653271'],
  [0, 0, '2026-03-05T10:15:30'],
  [100, 0, '2026-03-05T10:15:30.1'],
  [5, 0, '2026-03-05T10:15:30.005'],
  [0, 7, '2026-03-05T10:15:30.000007'],
  [999, 999, '2026-03-05T10:15:30.999999'],
] as const;

t.test('createdAt of a webhook has microseconds, without the zeros at the end', async (t) => {
  for (const [ms, micros, text] of MICROS) t.equal(koreanMicroTime(1_772_673_330_000 + ms, micros), text);
});

// virtual-accounts.md 2: yyyy-MM-dd'T'HH:mm:ss, in Korea.
const WRITTEN = [
  ['2026-03-05T10:15:30', 1_772_673_330_000],
  ['2026-01-01T00:00:00', 1_767_193_200_000],
  ['2025-12-31T23:59:59', 1_767_193_199_000],
  ['2024-02-29T09:00:00', 1_709_164_800_000],
  ['1970-01-01T09:00:00', 0],
] as const;

t.test('a due date is read as a time in Korea', async (t) => {
  for (const [written, at] of WRITTEN) t.equal(koreanInstant(written), at, written);
});

const NO_DATES = [
  ['empty', ''],
  ['a day without a time', '2026-03-05'],
  ['without seconds', '2026-03-05T10:15'],
  ['with a fraction', '2026-03-05T10:15:30.000'],
  ['in Greenwich', '2026-03-05T10:15:30Z'],
  ['with its offset', '2026-03-05T10:15:30+09:00'],
  ['with a blank for the T', '2026-03-05 10:15:30'],
  ['with a line end', '2026-03-05T10:15:30\n'],
  ['with slashes', '2026/03/05T10:15:30'],
  ['a year of two digits', '26-03-05T10:15:30'],
  ['a month 13', '2026-13-05T10:15:30'],
  ['a month 0', '2026-00-05T10:15:30'],
  ['a day 0', '2026-03-00T10:15:30'],
  ['the 31st of April', '2026-04-31T10:15:30'],
  ['the 29th of February of a common year', '2026-02-29T10:15:30'],
  ['an hour 24', '2026-03-05T24:00:00'],
  ['an hour 25', '2026-03-05T25:00:00'],
  ['a minute 60', '2026-03-05T10:60:00'],
  ['a second 60', '2026-03-05T10:15:60'],
] as const;

t.test('a due date that is written otherwise, or that there is not, is none', async (t) => {
  for (const [name, written] of NO_DATES) t.equal(koreanInstant(written), null, name);
});
