import type { FrameHost, Payment } from '../../domain/payment.ts';
import type { FormState } from './inputs.tsx';

/** A look at the window: whose order it is, where it is shown, and what the shopper has said so far. */
export interface Visit {
  readonly payment: Payment;
  readonly merchantName: string;
  /** Who shows it in a frame; null when it is a page of its own. */
  readonly frame: FrameHost | null;
  readonly form: FormState;
}
