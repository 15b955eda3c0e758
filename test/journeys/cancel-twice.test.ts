import t from 'tap';
import { startReceiver } from '../fixtures/receiver.ts';
import { basic } from '../fixtures/sandbox.ts';
import { startSlowShop } from '../fixtures/slow-shop.ts';

t.test(
  'a cancel whose answer is lost is sent again with its Idempotency-Key, and cancels once',
  async (t) => {
    const { url, wall, shop, processing } = await startSlowShop(t);
    const receiver = await startReceiver(t);
    await shop.post('/sandbox/webhooks', { url: receiver.url });
    const paying = shop.pay({ orderId: 'order-0001', amount: 15000 });
    await processing(1);
    await wall.pass(300);
    const paymentKey = await paying;
    wall.fire();
    t.equal((await receiver.next()).body.data.status, 'DONE');

    const path = `/v1/payments/${paymentKey}/cancel`;
    const wish = { cancelReason: '상품 1개 품절', cancelAmount: 5000 };
    const key = { 'idempotency-key': 'cancel-order-0001-1' };
    const connection = new AbortController();
    const lost = fetch(url + path, {
      method: 'POST',
      headers: { authorization: basic(shop.secretKey), 'content-type': 'application/json', ...key },
      body: JSON.stringify(wish),
      signal: connection.signal,
    });
    await processing(1);
    connection.abort();
    await t.rejects(lost, { name: 'AbortError' });

    // The merchant tries again: too soon, then in time.
    const tooSoon = await shop.post(path, wish, key);
    t.equal(tooSoon.status, 409);
    t.equal(tooSoon.body.code, 'IDEMPOTENT_REQUEST_PROCESSING');
    await wall.pass(300);
    const again = await shop.post(path, wish, key);
    t.equal(again.status, 200);
    t.match(again.body, { status: 'PARTIAL_CANCELED', balanceAmount: 10000 });
    t.equal(again.body.cancels.length, 1);
    t.equal((await shop.post(path, wish, key)).text, again.text);
    t.equal((await shop.get(`/v1/payments/${paymentKey}`)).text, again.text);

    wall.fire();
    const { body } = await receiver.next();
    t.equal(body.data.lastTransactionKey, again.body.lastTransactionKey);
    await shop.post('/sandbox/clock/advance', { ms: 0 });
    t.equal(receiver.received.length, 2, 'one webhook for the payment, one for the cancel');
  },
);
