import type { Delivery } from '../domain/delivery.ts';
import type { PaymentEvent } from '../domain/event.ts';
import type { Target } from '../domain/fault.ts';
import type { Merchant } from '../domain/merchant.ts';
import type { Payment } from '../domain/payment.ts';
import type { Refusal } from '../domain/refusal.ts';
import type { World } from '../store/store.ts';
import type { Processing } from './processing.ts';
import type { Work } from './work.ts';

/** `ko` unless the caller asked for English. */
export type Language = 'ko' | 'en';

/** An error as it is answered. */
export interface ErrorText {
  readonly status: number;
  readonly code: string;
  readonly message: string;
}

/** What the gateway needs from the floors above it: how things are said, and to whom. */
export interface Voice {
  /** Status and text of a code as the called endpoint has it; a code outside the catalogue is INVALID_TEST_CODE. */
  describe(code: string, api: string, language: Language): ErrorText;
  /** The JSON of an error. */
  presentError(error: ErrorText): string;
  /** One delivery for every receiver that is to hear of the event; its bytes are fixed here. */
  announce(event: PaymentEvent, payment: Payment, work: Work): Delivery[];
}

/** Who asks for an operation, and how. */
export interface Call {
  readonly world: World;
  /** Name of the endpoint in the error catalogue. */
  readonly api: string;
  readonly language: Language;
  readonly traceId: string;
  /** What is called, for the failures that a test has ordered. */
  readonly target: Target;
  /** The error the caller ordered with `TossPayments-Test-Code`. */
  readonly testCode: string | null;
  readonly idempotency: { readonly key: string; readonly scope: string } | null;
  /** The JSON of the payment that is answered with, as the merchant's API version shapes it. */
  readonly render: (payment: Payment, merchant: Merchant) => string;
}

/** What goes back to the caller. A replayed answer also names the request it was first given to. */
export interface Reply {
  readonly status: number;
  readonly body: string;
  readonly firstTraceId: string | null;
}

/** Asked once, or twice when it takes time: at the claim it is only checked, at the commit carried out. */
export type Operation = (work: Work) => Payment | Refusal | Processing;
