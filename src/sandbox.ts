import { randomInt } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { FastifyInstance } from 'fastify';
import { type Logger, pino } from 'pino';
import merchantsFixture from '../fixtures/merchants.json' with { type: 'json' };
import { realWall, type Wall } from './clock/wall.ts';
import { ControlError, type Core } from './control/core.ts';
import { declareMerchants } from './control/declare-merchants.ts';
import { documentationKeysOf } from './control/merchants.ts';
import { News } from './control/news.ts';
import type { Webhook } from './domain/delivery.ts';
import type { WebhookEvent } from './domain/event.ts';
import { webhookIdOf } from './domain/keys.ts';
import type { Merchant } from './domain/merchant.ts';
import { Clocks } from './gateway/clocks.ts';
import { closeDueAccount, forgetRefundAccount } from './gateway/deposit.ts';
import { Gateway } from './gateway/gateway.ts';
import { endCancel } from './gateway/settle-cancel.ts';
import { newAdoption } from './http/adopt.ts';
import { buildServer } from './http/server.ts';
import { type LogLevel, OptionError, parseMerchants } from './options.ts';
import { Chance } from './store/chance.ts';
import { MemoryStore } from './store/memory-store.ts';
import { RequestLog } from './store/request-log.ts';
import type { Store } from './store/store.ts';
import { FolderError, openIdentity } from './tls/authority.ts';
import { placeDoor } from './tls/door.ts';
import { userDataFolder } from './tls/folder.ts';
import { type Place, placesOf } from './tls/listen.ts';
import { waysToTrust } from './tls/trust.ts';
import { announce } from './webhooks/announce.ts';
import { deliver } from './webhooks/deliver.ts';
import { type Send, sendOverHttp } from './webhooks/send.ts';
import { describeError, presentError } from './wire/errors.ts';

export interface SandboxOptions {
  /** Where browsers reach the sandbox; by default where each request came in. */
  readonly publicUrl?: string | null;
  /** Receivers of every merchant's events. */
  readonly webhooks?: readonly {
    url: string;
    events: readonly WebhookEvent[];
    wrapDepositCallback?: boolean;
  }[];
  /** Merchants beside those of the documentation. */
  readonly merchants?: readonly Merchant[];
  /** How many calls a minute each API takes from each merchant; null, as by default, any number. */
  readonly rateLimit?: number | null;
  /** Do unknown test keys act for the documentation's merchants? */
  readonly adoptKeys?: boolean;
  /** Further host names to answer to, in small letters; `*.` before one means all below it, `*` alone any. */
  readonly allowHosts?: readonly string[];
  /** Origins, as browsers send them, whose pages may call the sandbox's own API. */
  readonly allowOrigins?: readonly string[];
  readonly log?: LogLevel;
  /** Does it speak TLS, and for which names beside those of Toss Payments and this machine? */
  readonly tls?: { readonly names: readonly string[] } | null;
  /** Does the proxy pass on what is not for Toss Payments? */
  readonly proxyOthers?: boolean;
  /** The folder for what is kept; null, as by default, is the user's own. */
  readonly data?: string | null;
  /** The same seed gives the same keys. */
  readonly seed?: number;
  /** A demo shop to link to. */
  readonly demoUrl?: string;
  /** The machine's time; for tests. */
  readonly wall?: Wall;
  /** Where everything is kept; for tests. */
  readonly store?: Store;
  /** How webhooks are sent; for tests. */
  readonly send?: Send;
  /** How long a webhook receiver has to answer: 10 seconds of wall time (webhooks.md 7). */
  readonly webhookLimitMs?: number;
}

/** A sandbox that is put together and listens on nothing yet. */
export interface Sandbox {
  readonly app: FastifyInstance;
  readonly core: Core;
  /** The individual keys of the public documentation. */
  readonly documentationKeys: {
    readonly clientKey: string;
    readonly secretKey: string;
  };
  /** Whom clients must trust: the authority's file, and how each kind of client is told; null without TLS. */
  readonly trust: { readonly caFile: string; readonly ways: string } | null;
  /** Listens; answers with the address. */
  listen(at: Place): Promise<string>;
  /** Stops listening, and waits for the webhooks under way: as long as it takes, or so many milliseconds. */
  close(limitMs?: number): Promise<void>;
}

const WEBHOOK_LIMIT_MS = 10_000;

const packageFile = new URL('../package.json', import.meta.url);

/** The version of this package. */
export const VERSION: string = JSON.parse(readFileSync(packageFile, 'utf8')).version;

/**
 * Puts every floor on the one below. The only place that sees them all.
 *
 * @throws {OptionError} when a merchant or a key is declared twice, or the folder of certificates cannot be used
 */
export async function createSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const log: Logger = pino({ level: options.log ?? 'silent' });
  const adviseOnce = onlyOnce((advice) => log.info(advice));
  const wall = options.wall ?? realWall;
  const store = options.store ?? new MemoryStore();
  const chance = new Chance(options.seed ?? randomInt(2 ** 32));
  const send = options.send ?? sendOverHttp(wall, options.webhookLimitMs ?? WEBHOOK_LIMIT_MS);

  const clocks = new Clocks({
    store,
    wall,
    performers: {
      lapse: (world, job) => gateway.lapse(world, job),
      closeAccount: (world, { key, dueAt }) =>
        void gateway.carryOut(world, (work) => closeDueAccount(work, key), dueAt),
      forgetRefundAccount: (world, { key, dueAt }) =>
        gateway.carryOut(world, (work) => forgetRefundAccount(work, key), dueAt),
      settleCancel: (world, { key, dueAt }) =>
        void gateway.carryOut(
          world,
          (work) => endCancel(work, key, world.conduct.foreignCancelOutcome),
          dueAt,
        ),
      deliver: (world, job) =>
        deliver(
          {
            gateway,
            send,
            now: () => clocks.of(world.merchant.mId).now(),
            log,
            adviseOnce,
          },
          world,
          job,
        ),
    },
    onError: (error) => log.error({ err: error }, 'A job of the agenda failed'),
  });

  const news = new News();
  const gateway = new Gateway({
    store,
    chance,
    wall,
    told: news.tellWork,
    rateLimit: options.rateLimit ?? null,
    clockOf: clocks.of,
    voice: {
      describe: describeError,
      presentError,
      announce: (event, payment, work) => announce(event, payment, work, store.sharedWebhooks),
    },
  });

  const documentation = parseMerchants(merchantsFixture);
  const foundingMerchants = declareOrRefuse(store, [...documentation, ...(options.merchants ?? [])]);
  const foundingWebhooks: Webhook[] = (options.webhooks ?? []).map(
    ({ url, events, wrapDepositCallback = false }) => ({
      webhookId: webhookIdOf(chance.draw),
      url,
      events,
      wrapDepositCallback,
    }),
  );
  store.shareWebhooks(foundingWebhooks);

  const core: Core = {
    gateway,
    store,
    clocks,
    chance,
    wall,
    requests: new RequestLog(news.tellRequest),
    news,
    foundingMerchants,
    foundingWebhooks,
  };
  const tls = options.tls ? await openTls(options.data ?? null, options.tls.names, wall) : null;
  const app = await buildServer({
    gateway,
    store,
    core,
    log,
    adviseOnce,
    publicUrl: options.publicUrl ?? null,
    // Who has a certificate for a name means it to be reached by that name.
    allowHosts: [...(options.allowHosts ?? []), ...(options.tls?.names ?? [])],
    allowOrigins: options.allowOrigins ?? [],
    adopt: options.adoptKeys === true ? newAdoption(store, log) : null,
    version: VERSION,
    demoUrl: options.demoUrl ?? null,
    readmePath: new URL('../README.md', import.meta.url),
    sdkPaths: {
      standard: new URL('../dist/browser/standard.js', import.meta.url),
    },
  });

  const hangUp = placeDoor(app.server, {
    identity: tls?.identity ?? null,
    names: options.tls?.names ?? [],
    proxyOthers: options.proxyOthers ?? false,
    wall,
    adviseOnce,
  });
  const places = placesOf(app);
  app.addHook('preClose', async () => {
    places.close();
    hangUp();
  });

  return {
    app,
    core,
    documentationKeys: documentationKeysOf(core),
    trust: tls,
    listen: places.listen,
    close: async (limitMs) => {
      // Before the connections are: who waits for an answer gets one.
      gateway.close();
      await app.close();
      await atMost(wall, clocks.close(), limitMs);
      store.close();
    },
  };
}

/** Waits for something, but no longer than so many milliseconds. */
const atMost = (wall: Wall, ending: Promise<void>, limitMs: number | undefined): Promise<void> =>
  limitMs === undefined
    ? ending
    : Promise.race([ending, new Promise<void>((resolve) => void wall.after(limitMs, resolve))]);

/** What cannot be declared is a mistake of the one who starts the sandbox. */
function declareOrRefuse(store: Store, merchants: readonly Merchant[]): Merchant[] {
  try {
    return declareMerchants(store, merchants);
  } catch (error) {
    throw error instanceof ControlError ? new OptionError(error.message) : error;
  }
}

/** Reads the certificates, or makes them. A folder that cannot be used is a mistake of the caller. */
async function openTls(data: string | null, names: readonly string[], wall: Wall) {
  const folder = resolve(data ?? userDataFolder(process.env, process.platform), 'tls');
  try {
    const identity = await openIdentity(folder, names, wall.now());
    return { identity, caFile: identity.caFile, ways: waysToTrust(identity) };
  } catch (error) {
    throw error instanceof FolderError ? new OptionError(`--tls: ${error.message}`) : error;
  }
}

/** Passes each text on the first time it is said. */
function onlyOnce(say: (text: string) => void): (text: string) => void {
  const said = new Set<string>();
  return (text) => {
    if (said.has(text)) return;
    said.add(text);
    say(text);
  };
}
