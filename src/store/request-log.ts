import type { Instant } from '../domain/instant.ts';
import { BoundedLog } from './bounded-log.ts';
import { LIMITS, type World } from './store.ts';

/** A call under `/v1` and how it was answered. The bodies are the very strings that came and went, cut if long. */
export interface LoggedRequest {
  /** On the merchant's clock; wall time where nobody knows whose call it was. */
  readonly at: Instant;
  /** Whose key it came with; null when that key is nobody's. */
  readonly mId: string | null;
  readonly method: string;
  readonly url: string;
  readonly status: number;
  /** Null when there was none, when it was not JSON, or when the call was refused before it was read. */
  readonly requestBody: string | null;
  readonly responseBody: string;
  readonly idempotencyKey: string | null;
  readonly testCode: string | null;
  readonly traceId: string;
  /** Wall time until the answer was ready. */
  readonly durationMs: number;
}

interface Line {
  readonly seq: number;
  readonly request: LoggedRequest;
}

/** Every merchant's newest calls. In memory, gone with the merchant; no key is ever in it. */
export class RequestLog {
  readonly #tell: (request: LoggedRequest) => void;
  readonly #ofWorld = new WeakMap<World, BoundedLog<Line>>();
  #ofNobody = new BoundedLog<Line>(LIMITS.requests);
  #seq = 0;

  /** @param tell hears of each call as it is taken down */
  constructor(tell: (request: LoggedRequest) => void) {
    this.#tell = tell;
  }

  takeDown(world: World | null, request: LoggedRequest): void {
    const { requestBody, responseBody } = request;
    const isLong =
      responseBody.length > LIMITS.loggedChars || (requestBody?.length ?? 0) > LIMITS.loggedChars;
    const kept = isLong
      ? { ...request, requestBody: requestBody && cut(requestBody), responseBody: cut(responseBody) }
      : request;
    this.#logOf(world).push({ seq: this.#seq++, request: kept });
    this.#tell(kept);
  }

  #logOf(world: World | null): BoundedLog<Line> {
    if (world === null) return this.#ofNobody;
    const known = this.#ofWorld.get(world);
    if (known !== undefined) return known;
    const log = new BoundedLog<Line>(LIMITS.requests);
    this.#ofWorld.set(world, log);
    return log;
  }

  /** The calls of these merchants, and if asked for those of nobody, newest last. */
  list(worlds: readonly World[], withNobodys: boolean): LoggedRequest[] {
    const lines = worlds.flatMap((world) => [...(this.#ofWorld.get(world) ?? [])]);
    if (withNobodys) lines.push(...this.#ofNobody);
    return lines.sort((a, b) => a.seq - b.seq).map(({ request }) => request);
  }

  clear(worlds: readonly World[], withNobodys: boolean): void {
    for (const world of worlds) this.#ofWorld.delete(world);
    if (withNobodys) this.#ofNobody = new BoundedLog(LIMITS.requests);
  }
}

/** A copy, because a piece of a long string would keep the whole of it in memory. */
const cut = (text: string): string =>
  text.length > LIMITS.loggedChars ? Buffer.from(text.slice(0, LIMITS.loggedChars)).toString() : text;
