import type { Product } from '../domain/keys.ts';
import { isRefusal } from '../domain/refusal.ts';
import type { World } from '../store/store.ts';
import { presentPrepared } from '../wire/control-view.ts';
import { readPreparation } from '../wire/ending.ts';
import type { Core } from './core.ts';
import { DOCUMENTATION_MERCHANT, worldOf } from './merchants.ts';
import { cannotOpen, preparePayment } from './payments.ts';

/**
 * Does what a body of `POST /sandbox/payments` asks for.
 *
 * @param caller whose payment it is, and with which kind of keys; null: the documentation merchant's
 * @param publicUrl where the payment window will be
 * @throws {z.ZodError} when `outcome` or `confirmCode` is none
 * @throws {ControlError} with the status and code of Toss Payments when the payment cannot be opened
 */
export function prepareAsAsked(
  core: Core,
  caller: { readonly world: World; readonly product?: Product } | null,
  body: unknown,
  publicUrl: string,
): ReturnType<typeof presentPrepared> {
  const preparation = readPreparation(body);
  if (isRefusal(preparation)) throw cannotOpen(preparation);
  const world = caller?.world ?? worldOf(core, DOCUMENTATION_MERCHANT);
  const product = caller?.product ?? world.merchant.keyPairs[0]?.product ?? 'individual';
  const opening = { ...preparation.opening, product, publicUrl };
  const { payment, redirectUrl } = preparePayment(core, world, opening, preparation.ending);
  return presentPrepared(payment, redirectUrl);
}
