import { type Checks, type Fields, isFields, isFlag, isList, isNumber, isText, oneOf } from './fields.ts';

const isReceipt = (value: unknown): boolean =>
  isFields(value) && (value['type'] == null || oneOf('소득공제', '지출증빙', '미발행')(value['type']));

/** What virtual accounts and transfers have in common. */
const accountOptions: Checks = {
  taxExemptionAmount: isNumber,
  cashReceipt: isReceipt,
  useEscrow: isFlag,
  escrowProducts: isList,
  validHours: isNumber,
  dueDate: isText,
  isCulturalExpenses: isFlag,
};

/** The object with the options of a method: its name, its fields, and which of them must be there. */
export interface Options {
  readonly name: string;
  readonly fields: Checks;
  readonly required: readonly string[];
}

/**
 * The methods, and the options of each (browser-sdk.md 2.4). Only types are looked at: which card company, carrier or
 * provider there is, the server knows.
 */
const METHODS: Readonly<Record<string, Options | null>> = {
  CARD: {
    name: 'card',
    fields: {
      flowMode: isText,
      cardCompany: isText,
      easyPay: isText,
      cardInstallmentPlan: isNumber,
      maxCardInstallmentPlan: isNumber,
      freeInstallmentPlans: isList,
      useCardPoint: isFlag,
      useAppCardOnly: isFlag,
      useEscrow: isFlag,
      escrowProducts: isList,
      discountCode: isText,
      taxExemptionAmount: isNumber,
      validHours: isNumber,
      dueDate: isText,
      useInternationalCardOnly: isFlag,
      language: oneOf('KO', 'EN', 'JA', 'ZH'),
      showEstimatedAmount: isFlag,
      appScheme: isText,
      keyin: isFields,
      showMobileAppHeader: isFlag,
      threeDS: isFields,
      affiliateCards: isList,
      dividedSettlements: isList,
    },
    required: [],
  },
  VIRTUAL_ACCOUNT: {
    name: 'virtualAccount',
    fields: { ...accountOptions, showCustomerMobilePhone: isFlag, refundReceiveAccount: isFields },
    required: [],
  },
  TRANSFER: {
    name: 'transfer',
    fields: {
      ...accountOptions,
      encryptedCustomerCi: isText,
      showSecuritiesAccount: isFlag,
      provider: oneOf('OPENBANKING', 'BANKPAY'),
      dividedSettlements: isList,
    },
    required: [],
  },
  MOBILE_PHONE: {
    name: 'mobilePhone',
    fields: { mobileCarriers: isList },
    required: [],
  },
  CULTURE_GIFT_CERTIFICATE: null,
  BOOK_GIFT_CERTIFICATE: null,
  GAME_GIFT_CERTIFICATE: null,
  FOREIGN_EASY_PAY: {
    name: 'foreignEasyPay',
    fields: {
      provider: isText,
      country: (value) => typeof value === 'string' && /^[A-Z]{2}$/.test(value),
      products: isList,
      shipping: isFields,
      paymentMethodOptions: isFields,
    },
    required: ['provider', 'country'],
  },
};

/** Can it be asked for? */
export const isMethod = (method: string): boolean => Object.hasOwn(METHODS, method);

/** The options that a method has; null for one that has none. */
export const optionsOf = ({ method }: Fields): Options | null => METHODS[String(method)] ?? null;
