import type { Product } from './keys.ts';

/** Keys that belong together. A key published without its other half has none. */
export interface KeyPair {
  readonly product: Product;
  readonly clientKey: string | null;
  /** One as a rule; more where published write-ups use several with one client key. */
  readonly secretKeys: readonly string[];
}

/** The versions of the API, oldest first (payments.md 9). */
export const API_VERSIONS = [
  '1.0',
  '1.1',
  '1.2',
  '1.3',
  '1.4',
  '2022-06-08',
  '2022-07-27',
  '2022-11-16',
  '2024-06-01',
] as const;

export type ApiVersion = (typeof API_VERSIONS)[number];

/** What a merchant is on of which nothing else is said: the version that most of the documentation shows. */
export const USUAL_API_VERSION: ApiVersion = '2022-11-16';

/** The version that payments of widget keys always have (payments.md 1.3). */
export const WIDGET_API_VERSION: ApiVersion = '2022-11-16';

/** In which version a payment is shown: its merchant's, unless it was opened with widget keys. */
export const versionOf = (payment: { readonly product: Product }, merchant: Merchant): ApiVersion =>
  payment.product === 'widget' ? WIDGET_API_VERSION : merchant.apiVersion;

/** Is a version as new as another, or newer? */
export const isSince = (version: ApiVersion, first: ApiVersion): boolean =>
  API_VERSIONS.indexOf(version) >= API_VERSIONS.indexOf(first);

/** Up to 1.4 a deposit that the bank takes back cancels the payment (virtual-accounts.md 11). */
export const hasDepositErrorAsCancel = (
  payment: { readonly product: Product },
  merchant: Merchant,
): boolean => !isSince(versionOf(payment, merchant), '2022-06-08');

/** A merchant (상점) of Toss Payments: the owner of keys, payments, webhooks and a clock. */
export interface Merchant {
  /** At most 14 characters. */
  readonly mId: string;
  /** Shown to the shopper in the payment window. */
  readonly name: string;
  readonly keyPairs: readonly KeyPair[];
  /** 64 hex characters. Not for authentication: for signatures and encrypted bodies. */
  readonly securityKey: string;
  readonly apiVersion: ApiVersion;
}

/** Every key with which the merchant can be named. */
export const keysOf = (merchant: Merchant): string[] =>
  merchant.keyPairs.flatMap((pair) => [
    ...(pair.clientKey === null ? [] : [pair.clientKey]),
    ...pair.secretKeys,
  ]);
