import codes from '../../fixtures/codes.json' with { type: 'json' };
import testCards from '../../fixtures/test-cards.json' with { type: 'json' };
import {
  type Card,
  type CardType,
  type OwnerType,
  REQUEST_METHODS,
  type RequestMethod,
} from '../domain/method.ts';

/** A card company or foreign brand (payments.md 10.1). */
export interface CardCompany {
  /** Two characters, what stands on the wire. */
  readonly code: string;
  readonly name: string;
  readonly ko: string | null;
  readonly en: string | null;
}

/** An easy pay (payments.md 10.4). */
export interface EasyPay {
  /** Request code, e.g. `TOSSPAY`. */
  readonly en: string;
  /** `easyPay.provider` on the wire, e.g. `토스페이`. */
  readonly ko: string;
  /** Can part of it be paid with points (payments.md 2.5)? */
  readonly supportsPoints: boolean;
}

export const CARD_COMPANIES: readonly CardCompany[] = codes.cardCompanies;
const FOREIGN_BRANDS: readonly CardCompany[] = codes.foreignCardBrands;
export const EASY_PAYS: readonly EasyPay[] = codes.easyPays;

const cardCompanies = new Map<string, CardCompany>();
for (const company of [...CARD_COMPANIES, ...FOREIGN_BRANDS]) {
  for (const form of [company.code, company.ko, company.en])
    if (form !== null) cardCompanies.set(form, company);
}
// `우리` is shared by 33 and W1 and means W1 (payments.md 10.1 [I]); the SDK's lists say `비씨` and `KDB`.
for (const [form, code] of [
  ['우리', 'W1'],
  ['WOORI', 'W1'],
  ['비씨', '31'],
  ['KDB', '30'],
] as const) {
  const company = cardCompanies.get(code);
  if (company !== undefined) cardCompanies.set(form, company);
}

const easyPays = new Map<string, EasyPay>(
  EASY_PAYS.flatMap((pay) => [[pay.en, pay] as const, [pay.ko, pay] as const]),
);
for (const pay of EASY_PAYS) if (pay.en === 'TOSSPAY') easyPays.set('토스결제', pay);

/** Finds a card company by its code, Korean or English form. */
export const cardCompanyOf = (form: string): CardCompany | undefined => cardCompanies.get(form);

/** Finds an easy pay by its request code or Korean name. */
export const easyPayOf = (form: string): EasyPay | undefined => easyPays.get(form);

const METHOD_FORMS = new Map<string, RequestMethod>();
for (const name of REQUEST_METHODS) {
  METHOD_FORMS.set(name, name);
  const korean = codes.methods.find(({ en }) => en === name)?.ko;
  if (korean !== undefined) METHOD_FORMS.set(korean, name);
}

/** Finds a method by its request code or Korean name (payments.md 10.5). Easy pay is asked for as a card. */
export const requestMethodOf = (form: string): RequestMethod | undefined => METHOD_FORMS.get(form);

/** A phone company (payments.md 10.5). */
export const CARRIERS: readonly { readonly code: string; readonly name: string }[] = codes.mobileCarriers;

export const isCarrier = (code: string): boolean => CARRIERS.some((carrier) => carrier.code === code);

/** The foreign easy pays that the SDK's types name (browser-sdk.md 2.4); only the first two are live. */
export const FOREIGN_PROVIDERS = [
  'PAYPAL',
  'PAYPAY',
  'GCASH',
  'TOUCHNGO',
  'BOOST',
  'BPI',
  'BILLEASE',
  'DANA',
  'ALIPAYHK',
  'TRUEMONEY',
  'RABBIT_LINE_PAY',
  'ALIPAY',
] as const;

export const isForeignProvider = (code: string): boolean =>
  (FOREIGN_PROVIDERS as readonly string[]).includes(code);

interface TestCard {
  readonly acquirerCode?: string;
  readonly number?: string;
}
const issuers: Readonly<Record<string, TestCard>> = testCards.issuers;

const bins: Readonly<Record<string, TestBin>> = testCards.bins;

interface TestBin {
  readonly issuerCode: string;
  readonly cardType: string;
}

/**
 * The card of a number that was typed in. The first six digits say whose it is, where it is measured; else it is the
 * usual one's (payments.md 4.6).
 *
 * @returns null when it is no number of a card: 13 to 19 digits
 */
export function cardOfNumber(number: string): Card | null {
  if (!/^\d{13,19}$/.test(number)) return null;
  const { issuerCode, cardType } = bins[number.slice(0, 6)] ?? testCards.defaultBin;
  return {
    issuerCode,
    acquirerCode: issuers[issuerCode]?.acquirerCode ?? issuerCode,
    number: `${number.slice(0, 8)}${'*'.repeat(number.length - 12)}${number.slice(-4, -1)}*`,
    cardType: cardType as CardType,
    ownerType: testCards.default.ownerType as OwnerType,
    installmentPlanMonths: 0,
    isInterestFree: false,
    interestPayer: null,
    useCardPoint: false,
  };
}

/** Cards that many payments share: a few hundred at most, of companies, months and points. */
const testCardsInUse = new Map<string, Card>();

/** The made-up card that a shopper of the sandbox has of a card company; payments with the same card share it. */
export function testCardOf(
  issuerCode: string,
  plan: { installmentPlanMonths: number; useCardPoint: boolean },
): Card {
  const name = `${issuerCode} ${plan.installmentPlanMonths} ${plan.useCardPoint}`;
  const known = testCardsInUse.get(name);
  if (known !== undefined) return known;
  const own = issuers[issuerCode];
  const card: Card = {
    issuerCode,
    acquirerCode: own?.acquirerCode ?? issuerCode,
    number: own?.number ?? testCards.default.number,
    cardType: testCards.default.cardType as CardType,
    ownerType: testCards.default.ownerType as OwnerType,
    installmentPlanMonths: plan.installmentPlanMonths,
    isInterestFree: false,
    interestPayer: null,
    useCardPoint: plan.useCardPoint,
  };
  testCardsInUse.set(name, card);
  return card;
}
