import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import * as z from 'zod';
import { readAllowedHost, readAllowedOrigin } from './domain/allowed.ts';
import { WEBHOOK_EVENTS, type WebhookEvent } from './domain/event.ts';
import { isHostName } from './domain/host-name.ts';
import { kindOfKey } from './domain/keys.ts';
import { API_VERSIONS, type Merchant, USUAL_API_VERSION } from './domain/merchant.ts';
import { isHttpUrl, readPublicUrl } from './domain/public-url.ts';

/** What the command can be told. Every one has a default. */
export interface CommandOptions {
  readonly host: string;
  readonly port: number;
  readonly publicUrl: string | null;
  readonly webhooks: readonly {
    url: string;
    events: readonly WebhookEvent[];
    wrapDepositCallback: boolean;
  }[];
  readonly merchants: readonly Merchant[];
  /** Calls a minute, per API and merchant; null is any number. */
  readonly rateLimit: number | null;
  /** Do unknown test keys act for the documentation's merchants? */
  readonly adoptKeys: boolean;
  /** Further host names to answer to; `*.` before one means all below it, `*` alone any. */
  readonly allowHosts: readonly string[];
  /** Origins whose pages may call the sandbox's own API. */
  readonly allowOrigins: readonly string[];
  readonly log: LogLevel;
  /** Does it speak TLS, and for which names beside those of Toss Payments and this machine? */
  readonly tls: { readonly names: readonly string[] } | null;
  /** Further ports; every port takes HTTP, TLS and what is sent to a proxy. */
  readonly httpsPort: number | null;
  readonly httpPort: number | null;
  readonly proxyOthers: boolean;
  /** The folder for what is kept; null is the user's own. */
  readonly data: string | null;
}

export const LOG_LEVELS = ['silent', 'error', 'warn', 'info', 'debug'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

/** The port of a sandbox that is told nothing. */
export const DEFAULT_PORT = 8677;

/** What was asked for cannot be done: said in one line, no stack. */
export class OptionError extends Error {}

export const USAGE = `Usage: toss-sandbox [options]

  --port NUMBER            port to listen on (${DEFAULT_PORT}; 0 takes a free one)
  --host ADDRESS           address to listen on (127.0.0.1)
  --public-url URL         where browsers reach the sandbox, when that is not where the request came in
  --webhook URL[=EVENT,…]  a receiver of every merchant's events; may be given several times
  --wrap-deposit-callback  sends them DEPOSIT_CALLBACK as {eventType, createdAt, data}; the real one is flat
  --merchants FILE         JSON list of further merchants and their keys
  --rate-limit N           calls a minute that each API takes from each merchant, then 429 (any number;
                           the test environment takes 100)
  --adopt-keys             unknown test keys act for the documentation's merchants instead of being refused
  --allow-host NAME        a further host name to answer to; *.NAME is all below it, * any; may be given
                           several times
  --allow-origin ORIGIN    pages of this origin may call /sandbox/*; may be given several times
  --tls                    speak TLS on the same port, with certificates for the hosts of Toss Payments and localhost
  --tls-name NAME          a further host name or address of the certificate; may be given several times
  --https-port NUMBER      listen there too; with --tls (443 for clients that know no other)
  --http-port NUMBER       listen there too (80)
  --proxy-others           as a proxy, pass on what is not for Toss Payments (it is refused)
  --data DIR               folder for what is kept: authority and certificates of --tls (the user's data folder)
  --log LEVEL              ${LOG_LEVELS.join(', ')} (info)
  --help, --version

Each is also an environment variable: TOSS_SANDBOX_PORT, TOSS_SANDBOX_HOST, TOSS_SANDBOX_PUBLIC_URL,
TOSS_SANDBOX_WEBHOOK (several separated by spaces), TOSS_SANDBOX_WRAP_DEPOSIT_CALLBACK (true or false),
TOSS_SANDBOX_MERCHANTS, TOSS_SANDBOX_RATE_LIMIT, TOSS_SANDBOX_ADOPT_KEYS=1, TOSS_SANDBOX_ALLOW_HOST and
TOSS_SANDBOX_ALLOW_ORIGIN (several separated by spaces), TOSS_SANDBOX_TLS (true or false), TOSS_SANDBOX_TLS_NAME
(several separated by spaces), TOSS_SANDBOX_HTTPS_PORT, TOSS_SANDBOX_HTTP_PORT, TOSS_SANDBOX_PROXY_OTHERS
(true or false), TOSS_SANDBOX_DATA, TOSS_SANDBOX_LOG.
TOSS_SANDBOX_KEYS=clientKey:secretKey[,…] declares the keys of one further merchant.
`;

const FLAGS = {
  port: { type: 'string' },
  host: { type: 'string' },
  'public-url': { type: 'string' },
  webhook: { type: 'string', multiple: true },
  'wrap-deposit-callback': { type: 'boolean' },
  merchants: { type: 'string' },
  'rate-limit': { type: 'string' },
  'adopt-keys': { type: 'boolean' },
  'allow-host': { type: 'string', multiple: true },
  'allow-origin': { type: 'string', multiple: true },
  tls: { type: 'boolean' },
  'tls-name': { type: 'string', multiple: true },
  'https-port': { type: 'string' },
  'http-port': { type: 'string' },
  'proxy-others': { type: 'boolean' },
  data: { type: 'string' },
  log: { type: 'string' },
  help: { type: 'boolean' },
  version: { type: 'boolean' },
} as const;

type Switch = 'wrap-deposit-callback' | 'adopt-keys' | 'tls' | 'proxy-others';
type ListFlag = 'webhook' | 'allow-host' | 'allow-origin' | 'tls-name';
type TextFlag = Exclude<keyof typeof FLAGS, Switch | ListFlag | 'help' | 'version'>;

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Reads the command line and the environment; the command line wins.
 *
 * @throws {OptionError} with what is wrong, in one line
 */
export function readOptions(args: readonly string[], env: Environment): CommandOptions | 'help' | 'version' {
  const values = readFlags(args);
  if (values.help === true) return 'help';
  if (values.version === true) return 'version';
  // Empty counts as not said: an empty host would listen on every address.
  const said = (flag: TextFlag, variable: string): string | undefined =>
    values[flag] || env[variable] || undefined;
  const several = (flag: ListFlag, variable: string): string[] =>
    (values[flag] ?? env[variable]?.split(/\s+/) ?? []).filter(Boolean);
  const isOn = (flag: Switch, variable: string): boolean => values[flag] ?? readSwitch(env, variable);
  const names = several('tls-name', 'TOSS_SANDBOX_TLS_NAME').map(readTlsName);
  const merchantsFile = said('merchants', 'TOSS_SANDBOX_MERCHANTS');
  const wrapDepositCallback = isOn('wrap-deposit-callback', 'TOSS_SANDBOX_WRAP_DEPOSIT_CALLBACK');
  const httpsPort = readFurtherPort('--https-port', said('https-port', 'TOSS_SANDBOX_HTTPS_PORT'));
  return {
    host: said('host', 'TOSS_SANDBOX_HOST') ?? '127.0.0.1',
    port: readPort(said('port', 'TOSS_SANDBOX_PORT')),
    publicUrl: publicUrlOf(said('public-url', 'TOSS_SANDBOX_PUBLIC_URL')),
    webhooks: several('webhook', 'TOSS_SANDBOX_WEBHOOK').map((text) => ({
      ...readWebhook(text),
      wrapDepositCallback,
    })),
    merchants: [
      ...(merchantsFile === undefined ? [] : readMerchantsFile(merchantsFile)),
      ...readKeys(env['TOSS_SANDBOX_KEYS']),
    ],
    rateLimit: readRateLimit(said('rate-limit', 'TOSS_SANDBOX_RATE_LIMIT')),
    adoptKeys: isOn('adopt-keys', 'TOSS_SANDBOX_ADOPT_KEYS'),
    allowHosts: several('allow-host', 'TOSS_SANDBOX_ALLOW_HOST').map(allowedHostOf),
    allowOrigins: several('allow-origin', 'TOSS_SANDBOX_ALLOW_ORIGIN').map(allowedOriginOf),
    log: readLevel(said('log', 'TOSS_SANDBOX_LOG')),
    tls: isOn('tls', 'TOSS_SANDBOX_TLS') ? { names } : withoutTls(names, httpsPort),
    httpsPort,
    httpPort: readFurtherPort('--http-port', said('http-port', 'TOSS_SANDBOX_HTTP_PORT')),
    proxyOthers: isOn('proxy-others', 'TOSS_SANDBOX_PROXY_OTHERS'),
    data: said('data', 'TOSS_SANDBOX_DATA') ?? null,
  };
}

function readFlags(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: FLAGS,
      strict: true,
      allowPositionals: false,
    }).values;
  } catch (error) {
    // The first sentence: what follows is advice on how to write it differently.
    throw new OptionError((error as Error).message.split(/\.\s/, 1)[0]);
  }
}

function readPort(text: string | undefined): number {
  if (text === undefined) return DEFAULT_PORT;
  const port = Number(text);
  if (/^\d+$/.test(text) && port <= 65_535) return port;
  throw new OptionError(`--port must be a number from 0 to 65535, not ${text}`);
}

function readFurtherPort(flag: string, text: string | undefined): number | null {
  if (text === undefined) return null;
  const port = Number(text);
  if (/^\d+$/.test(text) && port >= 1 && port <= 65_535) return port;
  throw new OptionError(`${flag} must be a number from 1 to 65535, not ${text}`);
}

/** A host name, perhaps with `*.` before it, or an address. */
function readTlsName(text: string): string {
  if (isHostName(text)) return text.toLowerCase();
  throw new OptionError(`--tls-name must be a host name or an IP address, not ${text}`);
}

/** What is asked for that only TLS gives. */
function withoutTls(names: readonly string[], httpsPort: number | null): null {
  if (names.length > 0) throw new OptionError('--tls-name needs --tls');
  if (httpsPort !== null) throw new OptionError('--https-port needs --tls');
  return null;
}

function readRateLimit(text: string | undefined): number | null {
  if (text === undefined) return null;
  const limit = Number(text);
  if (/^\d+$/.test(text) && limit >= 1 && Number.isSafeInteger(limit)) return limit;
  throw new OptionError(`--rate-limit must be a whole number from 1 on, not ${text}`);
}

function readSwitch(env: Environment, variable: string): boolean {
  const text = env[variable] || 'false';
  if (['true', '1'].includes(text)) return true;
  if (['false', '0'].includes(text)) return false;
  throw new OptionError(`${variable} must be true or false, not ${text}`);
}

function allowedHostOf(text: string): string {
  const name = readAllowedHost(text);
  if (name !== null) return name;
  throw new OptionError(`--allow-host must be a host name, *.NAME or *, not ${text}`);
}

function allowedOriginOf(text: string): string {
  const origin = readAllowedOrigin(text);
  if (origin !== null) return origin;
  throw new OptionError(`--allow-origin must be an origin as http://localhost:3000, not ${text}`);
}

function readLevel(text: string | undefined): LogLevel {
  const level = LOG_LEVELS.find((name) => name === (text ?? 'info'));
  if (level !== undefined) return level;
  throw new OptionError(`--log must be one of ${LOG_LEVELS.join(', ')}, not ${text}`);
}

function publicUrlOf(text: string | undefined): string | null {
  if (text === undefined) return null;
  const read = readPublicUrl(text);
  if ('publicUrl' in read) return read.publicUrl;
  throw new OptionError(`--public-url ${read.flaw}, not ${text}`);
}

/**
 * `URL` or `URL=EVENT,EVENT`: the list is what follows the last `=`. An `=` of the address itself stands behind its
 * `?`; there, what follows is a list only if every name in it is an event.
 */
function readWebhook(text: string): {
  url: string;
  events: readonly WebhookEvent[];
} {
  const isEvent = (name: string): name is WebhookEvent =>
    (WEBHOOK_EVENTS as readonly string[]).includes(name);
  const at = text.lastIndexOf('=');
  const names = at < 0 ? [] : text.slice(at + 1).split(',');
  const events = names.filter(isEvent);
  const hasList = names.length > 0 && events.length === names.length;
  const url = hasList ? text.slice(0, at) : text;
  const strange = names.filter((name) => !isEvent(name));
  const isSlip = events.length > 0 || !text.slice(0, at).includes('?');
  if (isSlip && strange.length > 0) {
    throw new OptionError(
      `--webhook: ${strange.join(', ')} is no event. The events are ${WEBHOOK_EVENTS.join(', ')}`,
    );
  }
  if (!isHttpUrl(url)) throw new OptionError(`--webhook must be an http or https address, not ${url}`);
  return { url, events: hasList ? events : WEBHOOK_EVENTS };
}

const clientKey = z.string().refine((key) => isTestKey(key, 'client'), 'not a test client key');
const secretKey = z.string().refine((key) => isTestKey(key, 'secret'), 'not a test secret key');

/** Live keys have no business here. */
function isTestKey(key: string, side: 'client' | 'secret'): boolean {
  const kind = kindOfKey(key);
  return kind !== null && !kind.live && kind.side === side;
}

const MerchantsFile = z.array(
  z.object({
    mId: z.string().regex(/^[A-Za-z0-9_-]{5,14}$/, '5 to 14 letters, digits, _ or -'),
    name: z.string().min(1).max(100).optional(),
    securityKey: z
      .string()
      .regex(/^[0-9a-f]{64}$/i, '64 hex characters')
      .optional(),
    apiVersion: z.enum(API_VERSIONS).default(USUAL_API_VERSION),
    keyPairs: z
      .array(
        z.object({
          product: z.enum(['individual', 'widget']),
          clientKey: clientKey.nullable().default(null),
          secretKeys: z.array(secretKey),
        }),
      )
      .min(1),
  }),
);

/** Signatures are checked only by who knows the key: one that is not told is all zeros. */
const NO_SECURITY_KEY = '0'.repeat(64);

/** Reads a list of merchants, as `--merchants` and `fixtures/merchants.json` write it. @throws {z.ZodError} */
export const parseMerchants = (json: unknown): Merchant[] =>
  MerchantsFile.parse(json).map(({ mId, name, securityKey, apiVersion, keyPairs }) => ({
    mId,
    name: name ?? mId,
    keyPairs,
    securityKey: securityKey ?? NO_SECURITY_KEY,
    apiVersion,
  }));

function readMerchantsFile(path: string): Merchant[] {
  try {
    return parseMerchants(JSON.parse(readFileSync(path, 'utf8')));
  } catch (error) {
    const why = error instanceof z.ZodError ? z.prettifyError(error) : (error as Error).message;
    // Both may quote or list over several lines.
    throw new OptionError(`--merchants ${path}: ${why.replace(/\s+/g, ' ')}`);
  }
}

/** `ck:sk[,gck:gsk]`: the pairs of one merchant. */
function readKeys(text: string | undefined): Merchant[] {
  if (text === undefined || text === '') return [];
  const keyPairs = text.split(',').map((pair) => {
    const [client = '', secret = '', ...rest] = pair.trim().split(':');
    if (!isTestKey(client, 'client') || !isTestKey(secret, 'secret') || rest.length > 0) {
      throw new OptionError('TOSS_SANDBOX_KEYS must be test_ck_…:test_sk_…, more pairs after commas');
    }
    return {
      product: kindOfKey(client)?.product ?? 'individual',
      clientKey: client,
      secretKeys: [secret],
    };
  });
  return parseMerchants([{ mId: 'tenvironment', name: '내 상점', keyPairs }]);
}
