import type { Product } from './keys.ts';

/** Keys that belong together. A key published without its other half has none. */
export interface KeyPair {
  readonly product: Product;
  readonly clientKey: string | null;
  /** One as a rule; more where published write-ups use several with one client key. */
  readonly secretKeys: readonly string[];
}

/** Only what a version changes in the answers is built yet: see the README, "not yet". */
export type ApiVersion = '2022-11-16';

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
