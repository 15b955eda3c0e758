import type { Conduct } from '../domain/conduct.ts';
import { apiKeyOf, mIdOf, type Product, securityKeyOf } from '../domain/keys.ts';
import { type ApiVersion, type Merchant, USUAL_API_VERSION } from '../domain/merchant.ts';
import type { World } from '../store/store.ts';
import { ControlError, type Core, type Whom } from './core.ts';

/** The merchants of the documentation's keys, by their kind. */
export const DOCUMENTATION_MERCHANTS: Readonly<Record<Product, string>> = {
  individual: 'tvivarepublica',
  widget: 'tgen_docs',
};

/** The merchant that a call without a key speaks for where one is needed: the documentation's individual keys. */
export const DOCUMENTATION_MERCHANT = DOCUMENTATION_MERCHANTS.individual;

/** What a merchant that is added can be told to be. */
export interface MerchantWish {
  readonly name?: string | undefined;
  readonly apiVersion?: ApiVersion | undefined;
}

/** Adds a merchant with a fresh mId, a pair of keys for the API, one for the widget, and a security key. */
export function addMerchant(core: Core, wish: MerchantWish): Merchant {
  const { draw } = core.chance;
  let mId = mIdOf(draw);
  while (core.store.world(mId) !== undefined) mId = mIdOf(draw);
  const merchant: Merchant = {
    mId,
    name: wish.name ?? `테스트 상점 ${mId}`,
    keyPairs: [
      {
        product: 'individual',
        clientKey: apiKeyOf('ck', draw),
        secretKeys: [apiKeyOf('sk', draw)],
      },
      {
        product: 'widget',
        clientKey: apiKeyOf('gck', draw),
        secretKeys: [apiKeyOf('gsk', draw)],
      },
    ],
    securityKey: securityKeyOf(draw),
    apiVersion: wish.apiVersion ?? USUAL_API_VERSION,
  };
  core.store.commit({ mId, merchant });
  return merchant;
}

/** What of a merchant can be changed. */
export type MerchantChange = Partial<Conduct> & { readonly apiVersion?: ApiVersion };

/**
 * Changes how the sandbox treats a merchant's calls, and in which version it answers; what is not named stays. What is
 * being processed already goes on as it was begun, and webhooks on their way keep their bytes.
 */
export function changeMerchant(core: Core, world: World, { apiVersion, ...wish }: MerchantChange): void {
  const { merchant } = world;
  core.store.commit({
    mId: merchant.mId,
    conduct: { ...world.conduct, ...wish },
    ...(apiVersion !== undefined && { merchant: { ...merchant, apiVersion } }),
  });
}

/** Removes a merchant and everything that belongs to it. */
export function removeMerchant(core: Core, mId: string): void {
  worldOf(core, mId);
  core.gateway.interrupt(mId, 'removed');
  core.gateway.faults.clear(mId);
  core.clocks.drop(mId);
  core.store.remove(mId);
}

/** @throws {ControlError} 404 when there is no such merchant */
export function worldOf(core: Core, mId: string): World {
  const world = core.store.world(mId);
  if (world === undefined) throw new ControlError(404, 'NO_SUCH_MERCHANT', `There is no merchant ${mId}.`);
  return world;
}

/** The merchant's world, unless the call speaks for another merchant. @throws {ControlError} 404 */
export function ownWorldOf(core: Core, whom: Whom, mId: string): World {
  if (whom === null || whom.merchant.mId === mId) return worldOf(core, mId);
  throw new ControlError(404, 'NO_SUCH_MERCHANT', `There is no merchant ${mId}.`);
}

/** The individual keys of the public documentation, also while its merchant is removed. */
export function documentationKeysOf(core: Core): { clientKey: string; secretKey: string } {
  const documentation = core.foundingMerchants.find(({ mId }) => mId === DOCUMENTATION_MERCHANT);
  const pair = documentation?.keyPairs[0];
  return { clientKey: pair?.clientKey ?? '', secretKey: pair?.secretKeys[0] ?? '' };
}
