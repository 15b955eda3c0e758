import t from 'tap';
import { endVisit } from '../../src/control/payments.ts';
import { startAccountShop } from '../fixtures/account-shop.ts';
import { deliveriesOf, startHeldShop } from '../fixtures/held-shop.ts';

const ORDER = { orderId: 'order-20300305-0001', amount: 15000 };

/** browser-sdk.md 2.4: undocumented in the SDK, and it works. */
const GIVEN = { bankCode: '신한', accountNumber: '110123456789', holderName: '김토스' };
const SHOWN = { bankCode: '88', accountNumber: '110123456789', holderName: '김토스' };

const wish = (refundReceiveAccount: unknown) => ({
  method: 'VIRTUAL_ACCOUNT',
  orderId: ORDER.orderId,
  amount: { currency: 'KRW', value: ORDER.amount },
  virtualAccount: { refundReceiveAccount },
});

// virtual-accounts.md 10: visible for 30 minutes from the opening of the window, then null.
t.test('a refund account given in the window can be read for 30 minutes from its opening', async (t) => {
  const { shop, read, deposit, advance } = await startAccountShop(t);
  const shown = async (paymentKey: string) =>
    (await read(paymentKey)).body.virtualAccount.refundReceiveAccount;
  const paymentKey = await shop.prepare(wish(GIVEN));
  await advance({ minutes: 9 });
  const confirmed = await shop.post('/v1/payments/confirm', { ...ORDER, paymentKey });
  t.strictSame(
    confirmed.body.virtualAccount.refundReceiveAccount,
    SHOWN,
    'a payment confirmed meanwhile has it',
  );
  const paid = await deposit(paymentKey);
  t.strictSame(paid.body.virtualAccount.refundReceiveAccount, SHOWN, 'and one that was paid');
  await shop.post('/sandbox/webhooks', { url: 'http://127.0.0.1:9/webhook' });
  await advance({ minutes: 20, seconds: 59, ms: 999 });
  t.strictSame(await shown(paymentKey), SHOWN);
  await advance({ ms: 1 });
  t.equal(await shown(paymentKey), null);
  t.strictSame((await read(paymentKey)).body, {
    ...paid.body,
    virtualAccount: { ...paid.body.virtualAccount, refundReceiveAccount: null },
  });
  t.strictSame(await deliveriesOf(shop), [], 'nobody hears of it');
});

t.test('the 30 minutes run from the opening, however long the shopper takes', async (t) => {
  const { sandbox, shop } = await startHeldShop(t);
  const world = sandbox.core.store.world(shop.mId);
  if (world === undefined) throw new Error('The shop is not there.');
  const paymentKey = await shop.prepare({ ...wish(GIVEN), outcome: 'READY' });
  const pass = (by: Readonly<Record<string, number>>) => shop.post('/sandbox/clock/advance', by);
  await pass({ minutes: 29 });
  endVisit(sandbox.core, world, paymentKey, {
    outcome: 'AUTHENTICATED',
    choice: {
      method: 'VIRTUAL_ACCOUNT',
      bankCode: '20',
      customerName: '김토스',
      cashReceipt: null,
      refundReceiveAccount: SHOWN,
    },
    confirmRefusal: null,
  });
  const { body } = await shop.post('/v1/payments/confirm', { ...ORDER, paymentKey });
  t.strictSame(body.virtualAccount.refundReceiveAccount, SHOWN);
  await pass({ minutes: 1 });
  const after = await shop.get(`/v1/payments/${paymentKey}`);
  t.equal(after.body.virtualAccount.refundReceiveAccount, null);
});

t.test('it does not take the place of the one that a cancel names', async (t) => {
  const { shop, deposit, cancel } = await startAccountShop(t);
  const paymentKey = await shop.prepare(wish(GIVEN));
  await shop.post('/v1/payments/confirm', { ...ORDER, paymentKey });
  await deposit(paymentKey);
  t.equal((await cancel(paymentKey)).body.code, 'INVALID_REFUND_ACCOUNT_INFO');
  const { bankCode: bank, accountNumber, holderName } = SHOWN;
  const { body } = await cancel(paymentKey, { refundReceiveAccount: { bank, accountNumber, holderName } });
  t.equal(body.status, 'CANCELED');
  t.strictSame(body.virtualAccount.refundReceiveAccount, SHOWN);
});

t.test('a payment that lapses before the 30 minutes are over takes it along', async (t) => {
  const { shop, read, advance } = await startAccountShop(t);
  const paymentKey = await shop.prepare(wish(GIVEN));
  await advance({ minutes: 30 });
  const { body } = await read(paymentKey);
  t.equal(body.status, 'EXPIRED');
  t.equal(body.virtualAccount, null);
});

t.test('a refund account that is none is refused when the window is to open', async (t) => {
  const { shop } = await startAccountShop(t);
  const codeOf = async (change: Readonly<Record<string, unknown>>) =>
    (await shop.post('/sandbox/payments', wish({ ...GIVEN, ...change }))).body.code;
  t.equal(await codeOf({ bankCode: '없는은행' }), 'INVALID_BANK');
  t.equal(await codeOf({ accountNumber: '1'.repeat(21) }), 'INVALID_REQUEST');
  t.equal(await codeOf({ holderName: '김'.repeat(101) }), 'INVALID_REQUEST');
  const all = await shop.prepare(wish({ ...GIVEN, holderName: '김'.repeat(100) }));
  t.ok(all);
});
