import t, { type Test } from 'tap';
import { type AccountShop, REFUND_ACCOUNT, startAccountShop } from '../fixtures/account-shop.ts';
import { deliveriesOf, settle } from '../fixtures/held-shop.ts';
import { type Received, startReceiver } from '../fixtures/receiver.ts';
import { basic, call } from '../fixtures/sandbox.ts';

const refundReceiveAccount = REFUND_ACCOUNT;

/** A shop with accounts, and a receiver for each of the two events. */
async function startHeard(t: Test) {
  const bench = await startAccountShop(t);
  const deposits = await startReceiver(t);
  const changes = await startReceiver(t);
  await bench.shop.post('/sandbox/webhooks', { url: deposits.url, events: ['DEPOSIT_CALLBACK'] });
  await bench.shop.post('/sandbox/webhooks', { url: changes.url, events: ['PAYMENT_STATUS_CHANGED'] });
  return { ...bench, deposits, changes };
}

const callbacks = (received: readonly Received[]): string[] => received.map(({ body }) => body.status);
const statuses = (received: readonly Received[]): string[] => received.map(({ body }) => body.data.status);

/*
 * virtual-accounts.md 12, row by row; webhooks.md 2.2. No order is promised, so that each step is waited for before
 * the next one.
 */
const STEPS: readonly {
  what: string;
  happens: (bench: AccountShop) => Promise<unknown>;
  callbacks: readonly string[];
  changes: readonly string[];
}[] = [
  {
    what: 'an account is issued by the API',
    happens: ({ account }) => account(),
    callbacks: ['WAITING_FOR_DEPOSIT'],
    changes: [],
  },
  {
    what: 'the shopper authenticates in the window',
    happens: ({ shop }) => shop.prepare({ orderId: 'order-0001', amount: 15000, method: 'VIRTUAL_ACCOUNT' }),
    callbacks: [],
    changes: [],
  },
  {
    what: 'an account is issued by a confirm',
    happens: async ({ shop }) => {
      const order = { orderId: 'order-0001', amount: 15000 };
      const paymentKey = await shop.prepare({ ...order, method: 'VIRTUAL_ACCOUNT' });
      await shop.post('/v1/payments/confirm', { ...order, paymentKey });
    },
    callbacks: ['WAITING_FOR_DEPOSIT'],
    changes: [],
  },
  {
    what: 'nobody confirms',
    happens: async ({ shop, advance }) => {
      await shop.prepare({ orderId: 'order-0001', amount: 15000, method: 'VIRTUAL_ACCOUNT' });
      await advance({ minutes: 10 });
    },
    callbacks: [],
    changes: ['EXPIRED'],
  },
  {
    what: 'it is paid in',
    happens: async ({ shop, account, deposit }) => {
      const paymentKey = await account();
      await settle(shop);
      await deposit(paymentKey);
    },
    callbacks: ['WAITING_FOR_DEPOSIT', 'DONE'],
    changes: ['DONE'],
  },
  {
    what: 'the deposit is taken back, and paid again',
    happens: async ({ shop, account, deposit, depositError }) => {
      const paymentKey = await account();
      for (const step of [deposit, depositError, deposit]) {
        await settle(shop);
        await step(paymentKey);
      }
    },
    callbacks: ['WAITING_FOR_DEPOSIT', 'DONE', 'WAITING_FOR_DEPOSIT', 'DONE'],
    changes: ['DONE', 'DONE'],
  },
  {
    what: 'the deposit is taken back in API version 1.4',
    happens: async ({ url, shop, account, deposit, depositError }) => {
      await call(`${url}/sandbox/merchants/${shop.mId}`, 'PATCH', {
        headers: { authorization: basic(shop.secretKey) },
        body: { apiVersion: '1.4' },
      });
      const paymentKey = await account();
      await settle(shop);
      await deposit(paymentKey);
      await settle(shop);
      await depositError(paymentKey);
    },
    callbacks: ['WAITING_FOR_DEPOSIT', 'DONE', 'CANCELED'],
    changes: ['DONE', 'CANCELED'],
  },
  {
    what: 'the due date passes',
    happens: async ({ account, advance }) => {
      await account({ validHours: 1 });
      await advance({ hours: 1 });
    },
    callbacks: ['WAITING_FOR_DEPOSIT'],
    changes: [],
  },
  {
    what: 'it is cancelled before the deposit',
    happens: async ({ shop, account, cancel }) => {
      const paymentKey = await account();
      await settle(shop);
      await cancel(paymentKey);
    },
    callbacks: ['WAITING_FOR_DEPOSIT', 'CANCELED'],
    changes: ['CANCELED'],
  },
  {
    what: 'it is cancelled whole after the deposit',
    happens: async ({ shop, account, deposit, cancel }) => {
      const paymentKey = await account();
      await settle(shop);
      await deposit(paymentKey);
      await settle(shop);
      await cancel(paymentKey, { refundReceiveAccount });
    },
    callbacks: ['WAITING_FOR_DEPOSIT', 'DONE', 'CANCELED'],
    changes: ['DONE', 'CANCELED'],
  },
  {
    what: 'it is cancelled in parts after the deposit',
    happens: async ({ shop, account, deposit, cancel }) => {
      const paymentKey = await account();
      await settle(shop);
      await deposit(paymentKey);
      for (const cancelAmount of [5000, 10000]) {
        await settle(shop);
        await cancel(paymentKey, { cancelAmount, refundReceiveAccount });
      }
    },
    callbacks: ['WAITING_FOR_DEPOSIT', 'DONE', 'PARTIAL_CANCELED', 'PARTIAL_CANCELED'],
    changes: ['DONE', 'PARTIAL_CANCELED', 'PARTIAL_CANCELED'],
  },
];

for (const { what, happens, ...heard } of STEPS) {
  t.test(`${what}: ${heard.callbacks.join(', ') || 'nothing'}`, async (t) => {
    const bench = await startHeard(t);
    await happens(bench);
    await settle(bench.shop);
    t.strictSame(callbacks(bench.deposits.received), heard.callbacks, 'DEPOSIT_CALLBACK');
    t.strictSame(statuses(bench.changes.received), heard.changes, 'PAYMENT_STATUS_CHANGED');
  });
}

t.test('a payment by card has no DEPOSIT_CALLBACK', async (t) => {
  const { shop, cancel, deposits } = await startHeard(t);
  await cancel(await shop.pay({ orderId: 'order-0001', amount: 15000 }));
  await settle(shop);
  t.strictSame(deposits.received, []);
});

// webhooks.md 3.2, 6.1: envelope B, five fields in this order.
t.test('the body is flat, and its secret and transaction are those of the payment', async (t) => {
  const { shop, issue, deposit, depositError, cancel, deposits, advance } = await startHeard(t);
  const { body: waiting } = await issue();
  const { paymentKey, secret } = waiting;
  const answers = [waiting];
  await settle(shop);
  for (const step of [deposit, depositError, deposit]) {
    await advance({ seconds: 30 });
    answers.push((await step(paymentKey)).body);
    await settle(shop);
  }
  await advance({ seconds: 30 });
  answers.push((await cancel(paymentKey, { cancelAmount: 5000, refundReceiveAccount })).body);
  await settle(shop);

  const times = ['10:15:30', '10:16:00', '10:16:30', '10:17:00', '10:17:30'];
  t.equal(deposits.received.length, 5);
  for (const [index, { bytes, body, headers }] of deposits.received.entries()) {
    const answer = answers[index];
    t.match(body.createdAt, /^2030-03-05T10:1\d:\d\d(\.\d{1,6})?$/);
    t.equal(body.createdAt.slice(11, 19), times[index], 'Korean time, without an offset');
    t.equal(
      bytes.toString(),
      JSON.stringify({
        createdAt: body.createdAt,
        secret,
        status: answer.status,
        transactionKey: answer.lastTransactionKey,
        orderId: 'order-20300305-0001',
      }),
    );
    t.equal(headers['content-type'], 'application/json');
    t.equal(headers['tosspayments-webhook-signature'], undefined, 'nothing signs it but the secret');
    t.match(headers['tosspayments-webhook-transmission-id'], /^whtrans_a[0-9a-hjkmnp-tv-z]{26}$/);
    t.equal(headers['tosspayments-webhook-transmission-time'], `2030-03-05T${times[index]}+09:00`);
  }
  t.equal(new Set(deposits.received.map(({ body }) => body.transactionKey)).size, 5);
  t.match(deposits.received[1]?.body.transactionKey, /^[0-9A-F]{32}$/);
  t.equal(deposits.received[4]?.body.transactionKey, answers[4].cancels[0].transactionKey);
});

t.test('who registers for both gets both, each with a transmission of its own', async (t) => {
  const { shop, account, deposit } = await startAccountShop(t);
  const receiver = await startReceiver(t);
  const paymentKey = await account();
  await shop.post('/sandbox/webhooks', {
    url: receiver.url,
    events: ['DEPOSIT_CALLBACK', 'PAYMENT_STATUS_CHANGED'],
  });
  const { body: paid } = await deposit(paymentKey);
  await settle(shop);
  const events = receiver.received.map(({ body }) => body.eventType ?? 'flat');
  t.strictSame(events.toSorted(), ['PAYMENT_STATUS_CHANGED', 'flat']);
  const changed = receiver.received.find(({ body }) => body.eventType !== undefined);
  t.strictSame(changed?.body.data, paid);
  const ids = receiver.received.map(({ headers }) => headers['tosspayments-webhook-transmission-id']);
  t.equal(new Set(ids).size, 2);
});

// webhooks.md 8.
t.test('a DEPOSIT_CALLBACK that is not taken is sent again, letter for letter', async (t) => {
  const { shop, account, deposit, advance } = await startAccountShop(t);
  const receiver = await startReceiver(t, (_, index) => (index < 2 ? 500 : 200));
  const paymentKey = await account();
  await shop.post('/sandbox/webhooks', { url: receiver.url, events: ['DEPOSIT_CALLBACK'] });
  await deposit(paymentKey);
  await advance({ days: 4 });
  const { received } = receiver;
  const header = (name: string) =>
    received.map(({ headers }) => headers[`tosspayments-webhook-transmission-${name}`]);
  t.strictSame(header('retried-count'), ['0', '1', '2']);
  t.strictSame(header('time'), [
    '2030-03-05T10:15:30+09:00',
    '2030-03-05T10:16:30+09:00',
    '2030-03-05T10:20:30+09:00',
  ]);
  t.equal(new Set(header('id')).size, 1);
  t.equal(new Set(received.map(({ bytes }) => bytes.toString())).size, 1);
  const [delivery] = await deliveriesOf(shop);
  t.equal(delivery.eventType, 'DEPOSIT_CALLBACK');
  t.equal(delivery.state, '성공');
});

// virtual-accounts.md 3: the SDK v1 has it, besides the registered webhooks.
t.test('virtualAccountCallbackUrl hears of its own payment, and the registered ones still do', async (t) => {
  const { shop, deposits, changes, deposit, account } = await startHeard(t);
  const own = await startReceiver(t);
  const order = { orderId: 'order-0001', amount: 15000 };
  const wish = { ...order, method: '가상계좌', virtualAccountCallbackUrl: own.url };
  const paymentKey = await shop.prepare(wish);
  await shop.post('/v1/payments/confirm', { ...order, paymentKey });
  await settle(shop);
  await deposit(paymentKey);
  await account();
  await settle(shop);
  t.strictSame(callbacks(own.received), ['WAITING_FOR_DEPOSIT', 'DONE']);
  t.strictSame(callbacks(deposits.received).toSorted(), [
    'DONE',
    'WAITING_FOR_DEPOSIT',
    'WAITING_FOR_DEPOSIT',
  ]);
  t.strictSame(statuses(changes.received), ['DONE']);
  const [issued] = own.received;
  t.equal(issued?.bytes.toString(), deposits.received[0]?.bytes.toString());
  t.not(
    issued?.headers['tosspayments-webhook-transmission-id'],
    deposits.received[0]?.headers['tosspayments-webhook-transmission-id'],
  );
});

t.test('the SDK v2 has no virtualAccountCallbackUrl', async (t) => {
  const { shop } = await startAccountShop(t);
  const own = await startReceiver(t);
  const paymentKey = await shop.prepare({
    method: 'VIRTUAL_ACCOUNT',
    orderId: 'order-0001',
    amount: { currency: 'KRW', value: 15000 },
    virtualAccount: { virtualAccountCallbackUrl: own.url },
  });
  await shop.post('/v1/payments/confirm', { paymentKey, orderId: 'order-0001', amount: 15000 });
  await settle(shop);
  t.strictSame(own.received, []);
});
