import codes from '../../fixtures/codes.json' with { type: 'json' };
import testCards from '../../fixtures/test-cards.json' with { type: 'json' };
import type { Card, CardType, OwnerType } from '../domain/method.ts';

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

interface TestCard {
  readonly acquirerCode?: string;
  readonly number?: string;
}
const issuers: Readonly<Record<string, TestCard>> = testCards.issuers;

/** The made-up card that a shopper of the sandbox has of a card company. */
export function testCardOf(
  issuerCode: string,
  plan: { installmentPlanMonths: number; useCardPoint: boolean },
): Card {
  const own = issuers[issuerCode];
  return {
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
}
