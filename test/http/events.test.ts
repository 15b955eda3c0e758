import { connect } from 'node:net';
import t from 'tap';
import { startReceiver } from '../fixtures/receiver.ts';
import { basic, startSandbox } from '../fixtures/sandbox.ts';
import { HandWall, turn } from '../fixtures/wall.ts';
import { type Seen, type Watcher, watch } from '../fixtures/watcher.ts';

const ORDER = { orderId: 'order-0001', amount: 15000 };

const take = async (watcher: Watcher, count: number): Promise<Seen[]> => {
  const seen: Seen[] = [];
  while (seen.length < count) seen.push((await watcher.next()) as Seen);
  return seen;
};

t.test('who watches sees payments, webhooks and calls as they happen, and nobody else’s', async (t) => {
  const { url, newShop } = await startSandbox(t);
  const [shop, stranger] = [await newShop(), await newShop()];
  const mine = await watch(t, url, basic(shop.secretKey));
  const theirs = await watch(t, url, basic(stranger.secretKey));
  const all = await watch(t, url);
  t.equal(mine.headers.get('content-type'), 'text/event-stream; charset=utf-8');

  const receiver = await startReceiver(t);
  await shop.post('/sandbox/webhooks', { url: receiver.url });
  const paymentKey = await shop.pay(ORDER);
  const seen = await take(mine, 6);
  t.strictSame(
    seen.map(({ event, data }) => [event, data.type ?? data.state ?? data.path]),
    [
      ['payment', 'PaymentOpened'],
      ['payment', 'PaymentAuthenticated'],
      ['payment', 'PaymentApproved'],
      ['delivery', '전송 중'],
      ['request', '/v1/payments/confirm'],
      ['delivery', '성공'],
    ],
  );
  const { data: approved } = seen[2] as Seen;
  t.match(approved, { mId: shop.mId, paymentKey, orderId: 'order-0001', status: 'DONE', amount: 15000 });
  t.match(approved.at, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}\+09:00$/);
  t.match(seen[4]?.data, { method: 'POST', status: 200, code: null });
  t.match(seen[5]?.data.attempts, [{ retriedCount: 0, status: 200, error: null }]);
  t.strictSame(await take(all, 6), seen, 'without a key everything, under the same ids');
  const ids = seen.map(({ id }) => id);
  t.strictSame(
    ids,
    ids.toSorted((a, b) => a - b),
  );
  t.equal(new Set(ids).size, 6);

  const [foreign] = (await Promise.all([take(theirs, 1), stranger.get('/v1/payments/orders/order-0001')]))[0];
  t.match(foreign, { event: 'request', data: { mId: stranger.mId, code: 'NOT_FOUND_PAYMENT' } });
  t.strictSame(await take(all, 1), [foreign]);
});

t.test('a key that is not good watches nothing', async (t) => {
  const { url, sandbox } = await startSandbox(t);
  const response = await fetch(`${url}/sandbox/events`, {
    headers: { authorization: basic('test_sk_nobody') },
  });
  t.equal(response.status, 401);
  t.equal(sandbox.core.news.size, 0);
});

t.test('a quiet stream shows every 15 seconds that it is alive', async (t) => {
  const wall = new HandWall(1_772_673_330_000);
  const { url } = await startSandbox(t, { wall });
  const watcher = await watch(t, url);
  for (let beat = 0; beat < 3; beat++) {
    await wall.pass(15_000);
    t.equal(await watcher.next(), ': still here');
  }
});

t.test('who leaves is forgotten', async (t) => {
  const wall = new HandWall(1_772_673_330_000);
  const { url, sandbox } = await startSandbox(t, { wall });
  const [leaver, stayer] = [await watch(t, url), await watch(t, url)];
  t.equal(sandbox.core.news.size, 2);
  leaver.leave();
  while (sandbox.core.news.size === 2) await turn();
  t.equal(wall.waits.filter((wait) => wait === 15_000).length, 1, 'and its heartbeat with it');
  await fetch(`${url}/v1/nowhere`);
  t.match(await stayer.next(), { event: 'request', data: { code: 'NOT_FOUND' } });
});

t.test('who does not read is hung up on before it costs memory', async (t) => {
  const { url, newShop, sandbox } = await startSandbox(t);
  const shop = await newShop();
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  t.teardown(() => socket.destroy());
  socket.pause();
  socket.write('GET /sandbox/events HTTP/1.1\r\nHost: sandbox\r\n\r\n');
  while (sandbox.core.news.size === 0) await turn();
  const long = `{"orderId":"${'가'.repeat(16_000)}"}`;
  for (let count = 0; sandbox.core.news.size > 0 && count < 1000; count++) {
    await shop.post('/v1/payments/confirm', long);
  }
  t.equal(sandbox.core.news.size, 0);
});

t.test('when the sandbox closes the stream ends', async (t) => {
  const wall = new HandWall(1_772_673_330_000);
  const { url, sandbox } = await startSandbox(t, { wall });
  const watcher = await watch(t, url);
  await sandbox.close();
  t.equal(await watcher.next(), null);
  t.equal(sandbox.core.news.size, 0);
  t.strictSame(wall.waits, [], 'no timer is left');
});
