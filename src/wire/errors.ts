import catalogue from '../../fixtures/errors.json' with { type: 'json' };
import type { ErrorCode } from '../domain/error-code.ts';
import type { ErrorText, Language } from '../gateway/call.ts';

/** One row of the catalogue: errors.md 1 says what its fields mean. */
export interface CatalogueEntry {
  readonly code: string;
  readonly status: number;
  readonly ko: string;
  /** Empty when no English text is known. */
  readonly en: string;
  readonly apis: readonly string[];
}

/**
 * What stands for `[VERSION]` in the text of API_VERSION_UPDATE_NEEDED: only `GET /v1/cash-receipts` needs a version
 * (cash-receipts.md 4). `[REF_PAYOUT_ID]` is left: it names a payout, and no page says more (errors.md 1).
 */
const NEEDED_VERSION = '2022-07-27';
const filled = (text: string): string => text.replace('[VERSION]', NEEDED_VERSION);

const entries: readonly CatalogueEntry[] = catalogue.map((entry) => ({
  ...entry,
  ko: filled(entry.ko),
  en: filled(entry.en),
}));

const entriesByCode = new Map<string, CatalogueEntry[]>();
for (const entry of entries) {
  const sameCode = entriesByCode.get(entry.code);
  if (sameCode === undefined) entriesByCode.set(entry.code, [entry]);
  else sameCode.push(entry);
}

/** Is it a code of the catalogue? */
export const isErrorCode = (code: string): code is ErrorCode => entriesByCode.has(code);

/**
 * Picks the row of a code for the called endpoint (errors.md 1): one that names the endpoint, else one of the
 * common list, else the first; a code outside the catalogue becomes INVALID_TEST_CODE.
 */
export function pickError(code: string, api: string): CatalogueEntry {
  const sameCode = entriesByCode.get(code) ?? entriesByCode.get('INVALID_TEST_CODE') ?? [];
  const entry =
    sameCode.find(({ apis }) => apis.includes(api)) ??
    sameCode.find(({ apis }) => apis.includes('common')) ??
    sameCode[0];
  if (entry === undefined) throw new Error('The error catalogue is empty.');
  return entry;
}

/** Status and text of a code. A code without an English text keeps the Korean one (errors.md 1). */
export function describeError(code: string, api: string, language: Language): ErrorText {
  const entry = pickError(code, api);
  const message = language === 'en' && entry.en !== '' ? entry.en : entry.ko;
  return { status: entry.status, code: entry.code, message };
}

/** The body of an error under `/v1`: these two fields and nothing else (errors.md 2). */
export const presentError = (error: ErrorText): string =>
  JSON.stringify({ code: error.code, message: error.message });

/** Errors of the authentication layer carry a third field (payments.md 1.5, measured). */
export const presentAuthenticationError = (error: ErrorText): string =>
  JSON.stringify({ code: error.code, message: error.message, data: null });

/**
 * Which language the caller asked for (payments.md 7.2): English if an English range is preferred to a Korean
 * one, else Korean. `*`, which Node's fetch sends, asks for nothing.
 */
export function languageOf(acceptLanguage: string | undefined): Language {
  if (acceptLanguage === undefined) return 'ko';
  let best: { language: Language; quality: number } = {
    language: 'ko',
    quality: 0,
  };
  for (const range of acceptLanguage.split(',')) {
    const [tag = '', ...parameters] = range.trim().toLowerCase().split(';');
    const language = /^en(-|$)/.test(tag) ? 'en' : /^ko(-|$)/.test(tag) ? 'ko' : null;
    if (language === null) continue;
    const quality = Number(/^\s*q=([0-9.]+)/.exec(parameters[0] ?? '')?.[1] ?? 1);
    if (quality > best.quality) best = { language, quality };
  }
  return best.language;
}

/** Codes of the confirm table that say nothing of an issuer: of keys, of sessions, of repeated calls. */
const NOT_OF_THE_ISSUER =
  /^(UNAUTHORIZED_KEY|INCORRECT_BASIC_AUTH_FORMAT|INVALID_API_KEY|FORBIDDEN_REQUEST|NOT_FOUND_|ALREADY_)/;

/** What an issuer can refuse a confirm with, with the Korean text: the choices of the payment window. */
export const confirmErrors: readonly { code: ErrorCode; message: string }[] = entries
  .filter(({ apis, code }) => apis.includes('POST /v1/payments/confirm') && !NOT_OF_THE_ISSUER.test(code))
  .map(({ code, ko }) => ({ code: code as ErrorCode, message: ko }));
