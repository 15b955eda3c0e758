import type { CashReceiptWish, GiftCertificateMethod, Method, RefundAccount } from '../domain/method.ts';
import type { WindowRequest } from '../domain/payment.ts';
import { testCardOf } from './codes.ts';

/** A card, or an easy pay with a card or money of its own behind it. */
export interface CardChoice {
  readonly method: 'CARD';
  /** Two-character code of the card company, also of the card behind an easy pay. */
  readonly cardCompany: string;
  /** Request code of the easy pay, or null for a plain card. */
  readonly easyPay: string | null;
  /** Does the easy pay's account or prepaid money pay, and no card? */
  readonly isMoney: boolean;
  readonly installmentPlanMonths: number;
  readonly useCardPoint: boolean;
  /** Of a card the instant discount, of an easy pay the points. */
  readonly discountAmount: number;
}

export interface AccountChoice {
  readonly method: 'VIRTUAL_ACCOUNT';
  readonly bankCode: string;
  readonly customerName: string;
  readonly cashReceipt: CashReceiptWish | null;
  readonly refundReceiveAccount: RefundAccount | null;
}

export interface TransferChoice {
  readonly method: 'TRANSFER';
  readonly bankCode: string;
  readonly cashReceipt: CashReceiptWish | null;
}

export interface PhoneChoice {
  readonly method: 'MOBILE_PHONE';
  readonly carrier: string;
  readonly customerMobilePhone: string;
}

export interface GiftCertificateChoice {
  readonly method: GiftCertificateMethod['kind'];
}

export interface ForeignChoice {
  readonly method: 'FOREIGN_EASY_PAY';
  readonly provider: string;
}

/** What the shopper picked in the window. */
export type Choice =
  | CardChoice
  | AccountChoice
  | TransferChoice
  | PhoneChoice
  | GiftCertificateChoice
  | ForeignChoice;

/**
 * What the payment is then paid with. Points that pay the whole leave nothing to the card behind an easy pay
 * (payments.md 2.5).
 */
export function methodOfChoice(choice: Choice, totalAmount: number): Method {
  switch (choice.method) {
    case 'CARD': {
      const { easyPay, isMoney, discountAmount } = choice;
      const card = testCardOf(choice.cardCompany, choice);
      if (easyPay === null) return { kind: 'CARD', card, discountAmount };
      const isCard = !isMoney && discountAmount < totalAmount;
      return { kind: 'EASY_PAY', provider: easyPay, card: isCard ? card : null, discountAmount };
    }
    case 'VIRTUAL_ACCOUNT':
      return {
        kind: 'VIRTUAL_ACCOUNT',
        accountType: '일반',
        bankCode: choice.bankCode,
        customerName: choice.customerName,
        accountKey: null,
        cashReceipt: choice.cashReceipt,
        refundReceiveAccount: choice.refundReceiveAccount,
        account: null,
      };
    case 'TRANSFER':
      return { kind: 'TRANSFER', bankCode: choice.bankCode, cashReceipt: choice.cashReceipt };
    case 'MOBILE_PHONE':
      return {
        kind: 'MOBILE_PHONE',
        carrier: choice.carrier,
        customerMobilePhone: choice.customerMobilePhone,
      };
    case 'FOREIGN_EASY_PAY':
      return { kind: 'FOREIGN_EASY_PAY', provider: choice.provider };
    default:
      return { kind: choice.method };
  }
}

/** The shopper of a test: what is picked when nothing says otherwise. From the sample answers of payments.md 2.7. */
export const USUAL = {
  cardCompany: '61',
  transferBank: '88',
  accountBank: '20',
  customerName: '김토스',
  carrier: 'SKT',
  customerMobilePhone: '01012345678',
  foreignProvider: 'PAYPAL',
} as const;

/** What a test can say of the choice, beside what the request fixes. */
export interface ChoiceWish {
  readonly bank: string | null;
  readonly easyPayBy: 'CARD' | 'MONEY';
  readonly discountAmount: number;
}

/** The cash receipt that the merchant has preselected, for the phone number of the order. */
function preselectedReceipt({ account, customerMobilePhone }: WindowRequest): CashReceiptWish | null {
  const type = account?.cashReceiptType ?? '미발행';
  if (type === '미발행') return null;
  return { type, customerIdentityNumber: customerMobilePhone ?? USUAL.customerMobilePhone };
}

/** What a shopper picks who takes what is there: for tests without a browser. */
export function usualChoice(window: WindowRequest, wish: ChoiceWish): Choice {
  const phone = window.customerMobilePhone ?? USUAL.customerMobilePhone;
  switch (window.method) {
    case null:
    case 'CARD':
      return {
        method: 'CARD',
        cardCompany: window.cardCompany ?? USUAL.cardCompany,
        easyPay: window.easyPay,
        isMoney: window.easyPay !== null && wish.easyPayBy === 'MONEY',
        installmentPlanMonths: window.cardInstallmentPlan ?? 0,
        useCardPoint: window.useCardPoint ?? false,
        discountAmount: wish.discountAmount,
      };
    case 'VIRTUAL_ACCOUNT':
      return {
        method: 'VIRTUAL_ACCOUNT',
        bankCode: wish.bank ?? USUAL.accountBank,
        customerName: window.customerName ?? USUAL.customerName,
        cashReceipt: preselectedReceipt(window),
        refundReceiveAccount: window.account?.refundReceiveAccount ?? null,
      };
    case 'TRANSFER':
      return {
        method: 'TRANSFER',
        bankCode: wish.bank ?? USUAL.transferBank,
        cashReceipt: preselectedReceipt(window),
      };
    case 'MOBILE_PHONE':
      return {
        method: 'MOBILE_PHONE',
        carrier: window.mobileCarriers?.[0] ?? USUAL.carrier,
        customerMobilePhone: phone,
      };
    case 'FOREIGN_EASY_PAY':
      return { method: 'FOREIGN_EASY_PAY', provider: window.foreignProvider ?? USUAL.foreignProvider };
    default:
      return { method: window.method };
  }
}
