import { realWall } from '../clock/wall.ts';
import { type Core, worldsOf } from '../control/core.ts';
import { readHealth } from '../control/health.ts';
import { addMerchant, DOCUMENTATION_MERCHANT, worldOf } from '../control/merchants.ts';
import { MerchantBody } from '../wire/control.ts';
import type * as api from './api.ts';
import { keysToUse, merchantOf } from './merchant.ts';
import { refusing } from './refusing.ts';
import { settingOf } from './setting.ts';
import { verbsOf } from './verbs.ts';

/**
 * The object that a merchant's test holds.
 *
 * @param parts a core that is served at `url`, and how to stop serving it
 */
export function sandboxOf(parts: {
  readonly core: Core;
  readonly url: string;
  readonly publicUrl: string;
  readonly caFile: string | null;
  readonly stop: () => Promise<void>;
}): api.Sandbox {
  let closing: Promise<void> | undefined;
  const setting = settingOf({
    ...parts,
    wall: realWall,
    receivers: new Set(),
    isClosed: () => closing !== undefined,
  });
  const documentation = worldOf(parts.core, DOCUMENTATION_MERCHANT).merchant;

  const stop = async (): Promise<void> => {
    await parts.stop();
    // Last: webhooks that are under way still find them.
    await Promise.all([...setting.receivers].map((receiver) => receiver.close()));
  };
  const close = (): Promise<void> => {
    closing ??= stop();
    return closing;
  };
  return {
    url: parts.url,
    caFile: parts.caFile,
    ...keysToUse(documentation.keyPairs),
    ...verbsOf(setting, null, (readings) => readings),
    addMerchant: (wish = {}) =>
      refusing(() => merchantOf(setting, addMerchant(setting.core, MerchantBody.parse(wish)).mId)),
    merchant: (mId) => refusing(() => merchantOf(setting, mId)),
    merchants: () =>
      refusing(() => worldsOf(setting.core, null).map(({ merchant }) => merchantOf(setting, merchant.mId))),
    health: () => refusing(() => readHealth(setting.core)),
    close,
    [Symbol.asyncDispose]: close,
  };
}
