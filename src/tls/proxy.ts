import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { isAnsweredHere, readTarget, type Target, targetOf } from './names.ts';
import { passRequest, passTunnel } from './pass-on.ts';

/** What the proxy needs to know. */
export interface ProxySetting {
  readonly names: readonly string[];
  readonly proxyOthers: boolean;
  /** Takes a connection in as if it had just come. */
  readonly arrive: (socket: Socket) => void;
  /** Takes note of a connection that is none of the HTTP server's, so that it ends with the sandbox. */
  readonly follow: (socket: Socket) => void;
}

type Listener = (this: Server, request: IncomingMessage, response: ServerResponse) => void;

/** What is said to a client that asks for somebody else, in the sandbox's own words. */
const refusal = ({ host, port }: Target): string =>
  JSON.stringify({
    code: 'PROXY_REFUSED',
    message:
      `toss-sandbox is a proxy for the hosts of Toss Payments only, and asks nothing of the internet: not ${host}:${port}. ` +
      'Put the host into NO_PROXY, or start the sandbox with --proxy-others.',
  });

const NO_TARGET = JSON.stringify({
  code: 'PROXY_REFUSED',
  message: 'A proxy is asked to CONNECT to host:port, or for a whole http or https address.',
});

const rawAnswer = (status: string, body: string): string =>
  [
    `HTTP/1.1 ${status}`,
    'content-type: application/json',
    `content-length: ${Buffer.byteLength(body)}`,
    'connection: close',
    '',
    body,
  ].join('\r\n');

/**
 * Lets clients use an HTTP server as their proxy (`HTTPS_PROXY=http://localhost:8677`). What is for Toss Payments is
 * answered here: a tunnel leads back to the front door, and a request for a whole address to that address's path.
 */
export function answerProxy(server: Server, setting: ProxySetting): void {
  const { names, proxyOthers, arrive, follow } = setting;
  const isOurs = (target: Target, socket: Socket): boolean =>
    isAnsweredHere(target, { names, port: socket.localPort });

  // For a server of ours every connection is a socket.
  server.on('connect', (request: IncomingMessage, duplex, head: Buffer) => {
    const socket = duplex as Socket;
    follow(socket);
    // Until somebody else has it.
    socket.on('error', () => socket.destroy());
    const refuse = (status: string, body: string): void =>
      void socket.end(rawAnswer(status, body), () => socket.destroy());
    const target = readTarget(request.url ?? '');
    if (target === null) return refuse('400 Bad Request', NO_TARGET);
    if (isOurs(target, socket)) {
      socket.write('HTTP/1.1 200 Connection Established\r\n\r\n');
      if (head.length > 0) socket.unshift(head);
      arrive(socket);
    } else if (proxyOthers) passTunnel({ socket, head, target, refuse });
    else refuse('403 Forbidden', refusal(target));
  });

  const serve = server.listeners('request')[0] as Listener;
  const answer: Listener = (request, response) => {
    const { url = '/' } = request;
    // Nearly all.
    if (url.startsWith('/')) return serve.call(server, request, response);
    // `OPTIONS *`, and what is no address.
    if (!/^https?:\/\//i.test(url)) return serve.call(server, request, response);
    const refuse = (status: number, body: string): void => {
      const length = Buffer.byteLength(body);
      response.writeHead(status, { 'content-type': 'application/json', 'content-length': length }).end(body);
    };
    if (!URL.canParse(url)) return refuse(400, NO_TARGET);
    const address = new URL(url);
    const target = targetOf(address);
    if (isOurs(target, request.socket)) {
      // RFC 9112 3.2.2: the address counts, and not the Host header.
      request.url = address.pathname + address.search;
      request.headers.host = address.host;
      serve.call(server, request, response);
    } else if (proxyOthers) passRequest({ request, response, address, refuse });
    else refuse(403, refusal(target));
  };
  server.removeAllListeners('request').on('request', answer);
}
