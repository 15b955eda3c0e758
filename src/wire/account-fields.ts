import * as z from 'zod';
import { type Instant, koreanInstant } from '../domain/instant.ts';
import type { CashReceiptWish, RefundAccount } from '../domain/method.ts';
import { type AccountTerms, DEFAULT_VALID_HOURS } from '../domain/payment.ts';
import { type Refusal, refuse } from '../domain/refusal.ts';
import { type Bank, bankOf } from './banks.ts';
import { httpUrl, numeric, optional, text, textOf } from './fields.ts';

/* The fields of payments by bank account (virtual-accounts.md 2, 3; browser-sdk.md 2.4). */

/** 90 days (virtual-accounts.md 2, 17). */
const MAX_VALID_HOURS = 2160;

/** A bank in any of its forms, of those that a test lets pass; its code comes out. */
const bankThat = (isGood: (bank: Bank) => boolean) =>
  text('INVALID_BANK').transform((form, context): string => {
    const bank = bankOf(form);
    if (bank !== undefined && isGood(bank)) return bank.code;
    context.addIssue({ code: 'custom', message: 'INVALID_BANK' });
    return z.NEVER;
  });

/** A bank that issues virtual accounts. */
export const issuingBank = bankThat(({ issuesAccounts }) => issuesAccounts);

/** A bank that money can be sent to. */
const anyBank = bankThat(() => true);

const validHours = numeric().pipe(
  z.int('INVALID_REQUEST').min(1, 'INVALID_REQUEST').max(MAX_VALID_HOURS, 'EXCEED_MAX_VALID_HOURS'),
);

/** `yyyy-MM-dd'T'HH:mm:ss` in Korea. Whether it lies ahead is for the operation to say, which knows the time. */
const dueDate = text('INVALID_DATE').transform((written, context): Instant => {
  const at = koreanInstant(written);
  if (at !== null) return at;
  context.addIssue({ code: 'custom', message: 'INVALID_DATE' });
  return z.NEVER;
});

const cashReceiptType = z.enum(['소득공제', '지출증빙', '미발행'], { error: 'INVALID_REQUEST' });

/** Digits, at most 30 (virtual-accounts.md 2). */
export const identityNumber = text('INVALID_REGISTRATION_NUMBER_TYPE').pipe(
  z.string().regex(/^\d{1,30}$/, 'INVALID_REGISTRATION_NUMBER_TYPE'),
);

/** `cashReceipt` of `POST /v1/virtual-accounts`: 미발행 wants none. */
export const cashReceiptWish = z
  .object(
    { type: cashReceiptType, registrationNumber: optional(identityNumber) },
    { error: 'INVALID_REQUEST' },
  )
  .transform(({ type, registrationNumber }, context): CashReceiptWish | null => {
    if (type === '미발행') return null;
    if (registrationNumber !== null) return { type, customerIdentityNumber: registrationNumber };
    context.addIssue({ code: 'custom', message: 'INVALID_REGISTRATION_NUMBER_TYPE' });
    return z.NEVER;
  });

export const dueFields = { validHours: optional(validHours), dueDate: optional(dueDate) };

/** The fields that the SDKs have for virtual accounts and transfers. */
export const accountFields = {
  ...dueFields,
  cashReceipt: optional(z.object({ type: optional(cashReceiptType) }, { error: 'INVALID_REQUEST' })),
  refundReceiveAccount: optional(
    z.object(
      { bankCode: anyBank, accountNumber: textOf(1, 20), holderName: textOf(1, 100) },
      { error: 'INVALID_REQUEST' },
    ),
  ),
};

/** Only the SDK v1 has it (virtual-accounts.md 3). */
export const callbackUrlField = {
  virtualAccountCallbackUrl: optional(httpUrl('INVALID_URL', 'INVALID_URL')),
};

/** Puts the fields together; both kinds of deadline at once are a mistake. */
export function accountTermsOf(
  fields: {
    validHours: number | null;
    dueDate: Instant | null;
    cashReceipt?: { type: AccountTerms['cashReceiptType'] } | null;
    virtualAccountCallbackUrl?: string | null;
    refundReceiveAccount?: RefundAccount | null;
  },
  context: z.core.$RefinementCtx,
): AccountTerms {
  if (fields.validHours !== null && fields.dueDate !== null)
    context.addIssue({ code: 'custom', message: 'INVALID_VALID_HOURS_WITH_DUE_DATE_AND_SINGLE' });
  return {
    validHours: fields.validHours ?? DEFAULT_VALID_HOURS,
    dueAt: fields.dueDate,
    cashReceiptType: fields.cashReceipt?.type ?? null,
    callbackUrl: fields.virtualAccountCallbackUrl ?? null,
    refundReceiveAccount: fields.refundReceiveAccount ?? null,
  };
}

/** Where a cancel sends the money: `bank`, not `bankCode`, in the request (payments.md 4.5). */
const RefundAccountBody = z.object({
  bank: anyBank,
  accountNumber: textOf(1, 20, 'INVALID_REFUND_ACCOUNT_NUMBER').pipe(
    z.string().regex(/^\d+$/, 'INVALID_REFUND_ACCOUNT_NUMBER'),
  ),
  holderName: textOf(1, 60, 'INVALID_REFUND_ACCOUNT_INFO'),
});

/**
 * Reads `refundReceiveAccount` of a cancel without judging it: methods that need none ignore it, whatever it is
 * (virtual-accounts.md 7).
 */
export const refundReceiveAccount = z
  .unknown()
  .optional()
  .transform((value): RefundAccount | Refusal | null => {
    if (value === undefined || value === null) return null;
    const { data, error } = RefundAccountBody.safeParse(value);
    if (data === undefined) return refuse(refundCodeOf(error?.issues[0]?.message));
    return { bankCode: data.bank, accountNumber: data.accountNumber, holderName: data.holderName };
  });

const refundCodeOf = (message: string | undefined) =>
  message === 'INVALID_BANK' || message === 'INVALID_REFUND_ACCOUNT_NUMBER'
    ? message
    : 'INVALID_REFUND_ACCOUNT_INFO';
