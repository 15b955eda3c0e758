type Pairs = Iterable<readonly [string, unknown]>;

const isHost = (name: unknown): boolean => String(name).toLowerCase() === 'host';

/**
 * The same headers with the sandbox's own Host where the caller wrote one: the sandbox makes the addresses that it
 * hands to browsers from the Host it sees, and at Toss Payments' they would not find it.
 *
 * @param headers as clients hand them over: by name, as pairs, or in a list of names and values in turn
 */
export function withHost<H extends object>(headers: H, host: string): H;
export function withHost(headers: object, host: string): object {
  const replaced = (pairs: Pairs) =>
    Array.from(pairs, ([name, value]) => [name, isHost(name) ? host : value]);
  if (Array.isArray(headers) && !Array.isArray(headers[0])) {
    return headers.map((value, at) => (at % 2 === 1 && isHost(headers[at - 1]) ? host : value));
  }
  if (Symbol.iterator in headers) return replaced(headers as Pairs);
  return Object.fromEntries(replaced(Object.entries(headers)));
}
