import t from 'tap';
import { startAccountShop } from '../fixtures/account-shop.ts';
import { basic, call } from '../fixtures/sandbox.ts';

const RECEIPT = { cashReceipt: { type: '소득공제', registrationNumber: '01012345678' } };

// virtual-accounts.md 11.
t.test('a deposit in error is taken back: the payment waits again, and can be paid again', async (t) => {
  const { issue, deposit, depositError, advance, read } = await startAccountShop(t);
  const { body: waiting } = await issue(RECEIPT);
  const { body: first } = await deposit(waiting.paymentKey, { depositorName: '이엄마' });
  await advance({ minutes: 2 });
  const { status, body: again } = await depositError(waiting.paymentKey);
  t.equal(status, 200);
  t.match(again.lastTransactionKey, /^[0-9A-F]{32}$/);
  t.equal(new Set([waiting, first, again].map(({ lastTransactionKey }) => lastTransactionKey)).size, 3);
  t.strictSame(
    again,
    { ...waiting, lastTransactionKey: again.lastTransactionKey },
    'as it was: no approvedAt, no depositor, no cash receipt',
  );
  t.equal((await depositError(waiting.paymentKey)).body.code, 'NOT_DEPOSITED', 'it is taken back once');

  await advance({ minutes: 5 });
  const { body: second } = await deposit(waiting.paymentKey);
  t.equal(second.status, 'DONE');
  t.equal(second.approvedAt, '2030-03-05T10:22:30+09:00');
  t.equal(second.virtualAccount.depositorName, '김토스');
  t.equal(second.secret, waiting.secret, 'one secret for the whole life of the payment');
  t.not(second.cashReceipt.receiptKey, first.cashReceipt.receiptKey, 'a receipt of its own');
  t.strictSame((await read(waiting.paymentKey)).body, second);
});

t.test('after an error the due date still closes the account', async (t) => {
  const { account, deposit, depositError, advance, read } = await startAccountShop(t);
  const paymentKey = await account({ validHours: 1 });
  await deposit(paymentKey);
  await depositError(paymentKey);
  await advance({ minutes: 59 });
  t.equal((await read(paymentKey)).body.virtualAccount.expired, false);
  await advance({ minutes: 1 });
  const { body } = await read(paymentKey);
  t.equal(body.status, 'WAITING_FOR_DEPOSIT');
  t.equal(body.virtualAccount.expired, true);
  t.equal((await deposit(paymentKey)).body.code, 'ACCOUNT_EXPIRED');
});

t.test('an error that is found after the due date leaves an account that is closed', async (t) => {
  const { account, deposit, depositError, advance, read } = await startAccountShop(t);
  const paymentKey = await account({ validHours: 1 });
  await advance({ minutes: 59 });
  await deposit(paymentKey);
  await advance({ minutes: 2 });
  const { body } = await depositError(paymentKey);
  t.equal(body.status, 'WAITING_FOR_DEPOSIT');
  t.equal(body.virtualAccount.expired, true);
  t.equal((await deposit(paymentKey)).body.code, 'ACCOUNT_EXPIRED');
  t.strictSame((await read(paymentKey)).body, body);
});

t.test('what was cancelled has no deposit to take back', async (t) => {
  const { paidAccount, cancel, depositError, read } = await startAccountShop(t);
  const refundReceiveAccount = { bank: '88', accountNumber: '110123456789', holderName: '김토스' };
  const partly = await paidAccount();
  await cancel(partly, { cancelAmount: 5000, refundReceiveAccount });
  const whole = await paidAccount({ orderId: 'order-0002' });
  await cancel(whole, { refundReceiveAccount });
  for (const paymentKey of [partly, whole]) {
    const before = (await read(paymentKey)).text;
    const { status, body } = await depositError(paymentKey);
    t.equal(status, 409);
    t.equal(body.code, 'NOT_DEPOSITED');
    t.equal((await read(paymentKey)).text, before);
  }
});

// virtual-accounts.md 11: API version 1.4 and older. The cash receipt goes with the payment (cash-receipts.md 7).
t.test('in API version 1.4 the error cancels the payment, and its cash receipt', async (t) => {
  const { url, shop, paidAccount, depositError, deposit } = await startAccountShop(t);
  const version = await call(`${url}/sandbox/merchants/${shop.mId}`, 'PATCH', {
    headers: { authorization: basic(shop.secretKey) },
    body: { apiVersion: '1.4' },
  });
  t.equal(version.status, 200);
  const paymentKey = await paidAccount(RECEIPT);
  const { status, body } = await depositError(paymentKey);
  t.equal(status, 200);
  t.equal(body.status, 'CANCELED');
  t.equal(body.balanceAmount, 0);
  t.equal(body.cancels.length, 1);
  t.equal(body.cancels[0].cancelAmount, 15000);
  t.equal((await deposit(paymentKey)).body.code, 'NOT_WAITING_FOR_DEPOSIT');

  await call(`${url}/sandbox/merchants/${shop.mId}`, 'PATCH', {
    headers: { authorization: basic(shop.secretKey) },
    body: { apiVersion: '2022-11-16' },
  });
  const { body: today } = await shop.get(`/v1/payments/${paymentKey}`);
  t.equal(today.cancels[0].transactionKey, today.lastTransactionKey);
  t.equal(today.cancels[0].receiptKey, `c_${today.cashReceipt.receiptKey}`);
  t.equal(today.cashReceipts[0].transactionType, 'CANCEL');
  t.equal(today.cashReceipts[0].amount, 15000);
});
