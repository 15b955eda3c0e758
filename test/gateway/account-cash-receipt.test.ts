import t from 'tap';
import { REFUND_ACCOUNT, startAccountShop } from '../fixtures/account-shop.ts';

const WISH = { taxFreeAmount: 4000, cashReceipt: { type: '소득공제', registrationNumber: '01012345678' } };
const refundReceiveAccount = REFUND_ACCOUNT;

// virtual-accounts.md 15, cash-receipts.md 7.
t.test('the cash receipt comes with the deposit', async (t) => {
  const { url, shop, issue, deposit } = await startAccountShop(t);
  const { body: waiting } = await issue(WISH);
  t.equal(waiting.cashReceipt, null);
  const { body: paid } = await deposit(waiting.paymentKey);
  t.match(paid.cashReceipt.receiptKey, /^[0-9A-Za-z]{48}$/);
  t.match(paid.cashReceipt.issueNumber, /^\d{9}$/);
  t.strictSame(paid.cashReceipt, {
    type: '소득공제',
    receiptKey: paid.cashReceipt.receiptKey,
    issueNumber: paid.cashReceipt.issueNumber,
    receiptUrl: `${url}/receipts/cash-receipt/order-20300305-0001/${shop.mId}?ref=PX`,
    amount: 15000,
    taxFreeAmount: 4000,
  });
  t.equal(paid.cashReceipts, null, 'its history begins with a cancel');
});

t.test('each cancel cancels its part of the cash receipt', async (t) => {
  const { url, shop, paidAccount, cancel, read, advance } = await startAccountShop(t);
  const paymentKey = await paidAccount(WISH);
  const { cashReceipt } = (await read(paymentKey)).body;
  await advance({ minutes: 10 });
  const { body } = await cancel(paymentKey, {
    cancelAmount: 5000,
    taxFreeAmount: 1000,
    refundReceiveAccount,
  });
  t.equal(body.cancels[0].receiptKey, `c_${cashReceipt.receiptKey}`);
  t.strictSame(body.cashReceipt, cashReceipt);
  const [entry] = body.cashReceipts;
  t.match(entry.issueNumber, /^\d{9}$/);
  t.not(entry.issueNumber, cashReceipt.issueNumber);
  t.equal(
    JSON.stringify(body.cashReceipts),
    JSON.stringify([
      {
        receiptKey: `c_${cashReceipt.receiptKey}`,
        orderId: 'order-20300305-0001',
        orderName: '머그컵 외 1건',
        type: '소득공제',
        issueNumber: entry.issueNumber,
        receiptUrl: `${url}/receipts/cash-receipt/order-20300305-0001/${shop.mId}?ref=PX`,
        businessNumber: '',
        transactionType: 'CANCEL',
        amount: 5000,
        taxFreeAmount: 1000,
        issueStatus: 'IN_PROGRESS',
        failure: null,
        customerIdentityNumber: '01012345678',
        requestedAt: '2030-03-05T10:25:30+09:00',
      },
    ]),
    'in the order of the documentation',
  );
  const rest = await cancel(paymentKey, { refundReceiveAccount });
  t.strictSame(
    rest.body.cashReceipts.map((record: Record<string, unknown>) => [
      record['amount'],
      record['taxFreeAmount'],
    ]),
    [
      [5000, 1000],
      [10000, 3000],
    ],
  );
});

t.test('who wants none gets none, and a cancel before the deposit has none to cancel', async (t) => {
  const { account, deposit, cancel } = await startAccountShop(t);
  for (const [index, cashReceipt] of [undefined, null, { type: '미발행' }].entries()) {
    const paymentKey = await account({ orderId: `order-none-${index}`, cashReceipt });
    t.equal((await deposit(paymentKey)).body.cashReceipt, null);
    const { body } = await cancel(paymentKey, { refundReceiveAccount });
    t.equal(body.cashReceipts, null);
    t.equal(body.cancels[0].receiptKey, null);
  }
  const { body } = await cancel(await account(WISH));
  t.equal(body.cashReceipt, null);
  t.equal(body.cashReceipts, null);
  t.equal(body.cancels[0].receiptKey, null);
});

t.test('a business gets proof of its expense', async (t) => {
  const { account, deposit } = await startAccountShop(t);
  const cashReceipt = { type: '지출증빙', registrationNumber: '1234567890' };
  t.equal((await deposit(await account({ cashReceipt }))).body.cashReceipt.type, '지출증빙');
});
