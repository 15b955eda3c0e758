import type { FastifyBaseLogger } from 'fastify';
import { DOCUMENTATION_MERCHANTS } from '../control/merchants.ts';
import type { KeyKind } from '../domain/keys.ts';
import type { Store, World } from '../store/store.ts';

/** For whom a key acts that nobody has; undefined when it stays refused. */
export type Adopt = (key: string, kind: KeyKind) => World | undefined;

/** Of so many keys it is known that they have been warned of. */
const WARNED_LIMIT = 1000;

/**
 * Lets test keys that nobody has act for the documentation's merchant of their kind, with one warning in the log for
 * each. Live keys, and all where that merchant has been removed, stay refused.
 */
export function newAdoption(store: Store, log: FastifyBaseLogger): Adopt {
  const warned = new Set<string>();
  return (key, { live, product }) => {
    const world = live ? undefined : store.world(DOCUMENTATION_MERCHANTS[product]);
    if (world === undefined || warned.has(key)) return world;
    if (warned.size >= WARNED_LIMIT) warned.clear();
    warned.add(key);
    log.warn(
      `Unknown key ${key.slice(0, 12)}… adopted: it acts for ${world.merchant.mId}, the documentation's merchant.`,
    );
    return world;
  };
}
