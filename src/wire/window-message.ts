/** What a window in a frame tells the page that shows it (browser-sdk.md 2.11). The messages are our own. */
export type WindowReport =
  /** The shopper pressed X. */
  | { readonly type: 'closed' }
  /** Redirect mode: the whole page goes there. */
  | { readonly type: 'redirect'; readonly url: string }
  /** Promise mode: authenticated, what the promise resolves with. */
  | {
      readonly type: 'succeeded';
      readonly result: {
        readonly paymentKey: string;
        readonly orderId: string;
        readonly amount: { readonly value: number; readonly currency: string };
      };
    }
  /** Promise mode: what the promise rejects with. */
  | { readonly type: 'failed'; readonly code: string; readonly message: string };

/** The message that is posted: the nonce says for which of a page's windows. */
export interface WindowMessage {
  readonly nonce: string;
  readonly report: WindowReport;
}
