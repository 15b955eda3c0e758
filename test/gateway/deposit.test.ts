import t from 'tap';
import { startAccountShop } from '../fixtures/account-shop.ts';
import { deliveriesOf } from '../fixtures/held-shop.ts';
import { startReceiver } from '../fixtures/receiver.ts';
import { basic, call } from '../fixtures/sandbox.ts';

// virtual-accounts.md 5: the fields that change, and no others.
t.test('a deposit of exactly the amount makes the payment DONE', async (t) => {
  const { issue, deposit, read, advance } = await startAccountShop(t);
  const { body: waiting } = await issue({ validHours: 24 });
  await advance({ minutes: 47 });
  const { status, body: done } = await deposit(waiting.paymentKey, { amount: 15000 });
  t.equal(status, 200);
  t.match(done.lastTransactionKey, /^[0-9A-F]{32}$/);
  t.not(done.lastTransactionKey, waiting.lastTransactionKey, 'a transaction of its own');
  t.strictSame(done, {
    ...waiting,
    status: 'DONE',
    approvedAt: '2030-03-05T11:02:30+09:00',
    lastTransactionKey: done.lastTransactionKey,
    virtualAccount: { ...waiting.virtualAccount, depositorName: '김토스' },
  });
  t.strictSame((await read(waiting.paymentKey)).body, done);
});

t.test('said nothing, exactly the amount is paid in; by whom does not matter', async (t) => {
  const { account, deposit } = await startAccountShop(t);
  const unsaid = await deposit(await account());
  t.equal(unsaid.body.status, 'DONE');
  t.equal(unsaid.body.virtualAccount.depositorName, '김토스');
  const { body } = await deposit(await account({ orderId: 'order-0002' }), { depositorName: '이엄마' });
  t.equal(body.status, 'DONE');
  t.equal(body.virtualAccount.depositorName, '이엄마');
  t.equal(body.virtualAccount.customerName, '김토스', 'who was to pay stays');
});

/** The bank refuses: 409, nothing changes, nobody hears of it. */
t.test('the bank refuses any other amount', async (t) => {
  const { shop, account, deposit, read } = await startAccountShop(t);
  const receiver = await startReceiver(t);
  const paymentKey = await account();
  const before = (await read(paymentKey)).text;
  await shop.post('/sandbox/webhooks', { url: receiver.url });
  for (const amount of [14999, 15001, 30000, 1, 0, -15000, 15000.5]) {
    const { status, body } = await deposit(paymentKey, { amount });
    t.equal(status, 409, `${amount}`);
    t.strictSame(body, {
      code: 'WRONG_AMOUNT',
      message: 'The bank takes exactly the amount of the payment, in one transfer: it refuses this deposit.',
    });
  }
  t.equal((await read(paymentKey)).text, before);
  t.strictSame(await deliveriesOf(shop), []);
  t.equal((await deposit(paymentKey)).body.status, 'DONE', 'the right amount is still taken');
});

t.test('the bank refuses a second deposit, and one after a cancel', async (t) => {
  const { account, deposit, cancel, paidAccount, read } = await startAccountShop(t);
  const paid = await paidAccount();
  const canceled = await account({ orderId: 'order-0002' });
  await cancel(canceled);
  for (const paymentKey of [paid, canceled]) {
    const before = (await read(paymentKey)).text;
    const { status, body } = await deposit(paymentKey);
    t.equal(status, 409);
    t.strictSame(body, {
      code: 'NOT_WAITING_FOR_DEPOSIT',
      message: 'The payment is not WAITING_FOR_DEPOSIT: the bank refuses the deposit.',
    });
    t.equal((await read(paymentKey)).text, before);
  }
});

t.test('into a payment that has no account nothing can be paid', async (t) => {
  const { shop, deposit, depositError, expire } = await startAccountShop(t);
  const card = await shop.pay({ orderId: 'order-0001', amount: 15000 });
  const opened = await shop.prepare({ orderId: 'order-0002', amount: 15000, method: 'VIRTUAL_ACCOUNT' });
  for (const paymentKey of [card, opened]) {
    t.equal((await deposit(paymentKey)).body.code, 'NOT_WAITING_FOR_DEPOSIT');
    t.equal((await depositError(paymentKey)).body.code, 'NOT_DEPOSITED');
    const { status, body } = await expire(paymentKey);
    t.equal(status, 409);
    t.strictSame(body, {
      code: 'NOT_WAITING_FOR_DEPOSIT',
      message: 'No account of this payment waits for a deposit.',
    });
  }
});

t.test('a payment that is not there, or another merchant’s, is not found', async (t) => {
  const { url, account } = await startAccountShop(t);
  const paymentKey = await account();
  const { body } = await call(`${url}/sandbox/merchants`, 'POST', { body: {} });
  const authorization = basic(body.keyPairs[0].secretKeys[0]);
  for (const verb of ['deposit', 'deposit-error', 'expire-account']) {
    const stranger = await call(`${url}/sandbox/payments/${paymentKey}/${verb}`, 'POST', {
      headers: { authorization },
    });
    t.equal(stranger.status, 404, verb);
    t.strictSame(stranger.body, { code: 'NO_SUCH_PAYMENT', message: 'There is no such payment here.' }, verb);
  }
  const anybody = await call(`${url}/sandbox/payments/${paymentKey}/deposit`, 'POST');
  t.equal(anybody.body.status, 'DONE', 'without a key it is looked for everywhere');
});

t.test('a deposit that is none is said to be none', async (t) => {
  const { account, deposit, read } = await startAccountShop(t);
  const paymentKey = await account();
  for (const wish of [
    { amount: '15000' },
    { depositor: '김토스' },
    { depositorName: '' },
    { depositorName: 'a'.repeat(101) },
  ]) {
    const { status, body } = await deposit(paymentKey, wish);
    t.equal(status, 400, JSON.stringify(wish));
    t.equal(body.code, 'INVALID_CONTROL_REQUEST', JSON.stringify(wish));
  }
  t.equal((await read(paymentKey)).body.status, 'WAITING_FOR_DEPOSIT');
});
