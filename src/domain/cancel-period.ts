import { DAY_MS, type Instant, koreanTime } from './instant.ts';
import type { Method } from './method.ts';

const YEAR_MS = 365 * DAY_MS;
const HALF_YEAR_MS = 180 * DAY_MS;

/** `2026-03`: the month of a moment in Korea. */
const koreanMonth = (at: Instant): string => koreanTime(at).slice(0, 7);

/**
 * Can a payment of that method still be cancelled (payments.md 5)? Cards have no limit there, but may fail after a
 * year: here they do. Of easy pay, and of gift certificates, the page says nothing: as cards [I]. A phone bill is
 * cancelled within its calendar month, in Korea.
 */
export function isWithinCancelPeriod(method: Method, approvedAt: Instant, now: Instant): boolean {
  switch (method.kind) {
    case 'MOBILE_PHONE':
      return koreanMonth(approvedAt) === koreanMonth(now);
    case 'TRANSFER':
    case 'FOREIGN_EASY_PAY':
      return now - approvedAt <= HALF_YEAR_MS;
    default:
      return now - approvedAt <= YEAR_MS;
  }
}
