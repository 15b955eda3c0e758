import type { KeyPair, Merchant } from '../domain/merchant.ts';
import { keysOf } from '../domain/merchant.ts';
import type { Store } from '../store/store.ts';
import { ControlError } from './core.ts';

/**
 * Takes merchants in at the start, those of the documentation first. Pairs that are known already, letter for
 * letter, are passed over: who declares the documentation's keys need not know that they work anyway.
 *
 * @returns the merchants that were taken in
 * @throws {ControlError} 409 when an mId or a key is another merchant's
 */
export function declareMerchants(store: Store, merchants: readonly Merchant[]): Merchant[] {
  return merchants.flatMap((merchant) => {
    const keyPairs = merchant.keyPairs.filter((pair) => !isKnown(store, pair));
    if (keyPairs.length === 0) return [];
    if (store.world(merchant.mId) !== undefined) {
      throw new ControlError(409, 'MERCHANT_DECLARED_TWICE', `merchant ${merchant.mId} is declared twice`);
    }
    const declared = { ...merchant, keyPairs };
    const taken = keysOf(declared).find((key) => store.worldOfKey(key) !== undefined);
    if (taken !== undefined) {
      const owner = store.worldOfKey(taken)?.merchant.mId;
      throw new ControlError(
        409,
        'KEY_DECLARED_TWICE',
        `${taken.slice(0, 12)}… is a key of ${owner} already`,
      );
    }
    store.commit({ mId: declared.mId, merchant: declared });
    return [declared];
  });
}

/** Are all keys of the pair those of one pair that is there? */
function isKnown(store: Store, pair: KeyPair): boolean {
  const keys = [pair.clientKey, ...pair.secretKeys].filter((key) => key !== null);
  const [first] = keys;
  const known = first === undefined ? undefined : store.worldOfKey(first)?.merchant.keyPairs;
  return (
    known?.some(({ clientKey, secretKeys }) =>
      keys.every((key) => key === clientKey || secretKeys.includes(key)),
    ) ?? false
  );
}
