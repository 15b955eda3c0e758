import { type Instant, MINUTE_MS } from './instant.ts';

/**
 * What a merchant's agenda can hold: a payment's time limit, the next attempt of a delivery, the due date of a virtual
 * account, the end of a cancel that is under way, the moment at which a refund account is forgotten.
 */
export type JobKind = 'lapse' | 'deliver' | 'closeAccount' | 'settleCancel' | 'forgetRefundAccount';

/** Something that is due at a moment. Data, so that it survives a restart. */
export interface Job {
  readonly kind: JobKind;
  /** The payment or the delivery it is about. There is at most one job of a kind for a key. */
  readonly key: string;
  readonly dueAt: Instant;
  /** Order among jobs that are due at once: the earlier planned goes first. */
  readonly seq: number;
}

/** READY lapses 30 minutes after the window was opened; reloading it extends nothing (payments.md 3). */
export const AUTHENTICATION_LIMIT_MS = 30 * MINUTE_MS;

/** IN_PROGRESS lapses 10 minutes after authentication (payments.md 3). */
export const CONFIRM_LIMIT_MS = 10 * MINUTE_MS;

/** A refund account given in the window can be read for 30 minutes from its opening (virtual-accounts.md 10). */
export const REFUND_ACCOUNT_LIMIT_MS = 30 * MINUTE_MS;

/** The name of a job in maps: a kind has no space in it. */
export const jobId = (job: Pick<Job, 'kind' | 'key'>): string => `${job.kind} ${job.key}`;
