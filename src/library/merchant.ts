import { changeMerchant, removeMerchant, worldOf } from '../control/merchants.ts';
import { MerchantChangeBody } from '../wire/control.ts';
import { presentWorld } from '../wire/control-view.ts';
import type * as api from './api.ts';
import { promising } from './refusing.ts';
import type { Setting } from './setting.ts';
import { verbsOf } from './verbs.ts';

const only = (readings: api.ClockReading[]): api.ClockReading => {
  const [reading] = readings;
  if (reading === undefined) throw new Error('A merchant has no clock.');
  return reading;
};

/** The keys to configure with: of the first pair. Empty where the documentation publishes only the other half. */
export function keysToUse(keyPairs: readonly api.KeyPair[]): api.Keys {
  const [pair] = keyPairs;
  const secretKey = pair?.secretKeys[0] ?? '';
  return {
    clientKey: pair?.clientKey ?? '',
    secretKey,
    authorization: `Basic ${Buffer.from(`${secretKey}:`).toString('base64')}`,
  };
}

/** A merchant with its document, its keys and its verbs. @throws {ControlError} 404 when there is no such merchant */
export function merchantOf(setting: Setting, mId: string): api.Merchant {
  const document = presentWorld(worldOf(setting.core, mId));
  return {
    ...document,
    ...keysToUse(document.keyPairs),
    ...verbsOf(setting, mId, only),
    change: (wish) =>
      promising(() => {
        changeMerchant(setting.core, worldOf(setting.core, mId), MerchantChangeBody.parse(wish));
        return merchantOf(setting, mId);
      }),
    remove: () => promising(() => removeMerchant(setting.core, mId)),
  };
}
