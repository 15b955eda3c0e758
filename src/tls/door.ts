import type { Server } from 'node:http';
import type { Socket } from 'node:net';
import { createServer as createTlsServer, type Server as TlsServer } from 'node:tls';
import type { Wall } from '../clock/wall.ts';
import { answerProxy } from './proxy.ts';

/** How the front door is to work. */
export interface DoorSetting {
  /** Certificate and key, PEM, of a sandbox that speaks TLS. */
  readonly identity: {
    readonly certificate: string;
    readonly privateKey: string;
    readonly caFile: string;
  } | null;
  /** Host names and addresses, beside those of Toss Payments and this machine, that the proxy answers for itself. */
  readonly names: readonly string[];
  /** Does the proxy pass on what is not for the sandbox? */
  readonly proxyOthers: boolean;
  readonly wall: Wall;
  /** Puts a piece of advice into the log, the first time only. */
  readonly adviseOnce: (advice: string) => void;
}

/** The first byte of every TLS connection: a handshake record (RFC 8446 5.1). No request of HTTP begins with it. */
const TLS_HANDSHAKE = 0x16;

/** How long a client may take for its first byte, and again for its handshake. Node gives the head of a request as long. */
export const FIRST_BYTE_LIMIT_MS = 60_000;

const START_WITH_TLS = 'A client spoke TLS to a sandbox without it, and was hung up on. Start it with --tls.';

const distrust = (caFile: string): string =>
  `A client hung up when it saw the sandbox's certificate. If it does not trust it yet, tell it to trust ${caFile}.`;

/**
 * Puts a front door before an HTTP server: it looks at the first byte of each connection, takes it out of TLS where it
 * is in TLS, and hands it on to the server. A client that uses the server as its proxy comes in through it too.
 *
 * @returns how to hang up on everybody whom the server does not know yet, or no longer: to be done when it closes
 */
export function placeDoor(server: Server, setting: DoorSetting): () => void {
  const { wall, adviseOnce } = setting;
  const serveHttp = server.listeners('connection')[0] as (this: Server, socket: Socket) => void;
  const inTransit = new Set<Socket>();
  const tls = setting.identity === null ? null : tlsServer(setting.identity);

  const follow = (socket: Socket): void => {
    if (inTransit.has(socket)) return;
    inTransit.add(socket);
    socket.once('close', () => inTransit.delete(socket));
  };

  function tlsServer({ certificate, privateKey, caFile }: NonNullable<DoorSetting['identity']>): TlsServer {
    const listener = createTlsServer({
      cert: certificate,
      key: privateKey,
      minVersion: 'TLSv1.2',
      ALPNProtocols: ['http/1.1'],
      handshakeTimeout: FIRST_BYTE_LIMIT_MS,
    });
    const advise = (): void => adviseOnce(distrust(caFile));
    listener.on('secureConnection', (socket) => {
      // Many clients look at the certificate when for the server the handshake is over, and leave without a word.
      const look = (): void => void (socket.bytesRead === 0 && advise());
      socket.once('end', look).once('error', look);
      serveHttp.call(server, socket);
    });
    listener.on('tlsClientError', ({ code = '' }: NodeJS.ErrnoException, socket) => {
      if (/ALERT_(?:UNKNOWN_CA|CERTIFICATE_UNKNOWN|BAD_CERTIFICATE)/.test(code)) advise();
      socket.destroy();
    });
    return listener;
  }

  /** Waits for the first byte. What has come with it is put back, and read by whoever gets the connection. */
  function arrive(socket: Socket): void {
    follow(socket);
    const hangUp = (): void => void socket.destroy();
    const callOff = wall.after(FIRST_BYTE_LIMIT_MS, hangUp);
    const look = (): void => {
      const bytes: Buffer | null = socket.read();
      if (bytes === null) return;
      leave();
      socket.unshift(bytes);
      if (bytes[0] !== TLS_HANDSHAKE) {
        inTransit.delete(socket);
        serveHttp.call(server, socket);
      } else if (tls !== null) {
        // As Node's own HTTPS servers have it: who hangs up in the middle of the handshake is gone.
        socket.allowHalfOpen = false;
        tls.emit('connection', socket);
      } else {
        adviseOnce(START_WITH_TLS);
        hangUp();
      }
    };
    const leave = (): void => {
      callOff();
      socket.off('readable', look).off('end', hangUp).off('error', hangUp).off('close', callOff);
    };
    socket.on('readable', look).on('end', hangUp).on('error', hangUp).on('close', callOff);
  }

  server.removeAllListeners('connection').on('connection', arrive);
  answerProxy(server, { ...setting, arrive, follow });
  return () => {
    for (const socket of inTransit) socket.destroy();
  };
}
