import type { SlowCommand } from '../domain/conduct.ts';
import type { Payment } from '../domain/payment.ts';
import type { Refusal } from '../domain/refusal.ts';

/** An operation whose checks are passed and that is yet to be carried out, within the same unit of work. */
export interface Processing<P extends Payment = Payment> {
  /** What nobody else may have meanwhile, and for what; null where there is no payment yet. */
  readonly claims: { readonly command: SlowCommand; readonly paymentKey: string } | null;
  readonly finish: () => P | Refusal;
}

/** Tells what is yet to be done from what is done. */
export const isProcessing = (outcome: Payment | Refusal | Processing): outcome is Processing =>
  'finish' in outcome;
