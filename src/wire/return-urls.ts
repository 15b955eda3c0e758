import * as z from 'zod';
import type { ReturnUrls } from '../domain/payment.ts';
import { httpUrl } from './fields.ts';

/** Where the window leads, both required (payments.md 4.1). */
export const urlFields = {
  successUrl: httpUrl('INVALID_SUCCESS_URL', 'INCORRECT_SUCCESS_URL_FORMAT'),
  failUrl: httpUrl('INCORRECT_FAIL_URL_FORMAT', 'INCORRECT_FAIL_URL_FORMAT'),
};

/** Neither is promise mode; one alone is a mistake in the other (browser-sdk.md 2.11, 9 no. 3). */
export function bothOrNeither(
  successUrl: string | null,
  failUrl: string | null,
  context: z.core.$RefinementCtx,
): ReturnUrls {
  if (successUrl !== null && failUrl !== null) return { successUrl, failUrl };
  if (successUrl === null && failUrl === null) return { successUrl, failUrl };
  const message = failUrl === null ? 'INCORRECT_FAIL_URL_FORMAT' : 'INVALID_SUCCESS_URL';
  context.addIssue({ code: 'custom', message });
  return z.NEVER;
}

const isWebOrigin = (text: string): boolean =>
  /^https?:/.test(text) && URL.canParse(text) && new URL(text).origin === text;

/** Ours: the page that will show the window in a frame, as our own SDK says it. */
export const frameHost = z.object(
  {
    origin: z.string().max(300).refine(isWebOrigin, 'INVALID_REQUEST'),
    nonce: z.string().regex(/^\w{32}$/, 'INVALID_REQUEST'),
  },
  { error: 'INVALID_REQUEST' },
);
