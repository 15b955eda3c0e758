import { type IncomingMessage, request as requestHttp, type ServerResponse } from 'node:http';
import { request as requestHttps } from 'node:https';
import { connect, type Socket } from 'node:net';
import { pipeline } from 'node:stream';
import type { Target } from './names.ts';

/* What is not for the sandbox, on its way to whom it is for: `--proxy-others`. */

const unreachable = (host: string, error: Error): string =>
  JSON.stringify({
    code: 'PROXY_UNREACHABLE',
    message: `toss-sandbox passed this on to ${host}: ${error.message}`,
  });

/** Joins a client that has asked for a tunnel with the host it has asked for. */
export function passTunnel(parts: {
  readonly socket: Socket;
  readonly head: Buffer;
  readonly target: Target;
  readonly refuse: (status: string, body: string) => void;
}): void {
  const { socket, head, target, refuse } = parts;
  const onward = connect(target.port, target.host);
  const fail = (error: Error): void => refuse('502 Bad Gateway', unreachable(target.host, error));
  onward.once('error', fail);
  // Also while the other host has not answered yet.
  socket.once('close', () => onward.destroy());
  onward.once('connect', () => {
    onward.off('error', fail);
    socket.write('HTTP/1.1 200 Connection Established\r\n\r\n');
    onward.write(head);
    // Either end may hang up in the middle: then so does the other, and there is nobody to tell.
    pipeline(socket, onward, socket, () => {});
  });
}

/** Headers that concern one connection only (RFC 9110 7.6.1). */
const OF_ONE_CONNECTION = new Set([
  ...['connection', 'keep-alive', 'proxy-authorization', 'proxy-connection', 'te', 'trailer', 'upgrade'],
  ...['transfer-encoding'],
]);

/** Headers as they came, name and value in turn, without those of the connection. */
const passedOn = (rawHeaders: readonly string[]): string[] =>
  rawHeaders.filter((_text, at) => !OF_ONE_CONNECTION.has((rawHeaders[at - (at % 2)] ?? '').toLowerCase()));

/** Asks the host for the client, and gives the client its answer. */
export function passRequest(parts: {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly address: URL;
  readonly refuse: (status: number, body: string) => void;
}): void {
  const { request, response, address, refuse } = parts;
  const ask = address.protocol === 'https:' ? requestHttps : requestHttp;
  const headers = passedOn(request.rawHeaders);
  const onward = ask(address, { method: request.method ?? 'GET', headers });
  onward.once('response', (answer) => {
    response.writeHead(answer.statusCode ?? 502, passedOn(answer.rawHeaders));
    pipeline(answer, response, () => {});
  });
  onward.on('error', (error) => {
    if (response.headersSent) response.destroy();
    else refuse(502, unreachable(address.hostname, error));
  });
  response.once('close', () => onward.destroy());
  request.pipe(onward);
}
