import t from 'tap';
import { startReceiver } from '../fixtures/receiver.ts';
import { type Answer, basic, call, type Shop, startSandbox } from '../fixtures/sandbox.ts';
import { setConduct } from '../fixtures/slow-shop.ts';

/** The same Idempotency-Key for everybody who asks. */
const KEY = { 'idempotency-key': 'a-key-of-the-merchant' };

const TRACE_ID = /^[0-9a-f]{32}$/;
const traceIdOf = (answer: Answer): string => answer.headers.get('x-tosspayments-trace-id') ?? '';

const ORDER = { orderId: 'order-0001', amount: 15000 };

const confirm = (shop: Shop, paymentKey: string, headers: Record<string, string> = KEY) =>
  shop.post('/v1/payments/confirm', { paymentKey, ...ORDER }, headers);

const cancel = (
  shop: Shop,
  paymentKey: string,
  body: Record<string, unknown>,
  headers: Record<string, string> = KEY,
) => shop.post(`/v1/payments/${paymentKey}/cancel`, { cancelReason: '품절', ...body }, headers);

t.test('asked again, the same bytes come back and nothing is done', async (t) => {
  const { newShop, sandbox } = await startSandbox(t);
  const shop = await newShop();
  const receiver = await startReceiver(t);
  await shop.post('/sandbox/webhooks', { url: receiver.url });
  const paymentKey = await shop.prepare(ORDER);

  const first = await confirm(shop, paymentKey);
  t.equal(first.status, 200);
  t.equal(first.headers.get('idempotency-key'), 'a-key-of-the-merchant');
  t.match(traceIdOf(first), TRACE_ID);
  t.equal((await receiver.next()).body.data.status, 'DONE');
  await sandbox.core.clocks.of(shop.mId).settle();

  const figures = sandbox.core.store.world(shop.mId)?.figures();
  const position = sandbox.core.chance.position;
  for (const time of ['second', 'third']) {
    const again = await confirm(shop, paymentKey);
    t.equal(again.status, 200, time);
    t.equal(again.text, first.text, time);
    t.equal(again.headers.get('content-type'), 'application/json', time);
    t.equal(again.headers.get('idempotency-key'), 'a-key-of-the-merchant', time);
    // payments.md 6, measured: `newId, originalId`, however often it is asked.
    const [newId = '', originalId] = traceIdOf(again).split(', ');
    t.match(newId, TRACE_ID, time);
    t.not(newId, traceIdOf(first), time);
    t.equal(originalId, traceIdOf(first), time);
  }
  t.strictSame(sandbox.core.store.world(shop.mId)?.figures(), figures);
  t.equal(sandbox.core.chance.position, position);
  // Without the key it is simply a second confirm.
  t.equal((await confirm(shop, paymentKey, {})).body.code, 'ALREADY_PROCESSED_PAYMENT');

  // The next event is the cancel's: the confirms in between sent none.
  await cancel(shop, paymentKey, {}, {});
  t.equal((await receiver.next()).body.data.status, 'CANCELED');
  t.equal(receiver.received.length, 2);
});

t.test('an answer stays what it was, whatever has happened to the payment since', async (t) => {
  const { newShop } = await startSandbox(t);
  const shop = await newShop();
  const paymentKey = await shop.prepare(ORDER);
  const first = await confirm(shop, paymentKey);
  await cancel(shop, paymentKey, {}, {});
  const again = await confirm(shop, paymentKey);
  t.equal(again.text, first.text);
  t.equal(again.body.status, 'DONE');
  t.equal((await shop.get(`/v1/payments/${paymentKey}`)).body.status, 'CANCELED');
});

t.test('two cancels with one key cancel once', async (t) => {
  const { newShop } = await startSandbox(t);
  const shop = await newShop();
  const paymentKey = await shop.pay(ORDER);
  const answers = [
    await cancel(shop, paymentKey, { cancelAmount: 5000 }),
    await cancel(shop, paymentKey, { cancelAmount: 5000 }),
    // The body is not part of the scope: another one gets the first answer again.
    await cancel(shop, paymentKey, { cancelAmount: 3000, cancelReason: '고객 변심' }),
    await shop.post(`/v1/payments/${paymentKey}/cancel`, '{"cancelAmount":', KEY),
    await shop.post(`/v1/payments/${paymentKey}/cancel`, 'a=b', { ...KEY, 'content-type': 'text/plain' }),
  ];
  for (const { status, text } of answers) {
    t.equal(status, 200);
    t.equal(text, answers[0]?.text);
  }
  const { body } = await shop.get(`/v1/payments/${paymentKey}`);
  t.equal(body.cancels.length, 1);
  t.equal(body.balanceAmount, 10000);
});

t.test('opening a payment twice with one key opens one', async (t) => {
  const { newShop, sandbox } = await startSandbox(t);
  const shop = await newShop();
  const opening = {
    ...ORDER,
    method: 'CARD',
    orderName: '원두',
    successUrl: 'http://shop.example/success',
    failUrl: 'http://shop.example/fail',
  };
  const first = await shop.post('/v1/payments', opening, KEY);
  const again = await shop.post('/v1/payments', { ...opening, orderId: 'order-0002' }, KEY);
  t.equal(first.status, 200);
  t.equal(again.text, first.text);
  t.equal(sandbox.core.store.world(shop.mId)?.figures().payments, 1);
});

t.test('many requests with one key at once: one is done, all get its answer', async (t) => {
  const { newShop } = await startSandbox(t);
  const shop = await newShop();
  const paymentKey = await shop.pay(ORDER);
  const answers = await Promise.all(
    Array.from({ length: 20 }, () => cancel(shop, paymentKey, { cancelAmount: 1000 })),
  );
  t.strictSame([...new Set(answers.map(({ text }) => text))], [answers[0]?.text]);
  t.equal(new Set(answers.map(traceIdOf)).size, 20);
  t.equal((await shop.get(`/v1/payments/${paymentKey}`)).body.balanceAmount, 14000);
});

// payments.md 6, measured: 4xx answers are bound to the key, even if the body has been corrected meanwhile.
t.test('a refusal is bound to the key, even when the request has been put right', async (t) => {
  const { newShop } = await startSandbox(t);
  const shop = await newShop();
  const paymentKey = await shop.pay(ORDER);
  for (const [key, wrong, status, text] of [
    [
      'too-much',
      { cancelAmount: 15001 },
      403,
      '{"code":"NOT_CANCELABLE_AMOUNT","message":"취소 할 수 없는 금액 입니다."}',
    ],
    ['no-reason', { cancelReason: '' }, 400, '{"code":"INVALID_REQUEST","message":"잘못된 요청입니다."}'],
  ] as const) {
    const headers = { 'idempotency-key': key };
    const first = await cancel(shop, paymentKey, wrong, headers);
    const corrected = await cancel(shop, paymentKey, { cancelAmount: 1000 }, headers);
    for (const answer of [first, corrected]) {
      t.equal(answer.status, status, key);
      t.equal(answer.text, text, key);
      t.equal(answer.headers.get('idempotency-key'), key);
    }
    t.match(traceIdOf(corrected), new RegExp(`^[0-9a-f]{32}, ${traceIdOf(first)}$`));
  }
  t.equal((await shop.get(`/v1/payments/${paymentKey}`)).body.balanceAmount, 15000);
  // With a key of its own it is done.
  const anew = await cancel(shop, paymentKey, { cancelAmount: 1000 }, { 'idempotency-key': 'anew' });
  t.equal(anew.body.balanceAmount, 14000);
});

t.test('404 and 500 are bound to the key as well', async (t) => {
  const { newShop } = await startSandbox(t);
  const shop = await newShop();
  const unknown = await confirm(shop, 'none', { 'idempotency-key': 'unknown' });
  t.equal(unknown.status, 404);
  const right = await shop.prepare(ORDER);
  t.equal((await confirm(shop, right, { 'idempotency-key': 'unknown' })).text, unknown.text);

  const paymentKey = await shop.prepare({
    ...ORDER,
    outcome: 'REFUSED_AT_CONFIRM',
    confirmCode: 'FAILED_INTERNAL_SYSTEM_PROCESSING',
  });
  for (const time of ['first', 'second']) {
    const { status, body } = await confirm(shop, paymentKey);
    t.equal(status, 500, time);
    t.equal(body.code, 'FAILED_INTERNAL_SYSTEM_PROCESSING', time);
  }
  // Without the key: the payment is ABORTED, its session gone.
  t.equal((await confirm(shop, paymentKey, {})).body.code, 'NOT_FOUND_PAYMENT_SESSION');
});

t.test('an answer keeps the language it was first given in', async (t) => {
  const { newShop } = await startSandbox(t);
  const shop = await newShop();
  const first = await confirm(shop, 'none');
  const english = await confirm(shop, 'none', { ...KEY, 'accept-language': 'en-US' });
  t.equal(english.text, first.text);
});

t.test('the same key of another merchant, or of the other pair, is another key', async (t) => {
  const { newShop, url } = await startSandbox(t);
  const [shop, stranger] = [await newShop(), await newShop()];
  const paymentKey = await shop.pay(ORDER);
  const { body: merchant } = await call(`${url}/sandbox/merchants/${shop.mId}`, 'GET');
  const widgetKey = merchant.keyPairs[1].secretKeys[0];
  await setConduct(url, shop, { allowMixedKeys: true });

  const first = await cancel(shop, paymentKey, { cancelAmount: 1000 });
  t.equal(first.body.balanceAmount, 14000);
  // Another's answer is not shown to a stranger.
  t.equal((await cancel(stranger, paymentKey, { cancelAmount: 1000 })).body.code, 'NOT_FOUND_PAYMENT');
  const withWidgetKey = await call(`${url}/v1/payments/${paymentKey}/cancel`, 'POST', {
    headers: { authorization: basic(widgetKey), ...KEY },
    body: { cancelReason: '품절', cancelAmount: 1000 },
  });
  t.equal(withWidgetKey.body.balanceAmount, 13000);
  t.equal((await cancel(shop, paymentKey, { cancelAmount: 1000 })).text, first.text);
});

t.test('the same key on another URL is another key', async (t) => {
  const { newShop } = await startSandbox(t);
  const shop = await newShop();
  const one = await shop.prepare(ORDER);
  const two = await shop.pay({ orderId: 'order-0002', amount: 9900 });
  t.equal((await confirm(shop, one)).body.status, 'DONE');
  t.equal((await cancel(shop, one, {})).body.status, 'CANCELED');
  t.equal((await cancel(shop, two, {})).body.paymentKey, two);
});

t.test('on a GET the key is ignored', async (t) => {
  const { newShop } = await startSandbox(t);
  const shop = await newShop();
  const paymentKey = await shop.pay(ORDER);
  const path = `/v1/payments/${paymentKey}`;
  t.equal((await shop.get(path, KEY)).body.status, 'DONE');
  await cancel(shop, paymentKey, {});
  const { body, headers } = await shop.get(path, KEY);
  t.equal(body.status, 'CANCELED');
  t.match(headers.get('x-tosspayments-trace-id'), TRACE_ID);
  t.equal((await shop.get(path, { 'idempotency-key': 'k'.repeat(301) })).status, 200);
});

t.test('a key has 300 characters at most', async (t) => {
  const { newShop } = await startSandbox(t);
  const shop = await newShop();
  const paymentKey = await shop.pay(ORDER);
  const longest = { 'idempotency-key': 'k'.repeat(300) };
  const first = await cancel(shop, paymentKey, { cancelAmount: 1000 }, longest);
  t.equal(first.status, 200);
  t.equal((await cancel(shop, paymentKey, { cancelAmount: 1000 }, longest)).text, first.text);

  const tooLong = { 'idempotency-key': 'k'.repeat(301) };
  for (const headers of [tooLong, { ...tooLong, 'tosspayments-test-code': 'COMMON_ERROR' }]) {
    const { status, text } = await cancel(shop, paymentKey, { cancelAmount: 1000 }, headers);
    t.equal(status, 400);
    t.equal(text, '{"code":"INVALID_IDEMPOTENCY_KEY","message":"멱등키는 300자 이하여야 합니다."}');
  }
  t.equal((await shop.get(`/v1/payments/${paymentKey}`)).body.balanceAmount, 14000);
});

t.test('an empty key counts as none', async (t) => {
  const { newShop } = await startSandbox(t);
  const shop = await newShop();
  const paymentKey = await shop.pay(ORDER);
  for (const left of [14000, 13000]) {
    const { body, headers } = await cancel(
      shop,
      paymentKey,
      { cancelAmount: 1000 },
      { 'idempotency-key': '' },
    );
    t.equal(body.balanceAmount, left);
    t.notOk(headers.has('idempotency-key'));
    t.match(headers.get('x-tosspayments-trace-id'), TRACE_ID);
  }
});

t.test('a key is good for 15 days from its first use, and may then be used anew', async (t) => {
  const { newShop } = await startSandbox(t);
  const shop = await newShop();
  await shop.post('/sandbox/clock/hold', { at: '2036-03-05T10:15:30+09:00' });
  const paymentKey = await shop.pay(ORDER);
  const cancelThousand = () => cancel(shop, paymentKey, { cancelAmount: 1000 });

  const first = await cancelThousand();
  t.equal(first.body.balanceAmount, 14000);
  await shop.post('/sandbox/clock/advance', { days: 7 });
  t.equal((await cancelThousand()).text, first.text, 'after 7 days');
  // Being asked in between does not make it last longer.
  await shop.post('/sandbox/clock/advance', { days: 7, hours: 23, minutes: 59, seconds: 59, ms: 999 });
  t.equal((await cancelThousand()).text, first.text, 'after 14 days, 23 hours, 59 minutes, 59.999 seconds');
  await shop.post('/sandbox/clock/advance', { ms: 1 });
  const second = await cancelThousand();
  t.equal(second.body.balanceAmount, 13000, 'after 15 days');
  t.match(traceIdOf(second), TRACE_ID);

  // From here 15 days anew.
  await shop.post('/sandbox/clock/advance', { days: 14, hours: 23, minutes: 59 });
  t.equal((await cancelThousand()).text, second.text);
  await shop.post('/sandbox/clock/advance', { minutes: 1 });
  t.equal((await cancelThousand()).body.balanceAmount, 12000);
});

// payments.md 6 [I]: neither of them is bound to the key.
t.test('a key that came with a wrong secret key, or with a Test-Code, has not been used', async (t) => {
  const { newShop, url, sandbox } = await startSandbox(t);
  const shop = await newShop();
  const paymentKey = await shop.prepare(ORDER);
  const path = `${url}/v1/payments/confirm`;
  const body = { paymentKey, ...ORDER };

  for (const authorization of [
    basic('test_sk_0000000000000000000000000000'),
    basic(shop.clientKey),
    `Basic ${Buffer.from(shop.secretKey).toString('base64')}`,
  ]) {
    const { body: refused } = await call(path, 'POST', { headers: { authorization, ...KEY }, body });
    t.match(refused.code, /^(UNAUTHORIZED_KEY|INCORRECT_BASIC_AUTH_FORMAT)$/);
  }
  const ordered = await confirm(shop, paymentKey, {
    ...KEY,
    'tosspayments-test-code': 'REJECT_CARD_PAYMENT',
  });
  t.equal(ordered.status, 403);
  t.match(traceIdOf(ordered), TRACE_ID);
  t.equal(sandbox.core.store.world(shop.mId)?.figures().idempotentReplies, 0);
  t.equal((await confirm(shop, paymentKey)).body.status, 'DONE');
});

// payments.md 4: the Idempotency-Key is looked at before the Test-Code.
t.test('a key that has been used is replayed, Test-Code or not', async (t) => {
  const { newShop } = await startSandbox(t);
  const shop = await newShop();
  const paymentKey = await shop.prepare(ORDER);
  const first = await confirm(shop, paymentKey);
  const again = await confirm(shop, paymentKey, { ...KEY, 'tosspayments-test-code': 'REJECT_CARD_PAYMENT' });
  t.equal(again.status, 200);
  t.equal(again.text, first.text);
});

t.test('keys are told apart by every letter', async (t) => {
  const { newShop } = await startSandbox(t);
  const shop = await newShop();
  const paymentKey = await shop.pay(ORDER);
  let left = 15000;
  for (const key of [
    'a',
    'A',
    'a b',
    'a,b',
    'a=b',
    '__proto__',
    'constructor',
    'a POST /v1/payments/confirm',
  ]) {
    left -= 1000;
    const headers = { 'idempotency-key': key };
    for (const time of ['first', 'second']) {
      const answer = await cancel(shop, paymentKey, { cancelAmount: 1000 }, headers);
      t.equal(answer.body.balanceAmount, left, `${key}, ${time}`);
      t.equal(answer.headers.get('idempotency-key'), key);
    }
  }
});

t.test('a reset forgets the keys', async (t) => {
  const { newShop } = await startSandbox(t);
  const shop = await newShop();
  const first = await confirm(shop, 'none');
  t.equal(first.status, 404);
  await shop.post('/sandbox/reset', {});
  const paymentKey = await shop.prepare(ORDER);
  t.equal((await confirm(shop, paymentKey)).body.status, 'DONE');
});
