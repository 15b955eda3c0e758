import t from 'tap';
import { ACCOUNT } from '../fixtures/account-shop.ts';
import { startSlowShop } from '../fixtures/slow-shop.ts';

const issue = { ...ACCOUNT, validHours: 1 };

t.test('where the clock runs, the due date passes by itself', async (t) => {
  const { wall, sandbox, shop } = await startSlowShop(t);
  const { body } = await shop.post('/v1/virtual-accounts', issue);
  t.equal(body.virtualAccount.dueDate, '2026-03-05T11:15:30+09:00');
  const closed = () => {
    const payment = sandbox.core.store.world(shop.mId)?.payment(body.paymentKey);
    return payment?.method?.kind === 'VIRTUAL_ACCOUNT' ? payment.method.account?.expired : undefined;
  };
  await wall.pass(3_599_999);
  t.equal(closed(), false);
  await wall.pass(1);
  t.equal(closed(), true, 'without anybody asking');
});

t.test(
  'a deposit that comes while a cancel is being processed leaves nothing to cancel without an account',
  async (t) => {
    const { wall, shop, processing } = await startSlowShop(t);
    const { body } = await shop.post('/v1/virtual-accounts', issue);
    const canceling = shop.post(`/v1/payments/${body.paymentKey}/cancel`, { cancelReason: '고객 변심' });
    await processing(1);
    t.equal((await shop.post(`/sandbox/payments/${body.paymentKey}/deposit`, {})).body.status, 'DONE');
    await wall.pass(300);
    const { status, body: refused } = await canceling;
    t.equal(status, 400);
    t.equal(refused.code, 'INVALID_REFUND_ACCOUNT_INFO');
    t.equal((await shop.get(`/v1/payments/${body.paymentKey}`)).body.status, 'DONE');
  },
);
