// The yardstick: Fastify that keeps the same payments in a Map. No keys, no rules, no journal.
import { fastify } from 'fastify';
import { PAYMENT } from './document.mjs';

const payments = new Map();
const app = fastify();
app.get('/v1/payments/:paymentKey', (request, reply) => {
  const payment = payments.get(request.params.paymentKey);
  return payment === undefined ? reply.code(404).send({ code: 'NOT_FOUND_PAYMENT' }) : reply.send(payment);
});
app.post('/v1/payments/confirm', (request, reply) => {
  const { paymentKey, orderId, amount } = request.body;
  const payment = { ...PAYMENT, paymentKey, orderId, totalAmount: amount };
  payments.set(paymentKey, payment);
  return reply.send(payment);
});
await app.listen({ host: '127.0.0.1', port: Number(process.env.PORT) });
