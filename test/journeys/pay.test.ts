import t from 'tap';
import { startReceiver } from '../fixtures/receiver.ts';
import { startSandbox } from '../fixtures/sandbox.ts';

t.test('a confirm approves, and the receiver hears of it', async (t) => {
  const { newShop } = await startSandbox(t);
  const shop = await newShop();
  const receiver = await startReceiver(t);
  await shop.post('/sandbox/webhooks', { url: receiver.url });
  const paymentKey = await shop.pay({ orderId: 'order-0001', amount: 15000 });
  const { body } = await receiver.next();
  t.equal(body.eventType, 'PAYMENT_STATUS_CHANGED');
  t.equal(body.data.paymentKey, paymentKey);
  t.equal(body.data.status, 'DONE');
  const { body: payment } = await shop.get(`/v1/payments/${paymentKey}`);
  t.strictSame(body.data, payment);
});
