import t from 'tap';
import { startReceiver } from '../fixtures/receiver.ts';
import { type Shop, startSandbox } from '../fixtures/sandbox.ts';
import { setConduct, startSlowShop } from '../fixtures/slow-shop.ts';

const ORDER = { orderId: 'order-0001', amount: 15000 };

// payments.md 4.2, 4.5, 6.
const PROCESSING = '{"code":"ALREADY_PROCESSING_REQUEST","message":"이미 처리중인 요청입니다."}';
const CONSECUTIVE =
  '{"code":"FORBIDDEN_CONSECUTIVE_REQUEST","message":"반복적인 요청은 허용되지 않습니다. 잠시 후 다시 시도해주세요."}';
const IDEMPOTENT = '{"code":"IDEMPOTENT_REQUEST_PROCESSING","message":"이전 멱등 요청이 처리중입니다."}';
const NO_SESSION =
  '{"code":"NOT_FOUND_PAYMENT_SESSION","message":"결제 시간이 만료되어 결제 진행 데이터가 존재하지 않습니다."}';

type Headers = Record<string, string>;

const confirm = (shop: Shop, paymentKey: string, headers: Headers = {}) =>
  shop.post('/v1/payments/confirm', { paymentKey, ...ORDER }, headers);

const cancel = (shop: Shop, paymentKey: string, headers: Headers = {}) =>
  shop.post(`/v1/payments/${paymentKey}/cancel`, { cancelReason: '고객 변심', cancelAmount: 5000 }, headers);

t.test(
  'a page that renders twice confirms twice: one is approved, the other learns that it runs',
  async (t) => {
    const { wall, shop, processing } = await startSlowShop(t);
    const receiver = await startReceiver(t);
    await shop.post('/sandbox/webhooks', { url: receiver.url });
    const paymentKey = await shop.prepare(ORDER);
    const before = (await shop.get(`/v1/payments/${paymentKey}`)).text;

    const first = confirm(shop, paymentKey);
    await processing(1);
    const second = await confirm(shop, paymentKey);
    t.equal(second.status, 400);
    t.equal(second.text, PROCESSING);
    t.equal((await shop.post(`/v1/payments/${paymentKey}`, ORDER)).text, PROCESSING, 'in the older form too');
    t.equal((await shop.get(`/v1/payments/${paymentKey}`)).text, before, 'to be read as before');
    t.equal((await shop.get('/v1/payments/orders/order-0001')).text, before);

    await wall.pass(299);
    t.equal((await confirm(shop, paymentKey)).text, PROCESSING, 'a millisecond before its time');
    await wall.pass(1);
    const approved = await first;
    t.equal(approved.status, 200);
    t.equal(approved.body.status, 'DONE');
    t.equal(approved.body.approvedAt, '2026-03-05T10:15:30+09:00');
    const third = await confirm(shop, paymentKey);
    t.equal(third.text, '{"code":"ALREADY_PROCESSED_PAYMENT","message":"이미 처리된 결제 입니다."}');

    wall.fire();
    const { body } = await receiver.next();
    t.equal(body.data.lastTransactionKey, approved.body.lastTransactionKey, 'one transaction');
    await shop.post('/sandbox/clock/advance', { ms: 0 });
    t.equal(receiver.received.length, 1, 'and one webhook');
    t.equal((await shop.get(`/v1/payments/${paymentKey}`)).text, approved.text);
  },
);

t.test(
  'with one Idempotency-Key the second is told to wait, and afterwards gets the first answer',
  async (t) => {
    const { wall, shop, processing, sandbox } = await startSlowShop(t);
    const headers = { 'idempotency-key': 'confirm-0001' };
    const paymentKey = await shop.prepare(ORDER);
    const first = confirm(shop, paymentKey, headers);
    await processing(1);
    const second = await confirm(shop, paymentKey, headers);
    t.equal(second.status, 409);
    t.equal(second.text, IDEMPOTENT);
    t.equal(second.headers.get('idempotency-key'), 'confirm-0001');
    await wall.pass(300);
    const approved = await first;
    t.equal(approved.status, 200);
    const again = await confirm(shop, paymentKey, headers);
    t.equal(again.status, 200);
    t.equal(again.text, approved.text);
    t.equal(
      sandbox.core.store.world(shop.mId)?.figures().journalEntries,
      3,
      'opened, authenticated, approved',
    );
  },
);

t.test('another Idempotency-Key keeps the refusal it got', async (t) => {
  const { wall, shop, processing } = await startSlowShop(t);
  const paymentKey = await shop.prepare(ORDER);
  const first = confirm(shop, paymentKey, { 'idempotency-key': 'confirm-0001' });
  await processing(1);
  const headers = { 'idempotency-key': 'confirm-0002' };
  t.equal((await confirm(shop, paymentKey, headers)).text, PROCESSING);
  await wall.pass(300);
  t.equal((await first).status, 200);
  // payments.md 6: 4xx answers are bound to the key.
  t.equal((await confirm(shop, paymentKey, headers)).text, PROCESSING);
});

t.test('a merchant may have the answer of older days', async (t) => {
  const { url, wall, shop, processing } = await startSlowShop(t);
  await setConduct(url, shop, { concurrentConfirm: 'S008' });
  const paymentKey = await shop.prepare(ORDER);
  const first = confirm(shop, paymentKey);
  await processing(1);
  const second = await confirm(shop, paymentKey);
  t.equal(second.status, 500);
  t.equal(
    second.text,
    '{"code":"FAILED_PAYMENT_INTERNAL_SYSTEM_PROCESSING","message":"[S008] 기존 요청을 처리중입니다."}',
  );
  await wall.pass(300);
  t.equal((await first).status, 200);
});

t.test('while a cancel runs another one of the same payment is refused', async (t) => {
  const { wall, shop, processing } = await startSlowShop(t);
  const paying = shop.pay(ORDER);
  await processing(1);
  await wall.pass(300);
  const paymentKey = await paying;
  const headers = { 'idempotency-key': 'cancel-0001' };
  const first = cancel(shop, paymentKey, headers);
  await processing(1);
  const second = await cancel(shop, paymentKey);
  t.equal(second.status, 403);
  t.equal(second.text, CONSECUTIVE);
  t.equal((await cancel(shop, paymentKey, headers)).text, IDEMPOTENT);
  await wall.pass(300);
  const canceled = await first;
  t.equal(canceled.status, 200);
  t.equal(canceled.body.cancels.length, 1);
  t.equal((await cancel(shop, paymentKey, headers)).text, canceled.text);
  const later = cancel(shop, paymentKey);
  await processing(1);
  await wall.pass(300);
  t.equal((await later).body.balanceAmount, 5000);
});

t.test('what is wrong with a request is said at once', async (t) => {
  const { wall, shop } = await startSlowShop(t);
  const paymentKey = await shop.prepare(ORDER);
  const wrong = await shop.post('/v1/payments/confirm', { paymentKey, ...ORDER, amount: 100 });
  t.equal(wrong.body.code, 'INVALID_REQUEST');
  t.equal((await cancel(shop, paymentKey)).body.code, 'NOT_CANCELABLE_PAYMENT');
  const coded = await confirm(shop, paymentKey, { 'tosspayments-test-code': 'REJECT_CARD_PAYMENT' });
  t.equal(coded.body.code, 'REJECT_CARD_PAYMENT');
  t.notOk(wall.waits.includes(300), 'nothing is being processed');
});

t.test('a refusal of the card company takes its time too, and aborts once', async (t) => {
  const { wall, shop, processing } = await startSlowShop(t);
  const paymentKey = await shop.prepare({
    ...ORDER,
    outcome: 'REFUSED_AT_CONFIRM',
    confirmCode: 'REJECT_CARD_PAYMENT',
  });
  const first = confirm(shop, paymentKey);
  await processing(1);
  t.equal((await shop.get(`/v1/payments/${paymentKey}`)).body.status, 'IN_PROGRESS');
  await wall.pass(300);
  t.equal((await first).body.code, 'REJECT_CARD_PAYMENT');
  t.equal((await shop.get(`/v1/payments/${paymentKey}`)).body.status, 'ABORTED');
});

t.test('who has asked within ten minutes is approved, however long it takes', async (t) => {
  const { wall, shop, processing, sandbox } = await startSlowShop(t);
  await shop.post('/sandbox/clock/hold', { at: '2030-03-05T10:15:30+09:00' });
  const paymentKey = await shop.prepare(ORDER);
  await shop.post('/sandbox/clock/advance', { minutes: 9, seconds: 59 });
  const first = confirm(shop, paymentKey);
  await processing(1);
  await shop.post('/sandbox/clock/advance', { minutes: 20 });
  t.equal((await shop.get(`/v1/payments/${paymentKey}`)).body.status, 'IN_PROGRESS');
  await wall.pass(300);
  const approved = await first;
  t.equal(approved.body.status, 'DONE');
  t.equal(
    approved.body.approvedAt,
    '2030-03-05T10:45:29+09:00',
    'when it was done, not when it was asked for',
  );
  t.equal(sandbox.core.store.world(shop.mId)?.figures().plannedJobs, 0);
  await shop.post('/sandbox/clock/advance', { days: 1 });
  t.equal((await shop.get(`/v1/payments/${paymentKey}`)).body.status, 'DONE');
});

t.test('of two payments of one order the later loses, and lapses in its time', async (t) => {
  const { wall, shop, processing } = await startSlowShop(t);
  await shop.post('/sandbox/clock/hold', { at: '2030-03-05T10:15:30+09:00' });
  const [one, other] = [await shop.prepare(ORDER), await shop.prepare(ORDER)];
  const first = confirm(shop, one);
  await processing(1);
  const second = confirm(shop, other);
  await processing(2);
  await shop.post('/sandbox/clock/advance', { minutes: 11 });
  await wall.pass(300);
  t.equal((await first).status, 200);
  t.equal((await second).body.code, 'DUPLICATED_ORDER_ID');
  await shop.post('/sandbox/clock/advance', { ms: 0 });
  t.equal((await shop.get(`/v1/payments/${other}`)).body.status, 'EXPIRED');
  t.equal((await confirm(shop, other)).text, NO_SESSION);
});

t.test('a reset or a removal in the middle is told to who waits, and nothing is done', async (t) => {
  const { url, wall, newShop, processing } = await startSlowShop(t);
  for (const [what, interrupt] of [
    ['reset', (shop: Shop) => shop.post('/sandbox/reset', {})],
    ['removed', (shop: Shop) => shop.delete(`/sandbox/merchants/${shop.mId}`)],
  ] as const) {
    const [shop, other] = [await newShop(), await newShop()];
    for (const one of [shop, other]) await setConduct(url, one, { processingMs: 300 });
    const [mine, theirs] = [await shop.prepare(ORDER), await other.prepare(ORDER)];
    const waiting = confirm(shop, mine, { 'idempotency-key': 'confirm-0001' });
    const othersWaiting = confirm(other, theirs);
    await processing(2);
    t.equal((await interrupt(shop)).status, 204);
    const { status, body } = await waiting;
    t.equal(status, 503);
    t.equal(body.code, 'SANDBOX_INTERRUPTED');
    t.match(body.message, `${what} while this request was being processed`);
    await wall.pass(300);
    t.equal((await othersWaiting).status, 200, 'the other merchant’s goes on');
    if (what === 'removed') continue;
    const { body: merchant } = await shop.get(`/sandbox/merchants/${shop.mId}`);
    t.equal(merchant.processingMs, 0, 'a reset takes the processing time back');
    const again = await confirm(shop, mine, { 'idempotency-key': 'confirm-0001' });
    t.equal(again.text, NO_SESSION, 'the key is free again');
  }
});

t.test('when the sandbox closes, who waits is told and nobody hangs', async (t) => {
  const { shop, sandbox, processing } = await startSlowShop(t);
  const paymentKey = await shop.prepare(ORDER);
  const waiting = confirm(shop, paymentKey);
  await processing(1);
  await sandbox.close();
  const { status, body } = await waiting;
  t.equal(status, 503);
  t.match(body.message, 'toss-sandbox is closing while this request was being processed');
});

t.test('a processing time is set and read by the merchant, and by nobody else’s key', async (t) => {
  const { url, newShop } = await startSandbox(t);
  const [shop, stranger] = [await newShop(), await newShop()];
  const { body: before } = await shop.get(`/sandbox/merchants/${shop.mId}`);
  t.match(before, { processingMs: 0, concurrentConfirm: 'ALREADY_PROCESSING_REQUEST' });
  t.equal((await setConduct(url, shop, { processingMs: 300 }, stranger.secretKey)).status, 404);
  t.match((await setConduct(url, shop, { processingMs: 300 })).body, { ...before, processingMs: 300 });
  t.match((await stranger.get(`/sandbox/merchants/${stranger.mId}`)).body, { processingMs: 0 });
  for (const wrong of [
    {},
    { processingMs: -1 },
    { processingMs: 0.5 },
    { concurrentConfirm: 'S009' },
    { allowMixedKeys: 'yes' },
    { slow: 1 },
  ]) {
    const { status, body } = await setConduct(url, shop, wrong);
    t.equal(status, 400, JSON.stringify(wrong));
    t.equal(body.code, 'INVALID_CONTROL_REQUEST');
  }
});

t.test('it really takes 300 ms', async (t) => {
  const { url, newShop } = await startSandbox(t);
  const shop = await newShop();
  await setConduct(url, shop, { processingMs: 300 });
  const paymentKey = await shop.prepare(ORDER);
  const begun = performance.now();
  const answers = await Promise.all([confirm(shop, paymentKey), confirm(shop, paymentKey)]);
  const took = performance.now() - begun;
  t.ok(took >= 295, `it took ${Math.round(took)} ms`);
  t.strictSame(answers.map(({ status }) => status).toSorted(), [200, 400]);
  t.equal(answers.find(({ status }) => status === 400)?.text, PROCESSING);
});
