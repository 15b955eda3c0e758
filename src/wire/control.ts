import * as z from 'zod';
import { WEBHOOK_EVENTS } from '../domain/event.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS } from '../domain/instant.ts';
import { API_VERSIONS } from '../domain/merchant.ts';

/* Bodies of the sandbox's own API. Ours, so strict: an unknown field is a mistake and said to be one. */

/** An instant with its offset, e.g. `2026-03-05T10:15:30+09:00`. */
const instant = z.iso.datetime({
  offset: true,
  error: 'expected a date with an offset, e.g. 2026-03-05T10:15:30+09:00',
});
const at = instant.transform((text) => Date.parse(text));

export const AtBody = z.strictObject({ at });
export const HoldBody = z.strictObject({ at: at.optional() });

const span = z.number().min(0).optional();

/** How far to move the clock: the fields add up. Milliseconds come out. */
export const AdvanceBody = z
  .strictObject({
    days: span,
    hours: span,
    minutes: span,
    seconds: span,
    ms: span,
  })
  .refine((by) => Object.keys(by).length > 0, 'say how far: days, hours, minutes, seconds or ms')
  .transform(({ days = 0, hours = 0, minutes = 0, seconds = 0, ms = 0 }) =>
    Math.round(days * DAY_MS + hours * HOUR_MS + minutes * MINUTE_MS + seconds * SECOND_MS + ms),
  )
  .refine((byMs) => byMs <= 36_525 * DAY_MS, 'a hundred years at most');

export const MerchantBody = z.strictObject({
  name: z.string().min(1).max(100).optional(),
  apiVersion: z.enum(API_VERSIONS).optional(),
});

/** What of a merchant can be changed. A confirm of the real service takes up to 60 seconds (payments.md 4.2). */
export const MerchantChangeBody = z
  .strictObject({
    processingMs: z
      .int()
      .min(0)
      .max(10 * MINUTE_MS)
      .exactOptional(),
    concurrentConfirm: z.enum(['ALREADY_PROCESSING_REQUEST', 'S008']).exactOptional(),
    foreignCancelMs: z
      .int()
      .min(0)
      .max(30 * DAY_MS)
      .exactOptional(),
    foreignCancelOutcome: z.enum(['DONE', 'ABORTED']).exactOptional(),
    apiVersion: z.enum(API_VERSIONS).exactOptional(),
    allowMixedKeys: z.boolean().exactOptional(),
  })
  .refine(
    (wish) => Object.keys(wish).length > 0,
    'say what is to change: processingMs, concurrentConfirm, foreignCancelMs, foreignCancelOutcome, apiVersion or allowMixedKeys',
  );

/** Absent, exactly the amount is paid in, by the one who was to pay. */
export const DepositBody = z.strictObject({
  amount: z.number().nullable().default(null),
  depositorName: z.string().min(1).max(100).nullable().default(null),
});

/** How a cancel of foreign easy pay ends. */
export const CancelEndBody = z.strictObject({ outcome: z.enum(['DONE', 'ABORTED']).default('DONE') });

const word = z.string().min(1).nullable().default(null);

/** What is looked for in the request log. */
export const RequestQuery = z.strictObject({
  path: word,
  orderId: word,
  status: z.coerce.number().int().nullable().default(null),
});

/** Absent, `method`, `path` and `orderId` fit every call. */
export const FaultBody = z.strictObject({
  method: z
    .string()
    .toUpperCase()
    .pipe(z.enum(['GET', 'POST']))
    .nullable()
    .default(null),
  path: z.string().startsWith('/v1/').nullable().default(null),
  orderId: z.string().min(1).nullable().default(null),
  code: z.string().min(1),
  times: z.int().min(1).max(1_000_000).default(1),
});

export const WebhookEvents = z.array(z.enum(WEBHOOK_EVENTS)).min(1);

/** Absent, the receiver hears of everything. */
export const WebhookBody = z.strictObject({
  url: z.url({ protocol: /^https?$/ }),
  events: WebhookEvents.default([...WEBHOOK_EVENTS]),
  /** DEPOSIT_CALLBACK as other events are: for handlers that read its `eventType` and `data`. */
  wrapDepositCallback: z.boolean().default(false),
});
