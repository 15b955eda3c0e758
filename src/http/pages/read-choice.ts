import type { RequestMethod } from '../../domain/method.ts';
import type { Payment } from '../../domain/payment.ts';
import { type CardChoice, type Choice, USUAL } from '../../wire/choice.ts';
import { cardCompanyOf, easyPayOf } from '../../wire/codes.ts';
import { type Fields, field, type Problems } from './fields.ts';
import { monthsOf } from './months.ts';
import { type BankMethod, pickedBank, pickedCarrier } from './offer.ts';
import {
  type Note,
  readCustomerName,
  readPhoneNumber,
  readPoints,
  readReceipt,
  readRefundAccount,
} from './read-fields.ts';

/** What the shopper picked, as far as it can be read, and what is wrong with the fields, by name. */
export interface Reading<T extends Choice = Choice> {
  /** Null when something is missing without which there is no choice. */
  readonly choice: T | null;
  readonly problems: Problems;
}

/** A card or an easy pay; null when nothing is picked yet. */
function readCard(payment: Payment, fields: Fields, note: Note): CardChoice | null {
  const { window } = payment;
  // What the merchant fixed is not the shopper's to choose; `easyPay` counts only in DIRECT (browser-sdk.md 2.4).
  const fixedEasyPay = window.flowMode === 'DIRECT' ? window.easyPay : null;
  const fixed = window.cardCompany ?? fixedEasyPay;
  const easyPay = easyPayOf(fixed === null ? (field(fields, 'easyPay') ?? '') : (fixedEasyPay ?? ''));
  const company = cardCompanyOf(
    fixed === null ? (field(fields, 'cardCompany') ?? '') : (window.cardCompany ?? ''),
  );
  if (easyPay === undefined && company === undefined) return null;
  const offered = monthsOf(payment);
  const months = Number(field(fields, 'months') ?? 0);
  const point =
    field(fields, 'point') !== null || (field(fields, 'step') === null && window.useCardPoint === true);
  return {
    method: 'CARD',
    cardCompany: company?.code ?? USUAL.cardCompany,
    easyPay: easyPay?.en ?? null,
    isMoney: easyPay !== undefined && field(fields, 'easyPayBy') === 'MONEY',
    discountAmount: easyPay?.supportsPoints === true ? readPoints(payment.order, fields, note) : 0,
    installmentPlanMonths: offered.includes(months) ? months : (offered[0] ?? 0),
    useCardPoint: easyPay === undefined && point,
  };
}

function readBank(method: BankMethod, fields: Fields, note: Note): string | null {
  const bank = pickedBank(method, fields);
  return bank?.code ?? note('bankCode', '고를 수 없는 은행이에요. 다른 은행을 골라 주세요.');
}

function read(payment: Payment, method: RequestMethod, fields: Fields, note: Note): Choice | null {
  switch (method) {
    case 'CARD':
      return readCard(payment, fields, note);
    case 'VIRTUAL_ACCOUNT': {
      const bankCode = readBank(method, fields, note);
      const customerName = readCustomerName(fields, note);
      const cashReceipt = readReceipt(fields, note);
      const refundReceiveAccount = readRefundAccount(fields, note);
      if (bankCode === null || customerName === null) return null;
      return { method, bankCode, customerName, cashReceipt, refundReceiveAccount };
    }
    case 'TRANSFER': {
      const bankCode = readBank(method, fields, note);
      const cashReceipt = readReceipt(fields, note);
      return bankCode === null ? null : { method, bankCode, cashReceipt };
    }
    case 'MOBILE_PHONE': {
      const carrier = pickedCarrier(payment, fields) ?? note('carrier', '통신사를 골라 주세요.');
      const customerMobilePhone = readPhoneNumber(fields, note);
      if (carrier === null || customerMobilePhone === null) return null;
      return { method, carrier, customerMobilePhone };
    }
    case 'FOREIGN_EASY_PAY':
      return { method, provider: payment.window.foreignProvider ?? USUAL.foreignProvider };
    default:
      return { method };
  }
}

/** Reads what a form or an address of the window says of a method. */
export function readChoice(payment: Payment, method: RequestMethod, fields: Fields): Reading {
  const problems: Record<string, string> = {};
  const choice = read(payment, method, fields, (name, message) => {
    problems[name] = message;
    return null;
  });
  return { choice, problems };
}

/** Is it complete, and nothing wrong with it? */
export const isComplete = (reading: Reading): reading is Reading & { choice: Choice } =>
  reading.choice !== null && Object.keys(reading.problems).length === 0;
