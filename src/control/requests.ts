import { strikes } from '../domain/fault.ts';
import type { LoggedRequest } from '../store/request-log.ts';
import { callOf } from '../wire/api.ts';
import { orderIdOfCall } from '../wire/order-of-call.ts';
import { type Core, type Whom, worldsOf } from './core.ts';

/** Which calls are looked for; null asks for nothing. */
export interface RequestFilter {
  /** As the API table writes it, or one path letter for letter. */
  readonly path: string | null;
  readonly orderId: string | null;
  readonly status: number | null;
}

/** The calls of a merchant, or all of them and those with keys that are nobody's, newest last. */
export function listRequests(core: Core, whom: Whom, filter: RequestFilter): LoggedRequest[] {
  const { path, orderId, status } = filter;
  return core.requests.list(worldsOf(core, whom), whom === null).filter((request) => {
    if (status !== null && request.status !== status) return false;
    const { method, url, mId, requestBody } = request;
    const call = callOf(method, url);
    const called = { path: call?.endpoint.path ?? '', id: call?.id ?? '', body: requestBody };
    const world = mId === null ? null : (core.store.world(mId) ?? null);
    return strikes(
      { method: null, path, orderId },
      { method, path: called.path, url, orderId: () => orderIdOfCall(called, world) },
    );
  });
}

/** Forgets the calls of a merchant, or all there are. */
export const removeRequests = (core: Core, whom: Whom): void =>
  core.requests.clear(worldsOf(core, whom), whom === null);
