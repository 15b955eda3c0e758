import { koreanTime } from '../domain/instant.ts';
import { type ApiVersion, type Merchant, versionOf } from '../domain/merchant.ts';
import type { Method } from '../domain/method.ts';
import { fromMinor, toMinor } from '../domain/money.ts';
import { balanceOf, type Cancel, isPartialCancelable, type Payment, wasApproved } from '../domain/payment.ts';
import { taxOf } from '../domain/tax.ts';
import { presentCashReceipt, presentCashReceipts } from './cash-receipts.ts';
import { presentMethod } from './method-objects.ts';
import type { PaymentWire } from './payment-schema.ts';
import { isOlder, type OlderPayment, presentOlder } from './versions/older-payment.ts';

/** The payment window of a payment: `checkout.url` (payments.md 2.4). */
export const checkoutUrlOf = (payment: Payment): string =>
  `${payment.publicUrl}/v1/payments/${payment.paymentKey}/checkout`;

/** `method` on the wire (payments.md 2.2, 10.5). */
export const METHOD_NAMES = {
  CARD: '카드',
  EASY_PAY: '간편결제',
  VIRTUAL_ACCOUNT: '가상계좌',
  TRANSFER: '계좌이체',
  MOBILE_PHONE: '휴대폰',
  CULTURE_GIFT_CERTIFICATE: '문화상품권',
  BOOK_GIFT_CERTIFICATE: '도서문화상품권',
  GAME_GIFT_CERTIFICATE: '게임문화상품권',
  FOREIGN_EASY_PAY: '해외간편결제',
} as const satisfies Record<Method['kind'], string>;

/** Paid into an account, the receipt is another page (payments.md 2.4). */
const receiptUrl = ({ publicUrl, paymentKey, method }: Payment): string =>
  method?.kind === 'VIRTUAL_ACCOUNT'
    ? `${publicUrl}/receipt/payment-detail/bank-transfer?transactionId=${paymentKey}&ref=PX`
    : `${publicUrl}/receipt/redirection?transactionId=${paymentKey}&ref=PX`;

/** `refundableAmount` is what was left after each cancel, or will be after one that is under way [I]. */
function presentCancels(payment: Payment, cancels: readonly Cancel[]): NonNullable<PaymentWire['cancels']> {
  const { currency, totalAmount } = payment.order;
  let left = toMinor(totalAmount, currency);
  return cancels.map((cancel) => {
    const after = left - toMinor(cancel.cancelAmount, currency);
    if (cancel.cancelStatus === 'DONE') left = after;
    return {
      transactionKey: cancel.transactionKey,
      cancelReason: cancel.cancelReason,
      taxExemptionAmount: cancel.taxExemptionAmount,
      canceledAt: koreanTime(cancel.canceledAt),
      cardDiscountAmount: cancel.cardDiscountAmount,
      transferDiscountAmount: 0,
      easyPayDiscountAmount: cancel.easyPayDiscountAmount,
      receiptKey: cancel.receiptKey,
      cancelAmount: cancel.cancelAmount,
      taxFreeAmount: cancel.taxFreeAmount,
      refundableAmount: fromMinor(cancel.cancelStatus === 'ABORTED' ? left : after, currency),
      cancelStatus: cancel.cancelStatus,
      cancelRequestId: cancel.cancelRequestId,
    };
  });
}

/**
 * The Payment object since API version 2022-11-16: keys in the order observed on the wire, all of them present,
 * null where they do not apply (payments.md 2.1).
 */
function presentToday(payment: Payment, version: ApiVersion): PaymentWire {
  const { order, method } = payment;
  const objects = presentMethod(payment);
  const balance = balanceOf(payment);
  const { suppliedAmount, vat } = taxOf(balance);
  return {
    mId: payment.mId,
    lastTransactionKey: payment.lastTransactionKey,
    paymentKey: payment.paymentKey,
    orderId: order.orderId,
    orderName: order.orderName,
    taxExemptionAmount: balance.taxExemptionAmount,
    status: payment.status,
    requestedAt: koreanTime(payment.requestedAt),
    approvedAt: payment.approvedAt === null ? null : koreanTime(payment.approvedAt),
    // Null where no method is known: measured on EXPIRED.
    useEscrow: method === null ? null : order.useEscrow,
    cultureExpense: order.cultureExpense,
    card: objects.card,
    virtualAccount: objects.virtualAccount,
    transfer: objects.transfer,
    mobilePhone: objects.mobilePhone,
    giftCertificate: objects.giftCertificate,
    cashReceipt: payment.cashReceipt === null ? null : presentCashReceipt(payment, payment.cashReceipt),
    cashReceipts: payment.cashReceipts === null ? null : presentCashReceipts(payment, payment.cashReceipts),
    discount: objects.discount,
    cancels: payment.cancels === null ? null : presentCancels(payment, payment.cancels),
    secret: payment.secret,
    type: 'NORMAL',
    easyPay: objects.easyPay,
    country: 'KR',
    failure:
      payment.failure === null ? null : { code: payment.failure.code, message: payment.failure.message },
    isPartialCancelable: isPartialCancelable(payment),
    receipt: wasApproved(payment) ? { url: receiptUrl(payment) } : null,
    checkout: { url: checkoutUrlOf(payment) },
    currency: order.currency,
    totalAmount: order.totalAmount,
    balanceAmount: balance.balanceAmount,
    suppliedAmount,
    vat,
    taxFreeAmount: balance.taxFreeAmount,
    method: method === null ? null : METHOD_NAMES[method.kind],
    version,
    metadata: order.metadata,
  };
}

/** The Payment object in the version of its merchant, or of the widget (payments.md 9). */
export function presentPayment(payment: Payment, merchant: Merchant): PaymentWire | OlderPayment {
  const version = versionOf(payment, merchant);
  const today = presentToday(payment, version);
  return isOlder(version) ? presentOlder(today, payment.method) : today;
}

/** The reply to every call that answers with a Payment. */
export const renderPayment = (payment: Payment, merchant: Merchant): string =>
  JSON.stringify(presentPayment(payment, merchant));

/**
 * The reply to `POST /v1/payments`: the Payment and, beside `checkout.url`, a `paymentUrl` that the real service
 * does not have. A published write-up reads it (browser-sdk.md 4.9).
 */
export const renderOpenedPayment = (payment: Payment, merchant: Merchant): string =>
  JSON.stringify({
    ...presentPayment(payment, merchant),
    paymentUrl: checkoutUrlOf(payment),
  });
