import { notYet, sdkError } from '../errors.ts';
import { createPayment, type PaymentInstance } from './payment.ts';

const ANONYMOUS = '@@ANONYMOUS';

/** Read at once: later, no script is the current one any more (browser-sdk.md 0 no. 7). */
const script = document.currentScript;
const origin =
  script instanceof HTMLScriptElement && script.src !== '' ? new URL(script.src).origin : location.origin;

interface TossPaymentsInstance {
  payment(options: { customerKey: string }): PaymentInstance;
  widgets(): never;
  brandpay(): never;
  requestPayment(): Promise<never>;
  requestBillingAuth(): Promise<never>;
  cancelPayment(): never;
}

/** Throws unless the keys are of the right shape and kind (browser-sdk.md 2.1). */
function checkKeys(clientKey: unknown, options: unknown): void {
  if (typeof clientKey !== 'string' || !/^(test|live)_g?ck_\w+$/.test(clientKey))
    throw sdkError('INVALID_CLIENT_KEY');
  if (/^(test|live)_gck_/.test(clientKey)) throw sdkError('NOT_SUPPORTED_WIDGET_KEY');
  if (typeof options !== 'object' || options === null) throw sdkError('INVALID_PARAMETERS');
  const { customerKey } = options as { customerKey?: unknown };
  if (typeof customerKey !== 'string') throw sdkError('INVALID_CUSTOMER_KEY');
  if (/^(test|live)_g?sk_/.test(customerKey)) throw sdkError('INSECURE_KEY_USAGE');
  if (!/^[\w\-=.@]{2,50}$/.test(customerKey)) throw sdkError('INVALID_CUSTOMER_KEY');
}

/** The global of `/v2/standard`. A plain function, so that `new TossPayments(key)` works too. */
function TossPayments(clientKey: string): TossPaymentsInstance {
  return {
    payment(options) {
      checkKeys(clientKey, options);
      return createPayment(origin, clientKey);
    },
    widgets() {
      throw notYet('widgets()');
    },
    brandpay() {
      throw notYet('brandpay()');
    },
    async requestPayment() {
      throw sdkError('V1_METHOD_NOT_SUPPORTED');
    },
    async requestBillingAuth() {
      throw sdkError('V1_METHOD_NOT_SUPPORTED');
    },
    cancelPayment() {
      throw sdkError('V1_METHOD_NOT_SUPPORTED');
    },
  };
}
TossPayments.ANONYMOUS = ANONYMOUS;

declare global {
  interface Window {
    TossPayments?: unknown;
  }
}

// The page may run the script twice: what is there stays (browser-sdk.md 0 no. 6). A plain assignment leaves the
// property writable and deletable, as the loaders need it (no. 2).
window.TossPayments ??= TossPayments;
window.dispatchEvent(new Event('TossPayments:initialize:TossPayments'));
