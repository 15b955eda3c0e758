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

export interface CardMethod {
  readonly kind: 'CARD';
  readonly card: Card;
}

/** Easy pay with a registered card behind it (payments.md 2.5, first row). */
export interface EasyPayMethod {
  readonly kind: 'EASY_PAY';
  /** Request code of the easy-pay table, e.g. `TOSSPAY`. */
  readonly provider: string;
  readonly card: Card;
}

/** What the shopper pays with. */
export type Method = CardMethod | EasyPayMethod;
