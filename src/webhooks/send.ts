import { request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import type { Wall } from '../clock/wall.ts';

/** How one request to a receiver ended. Exactly one of the two is null. */
export interface Outcome {
  readonly status: number | null;
  /** `TIMEOUT`, or the code of the network error. */
  readonly error: string | null;
}

/** Sends one request; never rejects. */
export type Send = (
  url: string,
  headers: Readonly<Record<string, string>>,
  body: Uint8Array,
) => Promise<Outcome>;

/**
 * Sends over real HTTP, a fresh connection each time. Redirects are not followed, the answer's body is not read
 * (webhooks.md 7). Node's own client: it adds no header of its own but Host and Connection.
 *
 * @param limitMs how long the receiver has to answer, in wall time
 */
export const sendOverHttp =
  (wall: Wall, limitMs: number): Send =>
  (url, headers, body) =>
    new Promise((resolve) => {
      const start = url.startsWith('https:') ? requestHttps : requestHttp;
      const request = start(url, {
        method: 'POST',
        agent: false,
        headers: { ...headers, 'content-length': body.byteLength },
      });
      const end = (outcome: Outcome): void => {
        callOff();
        resolve(outcome);
        request.destroy();
      };
      const callOff = wall.after(limitMs, () => end({ status: null, error: 'TIMEOUT' }));
      request.on('response', ({ statusCode = 0 }) => end({ status: statusCode, error: null }));
      // Also after the end: a request that is torn down complains once more.
      request.on('error', (error: NodeJS.ErrnoException) =>
        end({ status: null, error: error.code ?? error.message }),
      );
      request.end(body);
    });
