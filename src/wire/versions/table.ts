import { API_VERSIONS, type ApiVersion } from '../../domain/merchant.ts';
import type { Method } from '../../domain/method.ts';
import type { PaymentWire } from '../payment-schema.ts';

/** The versions whose Payment is another than today's; since 2022-11-16 it is the same (payments.md 9). */
export const OLDER_VERSIONS = API_VERSIONS.slice(0, API_VERSIONS.indexOf('2022-11-16'));

/** The older versions in which a field stands. */
type Versions = readonly ApiVersion[];

export const ALWAYS: Versions = OLDER_VERSIONS;
export const since = (first: ApiVersion): Versions => OLDER_VERSIONS.slice(OLDER_VERSIONS.indexOf(first));
export const until = (last: ApiVersion): Versions =>
  OLDER_VERSIONS.slice(0, OLDER_VERSIONS.indexOf(last) + 1);
export const between = (first: ApiVersion, last: ApiVersion): Versions =>
  since(first).filter((version) => until(last).includes(version));

/** What an older document is made of. */
export interface Past<Now> {
  readonly version: ApiVersion;
  /** What today's version has in its place. */
  readonly now: Now;
  /** Today's whole Payment. */
  readonly payment: PaymentWire;
  /** For what today's versions do not tell any more. */
  readonly method: Method | null;
}

/** The object, or one of the list, that stands in a field. */
type Part<Value> = Value extends readonly (infer One)[] ? One : Value extends object ? Value : never;

/** A field of today: as it is, or an object (or a list of them) that has a table of its own. */
type TodaysRow<Now> = {
  [Name in keyof Now & string]:
    | readonly [Name, Versions]
    | readonly [Name, Versions, Table<Part<NonNullable<Now[Name]>>>];
}[keyof Now & string];

/** A field that today is not there, or is another. */
type FormerRow<Now> = readonly [string, Versions, (past: Past<Now>) => unknown];

/** The fields of an object in their order, each with the versions it stands in. */
export interface Table<Now> extends ReadonlyArray<TodaysRow<Now> | FormerRow<Now>> {}

/** Up to 1.3 amounts are integers. */
const WHOLE_AMOUNTS = until('1.3');

/** The object as its version has it: the fields of that version and no others. */
export function shape<Now>(table: Table<Now>, past: Past<Now>): Record<string, unknown> {
  const { version, now } = past;
  const inPast = (value: unknown, part: Table<unknown>) =>
    value === null ? null : shape(part, { ...past, now: value });
  const valueIn = ([name, , former]: Table<Now>[number]): unknown => {
    if (typeof former === 'function') return former(past);
    const value: unknown = now[name as keyof Now];
    if (former === undefined) return value;
    const part = former as Table<unknown>;
    return Array.isArray(value) ? value.map((one) => inPast(one, part)) : inPast(value, part);
  };
  const document: Record<string, unknown> = {};
  for (const row of table) {
    if (!row[1].includes(version)) continue;
    const value = valueIn(row);
    // Cents are cut off: the page does not say what those versions do with dollars [I].
    document[row[0]] =
      typeof value === 'number' && WHOLE_AMOUNTS.includes(version) ? Math.trunc(value) : value;
  }
  return document;
}
