/** A moment: milliseconds since 1970-01-01T00:00:00Z, on the merchant's clock. */
export type Instant = number;

export const SECOND_MS = 1000;
export const MINUTE_MS = 60 * SECOND_MS;
export const HOUR_MS = 60 * MINUTE_MS;
export const DAY_MS = 24 * HOUR_MS;

/** Korea has had no daylight saving time since 1988: the offset is a constant. */
const KOREA_OFFSET_MS = 9 * HOUR_MS;

/** The end of the year 9999 in Korea: dates have four digits for the year. */
export const LAST_INSTANT: Instant = Date.UTC(9999, 11, 31, 23, 59, 59, 999) - KOREA_OFFSET_MS;

const koreanIso = (at: Instant): string => new Date(at + KOREA_OFFSET_MS).toISOString();

const twoDigits = (value: number): string => (value < 10 ? `0${value}` : `${value}`);

let dayOfText = Number.NaN;
let textOfDay = '';

/**
 * `yyyy-MM-dd'T'HH:mm:ss+09:00`: every date inside a Payment (payments.md 2.2: always +09:00, no fraction).
 * Every answer has some, mostly of one day: its text is kept, the rest is arithmetic.
 */
export function koreanTime(at: Instant): string {
  const korean = at + KOREA_OFFSET_MS;
  const day = Math.floor(korean / DAY_MS);
  if (day !== dayOfText) {
    dayOfText = day;
    textOfDay = koreanIso(at).slice(0, 11);
  }
  const seconds = Math.floor((korean - day * DAY_MS) / SECOND_MS);
  const minutes = Math.floor(seconds / 60);
  return `${textOfDay}${twoDigits(Math.floor(minutes / 60))}:${twoDigits(minutes % 60)}:${twoDigits(seconds % 60)}+09:00`;
}

/** `yyyyMMddHHmmss` in Korea: the middle part of a paymentKey (payments.md 2.4). */
export const koreanDigits = (at: Instant): string => koreanTime(at).slice(0, 19).replace(/\D/g, '');

/**
 * `yyyy-MM-dd'T'HH:mm:ss.SSSSSS` in Korea, without offset, trailing zeros dropped: `createdAt` of a webhook
 * (webhooks.md 4, measured: `2026-01-02T14:46:59.65327`).
 *
 * @param micros the microseconds below the millisecond, 0 to 999: our clock does not have them, the real one does
 */
export function koreanMicroTime(at: Instant, micros: number): string {
  const fraction = `${String(at % SECOND_MS).padStart(3, '0')}${String(micros).padStart(3, '0')}`.replace(
    /0+$/,
    '',
  );
  const seconds = koreanIso(at).slice(0, 19);
  return fraction === '' ? seconds : `${seconds}.${fraction}`;
}

/**
 * Reads `yyyy-MM-dd'T'HH:mm:ss` as a time in Korea (virtual-accounts.md 2).
 *
 * @returns null when it is written otherwise, or names a day that there is not
 */
export function koreanInstant(written: string): Instant | null {
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/.test(written)) return null;
  const at = Date.parse(`${written}+09:00`);
  // The 30th of February would be the 1st of March.
  return Number.isNaN(at) || koreanTime(at) !== `${written}+09:00` ? null : at;
}
