import type { FastifyBaseLogger } from 'fastify';
import type { ErrorCode } from '../domain/error-code.ts';
import { kindOfKey, type Product } from '../domain/keys.ts';
import { type Refusal, refuse } from '../domain/refusal.ts';
import type { Store, World } from '../store/store.ts';
import type { Adopt } from './adopt.ts';

/** Who is calling. */
export interface Caller {
  readonly world: World;
  /** The key the caller gave. */
  readonly key: string;
  /** Of the pair that the key belongs to. */
  readonly product: Product;
}

/**
 * The user name of a Basic header (payments.md 1.2): missing padding is forgiven, the password ignored.
 *
 * @returns the user name, or UNAUTHORIZED_KEY when there is no such header or it is garbled, or
 *   INCORRECT_BASIC_AUTH_FORMAT when the colon is missing (payments.md 1.5)
 */
function userNameOf(authorization: string): string | Refusal {
  // Four letters for three bytes; a single one left over is not base64.
  const encoded = /^Basic +((?:[\w+/-]{4})*[\w+/-]{2,4}={0,2}) *$/i.exec(authorization)?.[1];
  if (encoded === undefined) return refuse('UNAUTHORIZED_KEY');
  const decoded = Buffer.from(encoded, 'base64').toString('latin1');
  if (!/^[\x20-\x7e]+$/.test(decoded)) return refuse('UNAUTHORIZED_KEY');
  const colonAt = decoded.indexOf(':');
  return colonAt < 0 ? refuse('INCORRECT_BASIC_AUTH_FORMAT') : decoded.slice(0, colonAt);
}

/** What was read from good headers before: merchants send the same one with every call. Bad ones are not kept. */
const knownUserNames = new Map<string, string>();
const KNOWN_LIMIT = 1000;

function remember(authorization: string, userName: string): void {
  if (knownUserNames.size >= KNOWN_LIMIT) knownUserNames.clear();
  knownUserNames.set(authorization, userName);
}

/** Says in one line of the log what to do about a key that was refused. The caller gets the documented answer. */
function advise(log: FastifyBaseLogger, key: string): void {
  const kind = kindOfKey(key);
  const shown = `${key.slice(0, 12)}…`;
  if (kind?.live === true) {
    log.warn(
      `A live key (${shown}) was sent to the sandbox and refused. It should not have left production.`,
    );
  } else if (kind === null) {
    log.warn(`${shown} is not a Toss Payments key.`);
  } else {
    log.warn(
      `Unknown key ${shown}: declare it with TOSS_SANDBOX_KEYS=clientKey:secretKey, --merchants FILE or POST /sandbox/merchants.`,
    );
  }
}

/** Finds the merchant of a key of one side; who knows how to `adopt` a key is asked for those that nobody has. */
function callerOf(
  store: Store,
  authorization: string | undefined,
  side: 'client' | 'secret',
  unknown: ErrorCode,
  log: FastifyBaseLogger,
  adopt: Adopt | null,
): Caller | Refusal {
  const header = authorization ?? '';
  const known = knownUserNames.get(header);
  const key = known ?? userNameOf(header);
  if (typeof key !== 'string') return key.refused === 'UNAUTHORIZED_KEY' ? refuse(unknown) : key;
  const world = store.worldOfKey(key);
  const pair = world?.merchant.keyPairs.find(({ clientKey, secretKeys }) =>
    side === 'client' ? clientKey === key : secretKeys.includes(key),
  );
  if (world !== undefined && pair !== undefined) {
    if (known === undefined) remember(header, key);
    return { world, key, product: pair.product };
  }
  const kind = kindOfKey(key);
  if (world === undefined) {
    const adoptive = kind?.side === side ? adopt?.(key, kind) : undefined;
    if (kind !== null && adoptive !== undefined) return { world: adoptive, key, product: kind.product };
    advise(log, key);
  }
  // Everything here is test: a live secret key is test and live mixed, whatever is called (payments.md 1.5; that it
  // is not UNAUTHORIZED_KEY, as for a key that nobody knows, is our reading [I]).
  const isMixed = side === 'secret' && kind?.live === true && kind.side === 'secret';
  return refuse(isMixed ? 'INVALID_API_KEY' : unknown);
}

/** Whose key it is, client or secret; null when it is nobody's or no key at all. Says nothing in the log. */
export function ownerOfKey(store: Store, authorization: string | undefined): World | null {
  const key = userNameOf(authorization ?? '');
  return (typeof key === 'string' ? store.worldOfKey(key) : undefined) ?? null;
}

/** A merchant's server. UNAUTHORIZED_KEY (401), INCORRECT_BASIC_AUTH_FORMAT (403) or INVALID_API_KEY (400). */
export const callerOfSecretKey = (
  store: Store,
  authorization: string | undefined,
  log: FastifyBaseLogger,
  adopt: Adopt | null,
): Caller | Refusal => callerOf(store, authorization, 'secret', 'UNAUTHORIZED_KEY', log, adopt);

/** The SDK in a merchant's page. INVALID_CLIENT_KEY (400) or INCORRECT_BASIC_AUTH_FORMAT (403). */
export const callerOfClientKey = (
  store: Store,
  authorization: string | undefined,
  log: FastifyBaseLogger,
  adopt: Adopt | null,
): Caller | Refusal => callerOf(store, authorization, 'client', 'INVALID_CLIENT_KEY', log, adopt);

/** Is the merchant still there that was there when its key was read? A body takes its time to arrive. */
export const isThere = (store: Store, world: World): boolean => store.world(world.merchant.mId) === world;
