import * as z from 'zod';
import { optional, text, textOf } from './fields.ts';

/* The fields that every payment is asked for with, whichever way (payments.md 2.2, 4.1). */

/** `=` is allowed on SDK pages and `.` in one published schema (payments.md 13 no. 21). */
export const orderId = text('INVALID_ORDER_ID').pipe(
  z.string().regex(/^[A-Za-z0-9_\-=.]{6,64}$/, 'INVALID_ORDER_ID'),
);

/** At most 5 pairs; keys without brackets (payments.md 2.2). */
export const metadata = z
  .record(
    z
      .string()
      .min(1)
      .max(40)
      .regex(/^[^[\]]*$/),
    z.string().max(2000),
    { error: 'INVALID_REQUEST' },
  )
  .refine((pairs) => Object.keys(pairs).length <= 5, 'INVALID_REQUEST');

export const orderFields = {
  orderId,
  orderName: textOf(1, 100, 'INVALID_ORDER_NAME'),
};

export const customerFields = {
  customerName: optional(textOf(0, 100)),
  customerEmail: optional(text('INVALID_EMAIL').pipe(z.email('INVALID_EMAIL').max(100, 'INVALID_EMAIL'))),
  customerMobilePhone: optional(text('INVALID_PHONE').pipe(z.string().regex(/^\d{8,15}$/, 'INVALID_PHONE'))),
};
