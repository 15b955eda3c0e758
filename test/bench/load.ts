import { Agent, request as httpRequest } from 'node:http';

/** How many requests are under way at once. */
const CONNECTIONS = 16;

const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS });

/** One request over a kept connection; the body of the answer. Anything but a success is an error. */
export function ask(
  url: string,
  options: { body?: unknown; authorization?: string; method?: string } = {},
): Promise<string> {
  const body = options.body === undefined ? undefined : JSON.stringify(options.body);
  return new Promise((resolve, reject) => {
    const request = httpRequest(
      url,
      {
        agent,
        method: options.method ?? (body === undefined ? 'GET' : 'POST'),
        headers: {
          ...(body === undefined
            ? {}
            : { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) }),
          ...(options.authorization === undefined ? {} : { authorization: options.authorization }),
        },
      },
      (response) => {
        let text = '';
        response.setEncoding('utf8').on('data', (part: string) => {
          text += part;
        });
        response.on('end', () => {
          if ((response.statusCode ?? 0) < 300) resolve(text);
          else reject(new Error(`${url}: ${response.statusCode} ${text}`));
        });
      },
    );
    request.on('error', reject);
    request.end(body);
  });
}

/** Does something so many times, as fast as it goes; how often per second. */
export async function rateOf(times: number, doIt: (index: number) => Promise<unknown>): Promise<number> {
  const begun = performance.now();
  let next = 0;
  await Promise.all(
    Array.from({ length: CONNECTIONS }, async () => {
      while (next < times) await doIt(next++);
    }),
  );
  return times / ((performance.now() - begun) / 1000);
}

/** The middle one. */
export const medianOf = (figures: readonly number[]): number =>
  figures.toSorted((a, b) => a - b)[Math.floor(figures.length / 2)] ?? Number.NaN;
