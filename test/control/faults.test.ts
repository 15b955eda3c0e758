import t from 'tap';
import { basic, call, type Shop, startSandbox } from '../fixtures/sandbox.ts';

const ORDER = { orderId: 'order-0001', amount: 15000 };

// payments.md 4.2 and the catalogue.
const REJECTED = '{"code":"REJECT_CARD_PAYMENT","message":"한도초과 혹은 잔액부족으로 결제에 실패했습니다."}';

const fault = (shop: Shop, wish: unknown) => shop.post('/sandbox/faults', wish);

const confirm = (shop: Shop, paymentKey: string, headers: Record<string, string> = {}) =>
  shop.post('/v1/payments/confirm', { paymentKey, ...ORDER }, headers);

t.test(
  'an ordered failure strikes the next call once, without any header, and changes nothing',
  async (t) => {
    const { newShop, sandbox } = await startSandbox(t);
    const shop = await newShop();
    const paymentKey = await shop.prepare(ORDER);
    const { status, body: ordered } = await fault(shop, {
      path: '/v1/payments/confirm',
      code: 'REJECT_CARD_PAYMENT',
    });
    t.equal(status, 201);
    t.match(ordered.faultId, /^flt_[0-9a-z]{12}$/);
    t.strictSame(ordered, {
      faultId: ordered.faultId,
      mId: shop.mId,
      method: null,
      path: '/v1/payments/confirm',
      orderId: null,
      code: 'REJECT_CARD_PAYMENT',
      times: 1,
      struck: 0,
    });
    const before = (await shop.get(`/v1/payments/${paymentKey}`)).text;
    const figures = sandbox.core.store.world(shop.mId)?.figures();
    const refused = await confirm(shop, paymentKey);
    t.equal(refused.status, 403);
    t.equal(refused.text, REJECTED);
    t.equal((await shop.get(`/v1/payments/${paymentKey}`)).text, before);
    t.strictSame(sandbox.core.store.world(shop.mId)?.figures(), figures);
    t.strictSame((await shop.get('/sandbox/faults')).body, { faults: [{ ...ordered, struck: 1 }] });
    t.equal((await confirm(shop, paymentKey)).body.status, 'DONE', 'the next one goes through');
  },
);

t.test('a failure can be ordered several times, for one order, one method, one path', async (t) => {
  const { newShop } = await startSandbox(t);
  const shop = await newShop();
  const [paymentKey, other] = [
    await shop.pay(ORDER),
    await shop.pay({ orderId: 'order-0002', amount: 9900 }),
  ];
  const paths = [
    ['GET', `/v1/payments/${paymentKey}`],
    ['GET', '/v1/payments/orders/order-0001'],
    ['POST', `/v1/payments/${paymentKey}/cancel`],
    ['POST', `/v1/payments/${paymentKey}`],
    ['POST', '/v1/payments/confirm'],
    ['GET', `/v1/payments/${other}`],
  ] as const;
  const body = { paymentKey, ...ORDER, cancelReason: '고객 변심', cancelAmount: 1000 };
  /** Which of the calls are struck. */
  const struck = async (aim: object): Promise<number[]> => {
    await shop.delete('/sandbox/faults');
    await fault(shop, { ...aim, code: 'COMMON_ERROR', times: 6 });
    const answers = [];
    for (const [method, path] of paths) {
      answers.push(method === 'GET' ? await shop.get(path) : await shop.post(path, body));
    }
    const hits = answers.flatMap((answer, index) => (answer.body.code === 'COMMON_ERROR' ? [index] : []));
    t.equal((await shop.get('/sandbox/faults')).body.faults[0].struck, hits.length);
    return hits;
  };
  t.strictSame(await struck({}), [0, 1, 2, 3, 4, 5]);
  t.strictSame(await struck({ orderId: 'order-0001' }), [0, 1, 2, 3, 4]);
  t.strictSame(await struck({ orderId: 'order-0002' }), [5]);
  t.strictSame(await struck({ method: 'get' }), [0, 1, 5]);
  t.strictSame(await struck({ path: '/v1/payments/{paymentKey}' }), [0, 3, 5]);
  t.strictSame(await struck({ path: '/v1/payments/{id}' }), [0, 3, 5]);
  t.strictSame(await struck({ path: `/v1/payments/${other}` }), [5]);
  t.strictSame(await struck({ path: '/v1/payments/{paymentKey}/cancel' }), [2]);
  t.strictSame(await struck({ path: '/v1/payments/orders/{orderId}' }), [1]);
  t.strictSame(await struck({ path: '/v1/payments/confirm', orderId: 'order-0002' }), []);
  t.strictSame(await struck({ method: 'POST', path: '/v1/payments/{paymentKey}' }), [3]);
});

t.test('the text is that of the called endpoint, as with Test-Code', async (t) => {
  const { newShop } = await startSandbox(t);
  const shop = await newShop();
  const paymentKey = await shop.pay(ORDER);
  for (const code of ['FAILED_PAYMENT_INTERNAL_SYSTEM_PROCESSING', 'NOT_FOUND', 'PROVIDER_ERROR']) {
    for (const path of [`/v1/payments/${paymentKey}`, '/v1/payments/orders/order-0001']) {
      const coded = await shop.get(path, { 'tosspayments-test-code': code });
      await fault(shop, { code });
      const struck = await shop.get(path);
      t.equal(struck.status, coded.status);
      t.equal(struck.text, coded.text);
    }
  }
});

t.test('the SDK in the merchant’s page is struck too', async (t) => {
  const { url, newShop } = await startSandbox(t);
  const [shop, other] = [await newShop(), await newShop()];
  await fault(shop, { path: '/v1/payments/sdk', orderId: 'order-0001', code: 'COMMON_ERROR' });
  const opening = {
    method: 'CARD',
    orderId: 'order-0001',
    orderName: '원두',
    amount: { value: 15000, currency: 'KRW' },
    successUrl: 'http://shop.example/success',
    failUrl: 'http://shop.example/fail',
  };
  const request = (one: Shop) =>
    call(`${url}/v1/payments/sdk`, 'POST', {
      headers: { authorization: basic(one.clientKey), origin: 'http://shop.example' },
      body: opening,
    });
  t.equal((await request(other)).status, 200);
  const struck = await request(shop);
  t.equal(struck.status, 500);
  t.equal(struck.body.code, 'COMMON_ERROR');
  t.equal(struck.headers.get('access-control-allow-origin'), 'http://shop.example');
  t.equal((await request(shop)).status, 200);
});

t.test('a key that is not good is refused as ever, and the fault is kept for who is let in', async (t) => {
  const { url, newShop } = await startSandbox(t);
  const shop = await newShop();
  await call(`${url}/sandbox/faults`, 'POST', { body: { code: 'COMMON_ERROR' } });
  t.equal((await call(`${url}/v1/payments/orders/order-0001`, 'GET')).body.code, 'UNAUTHORIZED_KEY');
  t.equal((await shop.get('/v1/payments/orders/order-0001')).body.code, 'COMMON_ERROR');
});

t.test('a replay is no new call, and what a fault answers is not kept under the key', async (t) => {
  const { newShop } = await startSandbox(t);
  const shop = await newShop();
  const paymentKey = await shop.prepare(ORDER);
  const headers = { 'idempotency-key': 'confirm-0001' };
  await fault(shop, { code: 'REJECT_CARD_PAYMENT' });
  t.equal((await confirm(shop, paymentKey, headers)).text, REJECTED);
  const approved = await confirm(shop, paymentKey, headers);
  t.equal(approved.status, 200);
  await fault(shop, { code: 'REJECT_CARD_PAYMENT' });
  t.equal((await confirm(shop, paymentKey, headers)).text, approved.text);
  t.equal((await confirm(shop, paymentKey)).text, REJECTED);
});

t.test('with a key a failure is one’s own: ordered, struck, seen and called off', async (t) => {
  const { url, newShop } = await startSandbox(t);
  const [shop, stranger] = [await newShop(), await newShop()];
  const { body: mine } = await fault(shop, { code: 'COMMON_ERROR' });
  const { body: everybodys } = await call(`${url}/sandbox/faults`, 'POST', {
    body: { method: 'POST', code: 'PROVIDER_ERROR' },
  });
  t.equal(everybodys.mId, null);
  t.equal((await stranger.get('/v1/payments/orders/order-0001')).body.code, 'NOT_FOUND_PAYMENT');
  t.strictSame((await stranger.get('/sandbox/faults')).body, { faults: [] });
  t.equal((await stranger.delete(`/sandbox/faults/${mine.faultId}`)).status, 404);
  t.equal((await stranger.delete('/sandbox/faults')).status, 204);
  t.equal((await stranger.post('/sandbox/reset', {})).status, 204);
  t.strictSame((await shop.get('/sandbox/faults')).body, { faults: [mine] });
  t.strictSame((await call(`${url}/sandbox/faults`, 'GET')).body, { faults: [mine, everybodys] });
  t.equal((await stranger.post('/v1/payments/confirm', {})).body.code, 'PROVIDER_ERROR');

  t.equal((await shop.delete(`/sandbox/faults/${mine.faultId}`)).status, 204);
  t.equal((await shop.get('/v1/payments/orders/order-0001')).body.code, 'NOT_FOUND_PAYMENT');
  await fault(shop, { code: 'COMMON_ERROR' });
  await shop.post('/sandbox/reset', {});
  t.equal((await shop.get('/v1/payments/orders/order-0001')).body.code, 'NOT_FOUND_PAYMENT');
  await call(`${url}/sandbox/faults`, 'POST', { body: { code: 'COMMON_ERROR' } });
  await call(`${url}/sandbox/reset`, 'POST');
  t.strictSame((await call(`${url}/sandbox/faults`, 'GET')).body, { faults: [] });
});

t.test('what can never strike is refused', async (t) => {
  const { newShop } = await startSandbox(t);
  const shop = await newShop();
  for (const [wish, code, message] of [
    [{ code: 'NO_SUCH' }, 'NO_SUCH_ERROR_CODE', 'NO_SUCH is no error code of Toss Payments.'],
    [
      { code: 'COMMON_ERROR', path: '/v1/nowhere' },
      'NO_SUCH_CALL',
      '/v1/nowhere is no call of the API that the sandbox has.',
    ],
    [
      { code: 'COMMON_ERROR', method: 'GET', path: '/v1/payments/{paymentKey}/cancel' },
      'NO_SUCH_CALL',
      'GET /v1/payments/{paymentKey}/cancel is no call of the API that the sandbox has.',
    ],
    [{}, 'INVALID_CONTROL_REQUEST', 'code'],
    [{ code: 'COMMON_ERROR', times: 0 }, 'INVALID_CONTROL_REQUEST', 'times'],
    [{ code: 'COMMON_ERROR', status: 500 }, 'INVALID_CONTROL_REQUEST', 'status'],
  ] as const) {
    const { status, body } = await fault(shop, wish);
    t.equal(status, 400);
    t.equal(body.code, code);
    t.match(body.message, message);
  }
  t.strictSame((await shop.get('/sandbox/faults')).body, { faults: [] });
});
