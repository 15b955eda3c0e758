import codes from '../../fixtures/codes.json' with { type: 'json' };

/** A bank or a securities company (payments.md 10.2, 10.3). */
export interface Bank {
  /** Two characters, what stands on the wire. */
  readonly code: string;
  readonly name: string;
  readonly ko: string | null;
  readonly en: string | null;
  /** Does it issue virtual accounts? */
  readonly issuesAccounts: boolean;
}

const BANKS: readonly Bank[] = codes.banks.map(({ code, name, ko, en, virtualAccount }) => ({
  code,
  name,
  ko,
  en,
  issuesAccounts: virtualAccount,
}));

/** Refunds and transfers go to these too. */
const SECURITIES: readonly Bank[] = codes.securitiesCompanies.map(({ code, name, en }) => ({
  code,
  name,
  ko: name,
  en,
  issuesAccounts: false,
}));

/** Where a refund can go. */
export const REFUND_BANKS: readonly Bank[] = [...BANKS, ...SECURITIES];

const byForm = new Map<string, Bank>();
for (const bank of REFUND_BANKS) {
  for (const form of [bank.code, bank.ko, bank.en]) if (form !== null) byForm.set(form.toUpperCase(), bank);
}
// Other Korean forms of the same banks (payments.md 10.2).
for (const [form, code] of [
  ['카카오뱅크', '90'],
  ['케이뱅크', '89'],
  ['토스뱅크', '92'],
] as const) {
  const bank = byForm.get(code);
  if (bank !== undefined) byForm.set(form, bank);
}

/** Finds a bank by its code, Korean or English form, in any case (virtual-accounts.md 17). */
export const bankOf = (form: string): Bank | undefined => byForm.get(form.toUpperCase());

/** The banks whose accounts a shopper can transfer from. */
export const TRANSFER_BANKS: readonly Bank[] = BANKS;

/** The banks that issue virtual accounts. */
export const ISSUING_BANKS: readonly Bank[] = BANKS.filter(({ issuesAccounts }) => issuesAccounts);
