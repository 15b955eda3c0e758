import type { ErrorCode } from './error-code.ts';

/** Which calls an ordered failure strikes; null asks for nothing. */
export interface FaultAim {
  readonly method: 'GET' | 'POST' | null;
  /** As the API table writes it (`/v1/payments/{paymentKey}/cancel`), or one path letter for letter. */
  readonly path: string | null;
  readonly orderId: string | null;
}

/** A failure that a test has ordered: the next so many calls that it fits are answered with its code. */
export interface Fault extends FaultAim {
  readonly faultId: string;
  /** Whose calls it strikes; null strikes everybody's. */
  readonly mId: string | null;
  readonly code: ErrorCode;
  readonly times: number;
  /** How often it has struck. */
  readonly struck: number;
}

/** A call as a fault sees it. */
export interface Target {
  readonly method: string;
  /** As the API table writes it. */
  readonly path: string;
  /** As it stood in the request, query and all. */
  readonly url: string;
  /** The order it is about, if that can be told. Only asked when a fault wants to know. */
  readonly orderId: () => string | null;
}

/** The name of a parameter does not matter: `{paymentKey}` or `{id}`. */
const unnamed = (path: string): string => path.replace(/\{\w+\}/g, '{}');

/** Does the fault strike this call? */
export const strikes = (aim: FaultAim, target: Target): boolean =>
  (aim.method === null || aim.method === target.method) &&
  (aim.path === null ||
    unnamed(aim.path) === unnamed(target.path) ||
    aim.path === target.url.split('?', 1)[0]) &&
  (aim.orderId === null || aim.orderId === target.orderId());
