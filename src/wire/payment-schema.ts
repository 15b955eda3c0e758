import * as z from 'zod';

/** `yyyy-MM-dd'T'HH:mm:ss+09:00` (payments.md 2.2). */
const koreanTime = z.string().regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+09:00$/);
const amount = z.number().min(0);

export const CardSchema = z.strictObject({
  issuerCode: z.string().length(2),
  acquirerCode: z.string().length(2).nullable(),
  number: z.string().max(20),
  installmentPlanMonths: z.int(),
  isInterestFree: z.boolean(),
  interestPayer: z.enum(['BUYER', 'CARD_COMPANY', 'MERCHANT']).nullable(),
  approveNo: z.string().max(8),
  useCardPoint: z.boolean(),
  cardType: z.enum(['신용', '체크', '기프트', '미확인']),
  ownerType: z.enum(['개인', '법인', '미확인']),
  acquireStatus: z.enum(['READY', 'REQUESTED', 'COMPLETED', 'CANCEL_REQUESTED', 'CANCELED']),
  amount,
});

export const CancelSchema = z.strictObject({
  transactionKey: z.string().max(64),
  cancelReason: z.string().max(200),
  taxExemptionAmount: amount,
  canceledAt: koreanTime,
  cardDiscountAmount: amount,
  transferDiscountAmount: amount,
  easyPayDiscountAmount: amount,
  receiptKey: z.string().max(200).nullable(),
  cancelAmount: z.number().positive(),
  taxFreeAmount: amount,
  refundableAmount: amount,
  cancelStatus: z.enum(['DONE', 'IN_PROGRESS', 'ABORTED']),
  cancelRequestId: z.string().nullable(),
});

/**
 * The Payment object of API version 2022-11-16 (payments.md 2), strict: a field too many or too few is an error.
 * The objects of methods that are not built yet can only be null.
 */
export const PaymentSchema = z.strictObject({
  mId: z.string().max(14),
  lastTransactionKey: z.string().max(64).nullable(),
  paymentKey: z.string().regex(/^[A-Za-z0-9_-]{1,200}$/),
  orderId: z.string().min(6).max(64),
  orderName: z.string().max(100),
  taxExemptionAmount: amount,
  status: z.enum([
    'READY',
    'IN_PROGRESS',
    'WAITING_FOR_DEPOSIT',
    'DONE',
    'CANCELED',
    'PARTIAL_CANCELED',
    'ABORTED',
    'EXPIRED',
  ]),
  requestedAt: koreanTime,
  approvedAt: koreanTime.nullable(),
  useEscrow: z.boolean().nullable(),
  cultureExpense: z.boolean(),
  card: CardSchema.nullable(),
  virtualAccount: z.null(),
  transfer: z.null(),
  mobilePhone: z.null(),
  giftCertificate: z.null(),
  cashReceipt: z.null(),
  cashReceipts: z.null(),
  discount: z.null(),
  cancels: z.array(CancelSchema).min(1).nullable(),
  secret: z
    .string()
    .regex(/^ps_[A-Za-z0-9]{28}$/)
    .nullable(),
  type: z.enum(['NORMAL', 'BILLING', 'BRANDPAY']),
  easyPay: z.strictObject({ provider: z.string(), amount, discountAmount: amount }).nullable(),
  country: z.string().length(2),
  failure: z.strictObject({ code: z.string(), message: z.string().max(510) }).nullable(),
  isPartialCancelable: z.boolean(),
  receipt: z.strictObject({ url: z.url() }).nullable(),
  checkout: z.strictObject({ url: z.url() }).nullable(),
  currency: z.enum(['KRW', 'USD', 'JPY']),
  totalAmount: amount,
  balanceAmount: amount,
  suppliedAmount: amount,
  vat: amount,
  taxFreeAmount: amount,
  method: z.enum(['카드', '간편결제']).nullable(),
  version: z.enum(['2022-11-16']),
  metadata: z.record(z.string(), z.string()).nullable(),
});

/** A Payment as it stands on the wire. */
export type PaymentWire = Readonly<z.infer<typeof PaymentSchema>>;
