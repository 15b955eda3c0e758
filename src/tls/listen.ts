import { lookup } from 'node:dns/promises';
import type { Server } from 'node:http';
import { type AddressInfo, createServer, type Server as NetServer } from 'node:net';
import type { FastifyInstance } from 'fastify';

/** Where to listen. Port 0 takes a free one; further ports are the same by other numbers. */
export interface Place {
  readonly host: string;
  readonly port: number;
  readonly furtherPorts?: readonly number[];
}

/**
 * Lets an application listen at more than one place.
 *
 * @returns how to listen, which answers with the first address and throws the error of the system, with `code` and
 *   `port`; and how to stop taking connections at all places but the first
 */
export function placesOf(app: FastifyInstance): {
  readonly listen: (place: Place) => Promise<string>;
  readonly close: () => void;
} {
  const sideDoors: NetServer[] = [];
  return {
    listen: async ({ host, port, furtherPorts = [] }) => {
      const [address, ...others] = await addressesOf(host);
      const url = await app.listen({ host: address, port });
      for (const further of furtherPorts) sideDoors.push(await openSideDoor(app.server, address, further));
      // Where the other address of localhost cannot be had, clients take the first.
      const { port: taken } = app.server.address() as AddressInfo;
      for (const other of others) {
        for (const each of [taken, ...furtherPorts]) {
          const door = await openSideDoor(app.server, other, each).catch(() => null);
          if (door !== null) sideDoors.push(door);
        }
      }
      return url;
    },
    close: () => {
      for (const door of sideDoors) door.close();
    },
  };
}

/** The addresses of a host to listen on: of `localhost` all, since a client may take either; else the host itself. */
async function addressesOf(host: string): Promise<readonly [string, ...string[]]> {
  if (host !== 'localhost') return [host];
  const found = await lookup(host, { all: true });
  const [first = '127.0.0.1', ...others] = new Set(found.map(({ address }) => address));
  return [first, ...others];
}

/** Listens at one more place for an HTTP server, which gets every connection that comes there. */
function openSideDoor(server: Server, host: string, port: number): Promise<NetServer> {
  // As Node's own HTTP servers listen.
  const door = createServer({ allowHalfOpen: true, noDelay: true }, (socket) =>
    server.emit('connection', socket),
  );
  return new Promise((resolve, reject) => {
    door.once('error', reject).listen({ host, port }, () => resolve(door.off('error', reject)));
  });
}
