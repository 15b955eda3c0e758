import t, { type Test } from 'tap';
import { startSandbox } from '../src/index.ts';
import type * as api from '../src/library/api.ts';
import type { PaymentWire } from '../src/wire/payment-schema.ts';
import { newGate } from './fixtures/gate.ts';
import { startReceiver } from './fixtures/receiver.ts';
import { call } from './fixtures/sandbox.ts';

async function start(t: Test, options?: api.StartOptions): Promise<api.Sandbox> {
  const sandbox = await startSandbox(options);
  t.teardown(() => sandbox.close());
  return sandbox;
}

const ORDER = { orderId: 'order-0001', amount: 15000 };

/** What the merchant's own server does. */
async function confirm({ url }: api.Sandbox, { authorization }: api.Keys, payment: api.PreparedPayment) {
  const { paymentKey, orderId, amount } = payment;
  const headers = { authorization };
  return call(`${url}/v1/payments/confirm`, 'POST', { headers, body: { paymentKey, orderId, amount } });
}

// Checked by the compiler: the published types say what the wire says.
type Same<A extends B, B extends C, C = A> = [A, B, C];
export type Checked = [Same<PaymentWire, api.Payment>, Same<api.Payment, PaymentWire>];

t.test(
  'a sandbox needs no options: it takes a free port, and knows the keys of the documentation',
  async (t) => {
    const sandbox = await start(t);
    t.match(sandbox.url, /^http:\/\/127\.0\.0\.1:\d+$/);
    // payments.md 1.4
    t.equal(sandbox.clientKey, 'test_ck_D5GePWvyJnrK0W0k6q8gLzN97Eoq');
    t.equal(sandbox.secretKey, 'test_sk_zXLkKEypNArWmo50nX3lmeaxYG5R');
    const other = await start(t);
    t.not(other.url, sandbox.url);
  },
);

t.test('a payment can be prepared with every outcome', async (t) => {
  const sandbox = await start(t);
  const shop = sandbox.addMerchant({ name: '커피 가게' });
  t.equal(shop.name, '커피 가게');
  const urls = { successUrl: 'http://shop.test/ok', failUrl: 'http://shop.test/no' };
  const prepare = (orderId: string, outcome?: api.Outcome) =>
    shop.preparePayment({ orderId, amount: 15000, ...urls, ...(outcome && { outcome }) });

  const authenticated = await prepare('order-0001');
  t.equal(authenticated.status, 'IN_PROGRESS');
  t.equal(
    authenticated.redirectUrl,
    `http://shop.test/ok?paymentType=NORMAL&orderId=order-0001&paymentKey=${authenticated.paymentKey}&amount=15000`,
  );
  t.equal((await confirm(sandbox, shop, authenticated)).body.status, 'DONE');

  const open = await prepare('order-0002', 'READY');
  t.strictSame([open.status, open.redirectUrl], ['READY', null]);
  t.equal(open.checkoutUrl, `${sandbox.url}/v1/payments/${open.paymentKey}/checkout`);
  t.match(await (await fetch(open.checkoutUrl)).text(), '커피 가게');

  t.match(
    (await prepare('order-0003', 'REFUSED')).redirectUrl,
    'http://shop.test/no?code=REJECT_CARD_COMPANY',
  );
  t.match((await prepare('order-0004', 'LEFT')).redirectUrl, 'http://shop.test/no?code=PAY_PROCESS_CANCELED');

  const doomed = await shop.preparePayment({
    orderId: 'order-0005',
    amount: { value: 15000, currency: 'KRW' },
    card: { cardCompany: '현대', cardInstallmentPlan: 3 },
    outcome: 'REFUSED_AT_CONFIRM',
    confirmCode: 'EXCEED_MAX_AMOUNT',
  });
  t.equal((await confirm(sandbox, shop, doomed)).body.code, 'EXCEED_MAX_AMOUNT');
});

t.test('a merchant’s clock is held, set, moved and let go, and nobody else’s', async (t) => {
  const sandbox = await start(t);
  const [shop, other] = [sandbox.addMerchant(), sandbox.addMerchant()];
  const at = '2030-03-05T10:15:30.000+09:00';
  t.strictSame(await shop.clock.hold(at), { mId: shop.mId, mode: 'held', now: at });
  t.strictSame(shop.clock.now(), new Date(at));
  t.equal((await shop.clock.advance({ minutes: 9, seconds: 30 })).now, '2030-03-05T10:25:00.000+09:00');
  t.equal((await shop.clock.set(new Date('2030-03-05T01:30:00Z'))).now, '2030-03-05T10:30:00.000+09:00');
  t.equal(shop.clock.read().mode, 'held');
  t.equal((await shop.clock.run()).mode, 'running');
  t.equal(other.clock.read().mode, 'running');
  t.ok(other.clock.now() < shop.clock.now());

  await t.rejects(sandbox.clock.hold('2030-03-05T10:15:30+09:00'), { code: 'CLOCK_BACKWARDS' });
  t.equal(other.clock.read().mode, 'running', 'backwards for one: nobody’s is held');
  const everybody = await sandbox.clock.hold('2031-01-01T00:00:00+09:00');
  t.equal(everybody.length, sandbox.merchants().length);
  t.ok(everybody.every(({ now }) => now === '2031-01-01T00:00:00.000+09:00'));
  t.strictSame(sandbox.clock.now(), new Date('2031-01-01T00:00:00+09:00'));
});

t.test('a webhook is awaited without sleeping, and its retries come when time is moved', async (t) => {
  const sandbox = await start(t);
  const shop = sandbox.addMerchant();
  await shop.clock.hold();
  const receiver = await shop.listenForWebhooks({
    events: ['PAYMENT_STATUS_CHANGED'],
    answer: ({ retriedCount }) => (retriedCount < 2 ? 500 : 200),
  });
  t.strictSame(
    shop.webhooks.list().map(({ webhookId, url }) => [webhookId, url]),
    [[receiver.webhookId, receiver.url]],
  );
  await confirm(sandbox, shop, await shop.preparePayment(ORDER));
  const first = await receiver.next();
  t.equal(first.eventType, 'PAYMENT_STATUS_CHANGED');
  t.equal(first.body.data.orderId, 'order-0001');
  t.equal(first.retriedCount, 0);
  // webhooks.md 8: after 1 minute, then after 4.
  await shop.clock.advance({ minutes: 5 });
  for (const retriedCount of [1, 2]) {
    const retry = await receiver.next();
    t.strictSame(
      [retry.retriedCount, retry.transmissionId, retry.text],
      [retriedCount, first.transmissionId, first.text],
    );
  }
  t.strictSame(
    shop.deliveries().map(({ state, attempts }) => [state, attempts.map(({ status }) => status)]),
    [['성공', [500, 500, 200]]],
  );
  t.strictSame(sandbox.deliveries(), shop.deliveries());
});

t.test('one may wait for a certain webhook; the others are kept for whoever wants them', async (t) => {
  const sandbox = await start(t);
  const everything = await sandbox.listenForWebhooks();
  const shops = [sandbox.addMerchant(), sandbox.addMerchant()] as const;
  const second = everything.next(({ body }) => body.data.mId === shops[1].mId);
  for (const shop of shops) await confirm(sandbox, shop, await shop.preparePayment(ORDER));
  t.equal((await second).body.data.mId, shops[1].mId);
  t.equal((await everything.next()).body.data.mId, shops[0].mId);
  t.equal(everything.received.length, 2);
});

t.test('who waits in vain is told what came instead, and why nothing may', async (t) => {
  const sandbox = await start(t);
  const receiver = await sandbox.listenForWebhooks();
  await t.rejects(receiver.next(undefined, { timeoutMs: 1 }), {
    name: 'SandboxError',
    code: 'WEBHOOK_TIMEOUT',
    message: 'No webhook came within 1 ms.',
  });
  const wrong = receiver.next(() => {
    throw new TypeError('no such field');
  });
  await confirm(sandbox, sandbox, await sandbox.preparePayment(ORDER));
  await t.rejects(wrong, { message: 'no such field' });
  await t.rejects(
    receiver.next(({ retriedCount }) => retriedCount === 1, { timeoutMs: 1 }),
    {
      code: 'WEBHOOK_TIMEOUT',
      message: 'No webhook that matches came within 1 ms, but: PAYMENT_STATUS_CHANGED DONE order-0001.',
    },
  );
  await sandbox.reset();
  await t.rejects(
    receiver.next(({ retriedCount }) => retriedCount === 1, { timeoutMs: 1 }),
    { message: /not registered any more: listen again after a reset/ },
  );
  const forsaken = receiver.next(({ retriedCount }) => retriedCount === 1);
  await receiver.close();
  await t.rejects(forsaken, { code: 'RECEIVER_CLOSED' });
  await receiver.close();
});

t.test('a closed receiver is on nobody’s list', async (t) => {
  const sandbox = await start(t);
  const shop = sandbox.addMerchant();
  const [mine, everybodys] = [await shop.listenForWebhooks(), await sandbox.listenForWebhooks()];
  await mine.close();
  await everybodys.close();
  t.strictSame([shop.webhooks.list(), sandbox.webhooks.list()], [[], []]);
});

t.test('receivers of one’s own are registered, listed and removed', async (t) => {
  const sandbox = await start(t);
  const shop = sandbox.addMerchant();
  const receiver = await startReceiver(t);
  const webhook = await shop.webhooks.register({ url: receiver.url, events: ['PAYMENT_STATUS_CHANGED'] });
  t.strictSame(shop.webhooks.list(), [webhook]);
  t.strictSame(sandbox.webhooks.list(), []);
  await confirm(sandbox, shop, await shop.preparePayment(ORDER));
  t.equal((await receiver.next()).body.data.status, 'DONE');
  await shop.webhooks.remove(webhook.webhookId);
  await t.rejects(shop.webhooks.remove(webhook.webhookId), { code: 'NO_SUCH_WEBHOOK' });
  await shop.webhooks.register({ url: receiver.url });
  await shop.webhooks.removeAll();
  t.strictSame(shop.webhooks.list(), []);
});

t.test('a reset of a merchant, and one of everything', async (t) => {
  const sandbox = await start(t);
  const [shop, other] = [sandbox.addMerchant(), sandbox.addMerchant()];
  await shop.preparePayment(ORDER);
  await other.preparePayment(ORDER);
  t.equal(sandbox.health().payments, 2);
  await shop.reset();
  t.equal(sandbox.health().payments, 1);
  await sandbox.reset();
  t.equal(sandbox.health().payments, 0);
  t.throws(() => other.clock.read(), { code: 'NO_SUCH_MERCHANT' });
  t.throws(() => sandbox.merchant(other.mId), { code: 'NO_SUCH_MERCHANT' });
  t.ok(await sandbox.preparePayment(ORDER), 'the merchant of the documentation is there again');
});

t.test('a merchant is found again, and removed with everything of it', async (t) => {
  const sandbox = await start(t, {
    merchants: [
      {
        mId: 'tcoffee',
        keyPairs: [{ product: 'individual', secretKeys: ['test_sk_0123456789ABCDEFGHIJKLMNOPQR'] }],
      },
    ],
  });
  const coffee = sandbox.merchant('tcoffee');
  t.equal(coffee.secretKey, 'test_sk_0123456789ABCDEFGHIJKLMNOPQR');
  const payment = await coffee.preparePayment(ORDER);
  t.equal((await confirm(sandbox, coffee, payment)).body.mId, 'tcoffee');
  t.ok(sandbox.merchants().some(({ mId }) => mId === 'tcoffee'));
  await coffee.remove();
  t.notOk(sandbox.merchants().some(({ mId }) => mId === 'tcoffee'));
  await t.rejects(coffee.preparePayment(ORDER), { code: 'NO_SUCH_MERCHANT' });
});

t.test('each verb answers what the same call over HTTP answers', async (t) => {
  const sandbox = await start(t);
  const shop = sandbox.addMerchant();
  const headers = { authorization: shop.authorization };
  const ask = async (method: string, path: string, body?: unknown) =>
    (await call(`${sandbox.url}/sandbox/${path}`, method, { headers, body })).body;

  const at = '2030-03-05T10:15:30+09:00';
  t.strictSame(await shop.clock.hold(at), await ask('GET', 'clock'));
  t.strictSame(await shop.clock.advance({ hours: 1 }), await ask('POST', 'clock/advance', { ms: 0 }));
  t.strictSame(await shop.clock.set('2030-03-05T12:00:00Z'), await ask('GET', 'clock'));
  await sandbox.clock.hold('2032-01-01T00:00:00Z');
  t.strictSame(sandbox.clock.read(), (await call(`${sandbox.url}/sandbox/clock`, 'GET')).body.clocks);

  const here = await shop.preparePayment(ORDER);
  const there = await ask('POST', 'payments', ORDER);
  const neutral = (prepared: api.PreparedPayment) =>
    JSON.stringify(prepared).replaceAll(prepared.paymentKey, '');
  t.equal(neutral(here), neutral(there));

  const receiver = await startReceiver(t);
  await shop.webhooks.register({ url: receiver.url });
  t.strictSame({ webhooks: shop.webhooks.list() }, await ask('GET', 'webhooks'));
  await confirm(sandbox, shop, here);
  await shop.clock.advance({ ms: 0 });
  t.equal(shop.deliveries().length, 1);
  t.strictSame({ deliveries: shop.deliveries() }, await ask('GET', 'deliveries'));
  t.strictSame(sandbox.health(), await ask('GET', 'health'));
  const { mId, name, apiVersion, securityKey, keyPairs, ...found } = sandbox.merchant(shop.mId);
  const { processingMs, concurrentConfirm, foreignCancelMs, foreignCancelOutcome, allowMixedKeys } = found;
  t.strictSame(
    {
      mId,
      name,
      apiVersion,
      securityKey,
      keyPairs,
      processingMs,
      concurrentConfirm,
      foreignCancelMs,
      foreignCancelOutcome,
      allowMixedKeys,
    },
    await ask('GET', `merchants/${mId}`),
  );
});

t.test('what is set of a merchant, and of a receiver, is set as over HTTP', async (t) => {
  const sandbox = await start(t);
  const [here, there] = [sandbox.addMerchant(), sandbox.addMerchant()];
  const ask = async (method: string, path: string, body: unknown) => {
    const headers = { authorization: there.authorization };
    return (await call(`${sandbox.url}/sandbox/${path}`, method, { headers, body })).body;
  };
  const wish = { foreignCancelMs: 5000, foreignCancelOutcome: 'ABORTED', apiVersion: '1.4' } as const;
  const changed = await here.change(wish);
  const answered = await ask('PATCH', `merchants/${there.mId}`, wish);
  for (const one of [changed, answered])
    t.strictSame([one.foreignCancelMs, one.foreignCancelOutcome, one.apiVersion], [5000, 'ABORTED', '1.4']);

  const receiver = { url: 'http://shop.test/webhook', wrapDepositCallback: true };
  const events = ['DEPOSIT_CALLBACK'] as const;
  const registered = await here.webhooks.register({ ...receiver, events });
  const { webhookId } = registered;
  t.strictSame(registered, { webhookId, events, ...receiver });
  const byHttp = await ask('POST', 'webhooks', { ...receiver, events });
  t.strictSame({ ...byHttp, webhookId }, registered);
});

/*
 * What a bank and a provider do: each once over HTTP and once as a verb, on two payments that are the same but for
 * their keys.
 */
t.test('a deposit, its error, a due date and a cancel’s end are the same verb and call', async (t) => {
  const sandbox = await start(t, { seed: 1 });
  const [here, there] = [sandbox.addMerchant(), sandbox.addMerchant()];
  for (const shop of [here, there]) await shop.clock.hold('2030-03-05T10:15:30+09:00');
  const open = async (shop: api.Merchant, wish: Partial<api.PaymentWish>) => {
    const payment = await shop.preparePayment({ ...ORDER, ...wish });
    await confirm(sandbox, shop, payment);
    return payment.paymentKey;
  };
  const cancel = (shop: api.Merchant, paymentKey: string) =>
    call(`${sandbox.url}/v1/payments/${paymentKey}/cancel`, 'POST', {
      headers: { authorization: shop.authorization },
      body: { cancelReason: '고객 변심' },
    });
  const ask = async (paymentKey: string, verb: string, body?: unknown) => {
    const headers = { authorization: there.authorization };
    return (await call(`${sandbox.url}/sandbox/payments/${paymentKey}/${verb}`, 'POST', { headers, body }))
      .body;
  };
  /** What every payment has of its own. */
  const neutral = (payment: api.Payment) => ({
    ...payment,
    mId: '',
    lastTransactionKey: '',
    paymentKey: '',
    secret: '',
    receipt: null,
    checkout: null,
    virtualAccount: payment.virtualAccount && { ...payment.virtualAccount, accountNumber: '' },
    cancels: payment.cancels?.map((one) => ({ ...one, transactionKey: '' })),
  });
  const same = (verb: api.Payment, http: api.Payment) => t.strictSame(neutral(verb), neutral(http));

  const account = { method: 'VIRTUAL_ACCOUNT' } as const;
  let [mine, theirs] = [await open(here, account), await open(there, account)];
  const wish = { amount: 15000, depositorName: '박입금' };
  const deposited = await here.deposit(mine, wish);
  t.strictSame([deposited.status, deposited.virtualAccount?.depositorName], ['DONE', '박입금']);
  same(deposited, await ask(theirs, 'deposit', wish));
  const takenBack = await here.takeBackDeposit(mine);
  t.equal(takenBack.status, 'WAITING_FOR_DEPOSIT');
  same(takenBack, await ask(theirs, 'deposit-error'));
  const expired = await here.expireAccount(mine);
  t.equal(expired.virtualAccount?.expired, true);
  same(expired, await ask(theirs, 'expire-account'));

  const foreign = { orderId: 'order-0002', method: 'FOREIGN_EASY_PAY', provider: 'PAYPAL' } as const;
  [mine, theirs] = [await open(here, foreign), await open(there, foreign)];
  for (const outcome of ['ABORTED', 'DONE'] as const) {
    await cancel(here, mine);
    await cancel(there, theirs);
    const settled = await here.settleCancel(mine, { outcome });
    t.equal(settled.status, outcome === 'DONE' ? 'CANCELED' : 'DONE');
    same(settled, await ask(theirs, 'settle-cancel', { outcome }));
  }

  // Each refusal is the same as well; whose key is not told finds the payments of all.
  const verbs = [
    ['deposit', (paymentKey: string) => sandbox.deposit(paymentKey)],
    ['deposit-error', (paymentKey: string) => sandbox.takeBackDeposit(paymentKey)],
    ['expire-account', (paymentKey: string) => sandbox.expireAccount(paymentKey)],
    ['settle-cancel', (paymentKey: string) => sandbox.settleCancel(paymentKey)],
  ] as const;
  for (const [path, verb] of verbs) {
    const { code, message } = await ask(theirs, path);
    t.type(code, 'string');
    await t.rejects(verb(mine), { name: 'SandboxError', code, message }, path);
    await t.rejects(verb('none'), { name: 'SandboxError', code: 'NO_SUCH_PAYMENT' }, path);
  }
  await t.rejects(here.deposit(theirs), { code: 'NO_SUCH_PAYMENT' }, 'another merchant’s');
  await t.rejects(here.deposit(mine, { sum: 1 } as never), { code: 'INVALID_CONTROL_REQUEST' });
});

t.test('each refusal has the code and the text that HTTP has', async (t) => {
  const sandbox = await start(t);
  const shop = sandbox.addMerchant();
  const headers = { authorization: shop.authorization };
  const past = '2001-01-01T00:00:00Z';
  const refusals: [() => Promise<unknown>, string, unknown][] = [
    [() => shop.clock.set(past), 'clock/set', { at: past }],
    [() => shop.clock.hold('yesterday'), 'clock/hold', { at: 'yesterday' }],
    [() => shop.clock.hold(new Date('yesterday')), 'clock/hold', { at: 'Invalid Date' }],
    [() => shop.clock.advance({}), 'clock/advance', {}],
    [() => shop.clock.advance({ weeks: 1 } as never), 'clock/advance', { weeks: 1 }],
    [() => shop.webhooks.register({ url: 'ftp://x' }), 'webhooks', { url: 'ftp://x' }],
    [() => shop.preparePayment({ ...ORDER, orderId: '1' }), 'payments', { ...ORDER, orderId: '1' }],
    [() => shop.preparePayment({ ...ORDER, method: 'X' as never }), 'payments', { ...ORDER, method: 'X' }],
    [() => shop.preparePayment({ ...ORDER, confirmCode: 'X' }), 'payments', { ...ORDER, confirmCode: 'X' }],
  ];
  for (const [verb, path, body] of refusals) {
    const answer = await call(`${sandbox.url}/sandbox/${path}`, 'POST', { headers, body });
    t.ok(answer.status >= 400, path);
    const { code, message } = answer.body;
    await t.rejects(verb(), { name: 'SandboxError', code, message }, `${path} ${code}`);
  }
  await t.rejects(shop.listenForWebhooks({ events: ['NONE' as never] }), { code: 'INVALID_CONTROL_REQUEST' });
  t.strictSame(shop.webhooks.list(), []);
});

t.test('what it is told to start with is checked', async (t) => {
  const known = { product: 'individual', secretKeys: ['test_sk_zXLkKEypNArWmo50nX3lmeaxYG5R'] } as const;
  const mistakes: [api.StartOptions, RegExp][] = [
    [{ prot: 80 } as never, /prot/],
    [{ port: 70_000 }, /port/],
    [{ rateLimit: 0 }, /rateLimit/],
    [{ rateLimit: 1.5 }, /rateLimit/],
    [{ adoptKeys: 1 } as never, /adoptKeys/],
    [{ allowHosts: ['shop.example:81'] }, /must be a host name, \*\.NAME or \*\s.*allowHosts/],
    [{ allowOrigins: ['null'] }, /must be an origin as http:\/\/localhost:3000\s.*allowOrigins/],
    [{ publicUrl: 'shop.test' }, /must be an http or https address\s.*publicUrl/],
    [{ publicUrl: 'https://shop.test/?a=b' }, /must have no query and no fragment\s.*publicUrl/],
    [{ publicUrl: 'https://shop.test#a' }, /must have no query and no fragment\s.*publicUrl/],
    [{ webhooks: [{ url: 'nowhere' }] }, /webhooks/],
    [{ merchants: [{ mId: 'tcoffee', keyPairs: [{ ...known, secretKeys: ['live_sk_x'] }] }] }, /secret key/],
    [
      { merchants: [{ mId: 'tcoffee', keyPairs: [{ ...known, clientKey: 'test_ck_0123456789' }] }] },
      /is a key of tvivarepublica already/,
    ],
  ];
  for (const [options, message] of mistakes) {
    await t.rejects(startSandbox(options), { name: 'SandboxError', code: 'INVALID_OPTIONS', message });
  }
  const sandbox = await start(t);
  const port = Number(new URL(sandbox.url).port);
  await t.rejects(startSandbox({ port }), { code: 'EADDRINUSE' });
});

t.test('a public address and receivers for everybody can be told at the start', async (t) => {
  const receiver = await startReceiver(t);
  const sandbox = await start(t, {
    publicUrl: 'https://pay.shop.example/',
    webhooks: [{ url: receiver.url }],
    seed: 1,
  });
  const payment = await sandbox.preparePayment(ORDER);
  t.equal(payment.checkoutUrl, `https://pay.shop.example/v1/payments/${payment.paymentKey}/checkout`);
  await confirm(sandbox, sandbox, payment);
  t.equal((await receiver.next()).body.data.status, 'DONE');
  await sandbox.reset();
  t.equal(sandbox.webhooks.list()[0]?.url, receiver.url);
  const [again, twin] = [await start(t, { seed: 2 }), await start(t, { seed: 2 })];
  t.equal(again.addMerchant().secretKey, twin.addMerchant().secretKey);
});

t.test('closed, it is gone, also for those who still wait', async (t) => {
  const sandbox = await startSandbox();
  const shop = sandbox.addMerchant();
  const receiver = await shop.listenForWebhooks();
  const forsaken = receiver.next();
  await Promise.all([sandbox.close(), sandbox.close()]);
  await t.rejects(forsaken, { code: 'RECEIVER_CLOSED' });
  await t.rejects(shop.preparePayment(ORDER), { code: 'SANDBOX_CLOSED' });
  t.throws(() => sandbox.addMerchant(), { code: 'SANDBOX_CLOSED' });
  await t.rejects(fetch(sandbox.url));
  await t.rejects(fetch(receiver.url));
});

t.test('it closes while a receiver holds its answer', async (t) => {
  const sandbox = await startSandbox();
  const gate = newGate();
  const receiver = await sandbox.listenForWebhooks({ answer: () => gate.opened.then(() => 200) });
  await confirm(sandbox, sandbox, await sandbox.preparePayment(ORDER));
  await receiver.next();
  const start = performance.now();
  await sandbox.close();
  t.ok(performance.now() - start < 5000, 'it does not wait for the ten seconds that a receiver has');
  gate.open();
});

t.test('what a compiler makes of await using closes it', async (t) => {
  const sandbox = await startSandbox();
  const receiver = await sandbox.listenForWebhooks();
  await receiver[Symbol.asyncDispose]();
  await sandbox[Symbol.asyncDispose]();
  await t.rejects(fetch(sandbox.url));
});
