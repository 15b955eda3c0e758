import type { WindowReport } from '../../wire/window-message.ts';
import { notYet, requestFailed, sdkError } from '../errors.ts';
import { newNonce, showOverlay } from '../overlay.ts';
import type { Fields } from './fields.ts';
import { openPayment } from './open-payment.ts';
import { checkRequest, isPromiseMode, plainRequest } from './request.ts';
import { warnOfUnknownFields } from './unknown-fields.ts';

type Result = Extract<WindowReport, { type: 'succeeded' }>['result'];

/** `payment()` of the v2 SDK, as far as it is built (browser-sdk.md 2.4). */
export interface PaymentInstance {
  /** Resolves in promise mode only: in redirect mode the page is gone before. */
  requestPayment(request: unknown): Promise<Result>;
  requestBillingAuth(request: unknown): Promise<void>;
  destroy(): Promise<void>;
}

/** As the v1 script tells it (browser-sdk.md 2.11). */
const isMobile = (): boolean =>
  (/iPad|iPhone|iPod/.test(navigator.userAgent) && !('MSStream' in window)) ||
  /Android/.test(navigator.userAgent);

/** A frame reports to the origin of its page; a page without one (a file, an app's own scheme) is left for the window. */
const canHoldFrame = (): boolean => /^https?:/.test(window.location.origin);

/** The login of a foreign easy pay is a page of its own (browser-sdk.md 2.11, 4.7). */
const isOverlay = ({ method, windowTarget }: Fields): boolean =>
  method !== 'FOREIGN_EASY_PAY' && windowTarget !== 'self' && !isMobile() && canHoldFrame();

const isDirect = ({ method, card }: Fields): boolean =>
  method === 'CARD' && (card as Fields | null | undefined)?.['flowMode'] === 'DIRECT';

/** What runs in this page; whichever object it was asked of, there is one window at a time. */
let running: AbortController | null = null;

/**
 * Leaves the page, and keeps the promise open: it must not resolve first (browser-sdk.md 0 no. 5). Who comes back out of
 * the browser's cache may make a new request.
 */
const leaveFor = (url: string, request: AbortController): Promise<never> =>
  new Promise((_resolve, reject) => {
    request.signal.addEventListener('abort', () => reject(request.signal.reason));
    window.addEventListener('pageshow', ({ persisted }) => {
      if (persisted && running === request) running = null;
    });
    window.location.assign(url);
  });

/** Opens the window and sees it to its end; the controller calls it off. */
async function carryOut(
  origin: string,
  clientKey: string,
  request: Fields,
  controller: AbortController,
): Promise<Result> {
  const { signal } = controller;
  if (!isOverlay(request)) return leaveFor(await openPayment(origin, clientKey, request, signal), controller);
  const nonce = newNonce();
  const frame = { origin: window.location.origin, nonce };
  const url = await openPayment(origin, clientKey, { ...request, frame }, signal);
  signal.throwIfAborted();
  const report = await showOverlay(url, nonce, isDirect(request), signal);
  switch (report.type) {
    case 'succeeded':
      return report.result;
    case 'failed':
      throw requestFailed(report.code, report.message);
    case 'closed':
      throw sdkError('USER_CANCEL');
    case 'redirect':
      return leaveFor(report.url, controller);
  }
}

/** Makes the object that `TossPayments(clientKey).payment({ customerKey })` answers with. */
export function createPayment(origin: string, clientKey: string): PaymentInstance {
  let own: AbortController | null = null;

  return {
    async requestPayment(request) {
      if (running !== null) throw sdkError('INVALID_METHOD_TRANSACTION');
      const fields = plainRequest(request);
      checkRequest(fields);
      if (isPromiseMode(fields) && !isOverlay(fields)) throw sdkError('NOT_SUPPORTED_PROMISE');
      warnOfUnknownFields(fields);
      const controller = new AbortController();
      running = controller;
      own = controller;
      try {
        return await carryOut(origin, clientKey, fields, controller);
      } finally {
        if (running === controller) running = null;
      }
    },
    async requestBillingAuth() {
      throw notYet('requestBillingAuth');
    },
    async destroy() {
      if (running === null || running !== own) throw sdkError('NO_ACTIVE_PAYMENT_REQUEST');
      running = null;
      own.abort(sdkError('PAYMENT_REQUEST_ABORTED'));
    },
  };
}
