import { koreanTime } from '../domain/instant.ts';
import type { Card, VirtualAccountMethod } from '../domain/method.ts';
import { type Payment, wasApproved } from '../domain/payment.ts';
import { easyPayOf } from './codes.ts';
import type { PaymentWire } from './payment-schema.ts';

/** The test environment approves with this number (payments.md 2.3). */
const TEST_APPROVE_NO = '00000000';

function presentCard(card: Card, amount: number): NonNullable<PaymentWire['card']> {
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

/** Where nothing is said of it: no source shows these change in the test environment (payments.md 13 no. 13). */
const UNSETTLED = 'INCOMPLETED';

function presentAccount(method: VirtualAccountMethod): PaymentWire['virtualAccount'] {
  const { account, refundReceiveAccount } = method;
  if (account === null) return null;
  return {
    accountNumber: account.accountNumber,
    accountType: method.accountType,
    bankCode: method.bankCode,
    customerName: method.customerName,
    dueDate: koreanTime(account.dueAt),
    expired: account.expired,
    settlementStatus: UNSETTLED,
    refundStatus: 'NONE',
    refundReceiveAccount: refundReceiveAccount && {
      bankCode: refundReceiveAccount.bankCode,
      accountNumber: refundReceiveAccount.accountNumber,
      holderName: refundReceiveAccount.holderName,
    },
    depositorName: account.depositorName,
  };
}

/** The objects of the methods; all but one or two of them are null. */
export interface MethodObjects {
  card: PaymentWire['card'];
  virtualAccount: PaymentWire['virtualAccount'];
  transfer: PaymentWire['transfer'];
  mobilePhone: PaymentWire['mobilePhone'];
  giftCertificate: PaymentWire['giftCertificate'];
  discount: PaymentWire['discount'];
  easyPay: PaymentWire['easyPay'];
}

/** Before the approval nothing is said of the method but its name (payments.md 2.7 [I]). */
export function presentMethod(payment: Payment): MethodObjects {
  const { method, order } = payment;
  const objects: MethodObjects = {
    card: null,
    virtualAccount: null,
    transfer: null,
    mobilePhone: null,
    giftCertificate: null,
    discount: null,
    easyPay: null,
  };
  if (method === null || !wasApproved(payment)) return objects;
  switch (method.kind) {
    case 'CARD':
      objects.card = presentCard(method.card, order.totalAmount);
      if (method.discountAmount > 0) objects.discount = { amount: method.discountAmount };
      break;
    case 'EASY_PAY': {
      // payments.md 2.5: card and money are never mixed, points go with either.
      const { card, discountAmount } = method;
      const rest = order.totalAmount - discountAmount;
      if (card !== null) objects.card = presentCard(card, rest);
      objects.easyPay = {
        provider: easyPayOf(method.provider)?.ko ?? method.provider,
        amount: card === null ? rest : 0,
        discountAmount,
      };
      break;
    }
    case 'VIRTUAL_ACCOUNT':
      objects.virtualAccount = presentAccount(method);
      break;
    case 'TRANSFER':
      objects.transfer = { bankCode: method.bankCode, settlementStatus: UNSETTLED };
      break;
    case 'MOBILE_PHONE':
      objects.mobilePhone = {
        customerMobilePhone: method.customerMobilePhone,
        settlementStatus: UNSETTLED,
        receiptUrl: `${payment.publicUrl}/receipt/mobilephone?transactionId=${payment.paymentKey}&ref=PX`,
      };
      break;
    case 'FOREIGN_EASY_PAY':
      // What stands in the answer is not published for today's versions: an easy pay that is paid by its own money [I].
      objects.easyPay = { provider: method.provider, amount: order.totalAmount, discountAmount: 0 };
      break;
    default:
      objects.giftCertificate = { approveNo: TEST_APPROVE_NO, settlementStatus: UNSETTLED };
  }
  return objects;
}
