import { koreanTime } from '../domain/instant.ts';
import type { Merchant } from '../domain/merchant.ts';
import type { Method } from '../domain/method.ts';
import { fromMinor, toMinor } from '../domain/money.ts';
import { balanceOf, type Cancel, isPartialCancelable, type Payment } from '../domain/payment.ts';
import { taxOf } from '../domain/tax.ts';
import { easyPayOf } from './codes.ts';
import type { PaymentWire } from './payment-schema.ts';

/** The payment window of a payment: `checkout.url` (payments.md 2.4). */
export const checkoutUrlOf = (payment: Payment): string =>
  `${payment.publicUrl}/v1/payments/${payment.paymentKey}/checkout`;

const METHOD_NAMES = {
  CARD: '카드',
  EASY_PAY: '간편결제',
} as const satisfies Record<Method['kind'], string>;

/** The test environment approves with this number (payments.md 2.3). */
const TEST_APPROVE_NO = '00000000';

/** Was it ever approved? Only then do the objects of the method stand in the answer (payments.md 2.7 [I]). */
const wasApproved = (payment: Payment): boolean => payment.secret !== null;

function presentCard(method: Method, amount: number): NonNullable<PaymentWire['card']> {
  const { card } = method;
  return {
    issuerCode: card.issuerCode,
    acquirerCode: card.acquirerCode,
    number: card.number,
    installmentPlanMonths: card.installmentPlanMonths,
    isInterestFree: card.isInterestFree,
    interestPayer: card.interestPayer,
    approveNo: TEST_APPROVE_NO,
    useCardPoint: card.useCardPoint,
    cardType: card.cardType,
    ownerType: card.ownerType,
    acquireStatus: 'READY',
    amount,
  };
}

/** `refundableAmount` is what was left after each cancel. */
function presentCancels(payment: Payment, cancels: readonly Cancel[]): NonNullable<PaymentWire['cancels']> {
  const { currency, totalAmount } = payment.order;
  let left = toMinor(totalAmount, currency);
  return cancels.map((cancel) => {
    left -= toMinor(cancel.cancelAmount, currency);
    return {
      transactionKey: cancel.transactionKey,
      cancelReason: cancel.cancelReason,
      taxExemptionAmount: cancel.taxExemptionAmount,
      canceledAt: koreanTime(cancel.canceledAt),
      cardDiscountAmount: 0,
      transferDiscountAmount: 0,
      easyPayDiscountAmount: 0,
      receiptKey: null,
      cancelAmount: cancel.cancelAmount,
      taxFreeAmount: cancel.taxFreeAmount,
      refundableAmount: fromMinor(left, currency),
      cancelStatus: 'DONE',
      cancelRequestId: null,
    };
  });
}

/** Paid with a registered card: no amount of its own (payments.md 2.5, first row). */
const presentEasyPay = (provider: string): NonNullable<PaymentWire['easyPay']> => ({
  provider: easyPayOf(provider)?.ko ?? provider,
  amount: 0,
  discountAmount: 0,
});

/**
 * The Payment object of API version 2022-11-16: keys in the order observed on the wire, all of them present,
 * null where they do not apply (payments.md 2.1).
 */
export function presentPayment(payment: Payment, merchant: Merchant): PaymentWire {
  const { order, method } = payment;
  const approved = wasApproved(payment);
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
    useEscrow: method === null ? null : false,
    cultureExpense: order.cultureExpense,
    card: approved && method !== null ? presentCard(method, order.totalAmount) : null,
    virtualAccount: null,
    transfer: null,
    mobilePhone: null,
    giftCertificate: null,
    cashReceipt: null,
    cashReceipts: null,
    discount: null,
    cancels: payment.cancels === null ? null : presentCancels(payment, payment.cancels),
    secret: payment.secret,
    type: 'NORMAL',
    easyPay: approved && method?.kind === 'EASY_PAY' ? presentEasyPay(method.provider) : null,
    country: 'KR',
    failure:
      payment.failure === null ? null : { code: payment.failure.code, message: payment.failure.message },
    isPartialCancelable: isPartialCancelable(payment),
    receipt: approved
      ? {
          url: `${payment.publicUrl}/receipt/redirection?transactionId=${payment.paymentKey}&ref=PX`,
        }
      : null,
    checkout: { url: checkoutUrlOf(payment) },
    currency: order.currency,
    totalAmount: order.totalAmount,
    balanceAmount: balance.balanceAmount,
    suppliedAmount,
    vat,
    taxFreeAmount: balance.taxFreeAmount,
    method: method === null ? null : METHOD_NAMES[method.kind],
    version: merchant.apiVersion,
    metadata: order.metadata,
  };
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
