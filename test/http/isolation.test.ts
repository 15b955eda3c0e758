import t from 'tap';
import { API, type Endpoint } from '../../src/wire/api.ts';
import { startReceiver } from '../fixtures/receiver.ts';
import { basic, call, type Shop, startSandbox } from '../fixtures/sandbox.ts';

const FORBIDDEN = '{"code":"FORBIDDEN_REQUEST","message":"허용되지 않은 요청입니다."}';
const NOT_FOUND = '{"code":"NOT_FOUND_PAYMENT","message":"존재하지 않는 결제 정보 입니다."}';

const ORDER_ID = 'order-0001';

/** What a stranger opens for itself; the order id is the owner's too. */
const OPENING = {
  method: 'CARD',
  orderId: ORDER_ID,
  orderName: '내 주문',
  successUrl: 'http://stranger.example/success',
  failUrl: 'http://stranger.example/fail',
};

/** How a stranger calls an operation, and what it is answered: nothing of the owner's, whatever it asks for. */
interface Foreign {
  readonly body: (paymentKey: string) => Record<string, unknown> | undefined;
  readonly status: number;
  /** The whole body; null where the stranger gets a payment of its own. */
  readonly text: string | null;
}

// payments.md 1.5: 403 at a confirm, not there to read or to cancel. Every operation of the API has to be here.
const FOREIGN: Readonly<Record<string, Foreign>> = {
  createPayment: { body: () => ({ ...OPENING, amount: 100 }), status: 200, text: null },
  createPaymentBySdk: {
    body: () => ({ ...OPENING, amount: { value: 100, currency: 'KRW' } }),
    status: 200,
    text: null,
  },
  confirmPayment: {
    body: (paymentKey) => ({ paymentKey, orderId: ORDER_ID, amount: 15000 }),
    status: 403,
    text: FORBIDDEN,
  },
  approvePayment: { body: () => ({ orderId: ORDER_ID, amount: 15000 }), status: 403, text: FORBIDDEN },
  getPayment: { body: () => undefined, status: 404, text: NOT_FOUND },
  getPaymentOfOrder: { body: () => undefined, status: 404, text: NOT_FOUND },
  cancelPayment: { body: () => ({ cancelReason: '남의 결제 취소' }), status: 404, text: NOT_FOUND },
  keyIn: {
    body: () => ({
      orderId: ORDER_ID,
      orderName: '내 주문',
      amount: 100,
      cardNumber: '9410001234567890',
      cardExpirationYear: '99',
      cardExpirationMonth: '12',
      customerIdentityNumber: '881212',
    }),
    status: 200,
    text: null,
  },
  issueVirtualAccount: {
    body: () => ({ orderId: ORDER_ID, orderName: '내 주문', amount: 100, customerName: '김남', bank: '20' }),
    status: 200,
    text: null,
  },
};

/** A payment full of what nobody else may see. */
const SECRETS = {
  amount: 15000,
  orderId: ORDER_ID,
  orderName: '비밀 주문 이름',
  customerName: '김비밀',
  customerEmail: 'secret@shop.example',
  successUrl: 'http://owner.example/success',
  failUrl: 'http://owner.example/fail',
  metadata: { secret: '비밀 값' },
};

/** How far the owner's payment has got when the stranger comes. */
const STAGES: [string, (owner: Shop) => Promise<string>][] = [
  ['READY', (owner) => owner.prepare({ ...SECRETS, outcome: 'READY' })],
  ['IN_PROGRESS', (owner) => owner.prepare(SECRETS)],
  [
    'DONE',
    async (owner) => {
      const paymentKey = await owner.prepare(SECRETS);
      await owner.post('/v1/payments/confirm', { paymentKey, orderId: ORDER_ID, amount: 15000 });
      return paymentKey;
    },
  ],
  [
    'CANCELED',
    async (owner) => {
      const paymentKey = await owner.prepare(SECRETS);
      await owner.post('/v1/payments/confirm', { paymentKey, orderId: ORDER_ID, amount: 15000 });
      await owner.post(`/v1/payments/${paymentKey}/cancel`, { cancelReason: '비밀 사유' });
      return paymentKey;
    },
  ],
];

// A session that is not open is not found, whoever asks (payments.md 4.2).
const NO_SESSION =
  '{"code":"NOT_FOUND_PAYMENT_SESSION","message":"결제 시간이 만료되어 결제 진행 데이터가 존재하지 않습니다."}';

for (const [operation, endpoint] of Object.entries(API) as [string, Endpoint][]) {
  t.test(`with another merchant’s key, ${operation} shows nothing and changes nothing`, async (t) => {
    const foreign = FOREIGN[operation];
    if (foreign === undefined) return t.fail(`${operation} is not in the table`);
    const { url, newShop, sandbox } = await startSandbox(t);
    for (const [stage, prepare] of STAGES) {
      const owner = await newShop();
      const stranger = await newShop();
      const paymentKey = await prepare(owner);
      const look = async () => ({
        text: (await owner.get(`/v1/payments/${paymentKey}`)).text,
        textOfOrder: (await owner.get(`/v1/payments/orders/${ORDER_ID}`)).text,
        figures: sandbox.core.store.world(owner.mId)?.figures(),
        jobs: [...(sandbox.core.store.world(owner.mId)?.jobs() ?? [])],
      });
      const before = await look();
      const { status: reached, secret, lastTransactionKey } = JSON.parse(before.text);
      t.equal(reached, stage);
      const strangersBefore = sandbox.core.store.world(stranger.mId)?.figures();

      const path = endpoint.path.replace('{paymentKey}', paymentKey).replace('{orderId}', ORDER_ID);
      const key = endpoint.caller === 'client key' ? stranger.clientKey : stranger.secretKey;
      const answer = await call(url + path, endpoint.method, {
        headers: { authorization: basic(key) },
        body: foreign.body(paymentKey),
      });

      if (foreign.text === null) {
        t.equal(answer.status, foreign.status, stage);
        t.equal(answer.body.mId, stranger.mId, stage);
        t.equal(answer.body.orderName, '내 주문', stage);
      } else {
        const isSession = stage === 'READY' && foreign.text === FORBIDDEN;
        t.equal(answer.status, isSession ? 404 : foreign.status, stage);
        t.equal(answer.text, isSession ? NO_SESSION : foreign.text, stage);
        t.strictSame(sandbox.core.store.world(stranger.mId)?.figures(), strangersBefore, stage);
      }
      for (const data of [
        paymentKey,
        owner.mId,
        '비밀',
        'secret@shop.example',
        'owner.example',
        secret,
        lastTransactionKey,
      ].filter((value) => value !== null)) {
        t.notOk(answer.text.includes(data), `${stage}: nothing of ${data}`);
      }
      t.strictSame(await look(), before, stage);
    }
  });
}

t.test('every operation of the table is an operation of the API', async (t) => {
  t.strictSame(Object.keys(FOREIGN).toSorted(), Object.keys(API).toSorted());
});

/** Method and path of every route, read off the tree that Fastify draws; parameters as {}. */
function routesOf(tree: string): string[] {
  const above: string[] = [];
  return tree.split('\n').flatMap((line) => {
    const [, indent, part, methods] = /^(.*)(?:├|└)── (\S+)(?: \((.*)\))?$/.exec(line) ?? [];
    if (indent === undefined || part === undefined) return [];
    const depth = indent.length / 4;
    above.splice(depth, above.length, part.replace(/:[\w|:]+/g, '{}'));
    return (methods?.split(', ') ?? []).map((method) => `${method} ${above.join('')}`);
  });
}

// Not of the API table: the payment window, which is a page (payments.md 4).
const PAGES = ['GET /v1/payments/{}/checkout', 'POST /v1/payments/{}/checkout'];

t.test('every route under /v1 is of the API table, and the other way round', async (t) => {
  const { sandbox } = await startSandbox(t);
  const routes = routesOf(sandbox.app.printRoutes({ commonPrefix: false }));
  t.ok(routes.includes('GET /sandbox/health'), 'the tree is read right');
  // HEAD comes with every GET.
  const mounted = routes.filter((route) => /^(?!HEAD )\w+ \/v1\//.test(route));
  const table = Object.values(API).map(({ method, path }) => `${method} ${path.replace(/\{\w+\}/g, '{}')}`);
  t.strictSame(mounted.toSorted(), [...table, ...PAGES].toSorted());
  for (const { method, path } of Object.values(API)) {
    t.ok(sandbox.app.hasRoute({ method, url: path.replace(/\{\w+\}/g, ':id') }), `${method} ${path}`);
  }
});

// What is ours: the doings of a bank and of a provider, each where it would be carried out for the owner.
const DOINGS: [verb: string, method: string, before: null | [path: string, body: object]][] = [
  ['deposit', 'VIRTUAL_ACCOUNT', null],
  ['expire-account', 'VIRTUAL_ACCOUNT', null],
  ['deposit-error', 'VIRTUAL_ACCOUNT', ['/sandbox/payments/{paymentKey}/deposit', {}]],
  ['settle-cancel', 'FOREIGN_EASY_PAY', ['/v1/payments/{paymentKey}/cancel', { cancelReason: '비밀 사유' }]],
];

t.test('with another merchant’s key no bank and no provider does anything', async (t) => {
  const { newShop, sandbox } = await startSandbox(t);
  for (const [verb, method, before] of DOINGS) {
    const [owner, stranger] = [await newShop(), await newShop()];
    const paymentKey = await owner.prepare({ ...SECRETS, method, provider: 'PAYPAL' });
    await owner.post(`/v1/payments/${paymentKey}`, { orderId: ORDER_ID, amount: 15000 });
    if (before !== null) await owner.post(before[0].replace('{paymentKey}', paymentKey), before[1]);
    const look = async () => ({
      text: (await owner.get(`/v1/payments/${paymentKey}`)).text,
      figures: sandbox.core.store.world(owner.mId)?.figures(),
      jobs: [...(sandbox.core.store.world(owner.mId)?.jobs() ?? [])],
    });
    const was = await look();
    const path = `/sandbox/payments/${paymentKey}/${verb}`;
    const answer = await stranger.post(path, {});
    t.equal(answer.status, 404, verb);
    t.strictSame(
      answer.body,
      { code: 'NO_SUCH_PAYMENT', message: 'There is no such payment here.' },
      `${verb}: nothing of the payment`,
    );
    t.strictSame(await look(), was, verb);
    t.equal((await owner.post(path, {})).status, 200, `${verb}, with the owner’s`);
  }
});

t.test('a receiver hears of its own merchant only', async (t) => {
  const { newShop } = await startSandbox(t);
  const [shop, stranger] = [await newShop(), await newShop()];
  const [receiver, strangersReceiver] = [await startReceiver(t), await startReceiver(t)];
  await shop.post('/sandbox/webhooks', { url: receiver.url });
  await stranger.post('/sandbox/webhooks', { url: strangersReceiver.url });
  const first = await shop.pay({ orderId: ORDER_ID, amount: 15000 });
  const second = await stranger.pay({ orderId: ORDER_ID, amount: 9900 });
  t.equal((await receiver.next()).body.data.paymentKey, first);
  t.equal((await strangersReceiver.next()).body.data.paymentKey, second);
  await stranger.post(`/v1/payments/${second}/cancel`, { cancelReason: '고객 변심' });
  t.equal((await strangersReceiver.next()).body.data.paymentKey, second);
  t.equal(receiver.received.length, 1);
});

t.test('moving one merchant’s clock leaves the other’s alone', async (t) => {
  const { newShop, sandbox } = await startSandbox(t);
  const [shop, stranger] = [await newShop(), await newShop()];
  for (const one of [shop, stranger]) {
    await one.post('/sandbox/clock/hold', { at: '2036-03-05T10:15:30+09:00' });
  }
  const [mine, theirs] = [
    await shop.prepare({ orderId: ORDER_ID, amount: 15000 }),
    await stranger.prepare({ orderId: ORDER_ID, amount: 15000 }),
  ];
  const before = (await stranger.get(`/v1/payments/${theirs}`)).text;

  // payments.md 3: 10 minutes from authentication to confirm.
  const moved = await shop.post('/sandbox/clock/advance', { minutes: 11 });
  t.equal(moved.body.now, '2036-03-05T10:26:30.000+09:00');
  t.equal((await stranger.get('/sandbox/clock')).body.now, '2036-03-05T10:15:30.000+09:00');
  t.equal((await shop.get(`/v1/payments/${mine}`)).body.status, 'EXPIRED');
  t.equal((await stranger.get(`/v1/payments/${theirs}`)).text, before);
  t.equal(sandbox.core.store.world(stranger.mId)?.figures().plannedJobs, 1);
  t.equal((await stranger.post('/sandbox/clock/run', {})).body.mode, 'running');
  t.equal((await shop.get('/sandbox/clock')).body.mode, 'held');
});

t.test('a reset with one merchant’s key leaves the other alone', async (t) => {
  const { newShop } = await startSandbox(t);
  const [shop, stranger] = [await newShop(), await newShop()];
  const receiver = await startReceiver(t);
  await shop.post('/sandbox/webhooks', { url: receiver.url });
  const paymentKey = await shop.pay({ orderId: ORDER_ID, amount: 15000 });
  await receiver.next();
  const before = (await shop.get(`/v1/payments/${paymentKey}`)).text;

  t.equal((await stranger.post('/sandbox/reset', {})).status, 204);
  t.equal((await shop.get(`/v1/payments/${paymentKey}`)).text, before);
  t.equal((await shop.get('/sandbox/webhooks')).body.webhooks.length, 1);
  t.equal((await shop.get('/sandbox/deliveries')).body.deliveries.length, 1);
});

t.test('webhooks and deliveries of another merchant are not listed, and not removed', async (t) => {
  const { newShop } = await startSandbox(t);
  const [shop, stranger] = [await newShop(), await newShop()];
  const receiver = await startReceiver(t);
  const { body } = await shop.post('/sandbox/webhooks', { url: receiver.url });
  await shop.pay({ orderId: ORDER_ID, amount: 15000 });
  await receiver.next();

  t.strictSame((await stranger.get('/sandbox/webhooks')).body, { webhooks: [] });
  t.strictSame((await stranger.get('/sandbox/deliveries')).body, { deliveries: [] });
  t.equal((await stranger.delete(`/sandbox/webhooks/${body.webhookId}`)).status, 404);
  t.equal((await stranger.delete('/sandbox/webhooks')).status, 204);
  t.equal((await shop.get('/sandbox/webhooks')).body.webhooks.length, 1);
});
