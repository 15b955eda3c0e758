import type { CashReceiptType, CashReceiptWish, RefundAccount } from '../../domain/method.ts';
import { fitsCurrency } from '../../domain/money.ts';
import type { Order } from '../../domain/payment.ts';
import { bankOf } from '../../wire/banks.ts';
import { digits, type Fields, field, trimmed } from './fields.ts';
import { moneyText } from './layout.tsx';

/** Says what is wrong with a field, and stands for its value. */
export type Note = (name: string, message: string) => null;

/** The field that the number of a cash receipt is typed into, and what it must look like (cash-receipts.md 2). */
export const RECEIPT_NUMBERS: Readonly<
  Record<CashReceiptType, { name: string; form: RegExp; message: string }>
> = {
  소득공제: {
    name: 'receiptPhone',
    form: /^(01\d{8,9}|\d{13,19})$/,
    message: '휴대폰번호나 현금영수증 카드번호를 확인해 주세요.',
  },
  지출증빙: {
    name: 'receiptBusiness',
    form: /^\d{10}$/,
    message: '사업자등록번호 10자리를 확인해 주세요.',
  },
};

/** The cash receipt; null when none is wanted, or what is wanted cannot be read. */
export function readReceipt(fields: Fields, note: Note): CashReceiptWish | null {
  const type = field(fields, 'receipt') ?? '미발행';
  if (type === '미발행') return null;
  if (type !== '소득공제' && type !== '지출증빙') return note('receipt', '현금영수증 종류를 골라 주세요.');
  const { name, form, message } = RECEIPT_NUMBERS[type];
  const customerIdentityNumber = digits(fields, name);
  return form.test(customerIdentityNumber) ? { type, customerIdentityNumber } : note(name, message);
}

/** The account for a refund; null when none is given, or what is given cannot be read. */
export function readRefundAccount(fields: Fields, note: Note): RefundAccount | null {
  const form = trimmed(fields, 'refundBank');
  const accountNumber = digits(fields, 'refundNumber');
  const holderName = trimmed(fields, 'refundHolder');
  if (form === '' && accountNumber === '' && holderName === '') return null;
  const bank = bankOf(form);
  if (bank === undefined) note('refundBank', '환불받을 은행을 골라 주세요.');
  if (!/^\d{1,20}$/.test(accountNumber))
    note('refundNumber', '환불 계좌번호를 숫자 20자리 안으로 입력해 주세요.');
  if (holderName === '' || holderName.length > 100)
    note('refundHolder', '예금주를 100자 안으로 입력해 주세요.');
  return bank === undefined ? null : { bankCode: bank.code, accountNumber, holderName };
}

/** The name of whoever pays in: up to 100 characters (virtual-accounts.md 2). */
export function readCustomerName(fields: Fields, note: Note): string | null {
  const name = trimmed(fields, 'customerName');
  return name !== '' && name.length <= 100
    ? name
    : note('customerName', '입금자명을 100자 안으로 입력해 주세요.');
}

/** The number of a Korean mobile phone. */
export function readPhoneNumber(fields: Fields, note: Note): string | null {
  const number = digits(fields, 'customerMobilePhone');
  return /^01\d{8,9}$/.test(number) ? number : note('customerMobilePhone', '휴대폰번호를 확인해 주세요.');
}

/** Points pay a part of the price or the whole of it; 0 when they cannot be read. */
export function readPoints({ totalAmount, currency }: Order, fields: Fields, note: Note): number {
  const typed = trimmed(fields, 'points').replaceAll(',', '');
  const points = Number(typed);
  const isPart = /^[\d.]*$/.test(typed) && points <= totalAmount && fitsCurrency(points, currency);
  if (isPart) return points;
  note('points', `포인트는 0부터 ${moneyText(totalAmount, currency)}까지 쓸 수 있어요.`);
  return 0;
}
