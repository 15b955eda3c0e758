import type { CashReceipt, CashReceiptRecord } from '../domain/cash-receipt.ts';
import { koreanTime } from '../domain/instant.ts';
import type { Payment } from '../domain/payment.ts';
import type { PaymentWire } from './payment-schema.ts';

const cashReceiptUrl = ({ publicUrl, order, mId }: Payment): string =>
  `${publicUrl}/receipts/cash-receipt/${order.orderId}/${mId}?ref=PX`;

/** The receipt that came with a payment (payments.md 2.3). */
export const presentCashReceipt = (payment: Payment, receipt: CashReceipt): PaymentWire['cashReceipt'] => ({
  type: receipt.type,
  receiptKey: receipt.receiptKey,
  issueNumber: receipt.issueNumber,
  receiptUrl: cashReceiptUrl(payment),
  amount: receipt.amount,
  taxFreeAmount: receipt.taxFreeAmount,
});

/** Its history (payments.md 2.3, cash-receipts.md 7). */
export const presentCashReceipts = (
  payment: Payment,
  records: readonly CashReceiptRecord[],
): PaymentWire['cashReceipts'] =>
  records.map((record) => ({
    receiptKey: record.receiptKey,
    orderId: payment.order.orderId,
    orderName: payment.order.orderName,
    type: record.type,
    issueNumber: record.issueNumber,
    receiptUrl: cashReceiptUrl(payment),
    // Measured with the public test key (cash-receipts.md 2).
    businessNumber: '',
    transactionType: record.transactionType,
    amount: record.amount,
    taxFreeAmount: record.taxFreeAmount,
    issueStatus: record.issueStatus,
    failure: null,
    customerIdentityNumber: record.customerIdentityNumber,
    requestedAt: koreanTime(record.requestedAt),
  }));
