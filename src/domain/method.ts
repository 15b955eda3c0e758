import type { Instant } from './instant.ts';

export type CardType = '신용' | '체크' | '기프트' | '미확인';
export type OwnerType = '개인' | '법인' | '미확인';
export type InterestPayer = 'BUYER' | 'CARD_COMPANY' | 'MERCHANT';

/** A card as the shopper authenticated it (payments.md 2.3). */
export interface Card {
  /** Two characters of the card companies' code table. */
  readonly issuerCode: string;
  readonly acquirerCode: string | null;
  /** Masked: the first 8 digits, four asterisks, three digits, an asterisk. */
  readonly number: string;
  readonly cardType: CardType;
  readonly ownerType: OwnerType;
  /** 0 is a lump sum. */
  readonly installmentPlanMonths: number;
  readonly isInterestFree: boolean;
  readonly interestPayer: InterestPayer | null;
  readonly useCardPoint: boolean;
}

/** From so many won on a card may be paid by the month (payments.md 4.6, browser-sdk.md 4.3). */
export const INSTALLMENT_MINIMUM = 50_000;

export interface CardMethod {
  readonly kind: 'CARD';
  readonly card: Card;
  /** Instant discount of the card company, 즉시 할인; contained in the amount asked of it. */
  readonly discountAmount: number;
}

/** Easy pay: a registered card or money of its own behind it, and points (payments.md 2.5). */
export interface EasyPayMethod {
  readonly kind: 'EASY_PAY';
  /** Request code of the easy-pay table, e.g. `TOSSPAY`. */
  readonly provider: string;
  /** Null when an account or prepaid money pays, or points alone. */
  readonly card: Card | null;
  /** Points and coupons; the rest comes from the card or the money. */
  readonly discountAmount: number;
}

export type CashReceiptType = '소득공제' | '지출증빙';

/** The cash receipt that the shopper wants along with the payment. */
export interface CashReceiptWish {
  readonly type: CashReceiptType;
  /** Digits: a phone, business or cash-receipt card number. */
  readonly customerIdentityNumber: string;
}

/** Where money goes back to. */
export interface RefundAccount {
  readonly bankCode: string;
  readonly accountNumber: string;
  readonly holderName: string;
}

export type AccountType = '일반' | '고정';

/** The account that the bank issued (virtual-accounts.md 4). */
export interface VirtualAccount {
  /** `X` and digits in the test environment. */
  readonly accountNumber: string;
  readonly dueAt: Instant;
  /** Who has paid in; null before the deposit. */
  readonly depositorName: string | null;
  /** Has the due date passed without a deposit? */
  readonly expired: boolean;
}

export interface VirtualAccountMethod {
  readonly kind: 'VIRTUAL_ACCOUNT';
  readonly accountType: AccountType;
  readonly bankCode: string;
  readonly customerName: string;
  /** Of a fixed account, 고정: the same key brings the same number again. */
  readonly accountKey: string | null;
  readonly cashReceipt: CashReceiptWish | null;
  /** Given in the window for a later cancel; forgotten 30 minutes after it was opened (virtual-accounts.md 10). */
  readonly refundReceiveAccount: RefundAccount | null;
  /** Null until the payment is confirmed. */
  readonly account: VirtualAccount | null;
}

export interface TransferMethod {
  readonly kind: 'TRANSFER';
  readonly bankCode: string;
  readonly cashReceipt: CashReceiptWish | null;
}

export interface MobilePhoneMethod {
  readonly kind: 'MOBILE_PHONE';
  /** Request code of the carriers, e.g. `SKT`. */
  readonly carrier: string;
  /** 8 to 15 digits. */
  readonly customerMobilePhone: string;
}

export const GIFT_CERTIFICATES = [
  'CULTURE_GIFT_CERTIFICATE',
  'BOOK_GIFT_CERTIFICATE',
  'GAME_GIFT_CERTIFICATE',
] as const;

export interface GiftCertificateMethod {
  readonly kind: (typeof GIFT_CERTIFICATES)[number];
}

/** PayPal and the wallets of China and South-East Asia: their cancels end later (webhooks.md 2.3). */
export interface ForeignEasyPayMethod {
  readonly kind: 'FOREIGN_EASY_PAY';
  /** E.g. `PAYPAL`. */
  readonly provider: string;
}

/** What the shopper pays with. */
export type Method =
  | CardMethod
  | EasyPayMethod
  | VirtualAccountMethod
  | TransferMethod
  | MobilePhoneMethod
  | GiftCertificateMethod
  | ForeignEasyPayMethod;

/** What a merchant can ask for: `CARD` leaves the choice between card and easy pay to the shopper. */
export const REQUEST_METHODS = [
  'CARD',
  'VIRTUAL_ACCOUNT',
  'TRANSFER',
  'MOBILE_PHONE',
  ...GIFT_CERTIFICATES,
  'FOREIGN_EASY_PAY',
] as const;

export type RequestMethod = (typeof REQUEST_METHODS)[number];
