/** The fields of a form or of an address, as they came. */
export type Fields = Readonly<Record<string, unknown>>;

/** A field that is there once and filled; null otherwise. */
export const field = (fields: Fields, name: string): string | null => {
  const value = fields[name];
  return typeof value === 'string' && value !== '' ? value : null;
};

/** A field without the blanks around it. */
export const trimmed = (fields: Fields, name: string): string => (field(fields, name) ?? '').trim();

/** A number as people write it, `010-1234-5678` or `1,000`, without what stands between its digits. */
export const digits = (fields: Fields, name: string): string =>
  trimmed(fields, name).replaceAll(/[\s,-]/g, '');

/** Was the form sent, or is it only to be shown? */
export const isSent = (fields: Fields): boolean => field(fields, 'step') === 'authenticate';

/** What an input shows: what was typed, also when that is nothing; before that, what is known already. */
export const shownValue = (fields: Fields, name: string, known: string | null): string =>
  field(fields, name) ?? (isSent(fields) ? '' : (known ?? ''));

/** What is wrong, in Korean, by the name of the field. */
export type Problems = Readonly<Record<string, string>>;
