import t, { type Test } from 'tap';
import { API, type Endpoint, type OperationName } from '../../src/wire/api.ts';
import { startHeldShop } from '../fixtures/held-shop.ts';
import { type Answer, basic, call, type Shop, startSandbox } from '../fixtures/sandbox.ts';
import { startSlowShop } from '../fixtures/slow-shop.ts';

type Body = Readonly<Record<string, unknown>>;

/** A call of an endpoint, as a merchant makes it. */
interface Request {
  readonly path: string;
  readonly body: Body;
}

interface Case {
  /** Whose key authorises it. */
  readonly by: 'secretKey' | 'clientKey';
  /** Brings a shop to where the call can be made, and tells it. The number makes orders that differ. */
  readonly ready: (shop: Shop, number: number) => Promise<Request>;
  /** A body with which the same call is refused: 400. */
  readonly wrong: Body;
  /** What the call would do if it were carried out a second time: a code, or 200 where there is no end to it. */
  readonly anew: string;
  /** Does it take the merchant's processing time? */
  readonly isSlow: boolean;
}

const orderOf = (number: number) => ({ orderId: `order-${1000 + number}`, amount: 15000 });

const openingOf = (number: number) => ({
  ...orderOf(number),
  method: 'CARD',
  orderName: '원두',
  successUrl: 'http://shop.example/success',
  failUrl: 'http://shop.example/fail',
});

const prepared = (shop: Shop, number: number) => shop.prepare(orderOf(number));

/** Paid without a confirm, so that a slow merchant's payment is there at once: it is a fixture, not the call. */
async function paidAtOnce(shop: Shop, number: number): Promise<string> {
  const issued = await shop.post('/v1/virtual-accounts', accountOf(number));
  await shop.post(`/sandbox/payments/${issued.body.paymentKey}/deposit`, {});
  return issued.body.paymentKey;
}

const accountOf = (number: number) => ({
  ...orderOf(number),
  orderName: '원두',
  customerName: '김토스',
  bank: '20',
});

const REFUND = { refundReceiveAccount: { bank: '88', accountNumber: '110123456789', holderName: '김토스' } };

/** One for every POST of the API table. */
const CASES: Readonly<Record<string, Case>> = {
  createPayment: {
    by: 'secretKey',
    ready: async (_shop, number) => ({ path: '/v1/payments', body: openingOf(number) }),
    wrong: { amount: -1 },
    anew: '200',
    isSlow: false,
  },
  createPaymentBySdk: {
    by: 'clientKey',
    ready: async (_shop, number) => ({
      path: '/v1/payments/sdk',
      body: { ...openingOf(number), amount: { value: 15000, currency: 'KRW' } },
    }),
    wrong: { method: 'SHELLS' },
    anew: '200',
    isSlow: false,
  },
  confirmPayment: {
    by: 'secretKey',
    ready: async (shop, number) => ({
      path: '/v1/payments/confirm',
      body: { ...orderOf(number), paymentKey: await prepared(shop, number) },
    }),
    wrong: { amount: 14999 },
    anew: 'ALREADY_PROCESSED_PAYMENT',
    isSlow: true,
  },
  approvePayment: {
    by: 'secretKey',
    ready: async (shop, number) => ({
      path: `/v1/payments/${await prepared(shop, number)}`,
      body: orderOf(number),
    }),
    wrong: { amount: 14999 },
    anew: 'ALREADY_PROCESSED_PAYMENT',
    isSlow: true,
  },
  cancelPayment: {
    by: 'secretKey',
    ready: async (shop, number) => ({
      path: `/v1/payments/${await paidAtOnce(shop, number)}/cancel`,
      body: { cancelReason: '품절', ...REFUND },
    }),
    wrong: { cancelReason: '' },
    anew: 'ALREADY_CANCELED_PAYMENT',
    isSlow: true,
  },
  keyIn: {
    by: 'secretKey',
    ready: async (_shop, number) => ({
      path: '/v1/payments/key-in',
      body: {
        ...orderOf(number),
        orderName: '원두',
        cardNumber: '9410001234567890',
        cardExpirationYear: '99',
        cardExpirationMonth: '12',
        customerIdentityNumber: '900101',
      },
    }),
    wrong: { cardNumber: '433012' },
    anew: 'DUPLICATED_ORDER_ID',
    isSlow: true,
  },
  issueVirtualAccount: {
    by: 'secretKey',
    ready: async (_shop, number) => ({ path: '/v1/virtual-accounts', body: accountOf(number) }),
    wrong: { bank: '없는은행' },
    // The account that was issued has used the order up [I].
    anew: 'DUPLICATED_ORDER_ID',
    isSlow: false,
  },
};

const POSTS = (Object.keys(API) as OperationName[]).filter((name) => API[name].method === 'POST');

t.test('the table has every POST of the API', async (t) => {
  t.strictSame(Object.keys(CASES).toSorted(), POSTS.toSorted());
  for (const name of POSTS) {
    const endpoint: Endpoint = API[name];
    t.equal(endpoint.caller, CASES[name]?.by === 'secretKey' ? 'secret key' : 'client key', name);
  }
});

const TRACE_ID = /^[0-9a-f]{32}$/;
const traceIdOf = (answer: Answer): string => answer.headers.get('x-tosspayments-trace-id') ?? '';

type Post = (request: Request, key: string, wish?: Body) => Promise<Answer>;

const posterOf =
  (url: string, shop: Shop, { by }: Case): Post =>
  ({ path, body }, key, wish = {}) =>
    call(url + path, 'POST', {
      headers: { authorization: basic(shop[by]), 'idempotency-key': key },
      body: { ...body, ...wish },
    });

/** The first answer again: same status and bytes, the key echoed, two trace ids (payments.md 6, measured). */
function isReplay(t: Test, again: Answer, first: Answer, key: string, name: string): void {
  t.equal(again.status, first.status, name);
  t.equal(again.text, first.text, name);
  t.equal(again.headers.get('idempotency-key'), key, name);
  const [newId = '', ...originals] = traceIdOf(again).split(', ');
  t.match(newId, TRACE_ID, name);
  t.not(newId, traceIdOf(first), name);
  t.strictSame(originals, [traceIdOf(first)], name);
}

function isFirst(t: Test, answer: Answer, key: string, name: string): void {
  t.equal(answer.headers.get('idempotency-key'), key, name);
  t.match(traceIdOf(answer), TRACE_ID, name);
}

for (const [name, one] of Object.entries(CASES)) {
  t.test(`${name}: a success is replayed, whatever is sent, and is done once`, async (t) => {
    const { newShop, url, sandbox } = await startSandbox(t);
    const shop = await newShop();
    const post = posterOf(url, shop, one);
    const request = await one.ready(shop, 1);
    const first = await post(request, 'once');
    t.equal(first.status, 200, first.text);
    isFirst(t, first, 'once', name);
    const figures = sandbox.core.store.world(shop.mId)?.figures();
    const position = sandbox.core.chance.position;
    isReplay(t, await post(request, 'once'), first, 'once', 'the same body');
    isReplay(t, await post(request, 'once', one.wrong), first, 'once', 'another body');
    isReplay(t, await post({ ...request, body: {} }, 'once'), first, 'once', 'no body');
    t.strictSame(sandbox.core.store.world(shop.mId)?.figures(), figures);
    t.equal(sandbox.core.chance.position, position);
  });

  t.test(`${name}: a refusal is replayed, even when the request has been put right`, async (t) => {
    const { newShop, url, sandbox } = await startSandbox(t);
    const shop = await newShop();
    const post = posterOf(url, shop, one);
    const request = await one.ready(shop, 1);
    const before = sandbox.core.store.world(shop.mId)?.figures().journalEntries;
    const refused = await post(request, 'refused', one.wrong);
    t.equal(refused.status, 400, refused.text);
    isFirst(t, refused, 'refused', name);
    isReplay(t, await post(request, 'refused', one.wrong), refused, 'refused', 'the same body');
    isReplay(t, await post(request, 'refused'), refused, 'refused', 'the body put right');
    t.equal(sandbox.core.store.world(shop.mId)?.figures().journalEntries, before, 'nothing is done');
    t.equal((await post(request, 'anew')).status, 200, 'with another key it is');
  });

  t.test(`${name}: many at once with one key are done once`, async (t) => {
    const { newShop, url, sandbox } = await startSandbox(t);
    const shop = await newShop();
    const post = posterOf(url, shop, one);
    const request = await one.ready(shop, 1);
    const before = sandbox.core.store.world(shop.mId)?.figures().journalEntries ?? 0;
    const answers = await Promise.all(Array.from({ length: 5 }, () => post(request, 'once')));
    t.strictSame([...new Set(answers.map(({ status }) => status))], [200]);
    t.equal(new Set(answers.map(({ text }) => text)).size, 1);
    const [first, ...others] = answers.toSorted((a, b) => traceIdOf(a).length - traceIdOf(b).length);
    if (first === undefined) throw new Error('Nobody was answered.');
    isFirst(t, first, 'once', name);
    for (const again of others) isReplay(t, again, first, 'once', name);
    t.equal((sandbox.core.store.world(shop.mId)?.figures().journalEntries ?? 0) - before, 1, 'one event');
  });

  t.test(`${name}: with a processing time the second is told to wait, if the call takes any`, async (t) => {
    const { wall, shop, url, processing, sandbox } = await startSlowShop(t);
    const post = posterOf(url, shop, one);
    const request = await one.ready(shop, 1);
    const before = sandbox.core.store.world(shop.mId)?.figures().journalEntries ?? 0;
    const waiting = post(request, 'once');
    if (one.isSlow) {
      await processing(1);
      const second = await post(request, 'once');
      t.equal(second.status, 409);
      t.equal(
        second.text,
        '{"code":"IDEMPOTENT_REQUEST_PROCESSING","message":"이전 멱등 요청이 처리중입니다."}',
      );
      isFirst(t, second, 'once', name);
      t.equal(sandbox.core.store.world(shop.mId)?.figures().journalEntries, before, 'nothing is done yet');
      await wall.pass(300);
    }
    const first = await waiting;
    t.equal(first.status, 200);
    isFirst(t, first, 'once', name);
    isReplay(t, await post(request, 'once'), first, 'once', name);
    t.equal((sandbox.core.store.world(shop.mId)?.figures().journalEntries ?? 0) - before, 1, 'one event');
    t.notOk(wall.waits.includes(300), 'nothing is being processed any more');
  });

  t.test(`${name}: a key has 300 characters at most`, async (t) => {
    const { newShop, url } = await startSandbox(t);
    const shop = await newShop();
    const post = posterOf(url, shop, one);
    const request = await one.ready(shop, 1);
    const tooLong = await post(request, 'k'.repeat(301));
    t.equal(tooLong.status, 400);
    t.equal(tooLong.text, '{"code":"INVALID_IDEMPOTENCY_KEY","message":"멱등키는 300자 이하여야 합니다."}');
    const first = await post(request, 'k'.repeat(300));
    t.equal(first.status, 200);
    isReplay(t, await post(request, 'k'.repeat(300)), first, 'k'.repeat(300), name);
  });

  t.test(`${name}: after 15 days a key may be used anew`, async (t) => {
    const { shop, url } = await startHeldShop(t);
    const post = posterOf(url, shop, one);
    const request = await one.ready(shop, 1);
    const first = await post(request, 'once');
    t.equal(first.status, 200);
    await shop.post('/sandbox/clock/advance', { days: 14, hours: 23, minutes: 59, seconds: 59, ms: 999 });
    isReplay(t, await post(request, 'once'), first, 'once', 'a millisecond before');
    await shop.post('/sandbox/clock/advance', { ms: 1 });
    const second = await post(request, 'once');
    isFirst(t, second, 'once', name);
    t.equal(second.body.code ?? String(second.status), one.anew);
    t.not(second.text, first.text);
    isReplay(t, await post(request, 'once'), second, 'once', 'and is good for 15 days again');
  });

  t.test(`${name}: the same key of another merchant is another key`, async (t) => {
    const { newShop, url } = await startSandbox(t);
    const [shop, other] = [await newShop(), await newShop()];
    const mine = await posterOf(url, shop, one)(await one.ready(shop, 1), 'once');
    const theirs = await posterOf(url, other, one)(await one.ready(other, 1), 'once');
    for (const [whose, answer] of [
      [shop, mine],
      [other, theirs],
    ] as const) {
      t.equal(answer.status, 200);
      t.equal(answer.body.mId, whose.mId);
      isFirst(t, answer, 'once', name);
    }
  });
}

t.test('the same key on every URL, and for every payment, is another key', async (t) => {
  const { newShop, url } = await startSandbox(t);
  const shop = await newShop();
  for (const [index, [name, one]] of Object.entries(CASES).entries()) {
    const post = posterOf(url, shop, one);
    const answer = await post(await one.ready(shop, index), 'once');
    t.equal(answer.status, 200, name);
    t.equal(answer.body.orderId, `order-${1000 + index}`, name);
    isFirst(t, answer, 'once', name);
  }
});

t.test('a key counts for POST alone: read with it, a payment is as it is now', async (t) => {
  const { newShop } = await startSandbox(t);
  const shop = await newShop();
  const key = { 'idempotency-key': 'once' };
  const paymentKey = await prepared(shop, 1);
  const path = `/v1/payments/${paymentKey}`;
  // The same URL by both methods: the older confirm (payments.md 4.3) and the look-up.
  t.equal((await shop.get(path, key)).body.status, 'IN_PROGRESS');
  t.equal((await shop.post(path, orderOf(1), key)).body.status, 'DONE');
  const read = await shop.get(path, key);
  t.equal(read.body.status, 'DONE');
  t.equal(read.headers.get('idempotency-key'), null);
});
