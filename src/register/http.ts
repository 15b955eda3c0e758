import http, { type ClientRequest, type IncomingMessage, type RequestOptions } from 'node:http';
import https from 'node:https';
import { syncBuiltinESMExports } from 'node:module';
import { urlToHttpOptions } from 'node:url';
import { isTossHost } from '../domain/toss-hosts.ts';
import { newAgent } from './agent.ts';
import { withHost } from './headers.ts';

type Callback = (response: IncomingMessage) => void;

/** What `request` and `get` of both modules take: `(options, callback?)` or `(url, options?, callback?)`. */
type Arguments = readonly unknown[];

/** Taken by `https.request`, and by nothing of `http`. */
interface Options extends RequestOptions {
  readonly servername?: string;
}

interface Asked {
  readonly options: Options;
  readonly callback: Callback | undefined;
}

/** A URL, also one of another realm; what `url.parse` returns has a `path` and counts as options, as it does for Node. */
const isUrl = (value: unknown): value is URL =>
  typeof value === 'object' && value !== null && 'href' in value && 'protocol' in value && !('path' in value);

/** Puts the arguments together as Node does: options win over the URL. Null where Node will refuse them. */
function readArguments(given: Arguments): Asked | null {
  const [target, ...rest] = given;
  if (typeof target === 'string' && !URL.canParse(target)) return null;
  const address = typeof target === 'string' ? new URL(target) : isUrl(target) ? target : null;
  const [options, callback] = address === null ? given : typeof rest[0] === 'function' ? [{}, rest[0]] : rest;
  return {
    options: { ...(address && urlToHttpOptions(address)), ...(options as RequestOptions | undefined) },
    callback: callback as Callback | undefined,
  };
}

/** Clients that go through a proxy ask it for the whole address. */
function wholeAddressOf({ path }: RequestOptions): URL | null {
  return path && /^https?:/i.test(path) && URL.canParse(path) ? new URL(path) : null;
}

/**
 * Sends what `request` and `get` of `node:http` and `node:https` ask of the Toss hosts to the sandbox. Whatever would
 * lead the connection elsewhere (agent, proxy, socket, name service, TLS name, port) is dropped; the rest stays.
 */
export function pointHttp(sandbox: URL): void {
  const { request } = sandbox.protocol === 'https:' ? https : http;
  const [keeping, closing] = [newAgent(sandbox, true), newAgent(sandbox, false)];
  const { protocol, hostname, port } = urlToHttpOptions(sandbox);

  const toSandbox = ({ options, callback }: Asked): ClientRequest => {
    const { createConnection, socketPath, lookup, localAddress, family, servername, ...rest } = options;
    const { defaultPort, headers, ...kept } = rest;
    const whole = wholeAddressOf(options);
    const pointed: RequestOptions = {
      ...kept,
      protocol,
      hostname,
      host: hostname,
      port,
      path: whole === null ? options.path : whole.pathname + whole.search,
      agent: options.agent === false ? closing : keeping,
      ...(headers && { headers: withHost(headers, sandbox.host) }),
    };
    return request(pointed, callback);
  };

  for (const module of [http, https]) {
    const elsewhere = { request: module.request, get: module.get };
    const asksToss = (given: Arguments): Asked | null => {
      const asked = readArguments(given);
      if (asked === null) return null;
      const { hostname, host } = asked.options;
      const asks = wholeAddressOf(asked.options)?.hostname || hostname || host;
      return typeof asks === 'string' && isTossHost(asks) ? asked : null;
    };
    module.request = (...given: unknown[]): ClientRequest => {
      const asked = asksToss(given);
      return asked === null ? Reflect.apply(elsewhere.request, module, given) : toSandbox(asked);
    };
    module.get = (...given: unknown[]): ClientRequest => {
      const asked = asksToss(given);
      return asked === null ? Reflect.apply(elsewhere.get, module, given) : toSandbox(asked).end();
    };
  }
  syncBuiltinESMExports();
}
