import http from 'node:http';
import https from 'node:https';
import type { Socket } from 'node:net';
import { explain } from './unanswered.ts';

/**
 * The agent of every connection to the sandbox, in place of the caller's, which speaks TLS or to a proxy. A request
 * gets its socket when it is connected, so that who waits for a TLS handshake does not wait for ever; and when nothing
 * listens, an error that says so.
 */
export function newAgent(sandbox: URL, keepAlive: boolean): http.Agent {
  const isSecure = sandbox.protocol === 'https:';
  const agent = isSecure ? new https.Agent({ keepAlive }) : new http.Agent({ keepAlive });
  const connect = agent.createConnection.bind(agent);
  agent.createConnection = (options, callback) => {
    const socket = connect(options) as Socket;
    const fail = (error: Error): void => callback?.(explain(sandbox, error), socket);
    socket.once('error', fail);
    socket.once(isSecure ? 'secureConnect' : 'connect', () => {
      socket.off('error', fail);
      callback?.(null, socket);
    });
    return undefined;
  };
  return agent;
}
