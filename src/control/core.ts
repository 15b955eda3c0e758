import type { Wall } from '../clock/wall.ts';
import type { Webhook } from '../domain/delivery.ts';
import type { Merchant } from '../domain/merchant.ts';
import type { Clocks } from '../gateway/clocks.ts';
import type { Gateway } from '../gateway/gateway.ts';
import type { Chance } from '../store/chance.ts';
import type { RequestLog } from '../store/request-log.ts';
import type { Store, World } from '../store/store.ts';
import type { News } from './news.ts';

/** What the sandbox's own verbs work on. They are the same over HTTP and in a test's process. */
export interface Core {
  readonly gateway: Gateway;
  readonly store: Store;
  readonly clocks: Clocks;
  readonly chance: Chance;
  readonly wall: Wall;
  readonly requests: RequestLog;
  readonly news: News;
  /** The merchants that a reset brings back: the documentation's and those declared at the start. */
  readonly foundingMerchants: readonly Merchant[];
  /** The receivers for everybody that were declared at the start. */
  readonly foundingWebhooks: readonly Webhook[];
}

/** For whom a verb is meant: one merchant, or everybody when null. */
export type Whom = World | null;

/** The worlds a verb is meant for. */
export const worldsOf = (core: Core, whom: Whom): World[] =>
  whom === null ? [...core.store.worlds()] : [whom];

/** A wish that cannot be granted: what is wrong, in English, for the caller. */
export class ControlError extends Error {
  /** HTTP's: 400, 404 or 409, and whatever Toss Payments answers where the code is one of its own. */
  readonly status: number;
  readonly code: string;

  constructor(status: number, code: string, message: string) {
    super(message);
    this.status = status;
    this.code = code;
  }
}
