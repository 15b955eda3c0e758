import { CARD_COMPANIES, EASY_PAYS } from '../../wire/codes.ts';
import { METHOD_NAMES } from '../../wire/payment.ts';
import type { otherMethodsOf } from './offer.ts';

/** A tile of the window: a card company, an easy pay, a bank, a method, a foreign easy pay. */
export interface Brand {
  /** What the choice is called in the address: a code of two characters, or a request code. */
  readonly id: string;
  readonly name: string;
  /** The badge: its colour, and the letter in it. */
  readonly colour: string;
  readonly letter: string;
}

/** The order in which shoppers look for them; the rest follows. */
const POPULAR_CARDS = ['41', '61', '51', '11', 'W1', '71', '91', '21', '31', '24', '15', '3A'];

const CARD_COLOURS: Readonly<Record<string, string>> = {
  41: '#2a5bd7',
  61: '#22262b',
  51: '#1f4fa3',
  11: '#7a6a4f',
  W1: '#1477c9',
  71: '#d6382d',
  91: '#1f9d55',
  21: '#0b8f86',
  31: '#e0474c',
  24: '#3182f6',
  15: '#e5c100',
  '3A': '#1a2b5c',
};

const EASY_PAY_COLOURS: Readonly<Record<string, string>> = {
  TOSSPAY: '#3182f6',
  NAVERPAY: '#12b65b',
  KAKAOPAY: '#e5c100',
  SAMSUNGPAY: '#2452c4',
  APPLEPAY: '#22262b',
  PAYCO: '#e4322b',
  SSG: '#d8356a',
  LPAY: '#e0474c',
  PINPAY: '#7b4de0',
  KBPAY: '#8a7550',
};

export const NEUTRAL = '#8b95a1';

function cardBrands(): Brand[] {
  const rank = (code: string): number => {
    const index = POPULAR_CARDS.indexOf(code);
    return index < 0 ? POPULAR_CARDS.length : index;
  };
  return CARD_COMPANIES.toSorted((a, b) => rank(a.code) - rank(b.code)).map(({ code, name }) => ({
    id: code,
    name,
    colour: CARD_COLOURS[code] ?? NEUTRAL,
    letter: name.slice(0, 1),
  }));
}

export const CARD_BRANDS: readonly Brand[] = cardBrands();

/** How many card companies are shown before "more". */
export const POPULAR_CARD_COUNT = POPULAR_CARDS.length;

/** LG페이 was discontinued (payments.md 10.4). */
export const EASY_PAY_BRANDS: readonly Brand[] = EASY_PAYS.filter(({ en }) => en !== 'LGPAY').map(
  ({ en, ko }) => ({
    id: en,
    name: ko,
    colour: EASY_PAY_COLOURS[en] ?? NEUTRAL,
    letter: ko.slice(0, 1),
  }),
);

/** The tile of a choice. */
export const brandOf = (choice: { cardCompany: string; easyPay: string | null }): Brand | undefined =>
  choice.easyPay === null
    ? CARD_BRANDS.find(({ id }) => id === choice.cardCompany)
    : EASY_PAY_BRANDS.find(({ id }) => id === choice.easyPay);

type OtherMethod = ReturnType<typeof otherMethodsOf>[number];

const METHOD_COLOURS: Readonly<Record<OtherMethod, string>> = {
  VIRTUAL_ACCOUNT: '#3182f6',
  TRANSFER: '#12b65b',
  MOBILE_PHONE: '#7b4de0',
  CULTURE_GIFT_CERTIFICATE: '#e0474c',
  BOOK_GIFT_CERTIFICATE: '#0b8f86',
  GAME_GIFT_CERTIFICATE: '#2b5fae',
};

/** The tile of a method other than card and easy pay. */
export const methodBrand = (method: OtherMethod): Brand => ({
  id: method,
  name: METHOD_NAMES[method],
  colour: METHOD_COLOURS[method],
  letter: METHOD_NAMES[method].slice(0, 1),
});

const FOREIGN_BRANDS: Readonly<Record<string, readonly [name: string, colour: string]>> = {
  PAYPAL: ['PayPal', '#003087'],
  PAYPAY: ['PayPay', '#d3102f'],
  GCASH: ['GCash', '#0a5fd6'],
  TOUCHNGO: ['Touch ’n Go', '#1350a8'],
  BOOST: ['Boost', '#c8232c'],
  BPI: ['BPI', '#9d1d24'],
  BILLEASE: ['BillEase', '#0a6b57'],
  DANA: ['DANA', '#0d6fc9'],
  ALIPAYHK: ['AlipayHK', '#1266d6'],
  TRUEMONEY: ['TrueMoney', '#b85000'],
  RABBIT_LINE_PAY: ['Rabbit LINE Pay', '#067a3d'],
  ALIPAY: ['Alipay', '#1266d6'],
};

/** What a foreign easy pay looks like. */
export function foreignBrand(provider: string): Brand {
  const [name, colour] = FOREIGN_BRANDS[provider] ?? [provider, NEUTRAL];
  return { id: provider, name, colour, letter: name.slice(0, 1) };
}
