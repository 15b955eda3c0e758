import { koreanTime } from '../../domain/instant.ts';
import type { CashReceiptWish } from '../../domain/method.ts';
import type { Payment } from '../../domain/payment.ts';
import { bankOf } from '../../wire/banks.ts';
import type { Choice } from '../../wire/choice.ts';
import { CARRIERS } from '../../wire/codes.ts';
import { METHOD_NAMES } from '../../wire/payment.ts';
import { brandOf, foreignBrand } from './brands.ts';
import { moneyText } from './layout.tsx';
import { monthsText } from './months.ts';

/** How long money is waited for: the date that the merchant set, or so many hours from the issue on. */
export function deadlineText({ window }: Payment): string | null {
  if (window.account === null) return null;
  const { dueAt, validHours } = window.account;
  if (dueAt !== null) {
    const [, year, month, day, time] = /^(\d+)-(\d+)-(\d+)T(\d+:\d+)/.exec(koreanTime(dueAt)) ?? [];
    return `${year}년 ${Number(month)}월 ${Number(day)}일 ${time}까지`;
  }
  return validHours % 24 === 0 ? `발급하고 ${validHours / 24}일 안에` : `발급하고 ${validHours}시간 안에`;
}

const bankName = (code: string): string => bankOf(code)?.name ?? code;

const receiptText = (wish: CashReceiptWish | null): string =>
  wish === null ? '발행하지 않음' : `${wish.type} · ${wish.customerIdentityNumber}`;

/** What the second screen sums up, beside the order number. */
export function factsOf(choice: Choice, payment: Payment): readonly (readonly [string, string])[] {
  switch (choice.method) {
    case 'CARD':
      return [
        ['결제수단', brandOf(choice)?.name ?? ''],
        ['할부', monthsText(choice.installmentPlanMonths)],
      ];
    case 'VIRTUAL_ACCOUNT': {
      const { bankCode, customerName, cashReceipt, refundReceiveAccount: refund } = choice;
      const deadline = deadlineText(payment);
      return [
        ['결제수단', METHOD_NAMES.VIRTUAL_ACCOUNT],
        ['입금 은행', bankName(bankCode)],
        ['입금자명', customerName],
        ...(deadline === null ? [] : [['입금 기한', deadline] as const]),
        ['현금영수증', receiptText(cashReceipt)],
        ...(refund === null
          ? []
          : [
              [
                '환불 계좌',
                `${bankName(refund.bankCode)} ${refund.accountNumber} ${refund.holderName}`,
              ] as const,
            ]),
      ];
    }
    case 'TRANSFER':
      return [
        ['결제수단', METHOD_NAMES.TRANSFER],
        ['출금 은행', bankName(choice.bankCode)],
        ['현금영수증', receiptText(choice.cashReceipt)],
      ];
    case 'MOBILE_PHONE':
      return [
        ['결제수단', METHOD_NAMES.MOBILE_PHONE],
        ['통신사', CARRIERS.find(({ code }) => code === choice.carrier)?.name ?? choice.carrier],
        ['휴대폰번호', choice.customerMobilePhone],
      ];
    case 'FOREIGN_EASY_PAY':
      return [['결제수단', foreignBrand(choice.provider).name]];
    default:
      return [['결제수단', METHOD_NAMES[choice.method]]];
  }
}

/** The words of the second screen, in place of whoever is to pay. */
export interface PayerTexts {
  readonly title: string;
  readonly approve: string;
  readonly decline: string;
  /** Of the codes that a confirm can be refused with, the likeliest. */
  readonly confirmCode: string;
}

/** Says who stands behind the second screen. */
export function payerTexts(choice: Choice, { order }: Payment): PayerTexts {
  const approve = `${moneyText(order.totalAmount, order.currency)} 결제하기`;
  switch (choice.method) {
    case 'CARD': {
      const title = `${brandOf(choice)?.name ?? '카드'} 인증`;
      return { title, approve, decline: '카드사 거절', confirmCode: 'REJECT_CARD_PAYMENT' };
    }
    case 'VIRTUAL_ACCOUNT':
      return {
        title: '가상계좌 발급',
        approve: '가상계좌 발급받기',
        decline: '은행 거절',
        confirmCode: 'NOT_AVAILABLE_BANK',
      };
    case 'TRANSFER':
      return { title: '계좌이체 인증', approve, decline: '은행 거절', confirmCode: 'REJECT_ACCOUNT_PAYMENT' };
    case 'MOBILE_PHONE':
      return {
        title: '휴대폰 인증',
        approve,
        decline: '통신사 거절',
        confirmCode: 'EXCEED_MAX_MONTHLY_PAYMENT_AMOUNT',
      };
    case 'FOREIGN_EASY_PAY': {
      const { name } = foreignBrand(choice.provider);
      return { title: `${name} 결제`, approve, decline: `${name} 거절`, confirmCode: 'PROVIDER_ERROR' };
    }
    default:
      return {
        title: `${METHOD_NAMES[choice.method]} 결제`,
        approve,
        decline: '발행사 거절',
        confirmCode: 'PROVIDER_ERROR',
      };
  }
}
