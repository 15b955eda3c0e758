import t from 'tap';
import { isWithinCancelPeriod } from '../../src/domain/cancel-period.ts';
import type { Method } from '../../src/domain/method.ts';
import { ACCOUNT_METHOD, METHOD } from '../fixtures/payments.ts';

const TRANSFER: Method = { kind: 'TRANSFER', bankCode: '88', cashReceipt: null };
const PAYPAL: Method = { kind: 'FOREIGN_EASY_PAY', provider: 'PAYPAL' };
const PHONE: Method = { kind: 'MOBILE_PHONE', carrier: 'SKT', customerMobilePhone: '01012345678' };
const EASY_PAY: Method = { kind: 'EASY_PAY', provider: 'TOSSPAY', card: null, discountAmount: 0 };

// payments.md 5: to the millisecond. 2026-09-01 is 180 days, 2027-03-05 is 365 days after 2026-03-05.
const LAST_MOMENTS: readonly [name: string, Method, last: string][] = [
  ['a transfer', TRANSFER, '2026-09-01T10:15:30.000+09:00'],
  ['PayPal', PAYPAL, '2026-09-01T10:15:30.000+09:00'],
  ['a virtual account', ACCOUNT_METHOD, '2027-03-05T10:15:30.000+09:00'],
  // No limit there, but it may fail after a year.
  ['a card', METHOD, '2027-03-05T10:15:30.000+09:00'],
  // The page says nothing of these: as a card [I].
  ['easy pay', EASY_PAY, '2027-03-05T10:15:30.000+09:00'],
  ['a culture voucher', { kind: 'CULTURE_GIFT_CERTIFICATE' }, '2027-03-05T10:15:30.000+09:00'],
  ['a book voucher', { kind: 'BOOK_GIFT_CERTIFICATE' }, '2027-03-05T10:15:30.000+09:00'],
  ['a game voucher', { kind: 'GAME_GIFT_CERTIFICATE' }, '2027-03-05T10:15:30.000+09:00'],
  // The calendar month.
  ['a phone bill', PHONE, '2026-03-31T23:59:59.999+09:00'],
];

t.test('each method can be cancelled to the last millisecond of its time', async (t) => {
  const approvedAt = Date.parse('2026-03-05T10:15:30+09:00');
  for (const [name, method, last] of LAST_MOMENTS) {
    const lastMoment = Date.parse(last);
    t.ok(isWithinCancelPeriod(method, approvedAt, approvedAt), `${name}, at once`);
    t.ok(isWithinCancelPeriod(method, approvedAt, lastMoment), `${name}, at ${last}`);
    t.notOk(isWithinCancelPeriod(method, approvedAt, lastMoment + 1), `${name}, a millisecond later`);
  }
});

// A month in Korea begins at 15:00 of the day before in Greenwich.
const MONTHS: readonly [approved: string, now: string, can: boolean][] = [
  ['2026-03-01T00:00:00.000+09:00', '2026-03-31T23:59:59.999+09:00', true],
  ['2026-02-28T15:00:00.000Z', '2026-03-31T14:59:59.999Z', true],
  ['2026-02-28T14:59:59.999Z', '2026-02-28T15:00:00.000Z', false],
  ['2026-03-31T23:59:59.999+09:00', '2026-04-01T00:00:00.000+09:00', false],
  // Two months in Greenwich, one in Korea.
  ['2026-03-31T16:00:00.000Z', '2026-04-01T01:00:00.000Z', true],
  // One month in Greenwich, two in Korea.
  ['2026-03-31T14:00:00.000Z', '2026-03-31T16:00:00.000Z', false],
  ['2026-12-31T23:59:59.000+09:00', '2027-01-01T00:00:00.000+09:00', false],
  ['2026-03-05T10:15:30.000+09:00', '2027-03-05T10:15:30.000+09:00', false],
];

t.test('a phone bill can be cancelled in its month, in Korea', async (t) => {
  for (const [approved, now, can] of MONTHS)
    t.equal(isWithinCancelPeriod(PHONE, Date.parse(approved), Date.parse(now)), can, `${approved} ${now}`);
});
