import t from 'tap';
import { startSandbox as startInProcess } from '../../src/index.ts';
import { basic, call, type Shop, startSandbox } from '../fixtures/sandbox.ts';
import { HandWall } from '../fixtures/wall.ts';

// payments.md 8; neither code nor text is published [I].
const TOO_MANY =
  '{"code":"TOO_MANY_REQUESTS","message":"요청 횟수를 초과했습니다. 잠시 후 다시 시도해주세요."}';

/** Reads a payment that does not exist, so many times: the statuses. */
const read = async (shop: Shop, times: number): Promise<number[]> => {
  const statuses: number[] = [];
  for (let i = 0; i < times; i++) statuses.push((await shop.get('/v1/payments/none')).status);
  return statuses;
};

t.test('told nothing, I may call as often as I like', async (t) => {
  const { newShop } = await startSandbox(t);
  const statuses = await read(await newShop(), 150);
  t.notOk(statuses.includes(429));
});

t.test('of a hundred a minute the hundred and first is one too many', async (t) => {
  const { newShop } = await startSandbox(t, { rateLimit: 100 });
  const shop = await newShop();
  await shop.post('/sandbox/clock/hold', {});
  t.notOk((await read(shop, 100)).includes(429));
  for (const headers of [{}, { 'accept-language': 'en-US' }]) {
    const refused = await shop.get('/v1/payments/none', headers);
    t.equal(refused.status, 429);
    t.equal(refused.text, TOO_MANY);
    t.equal(refused.headers.get('content-type'), 'application/json');
    t.match(refused.headers.get('x-tosspayments-trace-id'), /^[0-9a-f]{32}$/);
  }
  const [logged] = (await shop.get('/sandbox/requests?status=429')).body.requests;
  t.equal(logged.code, 'TOO_MANY_REQUESTS');
});

t.test('60 seconds after the first call, on my clock, I may call again', async (t) => {
  const { newShop } = await startSandbox(t, { rateLimit: 2 });
  const shop = await newShop();
  await shop.post('/sandbox/clock/hold', {});
  t.strictSame(await read(shop, 1), [404]);
  await shop.post('/sandbox/clock/advance', { seconds: 30 });
  t.strictSame(await read(shop, 2), [404, 429]);
  await shop.post('/sandbox/clock/advance', { ms: 29_999 });
  t.strictSame(await read(shop, 1), [429], 'a millisecond too early');
  await shop.post('/sandbox/clock/advance', { ms: 1 });
  t.strictSame(await read(shop, 3), [404, 404, 429], 'and the count begins anew');
});

t.test('on a running clock the minute is one of the machine', async (t) => {
  const wall = new HandWall(1_772_673_330_000);
  const { newShop } = await startSandbox(t, { rateLimit: 1, wall });
  const shop = await newShop();
  t.strictSame(await read(shop, 2), [404, 429]);
  wall.move(60_000);
  t.strictSame(await read(shop, 2), [404, 429]);
  wall.move(-3_600_000);
  t.strictSame(await read(shop, 2), [404, 429], 'also when the machine’s clock is put back by an hour');
});

t.test('each API is counted by itself, for each merchant', async (t) => {
  const { url, newShop } = await startSandbox(t, { rateLimit: 1 });
  const [shop, stranger] = [await newShop(), await newShop()];
  await shop.post('/sandbox/clock/hold', {});
  t.strictSame(await read(shop, 2), [404, 429]);
  const body = { paymentKey: 'none', orderId: 'order-0001', amount: 15000 };
  const others = [
    () => shop.get('/v1/payments/orders/none'),
    () => shop.post('/v1/payments/confirm', body),
    () => shop.post('/v1/payments/none', body),
    () => shop.post('/v1/payments/none/cancel', { cancelReason: '고객 변심' }),
    () => shop.post('/v1/payments', {}),
    () =>
      call(`${url}/v1/payments/sdk`, 'POST', { headers: { authorization: basic(shop.clientKey) }, body: {} }),
  ];
  for (const ask of others) {
    t.not((await ask()).status, 429);
    t.equal((await ask()).status, 429);
  }
  t.equal((await shop.get('/v1/payments/other')).status, 429, 'another payment is the same API');
  t.strictSame(await read(stranger, 2), [404, 429], 'another merchant is not concerned');
  t.equal((await shop.get('/sandbox/health')).status, 200, 'nor is the sandbox’s own API');
});

t.test('the key comes first: what is not let in is not counted', async (t) => {
  const { url, newShop } = await startSandbox(t, { rateLimit: 1 });
  const shop = await newShop();
  for (let i = 0; i < 3; i++) {
    const headers = { authorization: basic('test_sk_0000000000000000000000000000') };
    t.equal((await call(`${url}/v1/payments/none`, 'GET', { headers })).status, 401);
  }
  t.strictSame(await read(shop, 2), [404, 429]);
});

t.test('a confirm that was one too many has done nothing, and its Idempotency-Key is free', async (t) => {
  const { newShop } = await startSandbox(t, { rateLimit: 2 });
  const shop = await newShop();
  await shop.post('/sandbox/clock/hold', {});
  const paymentKey = await shop.prepare({ orderId: 'order-0001', amount: 15000 });
  const confirm = (key: string, headers = {}) =>
    shop.post(
      '/v1/payments/confirm',
      { paymentKey, orderId: 'order-0001', amount: 15000 },
      { 'idempotency-key': key, ...headers },
    );
  const ordered = { 'tosspayments-test-code': 'REJECT_CARD_PAYMENT' };
  t.equal((await confirm('first', ordered)).status, 403);
  t.equal((await confirm('first', ordered)).status, 403);
  for (const headers of [{}, ordered, { 'idempotency-key': 'k'.repeat(301) }]) {
    const refused = await confirm('second', headers);
    t.equal(refused.status, 429, 'before Idempotency-Key and Test-Code are looked at');
    t.equal(refused.text, TOO_MANY);
  }
  t.equal((await shop.get(`/v1/payments/${paymentKey}`)).body.status, 'IN_PROGRESS');
  await shop.post('/sandbox/clock/advance', { minutes: 1 });
  const done = await confirm('second');
  t.equal(done.status, 200);
  t.equal(done.body.status, 'DONE');
  t.equal((await confirm('second')).text, done.text, 'a replay is a call too');
  t.equal((await confirm('second')).status, 429);
});

t.test('a reset forgets how often I have called', async (t) => {
  const { newShop } = await startSandbox(t, { rateLimit: 1 });
  const shop = await newShop();
  t.strictSame(await read(shop, 2), [404, 429]);
  t.equal((await shop.post('/sandbox/reset', {})).status, 204);
  t.strictSame(await read(shop, 2), [404, 429]);
});

t.test('in my test’s own process it is an option of startSandbox()', async (t) => {
  const sandbox = await startInProcess({ rateLimit: 1 });
  t.teardown(() => sandbox.close());
  const headers = { authorization: sandbox.authorization };
  const statuses = [
    (await call(`${sandbox.url}/v1/payments/none`, 'GET', { headers })).status,
    (await call(`${sandbox.url}/v1/payments/none`, 'GET', { headers })).status,
  ];
  t.strictSame(statuses, [404, 429]);
});
