/** What a merchant's page hands in, as a plain object. */
export type Fields = Record<string, unknown>;

export const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** What a field may be. */
export type Check = (value: unknown) => boolean;

/** Fields by name. All are optional here; null counts as absent. */
export type Checks = Readonly<Record<string, Check>>;

export const isText: Check = (value) => typeof value === 'string';
export const isNumber: Check = (value) => typeof value === 'number';
export const isFlag: Check = (value) => typeof value === 'boolean';
export const isList: Check = Array.isArray;
export const textUpTo =
  (length: number): Check =>
  (value) =>
    typeof value === 'string' && value.length <= length;
export const oneOf =
  (...values: readonly string[]): Check =>
  (value) =>
    values.includes(value as string);

/** The first field that is there and not what it may be, or null. */
export const firstWrong = (fields: Fields, checks: Checks): string | null =>
  Object.keys(checks).find((name) => fields[name] != null && !checks[name]?.(fields[name])) ?? null;
