import t, { type Test } from 'tap';
import { startSandbox } from '../../src/index.ts';
import type * as api from '../../src/library/api.ts';
import { startReceiver } from '../fixtures/receiver.ts';
import { call } from '../fixtures/sandbox.ts';

const ORDER = { orderId: 'order-0001', amount: 15000 };

async function start(t: Test) {
  const sandbox = await startSandbox();
  t.teardown(() => sandbox.close());
  const shop = sandbox.addMerchant();
  await shop.clock.hold('2030-03-05T10:15:30+09:00');
  return { sandbox, shop };
}

/** What the code under test does. */
async function confirm(sandbox: api.Sandbox, shop: api.Merchant, payment: api.PreparedPayment) {
  const { paymentKey, orderId, amount } = payment;
  const { body } = await call(`${sandbox.url}/v1/payments/confirm`, 'POST', {
    headers: { authorization: shop.authorization },
    body: { paymentKey, orderId, amount },
  });
  return body;
}

t.test('an account is prepared, confirmed, paid into, and every step is heard of', async (t) => {
  const { sandbox, shop } = await start(t);
  const receiver = await shop.listenForWebhooks({ events: ['DEPOSIT_CALLBACK'] });
  const prepared = await shop.preparePayment({
    ...ORDER,
    method: 'VIRTUAL_ACCOUNT',
    bank: '국민',
    validHours: 24,
  });
  const waiting = await confirm(sandbox, shop, prepared);
  t.equal(waiting.status, 'WAITING_FOR_DEPOSIT');
  t.equal(waiting.virtualAccount.bankCode, '06');
  t.equal(waiting.virtualAccount.dueDate, '2030-03-06T10:15:30+09:00');
  const issued = await receiver.next();
  t.equal(issued.eventType, 'DEPOSIT_CALLBACK', 'filled in: the flat body does not say it');
  t.equal(issued.body.eventType, undefined);
  t.equal(issued.body.status, 'WAITING_FOR_DEPOSIT');
  t.equal(issued.body.secret, waiting.secret);

  const paid = await shop.deposit(waiting.paymentKey, { amount: 15000, depositorName: '이엄마' });
  t.equal(paid.status, 'DONE');
  t.equal(paid.virtualAccount?.depositorName, '이엄마');
  const deposited = await receiver.next(({ body }) => body.status === 'DONE');
  t.equal(deposited.body.transactionKey, paid.lastTransactionKey);
  t.equal(deposited.body.orderId, 'order-0001');

  const back = await shop.takeBackDeposit(waiting.paymentKey);
  t.equal(back.status, 'WAITING_FOR_DEPOSIT');
  t.equal((await receiver.next()).body.status, 'WAITING_FOR_DEPOSIT');
  const closed = await shop.expireAccount(waiting.paymentKey);
  t.equal(closed.virtualAccount?.expired, true);
  await t.rejects(shop.deposit(waiting.paymentKey), { name: 'SandboxError', code: 'ACCOUNT_EXPIRED' });
  t.equal(receiver.received.length, 3);
});

t.test('what the bank refuses is an error with a code', async (t) => {
  const { sandbox, shop } = await start(t);
  const { paymentKey } = await confirm(
    sandbox,
    shop,
    await shop.preparePayment({ ...ORDER, method: 'VIRTUAL_ACCOUNT' }),
  );
  const refused = { name: 'SandboxError' };
  await t.rejects(shop.deposit(paymentKey, { amount: 14000 }), { ...refused, code: 'WRONG_AMOUNT' });
  await t.rejects(shop.takeBackDeposit(paymentKey), { ...refused, code: 'NOT_DEPOSITED' });
  await t.rejects(shop.deposit('nowhere'), { ...refused, code: 'NO_SUCH_PAYMENT' });
  await t.rejects(sandbox.addMerchant().deposit(paymentKey), { ...refused, code: 'NO_SUCH_PAYMENT' });
  await t.rejects(shop.deposit(paymentKey, { depositorName: '' }), {
    ...refused,
    code: 'INVALID_CONTROL_REQUEST',
  });
  t.equal((await sandbox.deposit(paymentKey)).status, 'DONE', 'of the sandbox, whoever’s it is');
  await t.rejects(shop.deposit(paymentKey), { ...refused, code: 'NOT_WAITING_FOR_DEPOSIT' });
  await t.rejects(shop.expireAccount(paymentKey), { ...refused, code: 'NOT_WAITING_FOR_DEPOSIT' });
});

t.test('the due date passes by the clock', async (t) => {
  const { sandbox, shop } = await start(t);
  const { paymentKey } = await confirm(
    sandbox,
    shop,
    await shop.preparePayment({ ...ORDER, method: 'VIRTUAL_ACCOUNT', dueDate: '2030-03-05T11:00:00' }),
  );
  await shop.clock.set('2030-03-05T11:00:00+09:00');
  await t.rejects(shop.deposit(paymentKey), { code: 'ACCOUNT_EXPIRED' });
});

t.test('a receiver of the test can have it wrapped, as can one that is registered', async (t) => {
  const { sandbox, shop } = await start(t);
  const receiver = await shop.listenForWebhooks({ events: ['DEPOSIT_CALLBACK'], wrapDepositCallback: true });
  await confirm(sandbox, shop, await shop.preparePayment({ ...ORDER, method: 'VIRTUAL_ACCOUNT' }));
  const { eventType, body } = await receiver.next();
  t.equal(eventType, 'DEPOSIT_CALLBACK');
  t.equal(body.eventType, 'DEPOSIT_CALLBACK');
  t.match(body.data, { status: 'WAITING_FOR_DEPOSIT', orderId: 'order-0001' });
  t.strictSame(
    (await shop.webhooks.register({ url: 'http://shop.example/hook', wrapDepositCallback: true }))
      .wrapDepositCallback,
    true,
  );
});

t.test('one that is given at the start can have it wrapped, also after a reset', async (t) => {
  const receiver = await startReceiver(t);
  const sandbox = await startSandbox({
    webhooks: [{ url: receiver.url, events: ['DEPOSIT_CALLBACK'], wrapDepositCallback: true }],
  });
  t.teardown(() => sandbox.close());
  await sandbox.reset();
  const { paymentKey } = await sandbox.preparePayment({ ...ORDER, method: 'VIRTUAL_ACCOUNT' });
  await call(`${sandbox.url}/v1/payments/confirm`, 'POST', {
    headers: { authorization: sandbox.authorization },
    body: { ...ORDER, paymentKey },
  });
  const { body } = await receiver.next();
  t.equal(body.data.status, 'WAITING_FOR_DEPOSIT');
});
