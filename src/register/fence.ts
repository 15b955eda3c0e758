import { Socket } from 'node:net';
import { isTossDomain } from '../domain/toss-hosts.ts';
import { refusalOf } from './refusal.ts';

interface Target {
  readonly host?: unknown;
  /** Of node:tls: the name that it greets with, whatever address it connects to. */
  readonly servername?: unknown;
}

/** What a socket is to be connected with: options, port and host, or a list that begins with options (node:net's own). */
function targetOf([first, second]: readonly unknown[]): Target {
  const options = Array.isArray(first) ? first[0] : first;
  return typeof options === 'object' && options !== null ? options : { host: second };
}

/**
 * Refuses every connection that would be opened to Toss Payments itself: by HTTP/2, by bare TLS, by an undici client
 * with a dispatcher of its own. Every socket of Node comes through here. It fails as if the name had not been found, at
 * the moment when clients expect that, and without asking the name service.
 */
export function fenceSockets(sandbox: URL): void {
  const { connect } = Socket.prototype;
  Socket.prototype.connect = function (this: Socket, ...given: unknown[]): Socket {
    const target = targetOf(given);
    const names = [target.host, target.servername];
    const host = names.find((name): name is string => typeof name === 'string' && isTossDomain(name));
    if (host === undefined) return Reflect.apply(connect, this, given);
    const lookup = (_host: string, _options: object, done: (error: Error) => void): void =>
      done(refusalOf(host, sandbox));
    return Reflect.apply(connect, this, [{ port: 443, ...target, host, lookup }]);
  };
}
