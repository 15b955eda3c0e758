import { get } from 'node:http';
import t from 'tap';
import { basic, call, type Shop, startSandbox } from '../fixtures/sandbox.ts';
import { startSlowShop } from '../fixtures/slow-shop.ts';

const ORDER = { orderId: 'order-0001', amount: 15000 };

// biome-ignore lint/suspicious/noExplicitAny: a test reads whatever the wire carries.
const requestsOf = async (shop: Shop, query = ''): Promise<any[]> =>
  (await shop.get(`/sandbox/requests${query}`)).body.requests;

t.test('every call is taken down as it came and went, the newest last', async (t) => {
  const { newShop } = await startSandbox(t);
  const shop = await newShop();
  await shop.post('/sandbox/clock/hold', { at: '2030-03-05T10:15:30+09:00' });
  const paymentKey = await shop.prepare(ORDER);
  const body = `{ "paymentKey": "${paymentKey}", "orderId": "order-0001", "amount": 15000 }`;
  const approved = await shop.post('/v1/payments/confirm', body, { 'idempotency-key': 'confirm-0001' });
  const coded = await shop.get('/v1/payments/orders/order-0001?a=b', {
    'tosspayments-test-code': 'COMMON_ERROR',
  });
  const [first, second, ...others] = await requestsOf(shop);
  t.strictSame(others, [], 'the sandbox’s own calls are not in it');
  t.strictSame(first, {
    at: '2030-03-05T10:15:30.000+09:00',
    mId: shop.mId,
    method: 'POST',
    path: '/v1/payments/confirm',
    status: 200,
    code: null,
    idempotencyKey: 'confirm-0001',
    testCode: null,
    traceId: approved.headers.get('x-tosspayments-trace-id'),
    durationMs: first.durationMs,
    requestBody: body,
    responseBody: approved.text,
  });
  t.type(first.durationMs, 'number');
  t.match(second, {
    method: 'GET',
    path: '/v1/payments/orders/order-0001?a=b',
    status: 500,
    code: 'COMMON_ERROR',
    testCode: 'COMMON_ERROR',
    requestBody: null,
    responseBody: coded.text,
  });
  const text = JSON.stringify(await requestsOf(shop));
  t.notOk(text.includes(shop.secretKey) || text.includes(basic(shop.secretKey)), 'no key is in it');
});

t.test('refused calls are in it too, of a merchant where its key can be told', async (t) => {
  const { url, newShop } = await startSandbox(t);
  const shop = await newShop();
  const get = (path: string, key: string) =>
    call(url + path, 'GET', { headers: { authorization: basic(key) } });
  await get('/v1/payments/orders/order-0001', 'test_sk_nobody');
  await call(`${url}/v1/payments/orders/order-0001`, 'GET');
  await get('/v1/payments/orders/order-0001', shop.clientKey);
  await get('/v1/nowhere', shop.secretKey);
  await shop.post('/v1/payments/confirm', 'x'.repeat(1024 * 1024 + 1));
  await shop.post('/v1/payments/confirm', '{');
  await get('/v1/payments/%', shop.secretKey);

  const summary = (requests: { mId: string; status: number; code: string; requestBody: string | null }[]) =>
    requests.map(({ mId, status, code, requestBody }) => [mId, status, code, requestBody]);
  const own = [
    [shop.mId, 401, 'UNAUTHORIZED_KEY', null],
    [shop.mId, 404, 'NOT_FOUND', null],
    [shop.mId, 400, 'INVALID_REQUEST', null],
    [shop.mId, 400, 'INVALID_REQUEST', '{'],
    [shop.mId, 400, 'INVALID_REQUEST', null],
  ];
  t.strictSame(summary(await requestsOf(shop)), own);
  const { body } = await call(`${url}/sandbox/requests`, 'GET');
  t.strictSame(summary(body.requests), [
    [null, 401, 'UNAUTHORIZED_KEY', null],
    [null, 401, 'UNAUTHORIZED_KEY', null],
    ...own,
  ]);
});

t.test('a call to a whole address is taken down like any other', async (t) => {
  const { url, newShop } = await startSandbox(t);
  const shop = await newShop();
  const headers = { authorization: basic(shop.secretKey) };
  await new Promise((resolve) =>
    get(url, { path: 'http://api.tosspayments.com/v1/payments/none', headers }, (response) =>
      response.resume().on('end', resolve),
    ),
  );
  t.match(await requestsOf(shop, '?path=/v1/payments/none'), [{ path: '/v1/payments/none', status: 404 }]);
});

t.test('calls are found by path, order and status', async (t) => {
  const { newShop } = await startSandbox(t);
  const shop = await newShop();
  const paymentKey = await shop.pay(ORDER);
  const other = await shop.pay({ orderId: 'order-0002', amount: 9900 });
  await shop.get(`/v1/payments/${paymentKey}`);
  await shop.get('/v1/payments/orders/order-0001');
  await shop.post(`/v1/payments/${other}/cancel`, { cancelReason: '고객 변심' });
  await shop.post(`/v1/payments/${paymentKey}/cancel`, {});
  const found = async (query: string): Promise<number[]> => {
    const all = (await requestsOf(shop)).map((request) => JSON.stringify(request));
    return (await requestsOf(shop, query)).map((request) => all.indexOf(JSON.stringify(request)));
  };
  t.strictSame(await found(''), [0, 1, 2, 3, 4, 5]);
  t.strictSame(await found('?orderId=order-0001'), [0, 2, 3, 5]);
  t.strictSame(await found('?orderId=order-0002'), [1, 4]);
  t.strictSame(await found('?path=/v1/payments/confirm'), [0, 1]);
  t.strictSame(await found('?path=/v1/payments/{paymentKey}'), [2]);
  t.strictSame(await found('?path=/v1/payments/{paymentKey}/cancel'), [4, 5]);
  t.strictSame(await found(`?path=/v1/payments/${other}/cancel`), [4]);
  t.strictSame(await found('?status=400'), [5]);
  t.strictSame(await found('?status=200&orderId=order-0001'), [0, 2, 3]);
  t.equal((await shop.get('/sandbox/requests?order=order-0001')).status, 400);
});

t.test('only the newest thousand calls are kept, and the beginning of a long body', async (t) => {
  const { newShop } = await startSandbox(t);
  const shop = await newShop();
  await shop.post('/v1/payments/confirm', `{"orderId":"${'가'.repeat(20_000)}"}`);
  const [long] = await requestsOf(shop);
  t.equal(long.requestBody.length, 16_384);
  t.equal(long.requestBody.slice(0, 13), '{"orderId":"가');
  for (let index = 0; index < 1000; index++) await shop.get('/v1/payments/orders/order-0001');
  const requests = await requestsOf(shop);
  t.equal(requests.length, 1000);
  t.equal(requests[0].method, 'GET');
});

t.test('with a key the log is one’s own to read and to forget', async (t) => {
  const { url, newShop } = await startSandbox(t);
  const [shop, stranger] = [await newShop(), await newShop()];
  await shop.get('/v1/payments/orders/order-0001');
  t.strictSame(await requestsOf(stranger), []);
  t.equal((await stranger.delete('/sandbox/requests')).status, 204);
  t.equal((await stranger.post('/sandbox/reset', {})).status, 204);
  t.equal((await requestsOf(shop)).length, 1);
  t.equal((await shop.delete('/sandbox/requests')).status, 204);
  t.strictSame(await requestsOf(shop), []);
  await shop.get('/v1/payments/orders/order-0001');
  await shop.post('/sandbox/reset', {});
  t.strictSame(await requestsOf(shop), []);
  await shop.get('/v1/payments/orders/order-0001');
  await call(`${url}/v1/nowhere`, 'GET');
  t.equal((await call(`${url}/sandbox/requests`, 'DELETE')).status, 204);
  t.strictSame((await call(`${url}/sandbox/requests`, 'GET')).body, { requests: [] });
});

t.test(
  'a call that takes time is taken down when it is answered, also when its merchant is gone',
  async (t) => {
    const { url, wall, shop, processing } = await startSlowShop(t);
    const paymentKey = await shop.prepare(ORDER);
    const first = shop.post('/v1/payments/confirm', { paymentKey, ...ORDER });
    await processing(1);
    t.strictSame(await requestsOf(shop), []);
    await wall.pass(300);
    await first;
    t.match(await requestsOf(shop), [{ status: 200, durationMs: 300 }]);

    const canceling = shop.post(`/v1/payments/${paymentKey}/cancel`, { cancelReason: '고객 변심' });
    await processing(1);
    await shop.delete(`/sandbox/merchants/${shop.mId}`);
    t.equal((await canceling).body.code, 'SANDBOX_INTERRUPTED');
    t.strictSame((await call(`${url}/sandbox/requests`, 'GET')).body, { requests: [] });
  },
);
