import * as z from 'zod';
import type { ErrorCode } from '../domain/error-code.ts';
import { MAX_AMOUNT } from '../domain/money.ts';

/*
 * The building blocks of request bodies. Two habits of the real service (payments.md 4) are in them: numbers given
 * as strings and strings given as numbers are converted, and null for an optional field counts as absent.
 * The message of a check is the error code that it is answered with.
 */

/** A string; a number becomes one. */
export const text = (code: ErrorCode = 'INVALID_REQUEST') =>
  z.union([z.string(), z.number().transform(String)], { error: code });

/** A string of so many characters. */
export const textOf = (min: number, max: number, code: ErrorCode = 'INVALID_REQUEST') =>
  text(code).pipe(z.string().min(min, code).max(max, code));

const numericText = z
  .string()
  .trim()
  .regex(/^-?\d{1,16}(\.\d{1,4})?$/)
  .transform(Number);

/** A number; a numeric string becomes one. */
export const numeric = (code: ErrorCode = 'INVALID_REQUEST') =>
  z.union([z.number(), numericText], { error: code });

/** An amount that is to be paid or cancelled: more than nothing, and not more than can be counted exactly. */
export const amountOf = (missing: ErrorCode, notPositive: ErrorCode) =>
  numeric(missing).pipe(z.number().gt(0, notPositive).max(MAX_AMOUNT, 'INVALID_REQUEST'));

/** A part of an amount: nothing or more. */
export const part = numeric().pipe(z.number().min(0, 'INVALID_REQUEST').max(MAX_AMOUNT, 'INVALID_REQUEST'));

/** A whole number of a list. */
export const oneOf = (values: readonly number[], code: ErrorCode = 'INVALID_REQUEST') =>
  numeric(code).pipe(z.number().refine((value) => values.includes(value), code));

export const flag = z.boolean({ error: 'INVALID_REQUEST' });

/** May be absent or null; both become null. */
export const optional = <T extends z.ZodType>(schema: T) =>
  schema.nullish().transform((value): z.output<T> | null => value ?? null);

/** May be absent or null; both become the default. */
export const withDefault = <T extends z.ZodType>(schema: T, fallback: z.output<T>) =>
  schema.nullish().transform((value): z.output<T> => value ?? fallback);

const ABSOLUTE_URL_LIMIT = 2048;

/** An absolute http(s) URL (payments.md 4.1). Its length is bounded here, not by the real service's documents [I]. */
export const httpUrl = (missing: ErrorCode, malformed: ErrorCode) =>
  z
    .string({ error: missing })
    .min(1, missing)
    .max(ABSOLUTE_URL_LIMIT, malformed)
    .refine(isHttpUrl, malformed);

function isHttpUrl(url: string): boolean {
  return /^https?:\/\//i.test(url) && URL.canParse(url);
}

export const currency = z.enum(['KRW', 'USD', 'JPY'], {
  error: 'INVALID_CURRENCY',
});
