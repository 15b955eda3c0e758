import * as z from 'zod';
import { ClockRefusal } from '../clock/clock.ts';
import { ControlError } from './core.ts';

/** Why a wish was not granted, as the sandbox's own API says it. */
export interface Explanation {
  readonly status: number;
  /** Of our own, or of Toss Payments. */
  readonly code: string;
  readonly message: string;
}

/** Explains an error of a verb; null when it is none of the caller's making. */
export function explain(error: unknown): Explanation | null {
  if (error instanceof ControlError) {
    const { status, code, message } = error;
    return { status, code, message };
  }
  if (error instanceof ClockRefusal)
    return { status: 409, code: `CLOCK_${error.reason}`, message: error.message };
  if (error instanceof z.ZodError)
    return { status: 400, code: 'INVALID_CONTROL_REQUEST', message: z.prettifyError(error) };
  return null;
}
