// The yardstick: Fastify with nothing behind it. POST echoes its JSON body, GET answers a document of the same size.
import { fastify } from 'fastify';
import { PAYMENT } from './document.mjs';

const app = fastify();
app.get('/v1/payments/:paymentKey', (_request, reply) => reply.send(PAYMENT));
app.post('/v1/payments/confirm', (request, reply) => reply.send({ ...PAYMENT, ...request.body }));
process.stdout.write(`${await app.listen({ host: '127.0.0.1', port: Number(process.env.PORT ?? 0) })}\n`);
