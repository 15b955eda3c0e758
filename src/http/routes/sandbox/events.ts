import type { OutgoingHttpHeaders, ServerResponse } from 'node:http';
import type { FastifyInstance } from 'fastify';
import type { Piece } from '../../../control/news.ts';
import { SECOND_MS } from '../../../domain/instant.ts';
import { preciseTime, presentDelivery, presentRequest } from '../../../wire/control-view.ts';
import type { Desk } from '../../desk.ts';
import { whomOf } from './whom.ts';

/** So that proxies, and the other side, know that the stream is alive. Wall time. */
const HEARTBEAT_MS = 15 * SECOND_MS;

/** A client that lets so much lie unread is hung up on: it would have to be kept in memory for it. */
const UNREAD_LIMIT_BYTES = 1024 * 1024;

function dataOf(piece: Piece): unknown {
  switch (piece.kind) {
    case 'payment': {
      const { at, ...event } = piece.event;
      return { at: preciseTime(at), mId: piece.mId, orderId: piece.orderId, ...event };
    }
    case 'delivery':
      return presentDelivery(piece.delivery);
    case 'request':
      return presentRequest(piece.request);
  }
}

/** As the HTML standard has it: JSON has no line breaks, so one `data:` line is enough. */
const render = (piece: Piece): string =>
  `event: ${piece.kind}\nid: ${piece.id}\ndata: ${JSON.stringify(dataOf(piece))}\n\n`;

/** `/sandbox/events`: what happens from now on. Nothing is kept for a client that was away. */
export function eventRoutes(app: FastifyInstance, { core }: Desk): void {
  const open = new Set<ServerResponse>();

  // Without HEAD: its answer would never end.
  app.get('/sandbox/events', { exposeHeadRoute: false }, (request, reply) => {
    reply.hijack();
    const { raw } = reply;
    const write = (text: string): void => {
      raw.write(text);
      if (raw.writableLength > UNREAD_LIMIT_BYTES) raw.destroy();
    };
    let callOff = (): void => {};
    const beat = (): void => {
      callOff = core.wall.after(HEARTBEAT_MS, beat);
      write(': still here\n\n');
    };
    const stop = core.news.watch(whomOf(request), (piece) => write(render(piece)));
    open.add(raw);
    raw.once('close', () => {
      open.delete(raw);
      callOff();
      stop();
    });
    raw.on('error', () => {});
    raw.writeHead(200, {
      ...(reply.getHeaders() as OutgoingHttpHeaders),
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store',
      'x-accel-buffering': 'no',
    });
    write(': hello\n\n');
    callOff = core.wall.after(HEARTBEAT_MS, beat);
  });

  app.addHook('preClose', (done) => {
    for (const raw of open) raw.end();
    done();
  });
}
