import t from 'tap';
import { startAccountShop } from '../fixtures/account-shop.ts';
import { settle } from '../fixtures/held-shop.ts';
import { startReceiver } from '../fixtures/receiver.ts';

// Not of the real service (webhooks.md 11): for handlers that read eventType and data.
t.test('a receiver that asks for it gets DEPOSIT_CALLBACK in an envelope, the others flat', async (t) => {
  const { shop, account, deposit } = await startAccountShop(t);
  const [wrapped, flat] = [await startReceiver(t), await startReceiver(t)];
  const paymentKey = await account();
  const events = ['DEPOSIT_CALLBACK'];
  const registered = await shop.post('/sandbox/webhooks', {
    url: wrapped.url,
    events,
    wrapDepositCallback: true,
  });
  t.equal(registered.status, 201);
  t.strictSame(registered.body, {
    webhookId: registered.body.webhookId,
    url: wrapped.url,
    events,
    wrapDepositCallback: true,
  });
  await shop.post('/sandbox/webhooks', { url: flat.url, events });
  t.strictSame(
    (await shop.get('/sandbox/webhooks')).body.webhooks.map(
      (webhook: Record<string, unknown>) => webhook['wrapDepositCallback'],
    ),
    [true, false],
  );
  const { body: paid } = await deposit(paymentKey);
  await settle(shop);
  const createdAt = wrapped.received[0]?.body.createdAt;
  t.equal(
    wrapped.received[0]?.bytes.toString(),
    JSON.stringify({
      eventType: 'DEPOSIT_CALLBACK',
      createdAt,
      data: {
        createdAt,
        secret: paid.secret,
        status: 'DONE',
        transactionKey: paid.lastTransactionKey,
        orderId: 'order-20300305-0001',
      },
    }),
  );
  t.strictSame(Object.keys(flat.received[0]?.body), [
    'createdAt',
    'secret',
    'status',
    'transactionKey',
    'orderId',
  ]);
});

t.test('the envelope changes no other event', async (t) => {
  const { shop } = await startAccountShop(t);
  const receiver = await startReceiver(t);
  await shop.post('/sandbox/webhooks', { url: receiver.url, wrapDepositCallback: true });
  const paymentKey = await shop.pay({ orderId: 'order-0001', amount: 15000 });
  await settle(shop);
  t.strictSame(Object.keys(receiver.received[0]?.body), ['createdAt', 'eventType', 'data']);
  t.equal(receiver.received[0]?.body.data.paymentKey, paymentKey);
});

t.test('the envelope stays the same over retries', async (t) => {
  const { shop, account, advance } = await startAccountShop(t);
  const receiver = await startReceiver(t, (_, index) => (index === 0 ? 500 : 200));
  await shop.post('/sandbox/webhooks', { url: receiver.url, wrapDepositCallback: true });
  await account();
  await advance({ minutes: 1 });
  const texts = receiver.received.map(({ bytes }) => bytes.toString());
  t.equal(texts.length, 2);
  t.equal(texts[1], texts[0]);
});

t.test('wrapDepositCallback is yes or no', async (t) => {
  const { shop } = await startAccountShop(t);
  const { status, body } = await shop.post('/sandbox/webhooks', {
    url: 'http://shop.example/webhook',
    wrapDepositCallback: 'yes',
  });
  t.equal(status, 400);
  t.equal(body.code, 'INVALID_CONTROL_REQUEST');
});
