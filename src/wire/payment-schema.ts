import * as z from 'zod';
import { API_VERSIONS } from '../domain/merchant.ts';

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

const SettlementStatusSchema = z.enum(['INCOMPLETED', 'COMPLETED']);
const CashReceiptTypeSchema = z.enum(['소득공제', '지출증빙']);

export const VirtualAccountSchema = z.strictObject({
  accountNumber: z.string().max(20),
  accountType: z.enum(['일반', '고정']),
  bankCode: z.string().length(2),
  customerName: z.string().max(100),
  dueDate: koreanTime,
  expired: z.boolean(),
  settlementStatus: SettlementStatusSchema,
  refundStatus: z.enum(['NONE', 'PENDING', 'FAILED', 'PARTIAL_FAILED', 'COMPLETED']),
  refundReceiveAccount: z
    .strictObject({
      bankCode: z.string().length(2),
      accountNumber: z.string().max(20),
      holderName: z.string().max(100),
    })
    .nullable(),
  depositorName: z.string().nullable(),
});

export const CashReceiptSchema = z.strictObject({
  type: CashReceiptTypeSchema,
  receiptKey: z.string().max(200),
  issueNumber: z.string().max(9),
  receiptUrl: z.url(),
  amount,
  taxFreeAmount: amount,
});

export const CashReceiptRecordSchema = z.strictObject({
  receiptKey: z.string().max(200),
  orderId: z.string(),
  orderName: z.string(),
  type: CashReceiptTypeSchema,
  issueNumber: z.string().max(9),
  receiptUrl: z.url(),
  businessNumber: z.string(),
  transactionType: z.enum(['CONFIRM', 'CANCEL']),
  amount,
  taxFreeAmount: amount,
  issueStatus: z.enum(['IN_PROGRESS', 'COMPLETED', 'FAILED']),
  failure: z.strictObject({ code: z.string(), message: z.string() }).nullable(),
  customerIdentityNumber: z.string().max(30),
  requestedAt: koreanTime,
});

/** The Payment object of API version 2022-11-16 (payments.md 2), strict: a field too many or too few is an error. */
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
  virtualAccount: VirtualAccountSchema.nullable(),
  transfer: z
    .strictObject({ bankCode: z.string().length(2), settlementStatus: SettlementStatusSchema })
    .nullable(),
  mobilePhone: z
    .strictObject({
      customerMobilePhone: z.string().regex(/^\d{8,15}$/),
      settlementStatus: SettlementStatusSchema,
      receiptUrl: z.url(),
    })
    .nullable(),
  giftCertificate: z
    .strictObject({ approveNo: z.string().max(8), settlementStatus: SettlementStatusSchema })
    .nullable(),
  cashReceipt: CashReceiptSchema.nullable(),
  cashReceipts: z.array(CashReceiptRecordSchema).min(1).nullable(),
  discount: z.strictObject({ amount }).nullable(),
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
  method: z
    .enum([
      '카드',
      '간편결제',
      '가상계좌',
      '계좌이체',
      '휴대폰',
      '문화상품권',
      '도서문화상품권',
      '게임문화상품권',
      '해외간편결제',
    ])
    .nullable(),
  version: z.enum(API_VERSIONS),
  metadata: z.record(z.string(), z.string()).nullable(),
});

/** A Payment as it stands on the wire. */
export type PaymentWire = Readonly<z.infer<typeof PaymentSchema>>;
