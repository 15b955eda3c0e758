import type { ErrorCode } from './error-code.ts';
import { MINUTE_MS } from './instant.ts';

/** With what a confirm is refused while another of the same payment is being processed (payments.md 13 no. 28). */
export type ConcurrentConfirm = 'ALREADY_PROCESSING_REQUEST' | 'S008';

/** How the sandbox treats a merchant's calls: what a test sets, and a reset takes back. */
export interface Conduct {
  /** How long a confirm, a cancel or a payment by card number takes, in wall time; 0 answers at once. */
  readonly processingMs: number;
  readonly concurrentConfirm: ConcurrentConfirm;
  /** How long a cancel of foreign easy pay is under way, on the merchant's clock, and how it ends. */
  readonly foreignCancelMs: number;
  readonly foreignCancelOutcome: 'DONE' | 'ABORTED';
  /** May a widget's secret key work on payments of the individual keys, and the reverse? */
  readonly allowMixedKeys: boolean;
}

/** Of a merchant for which nobody has set anything. */
export const USUAL_CONDUCT: Conduct = {
  processingMs: 0,
  concurrentConfirm: 'ALREADY_PROCESSING_REQUEST',
  foreignCancelMs: MINUTE_MS,
  foreignCancelOutcome: 'DONE',
  allowMixedKeys: false,
};

/** For what a payment is claimed while that is being processed. */
export type SlowCommand = 'confirm' | 'cancel';

/**
 * What a second call gets while the first is being processed: the code, and a text of its own where the real
 * service does not send the catalogue's (payments.md 4.2, 4.5).
 */
export function busyAnswer(
  command: SlowCommand,
  conduct: Conduct,
): { readonly code: ErrorCode; readonly message: string | null } {
  if (command === 'cancel') return { code: 'FORBIDDEN_CONSECUTIVE_REQUEST', message: null };
  return conduct.concurrentConfirm === 'S008'
    ? { code: 'FAILED_PAYMENT_INTERNAL_SYSTEM_PROCESSING', message: '[S008] 기존 요청을 처리중입니다.' }
    : { code: 'ALREADY_PROCESSING_REQUEST', message: null };
}
