import { readFile } from 'node:fs/promises';
import formbody from '@fastify/formbody';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { documentationKeysOf } from '../../control/merchants.ts';
import { wasApproved } from '../../domain/payment.ts';

import type { Desk } from '../desk.ts';
import { sendBug, sendFrameworkError } from '../failure.ts';
import { sendPage } from './answer.ts';
import { Home } from './home.tsx';
import { BadFormNotice, ClosedNotice } from './notices.tsx';
import { Receipt } from './receipt.tsx';
import { findShown } from './shown-payment.ts';
import { windowRoutes } from './window-routes.ts';

/** The receipt of most methods, of money paid into an account, and of a mobile phone (payments.md 2.3, 2.4). */
const RECEIPT_PATHS = [
  '/receipt/redirection',
  '/receipt/payment-detail/bank-transfer',
  '/receipt/mobilephone',
];

/** Mounts the pages: the payment window, the receipt, the page at `/`. Forms are read here and nowhere else. */
export async function pageRoutes(app: FastifyInstance, desk: Desk): Promise<void> {
  const { core } = desk;
  app.removeAllContentTypeParsers();
  await app.register(formbody);
  app.setErrorHandler((error, request, reply) => {
    const { statusCode = 500 } = error as { statusCode?: number };
    if (statusCode >= 500) return sendBug(error as never, request, reply);
    if (request.headers.accept?.includes('text/html') !== true)
      return sendFrameworkError(error as never, request, reply);
    return sendPage(reply, BadFormNotice({}), 400);
  });

  windowRoutes(app, desk);

  for (const path of RECEIPT_PATHS) {
    app.get<{ Querystring: { transactionId?: unknown } }>(path, (request, reply) => {
      const { transactionId } = request.query;
      const found = typeof transactionId === 'string' ? findShown(core, transactionId) : null;
      if (found === null || !wasApproved(found.payment))
        return sendPage(reply, ClosedNotice({ payment: null }), 404);
      return sendPage(
        reply,
        Receipt({
          payment: found.payment,
          merchantName: found.world.merchant.name,
        }),
      );
    });
  }

  app.get('/', (_request: FastifyRequest, reply) => {
    return sendPage(
      reply,
      Home({
        version: desk.version,
        demoUrl: desk.demoUrl,
        ...documentationKeysOf(core),
      }),
    );
  });

  app.get('/sandbox/readme', async (_request, reply) =>
    reply.type('text/markdown; charset=utf-8').send(await readFile(desk.readmePath)),
  );

  app.get('/v2/standard', async (_request, reply) => {
    const script = await readFile(desk.sdkPaths.standard);
    return reply
      .type('text/javascript; charset=utf-8')
      .header('access-control-allow-origin', '*')
      .header('cache-control', 'no-cache')
      .send(script);
  });
}
