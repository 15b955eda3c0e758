import type { ErrorCode } from './error-code.ts';

/**
 * Toss says no. A refusal is a value, not an exception: the code alone, its text and HTTP status are looked up
 * when the answer is written.
 */
export interface Refusal {
  readonly refused: ErrorCode;
}

/** Says no with a code of the catalogue. */
export const refuse = (code: ErrorCode): Refusal => ({ refused: code });

/** Tells a refusal from what was asked for. */
export const isRefusal = (value: object): value is Refusal => 'refused' in value;
