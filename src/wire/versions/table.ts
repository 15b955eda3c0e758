import { API_VERSIONS, type ApiVersion } from '../../domain/merchant.ts';
import type { Method } from '../../domain/method.ts';
import type { PaymentWire } from '../payment-schema.ts';

/** The versions whose Payment is another than today's; since 2022-11-16 it is the same (payments.md 9). */
export const OLDER_VERSIONS = API_VERSIONS.slice(0, API_VERSIONS.indexOf('2022-11-16'));

type OlderVersion = Exclude<ApiVersion, '2022-11-16' | '2024-06-01'>;

/** The older versions in which a field stands. */
type Versions = readonly ApiVersion[];

export const ALWAYS: Versions = OLDER_VERSIONS;
export const since = (first: OlderVersion): Versions => OLDER_VERSIONS.slice(OLDER_VERSIONS.indexOf(first));
export const until = (last: OlderVersion): Versions =>
  OLDER_VERSIONS.slice(0, OLDER_VERSIONS.indexOf(last) + 1);
export const between = (first: OlderVersion, last: OlderVersion): Versions =>
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

/** The object as its version has it: the fields of that version and no others. */
export function shape<Now>(table: Table<Now>, past: Past<Now>): Record<string, unknown> {
  const document: Record<string, unknown> = {};
  for (const row of table) {
    const [name, versions] = row;
    if (versions.includes(past.version)) document[name] = asAmount(valueOfRow(row, past), past.version);
  }
  return document;
}

function valueOfRow<Now>([name, , former]: Table<Now>[number], past: Past<Now>): unknown {
  if (typeof former === 'function') return former(past);
  const value: unknown = past.now[name as keyof Now];
  if (former === undefined || value === null) return value;
  const shapePart = (now: unknown) => shape(former as Table<unknown>, { ...past, now });
  return Array.isArray(value) ? value.map(shapePart) : shapePart(value);
}

const WHOLE_AMOUNTS = until('1.3');

/** Up to 1.3 amounts are integers. What those versions do with dollars is not known: cents are cut off [I]. */
const asAmount = (value: unknown, version: ApiVersion): unknown =>
  typeof value === 'number' && WHOLE_AMOUNTS.includes(version) ? Math.trunc(value) : value;
