import t from 'tap';
import { endVisit } from '../../src/control/payments.ts';
import { startAccountShop } from '../fixtures/account-shop.ts';
import { startHeldShop } from '../fixtures/held-shop.ts';
import { call } from '../fixtures/sandbox.ts';

const ORDER = { orderId: 'order-20300305-0001', amount: 15000 };

/** What the SDK v2 asks for (virtual-accounts.md 3). */
const sdk = (virtualAccount: Readonly<Record<string, unknown>> | null, bank?: string) => ({
  method: 'VIRTUAL_ACCOUNT',
  orderId: ORDER.orderId,
  orderName: '머그컵 외 1건',
  amount: { currency: 'KRW', value: ORDER.amount },
  customerName: '김토스',
  customerMobilePhone: '01012345678',
  virtualAccount,
  ...(bank !== undefined && { bank }),
});

// virtual-accounts.md 1, 3: the window path from its beginning to the deposit.
t.test('a shopper picks an account in the window, the shop confirms, the money comes later', async (t) => {
  const { shop, read, deposit, advance } = await startAccountShop(t);
  const wish = sdk({ cashReceipt: { type: '소득공제' }, useEscrow: false, validHours: 24 }, '국민');
  const prepared = await shop.post('/sandbox/payments', wish);
  t.equal(prepared.body.status, 'IN_PROGRESS');
  const { paymentKey } = prepared.body;
  t.equal(
    prepared.body.redirectUrl,
    `http://shop.example/success?paymentType=NORMAL&orderId=order-20300305-0001&paymentKey=${paymentKey}&amount=15000`,
  );

  await advance({ minutes: 9 });
  const { body: inProgress } = await read(paymentKey);
  t.equal(inProgress.status, 'IN_PROGRESS');
  t.equal(inProgress.method, '가상계좌');
  t.equal(inProgress.virtualAccount, null, 'there is no number before the confirm');
  t.equal(inProgress.secret, null);

  const confirm = () => shop.post('/v1/payments/confirm', { ...ORDER, paymentKey });
  const { status, body: waiting } = await confirm();
  t.equal(status, 200);
  t.equal(waiting.status, 'WAITING_FOR_DEPOSIT');
  t.equal(waiting.approvedAt, null);
  t.match(waiting.secret, /^ps_[0-9A-Za-z]{28}$/);
  t.match(waiting.lastTransactionKey, /^[0-9A-F]{32}$/);
  const { accountNumber } = waiting.virtualAccount;
  t.match(accountNumber, /^X\d{13}$/);
  t.strictSame(waiting.virtualAccount, {
    accountNumber,
    accountType: '일반',
    bankCode: '06',
    customerName: '김토스',
    dueDate: '2030-03-06T10:24:30+09:00',
    expired: false,
    settlementStatus: 'INCOMPLETED',
    refundStatus: 'NONE',
    refundReceiveAccount: null,
    depositorName: null,
  });

  const again = await confirm();
  t.equal(again.status, 400);
  t.equal(again.body.code, 'ALREADY_PROCESSED_PAYMENT');
  await advance({ minutes: 30 });
  t.strictSame((await read(paymentKey)).body, waiting, 'the limits of the window are over for it');

  const { body: paid } = await deposit(paymentKey);
  t.equal(paid.status, 'DONE');
  t.equal(paid.approvedAt, '2030-03-05T10:54:30+09:00');
  t.equal(paid.virtualAccount.accountNumber, accountNumber);
  t.equal(paid.cashReceipt.type, '소득공제');
  t.equal((await confirm()).body.code, 'ALREADY_PROCESSED_PAYMENT');
});

t.test('without terms it is seven days from the issue, with a date it is that date', async (t) => {
  const { shop, advance } = await startAccountShop(t);
  const dueDateOf = async (orderId: string, wish: Readonly<Record<string, unknown>>) => {
    const paymentKey = await shop.prepare({ ...wish, orderId });
    await advance({ minutes: 5 });
    const { body } = await shop.post('/v1/payments/confirm', { paymentKey, orderId, amount: 15000 });
    return body.virtualAccount.dueDate;
  };
  const flat = { method: '가상계좌', amount: 15000 };
  t.equal(await dueDateOf('order-0001', sdk(null)), '2030-03-12T10:20:30+09:00');
  t.equal(
    await dueDateOf('order-0002', sdk({ dueDate: '2030-03-09T23:59:59' })),
    '2030-03-09T23:59:59+09:00',
  );
  t.equal(await dueDateOf('order-0003', sdk({ validHours: 2160 })), '2030-06-03T10:30:30+09:00');
  t.equal(await dueDateOf('order-0004', flat), '2030-03-12T10:35:30+09:00');
  t.equal(await dueDateOf('order-0005', { ...flat, validHours: 1 }), '2030-03-05T11:40:30+09:00');
});

// virtual-accounts.md 2, 3; payments.md 4.1.
t.test('terms that cannot be are refused when the window is to open', async (t) => {
  const { url, shop } = await startAccountShop(t);
  const created = (wish: Readonly<Record<string, unknown>>) =>
    shop.post('/v1/payments', {
      method: 'VIRTUAL_ACCOUNT',
      ...ORDER,
      orderName: '머그컵',
      successUrl: 'http://shop.example/success',
      failUrl: 'http://shop.example/fail',
      ...wish,
    });
  const refused = [
    [{ validHours: 2161 }, 'EXCEED_MAX_VALID_HOURS'],
    [{ dueDate: '2030-06-03T10:15:31' }, 'EXCEED_MAX_DUE_DATE'],
    [{ dueDate: '2030-03-05T10:15:30' }, 'INVALID_DATE'],
    [{ dueDate: '2030-03-05' }, 'INVALID_DATE'],
    [{ validHours: 1, dueDate: '2030-03-06T00:00:00' }, 'INVALID_VALID_HOURS_WITH_DUE_DATE_AND_SINGLE'],
    [{ cashReceipt: { type: '자진발급' } }, 'INVALID_REQUEST'],
  ] as const;
  for (const [wish, code] of refused) {
    const { status, body } = await created(wish);
    t.equal(status, 400, JSON.stringify(wish));
    t.equal(body.code, code, JSON.stringify(wish));
    const prepared = await shop.post('/sandbox/payments', sdk(wish));
    t.equal(prepared.body.code, code, `the SDK: ${JSON.stringify(wish)}`);
  }
  t.equal((await created({ currency: 'USD' })).body.code, 'INVALID_CURRENCY', 'accounts take won');
  t.equal((await created({ virtualAccountCallbackUrl: 'nowhere' })).body.code, 'INVALID_URL');
  t.equal((await shop.post('/sandbox/payments', sdk(null, '카카오'))).body.code, 'INVALID_BANK');
  t.equal((await call(`${url}/sandbox/health`, 'GET')).body.payments, 0);
});

t.test('a payment by account that nobody confirms is gone after ten minutes', async (t) => {
  const { shop, advance, read, deposit } = await startAccountShop(t);
  const paymentKey = await shop.prepare(sdk(null));
  await advance({ minutes: 10 });
  const { body } = await read(paymentKey);
  t.equal(body.status, 'EXPIRED');
  t.equal(body.virtualAccount, null);
  const late = await shop.post('/v1/payments/confirm', { ...ORDER, paymentKey });
  t.equal(late.status, 404);
  t.equal(late.body.code, 'NOT_FOUND_PAYMENT_SESSION');
  t.equal((await deposit(paymentKey)).body.code, 'NOT_WAITING_FOR_DEPOSIT');
});

t.test('an account that the bank will not issue aborts the payment', async (t) => {
  const { shop, read } = await startAccountShop(t);
  const paymentKey = await shop.prepare({
    ...sdk(null),
    outcome: 'REFUSED_AT_CONFIRM',
    confirmCode: 'PROVIDER_ERROR',
  });
  const { body } = await shop.post('/v1/payments/confirm', { ...ORDER, paymentKey });
  t.equal(body.code, 'PROVIDER_ERROR');
  const aborted = (await read(paymentKey)).body;
  t.equal(aborted.status, 'ABORTED');
  t.equal(aborted.virtualAccount, null);
});

t.test('culture expense and escrow are those of the window', async (t) => {
  const { shop } = await startAccountShop(t);
  const paymentKey = await shop.prepare(sdk({ useEscrow: true, isCulturalExpenses: true }));
  const { body } = await shop.post('/v1/payments/confirm', { ...ORDER, paymentKey });
  t.equal(body.useEscrow, true);
  t.equal(body.cultureExpense, true);
  t.equal(body.isPartialCancelable, false);
});

t.test('where the shopper is left to choose, the terms count for an account too', async (t) => {
  const { sandbox, shop } = await startHeldShop(t);
  const world = sandbox.core.store.world(shop.mId);
  if (world === undefined) throw new Error('The shop is not there.');
  for (const [orderId, terms, dueDate] of [
    ['order-0001', {}, '2030-03-12T10:15:30+09:00'],
    ['order-0002', { validHours: 24 }, '2030-03-06T10:15:30+09:00'],
  ] as const) {
    const opened = await shop.post('/v1/payments', {
      orderId,
      amount: 15000,
      orderName: '머그컵',
      successUrl: 'http://shop.example/success',
      failUrl: 'http://shop.example/fail',
      ...terms,
    });
    const { paymentKey } = opened.body;
    endVisit(sandbox.core, world, paymentKey, {
      outcome: 'AUTHENTICATED',
      choice: {
        method: 'VIRTUAL_ACCOUNT',
        bankCode: '20',
        customerName: '김토스',
        cashReceipt: null,
        refundReceiveAccount: null,
      },
      confirmRefusal: null,
    });
    const { body } = await shop.post('/v1/payments/confirm', { paymentKey, orderId, amount: 15000 });
    t.equal(body.virtualAccount.dueDate, dueDate);
    t.equal(body.virtualAccount.expired, false);
  }
});
