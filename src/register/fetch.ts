import { isTossHost } from '../domain/toss-hosts.ts';
import { withHost } from './headers.ts';
import { explain, Unanswered } from './unanswered.ts';

/** What undici's dispatchers are told of a request, as far as it is changed here. */
interface DispatchOptions {
  readonly origin?: string | URL;
  readonly headers?: object | null;
}

type Dispatch = (options: DispatchOptions, handler: object) => unknown;

/** undici's Dispatcher; `compose` is its public way to put something in front. */
interface Dispatcher {
  dispatch: Dispatch;
  compose?(interceptor: (dispatch: Dispatch) => Dispatch): Dispatcher;
}

/**
 * Where Node's own undici and the package of that name keep the dispatcher that they share: 1 up to undici 7, 2 from
 * undici 8 on.
 */
const SHARED = [1, 2].map((version) => Symbol.for(`undici.globalDispatcher.${version}`));
const shared = globalThis as unknown as Record<symbol, Dispatcher | undefined>;

/** A handler that is told in our words why the sandbox could not be reached; all else goes through as it is. */
const explaining = (sandbox: URL, handler: object): object =>
  new Proxy(handler, {
    get: (target, name) => {
      const value = Reflect.get(target, name);
      if (typeof value !== 'function') return value;
      return (...given: unknown[]) =>
        value.apply(
          target,
          given.map((one) => explain(sandbox, one)),
        );
    },
  });

/** Dispatches by `home` to the sandbox what goes to a Toss host, and by `elsewhere` the rest. */
function pointed(sandbox: URL, home: Dispatch, elsewhere: Dispatch): Dispatch {
  return (options, handler) => {
    const { origin, headers } = options;
    if (origin === undefined || !isTossHost(new URL(origin).hostname)) return elsewhere(options, handler);
    const there = {
      ...options,
      origin: sandbox.origin,
      ...(headers && { headers: withHost(headers, sandbox.host) }),
    };
    return home(there, explaining(sandbox, handler));
  };
}

/**
 * Sends what `fetch` asks of the Toss hosts to the sandbox. This is done below it, so that method, body, signal,
 * redirects and `response.url` stay the caller's. The dispatcher that undici's copies share is pointed too: for the
 * package's own `fetch` and `request`, and where another host redirects to a Toss host.
 */
export function pointFetch(sandbox: URL): void {
  const { fetch, Request } = globalThis;
  // Looking at Request has loaded Node's undici, and that has put its dispatcher there.
  const own = SHARED.findLast((symbol) => shared[symbol] !== undefined);
  const home = own && shared[own]?.dispatch.bind(shared[own]);
  if (!own || !home)
    throw new Error(`toss-sandbox/register does not know the fetch of Node ${process.version}`);
  for (const symbol of SHARED) {
    const composed = shared[symbol]?.compose?.((elsewhere) => pointed(sandbox, elsewhere, elsewhere));
    if (composed !== undefined) shared[symbol] = composed;
  }

  globalThis.fetch = async (input, init) => {
    const address = input instanceof Request ? input.url : String(input);
    if (!URL.canParse(address) || !isTossHost(new URL(address).hostname)) return fetch(input, init);
    // The caller's own dispatcher may be a proxy's: it is asked only where the sandbox redirects to another host.
    const callers = (init as { dispatcher?: Dispatcher } | undefined)?.dispatcher;
    const elsewhere: Dispatch = (...given) => (callers ?? shared[own])?.dispatch(...given);
    const dispatcher = { dispatch: pointed(sandbox, home, elsewhere) };
    try {
      return await fetch(new Request(input, init), { dispatcher } as RequestInit);
    } catch (error) {
      const cause = error instanceof TypeError ? error.cause : null;
      throw cause instanceof Unanswered ? new TypeError(cause.message, { cause }) : error;
    }
  };
}
