import { parse } from 'secure-json-parse';
import type * as z from 'zod';
import { type Refusal, refuse } from '../domain/refusal.ts';
import { isErrorCode } from './errors.ts';

/**
 * Reads a request body: JSON that fits the schema, or the refusal with the code of the first field that does not.
 * Text that is no JSON, and JSON that reaches for prototypes, is INVALID_REQUEST (payments.md 4).
 *
 * @param body the raw text; undefined when there was none or when it was not sent as JSON
 */
export function readBody<T extends z.ZodType>(schema: T, body: string | undefined): z.output<T> | Refusal {
  let json: unknown;
  try {
    json = parse(body ?? '');
  } catch {
    return refuse('INVALID_REQUEST');
  }
  return readJson(schema, json);
}

/** The same for what is parsed already. */
export function readJson<T extends z.ZodType>(schema: T, json: unknown): z.output<T> | Refusal {
  const result = schema.safeParse(json);
  if (result.success) return result.data;
  const code = result.error.issues[0]?.message ?? '';
  return refuse(isErrorCode(code) ? code : 'INVALID_REQUEST');
}
