import { RUNNING } from '../domain/clock-state.ts';
import { USUAL_CONDUCT } from '../domain/conduct.ts';
import { type Core, type Whom, worldsOf } from './core.ts';
import { removeRequests } from './requests.ts';

/**
 * Empties a merchant's world: payments, journal, deliveries, request log, idempotent replies, its own webhooks, faults
 * and processing time; the clock runs as at the beginning. For the whole sandbox also the merchants go that were added
 * since the start, and the webhooks for everybody that did not come with it; those that were there at the start come
 * back as they were, removed or put on another API version.
 */
export function reset(core: Core, whom: Whom): void {
  const founders = new Set(core.foundingMerchants.map(({ mId }) => mId));
  core.gateway.faults.clear(whom?.merchant.mId ?? null);
  removeRequests(core, whom);
  for (const { merchant } of worldsOf(core, whom)) {
    const { mId } = merchant;
    core.gateway.interrupt(mId, 'reset');
    if (whom === null && !founders.has(mId)) {
      core.clocks.drop(mId);
      core.store.remove(mId);
    } else {
      core.store.commit({ mId, cleared: true, webhooks: [], conduct: USUAL_CONDUCT });
      core.clocks.of(mId).reset(RUNNING);
    }
  }
  if (whom !== null) return;
  for (const merchant of core.foundingMerchants) core.store.commit({ mId: merchant.mId, merchant });
  core.store.shareWebhooks(core.foundingWebhooks);
}
