import type { Logger } from 'pino';
import type { Delivery } from '../domain/delivery.ts';
import { koreanTime } from '../domain/instant.ts';
import type { Job } from '../domain/job.ts';
import type { Gateway } from '../gateway/gateway.ts';
import { recordAttempt } from '../gateway/record-attempt.ts';
import type { World } from '../store/store.ts';
import { envelopeAdvice } from './envelope-advice.ts';
import type { Send } from './send.ts';

/** Makes one attempt to deliver and takes down how it went. */
export async function deliver(
  parts: {
    gateway: Gateway;
    send: Send;
    now: () => number;
    log: Logger;
    adviseOnce: (advice: string) => void;
  },
  world: World,
  job: Job,
): Promise<void> {
  const delivery = world.delivery(job.key);
  if (delivery === undefined) return;
  const at = parts.now();
  const { retriedCount, resends } = delivery;
  const outcome = await parts.send(
    delivery.url,
    {
      'content-type': 'application/json',
      'tosspayments-webhook-transmission-time': koreanTime(at),
      'tosspayments-webhook-transmission-retried-count': String(retriedCount),
      'tosspayments-webhook-transmission-id': delivery.transmissionId,
    },
    delivery.bytes,
  );
  // The merchant may have been removed while its receiver was thinking.
  if (parts.gateway.store.world(world.merchant.mId) !== world) return;
  const attempt = { at, retriedCount, ...outcome };
  const after = parts.gateway.carryOut(
    world,
    (work) => recordAttempt(work, job.key, attempt, resends),
    parts.now(),
  );
  if (after === null) return;
  report(parts.log, after);
  const advice = envelopeAdvice(after);
  if (advice !== null) parts.adviseOnce(advice);
}

const LOCAL_HOSTS = new Set(['localhost', '127.0.0.1', '[::1]']);

/** Says in the log what the developer centre would show, and what may help. */
function report(log: Logger, delivery: Delivery): void {
  const last = delivery.attempts.at(-1);
  if (last === undefined || delivery.state === 'COMPLETED') return;
  const why = last.status === null ? last.error : `status ${last.status}, and only 200 counts`;
  const what = `Webhook ${delivery.event} to ${delivery.url}`;
  if (delivery.state === 'FAILED') {
    // Here the real service sends the merchant a mail (webhooks.md 8).
    log.warn(
      { transmissionId: delivery.transmissionId },
      `${what} has failed for good after ${last.retriedCount + 1} attempts (${why}). The real service would mail the merchant now.`,
    );
    return;
  }
  const hint =
    last.error === 'ECONNREFUSED' && LOCAL_HOSTS.has(new URL(delivery.url).hostname)
      ? ' If the sandbox runs in a container and the receiver on its host, register it as host.docker.internal.'
      : '';
  log.info(
    { transmissionId: delivery.transmissionId },
    `${what} was not taken (${why}); it will be retried.${hint}`,
  );
}
