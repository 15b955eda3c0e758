import { type ClientRequest, request as requestHttp } from 'node:http';
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
      const fail = (error: NodeJS.ErrnoException): void =>
        resolve({ status: null, error: error.code ?? error.message });
      try {
        const request = start(url, { ...headers, 'content-length': String(body.byteLength) });
        const callOff = wall.after(limitMs, () => {
          resolve({ status: null, error: 'TIMEOUT' });
          request.destroy();
        });
        request.on('response', (response) => {
          resolve({ status: response.statusCode ?? 0, error: null });
          // The status decides. What follows is let run out, so that the receiver sees no broken connection.
          response.resume().on('error', fail);
        });
        request.on('error', fail);
        request.on('close', callOff);
        request.end(body);
      } catch (error) {
        // An address that passed for one, and cannot be called.
        fail(error as NodeJS.ErrnoException);
      }
    });

function start(url: string, headers: Readonly<Record<string, string>>): ClientRequest {
  const request = new URL(url).protocol === 'https:' ? requestHttps : requestHttp;
  return request(url, { method: 'POST', agent: false, headers });
}
