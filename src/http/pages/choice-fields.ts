import type { CashReceiptWish } from '../../domain/method.ts';
import type { Choice } from '../../wire/choice.ts';
import { RECEIPT_NUMBERS } from './read-fields.ts';

const fieldsOfReceipt = (receipt: CashReceiptWish | null): Readonly<Record<string, string>> =>
  receipt === null
    ? { receipt: '미발행' }
    : { receipt: receipt.type, [RECEIPT_NUMBERS[receipt.type].name]: receipt.customerIdentityNumber };

/** The fields that bring a choice back: what a form carries on, and the way back fills in again. */
export function fieldsOfChoice(choice: Choice): Readonly<Record<string, string>> {
  switch (choice.method) {
    case 'CARD': {
      const { easyPay, cardCompany, installmentPlanMonths: months, useCardPoint } = choice;
      return {
        ...(easyPay === null ? { cardCompany } : { easyPay }),
        months: String(months),
        ...(useCardPoint && { point: 'on' }),
      };
    }
    case 'VIRTUAL_ACCOUNT': {
      const { method, bankCode, customerName, refundReceiveAccount: refund } = choice;
      return {
        method,
        bankCode,
        customerName,
        ...fieldsOfReceipt(choice.cashReceipt),
        ...(refund !== null && {
          refundBank: refund.bankCode,
          refundNumber: refund.accountNumber,
          refundHolder: refund.holderName,
        }),
      };
    }
    case 'TRANSFER':
      return { method: choice.method, bankCode: choice.bankCode, ...fieldsOfReceipt(choice.cashReceipt) };
    case 'MOBILE_PHONE': {
      const { method, carrier, customerMobilePhone } = choice;
      return { method, carrier, customerMobilePhone };
    }
    default:
      return { method: choice.method };
  }
}
