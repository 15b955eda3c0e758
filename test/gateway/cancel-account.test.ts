import t from 'tap';
import { REFUND_ACCOUNT, startAccountShop } from '../fixtures/account-shop.ts';

const refund = (change: Readonly<Record<string, unknown>> = {}) => ({
  refundReceiveAccount: { ...REFUND_ACCOUNT, ...change },
});

// virtual-accounts.md 7.
t.test('before the deposit the whole is cancelled, and the account closed', async (t) => {
  const { issue, cancel, deposit, read, advance } = await startAccountShop(t);
  const { body: waiting } = await issue();
  await advance({ minutes: 3 });
  const { status, body } = await cancel(waiting.paymentKey);
  t.equal(status, 200);
  t.match(body.lastTransactionKey, /^txrd_a[0-9a-hjkmnp-tv-z]{26}$/);
  t.strictSame(body, {
    ...waiting,
    status: 'CANCELED',
    lastTransactionKey: body.lastTransactionKey,
    balanceAmount: 0,
    suppliedAmount: 0,
    vat: 0,
    cancels: [
      {
        transactionKey: body.lastTransactionKey,
        cancelReason: '고객 변심',
        taxExemptionAmount: 0,
        canceledAt: '2030-03-05T10:18:30+09:00',
        cardDiscountAmount: 0,
        transferDiscountAmount: 0,
        easyPayDiscountAmount: 0,
        receiptKey: null,
        cancelAmount: 15000,
        taxFreeAmount: 0,
        refundableAmount: 0,
        cancelStatus: 'DONE',
        cancelRequestId: null,
      },
    ],
  });
  t.equal((await deposit(waiting.paymentKey)).status, 409);
  t.strictSame((await read(waiting.paymentKey)).body, body);
  const again = await cancel(waiting.paymentKey);
  t.equal(again.status, 400);
  t.equal(again.body.code, 'ALREADY_CANCELED_PAYMENT');
});

t.test('before the deposit the whole may be named, but no part of it, and not more', async (t) => {
  const { account, cancel, read } = await startAccountShop(t);
  const paymentKey = await account();
  const before = (await read(paymentKey)).text;
  for (const cancelAmount of [1, 5000, 14999]) {
    const { status, body } = await cancel(paymentKey, { cancelAmount });
    t.equal(status, 403);
    t.strictSame(body, {
      code: 'NOT_ALLOWED_PARTIAL_REFUND_WAITING_DEPOSIT',
      message: '입금 대기중인 결제는 부분 환불이 불가합니다.',
    });
  }
  const more = await cancel(paymentKey, { cancelAmount: 15001 });
  t.equal(more.status, 403);
  t.strictSame(more.body, { code: 'NOT_CANCELABLE_AMOUNT', message: '취소 할 수 없는 금액 입니다.' });
  t.equal((await read(paymentKey)).text, before);
  t.equal((await cancel(paymentKey, { cancelAmount: 15000 })).body.status, 'CANCELED');
});

/** Whatever stands in `refundReceiveAccount`. */
const STRANGE = [null, {}, [], 'none', 1, { bank: '없는은행' }, { ...REFUND_ACCOUNT, accountNumber: '1-2' }];

t.test('before the deposit, and by cards, the refund account is ignored whatever it is', async (t) => {
  const { shop, account, cancel } = await startAccountShop(t);
  for (const [index, refundReceiveAccount] of STRANGE.entries()) {
    const waiting = await account({ orderId: `order-account-${index}` });
    const card = await shop.pay({ orderId: `order-card-${index}`, amount: 15000 });
    for (const paymentKey of [waiting, card]) {
      const { status, body } = await cancel(paymentKey, { refundReceiveAccount });
      t.equal(status, 200, JSON.stringify(refundReceiveAccount));
      t.equal(body.status, 'CANCELED');
    }
  }
});

// virtual-accounts.md 8, its example: 5000 out of 15000.
t.test('after the deposit a part is cancelled into the account that is named', async (t) => {
  const { account, deposit, cancel, advance } = await startAccountShop(t);
  const paymentKey = await account();
  const { body: paid } = await deposit(paymentKey);
  await advance({ hours: 1 });
  const { status, body } = await cancel(paymentKey, { cancelAmount: 5000, ...refund() });
  t.equal(status, 200);
  t.strictSame(body, {
    ...paid,
    status: 'PARTIAL_CANCELED',
    lastTransactionKey: body.lastTransactionKey,
    balanceAmount: 10000,
    suppliedAmount: 9091,
    vat: 909,
    cancels: [
      {
        transactionKey: body.lastTransactionKey,
        cancelReason: '고객 변심',
        taxExemptionAmount: 0,
        canceledAt: '2030-03-05T11:15:30+09:00',
        cardDiscountAmount: 0,
        transferDiscountAmount: 0,
        easyPayDiscountAmount: 0,
        receiptKey: null,
        cancelAmount: 5000,
        taxFreeAmount: 0,
        refundableAmount: 10000,
        cancelStatus: 'DONE',
        cancelRequestId: null,
      },
    ],
  });
  t.match(body.lastTransactionKey, /^txrd_a[0-9a-hjkmnp-tv-z]{26}$/);
  t.equal(body.virtualAccount.refundReceiveAccount, null, 'the answer never repeats it');
  t.equal(
    body.virtualAccount.refundStatus,
    'NONE',
    'nor does the refund status move: virtual-accounts.md 9, 17',
  );

  const other = { bank: '토스뱅크', accountNumber: '1', holderName: '이엄마' };
  const rest = await cancel(paymentKey, { refundReceiveAccount: other });
  t.equal(rest.body.status, 'PARTIAL_CANCELED', 'parts leave it so, down to nothing');
  t.equal(rest.body.balanceAmount, 0);
  t.strictSame(
    rest.body.cancels.map((entry: Record<string, unknown>) => [
      entry['cancelAmount'],
      entry['refundableAmount'],
    ]),
    [
      [5000, 10000],
      [10000, 0],
    ],
  );
  const more = await cancel(paymentKey, refund());
  t.equal(more.status, 403);
  t.equal(more.body.code, 'NOT_CANCELABLE_AMOUNT');
});

t.test('after the deposit the whole is cancelled once', async (t) => {
  const { paidAccount, cancel } = await startAccountShop(t);
  const paymentKey = await paidAccount();
  const { status, body } = await cancel(paymentKey, refund());
  t.equal(status, 200);
  t.equal(body.status, 'CANCELED');
  t.equal(body.balanceAmount, 0);
  t.equal(body.approvedAt, '2030-03-05T10:15:30+09:00');
  t.equal(body.virtualAccount.depositorName, '김토스');
  const again = await cancel(paymentKey, refund());
  t.equal(again.status, 400);
  t.equal(again.body.code, 'ALREADY_CANCELED_PAYMENT');
});

const INFO = {
  code: 'INVALID_REFUND_ACCOUNT_INFO',
  message: '환불 계좌번호와 예금주명이 일치하지 않습니다.',
};
const NUMBER = { code: 'INVALID_REFUND_ACCOUNT_NUMBER', message: '잘못된 환불 계좌번호입니다.' };
const BANK = { code: 'INVALID_BANK', message: '유효하지 않은 은행입니다.' };

// virtual-accounts.md 8, payments.md 4.5.
const REFUSED: readonly [wish: Record<string, unknown>, error: { code: string; message: string }][] = [
  [{}, INFO],
  [{ refundReceiveAccount: null }, INFO],
  [{ refundReceiveAccount: '88 110123456789' }, INFO],
  [{ refundReceiveAccount: [] }, INFO],
  [refund({ accountNumber: undefined }), NUMBER],
  [refund({ accountNumber: '' }), NUMBER],
  [refund({ accountNumber: '110-123-456789' }), NUMBER],
  [refund({ accountNumber: '1'.repeat(21) }), NUMBER],
  [refund({ bank: undefined }), BANK],
  [refund({ bank: '없는은행' }), BANK],
  [refund({ bank: '088' }), BANK],
  [refund({ bank: undefined, bankCode: '88' }), BANK],
  [refund({ holderName: undefined }), INFO],
  [refund({ holderName: '' }), INFO],
  [refund({ holderName: '김'.repeat(61) }), INFO],
];

t.test('after the deposit nothing is cancelled without an account to send the money to', async (t) => {
  const { paidAccount, cancel, read } = await startAccountShop(t);
  const paymentKey = await paidAccount();
  const before = (await read(paymentKey)).text;
  for (const [wish, error] of REFUSED) {
    for (const cancelAmount of [5000, null]) {
      const { status, body } = await cancel(paymentKey, { ...wish, cancelAmount });
      t.equal(status, 400, JSON.stringify(wish));
      t.strictSame(body, error, JSON.stringify(wish));
    }
  }
  t.equal((await read(paymentKey)).text, before);
});

t.test('any bank or securities company will do for a refund, by code or name', async (t) => {
  const { paidAccount, cancel } = await startAccountShop(t);
  for (const [index, change] of [
    { bank: '90' },
    { bank: '카카오' },
    { bank: 'kookmin' },
    { bank: '삼성증권' },
    { accountNumber: 110123456789 },
    { accountNumber: '1'.repeat(20) },
    { holderName: '김'.repeat(60) },
  ].entries()) {
    const paymentKey = await paidAccount({ orderId: `order-refund-${index}` });
    t.equal((await cancel(paymentKey, refund(change))).status, 200, JSON.stringify(change));
  }
});

t.test('amounts are looked at before the refund account, and a wrong belief cancels nothing', async (t) => {
  const { paidAccount, cancel, read } = await startAccountShop(t);
  const paymentKey = await paidAccount();
  const codeOf = async (wish: Record<string, unknown>) => (await cancel(paymentKey, wish)).body.code;
  t.equal(await codeOf({ cancelAmount: 15001 }), 'NOT_CANCELABLE_AMOUNT');
  t.equal(await codeOf({ refundableAmount: 14000, ...refund() }), 'NOT_MATCHES_REFUNDABLE_AMOUNT');
  t.equal(await codeOf({ currency: 'USD', ...refund() }), 'INVALID_CURRENCY');
  t.equal((await read(paymentKey)).body.status, 'DONE');
});

// virtual-accounts.md 8: usually 365 days, counted from the deposit.
t.test('a year after the deposit the time for cancels is over', async (t) => {
  const { account, deposit, cancel, advance } = await startAccountShop(t);
  const paymentKey = await account();
  await advance({ days: 5 });
  await deposit(paymentKey);
  await advance({ days: 365 });
  t.equal((await cancel(paymentKey, { cancelAmount: 5000, ...refund() })).status, 200);
  await advance({ ms: 1 });
  const { status, body } = await cancel(paymentKey, refund());
  t.equal(status, 403);
  t.equal(body.code, 'EXCEED_MAX_REFUND_DUE');
});

// virtual-accounts.md 14.
t.test('an escrow order is cancelled whole or not at all', async (t) => {
  const { paidAccount, cancel } = await startAccountShop(t);
  const escrowProducts = [{ id: '1', name: '머그컵', code: 'MUG', unitPrice: 15000, quantity: 1 }];
  const paymentKey = await paidAccount({ useEscrow: true, escrowProducts });
  const { status, body } = await cancel(paymentKey, { cancelAmount: 5000, ...refund() });
  t.equal(status, 403);
  t.equal(body.code, 'NOT_ALLOWED_PARTIAL_REFUND');
  t.equal((await cancel(paymentKey, refund())).body.status, 'CANCELED');
});
