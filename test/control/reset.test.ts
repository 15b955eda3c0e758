import t from 'tap';
import { startReceiver } from '../fixtures/receiver.ts';
import { call, startSandbox } from '../fixtures/sandbox.ts';

const ORDER = { orderId: 'order-0001', amount: 15000 };
/** Of the documentation: payments.md 1.4. */
const SECRET_KEY = 'test_sk_zXLkKEypNArWmo50nX3lmeaxYG5R';
const DOCUMENTATION = {
  mId: 'tvivarepublica',
  clientKey: 'test_ck_D5GePWvyJnrK0W0k6q8gLzN97Eoq',
  secretKey: SECRET_KEY,
};

t.test('a merchant that is reset is as new, and the others are as they were', async (t) => {
  const { newShop } = await startSandbox(t);
  const [shop, other] = [await newShop(), await newShop()];
  const receiver = await startReceiver(t);
  await shop.post('/sandbox/webhooks', { url: receiver.url });
  await shop.post('/sandbox/clock/hold', { at: '2030-03-05T10:15:30+09:00' });
  const [mine, theirs] = [await shop.pay(ORDER), await other.pay(ORDER)];
  await receiver.next();

  t.equal((await shop.post('/sandbox/reset', undefined)).status, 204);
  t.equal((await shop.get(`/v1/payments/${mine}`)).status, 404);
  t.strictSame((await shop.get('/sandbox/webhooks')).body, { webhooks: [] });
  t.strictSame((await shop.get('/sandbox/deliveries')).body, { deliveries: [] });
  t.equal((await shop.get('/sandbox/clock')).body.mode, 'running');
  t.ok(await shop.pay(ORDER), 'the order can be paid anew');
  t.equal((await other.get(`/v1/payments/${theirs}`)).body.status, 'DONE');
});

t.test('a reset of the whole sandbox brings back what was there at the start', async (t) => {
  const founding = await startReceiver(t);
  const { url, newShop, shopOf } = await startSandbox(t, {
    webhooks: [{ url: founding.url, events: ['PAYMENT_STATUS_CHANGED'] }],
  });
  const documentation = shopOf(DOCUMENTATION);
  const added = await newShop();
  await call(`${url}/sandbox/webhooks`, 'DELETE');
  await call(`${url}/sandbox/merchants/tvivarepublica`, 'DELETE');
  t.equal((await documentation.get('/sandbox/clock')).status, 401);

  t.equal((await call(`${url}/sandbox/reset`, 'POST')).status, 204);
  t.equal((await added.get('/sandbox/clock')).status, 401, 'what came later is gone');
  const paymentKey = await documentation.pay(ORDER);
  t.equal((await founding.next()).body.data.paymentKey, paymentKey);
});
