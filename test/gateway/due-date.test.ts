import t from 'tap';
import { startAccountShop } from '../fixtures/account-shop.ts';
import { deliveriesOf } from '../fixtures/held-shop.ts';
import { startReceiver } from '../fixtures/receiver.ts';

const EXPIRED = {
  code: 'ACCOUNT_EXPIRED',
  message: 'The due date of the account has passed: the bank refuses the deposit.',
};

// virtual-accounts.md 6.
t.test('the due date passes: the status stays, expired is true, nobody hears of it', async (t) => {
  const { shop, issue, read, deposit, advance } = await startAccountShop(t);
  const receiver = await startReceiver(t);
  const { body: waiting } = await issue({ validHours: 24 });
  await shop.post('/sandbox/webhooks', { url: receiver.url });
  await advance({ hours: 24 });
  const { body: closed } = await read(waiting.paymentKey);
  t.strictSame(closed, { ...waiting, virtualAccount: { ...waiting.virtualAccount, expired: true } });
  const late = await deposit(waiting.paymentKey);
  t.equal(late.status, 409);
  t.strictSame(late.body, EXPIRED);
  t.strictSame((await read(waiting.paymentKey)).body, closed);
  t.strictSame(await deliveriesOf(shop), []);
});

t.test('until the last millisecond a deposit is taken', async (t) => {
  const { shop, account, deposit, advance, read } = await startAccountShop(t);
  const paymentKey = await account({ dueDate: '2030-03-05T10:15:31' });
  await advance({ ms: 999 });
  t.equal((await deposit(paymentKey)).body.status, 'DONE');
  t.equal((await shop.get('/sandbox/health')).body.plannedJobs, 0, 'nothing is left to be done');
  await advance({ days: 90 });
  const { body } = await read(paymentKey);
  t.equal(body.status, 'DONE', 'once it is paid the due date means nothing');
  t.equal(body.virtualAccount.expired, false);
});

t.test('a wrong amount is refused for the due date when that has passed', async (t) => {
  const { account, deposit, advance } = await startAccountShop(t);
  const paymentKey = await account({ validHours: 1 });
  await advance({ hours: 1 });
  t.strictSame((await deposit(paymentKey, { amount: 1 })).body, EXPIRED);
});

t.test('an account whose due date has passed can still be cancelled, without a refund account', async (t) => {
  const { account, cancel, advance, deposit } = await startAccountShop(t);
  const paymentKey = await account({ validHours: 1 });
  await advance({ days: 400 });
  const { status, body } = await cancel(paymentKey);
  t.equal(status, 200);
  t.equal(body.status, 'CANCELED');
  t.equal(body.balanceAmount, 0);
  t.equal(body.virtualAccount.expired, true);
  t.equal((await deposit(paymentKey)).body.code, 'NOT_WAITING_FOR_DEPOSIT');
});

t.test('an account that was cancelled does not expire', async (t) => {
  const { shop, account, cancel, advance, read } = await startAccountShop(t);
  const paymentKey = await account({ validHours: 1 });
  const canceled = await cancel(paymentKey);
  t.equal((await shop.get('/sandbox/health')).body.plannedJobs, 0, 'nothing is left to be done');
  await advance({ hours: 1 });
  t.equal((await read(paymentKey)).text, canceled.text);
});

t.test('expire-account lets the due date pass at once, without a word', async (t) => {
  const { shop, issue, expire, deposit, advance, read } = await startAccountShop(t);
  const receiver = await startReceiver(t);
  const { body: waiting } = await issue();
  await shop.post('/sandbox/webhooks', { url: receiver.url });
  const { status, body: closed } = await expire(waiting.paymentKey);
  t.equal(status, 200);
  t.strictSame(closed, { ...waiting, virtualAccount: { ...waiting.virtualAccount, expired: true } });
  t.strictSame((await deposit(waiting.paymentKey)).body, EXPIRED);
  await advance({ days: 7 });
  t.strictSame((await read(waiting.paymentKey)).body, closed);
  t.strictSame(await deliveriesOf(shop), []);
});
