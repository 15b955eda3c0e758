import t from 'tap';
import {
  amountsToCancel,
  type CancelWish,
  cancelPart,
  cancelWhole,
  takesAll,
} from '../../src/domain/cancel.ts';
import {
  balanceOf,
  type DonePayment,
  isPartialCancelable,
  type Order,
  type Payment,
} from '../../src/domain/payment.ts';
import {
  abort,
  approve,
  authenticate,
  expire,
  issueAccount,
  openPayment,
} from '../../src/domain/transitions.ts';
import {
  ACCOUNT_METHOD,
  APPROVED_AT,
  DONE,
  DUE_AT,
  ENTIRE,
  FIRST_PART,
  frozen,
  IN_PROGRESS,
  METHOD,
  OPENING,
  ORDER,
  READY,
  REQUESTED_AT,
  SECOND_PART,
  WAITING,
} from '../fixtures/payments.ts';

t.test('opening leaves a payment READY, with nothing filled in that is not known yet', async (t) => {
  t.strictSame(openPayment(OPENING), {
    paymentKey: 'tviva20260305101530aB3xY',
    mId: 'tvivarepublica',
    product: 'individual',
    publicUrl: 'http://127.0.0.1:8677',
    order: ORDER,
    window: OPENING.window,
    requestedAt: REQUESTED_AT,
    cashReceipt: null,
    cashReceipts: null,
    status: 'READY',
    method: null,
    confirmRefusal: null,
    approvedAt: null,
    lastTransactionKey: null,
    secret: null,
    cancels: null,
    failure: null,
  });
});

t.test('authenticating adds the means of payment, and what the issuer will say', async (t) => {
  t.strictSame(authenticate(READY, METHOD, null), { ...READY, status: 'IN_PROGRESS', method: METHOD });
  t.strictSame(authenticate(READY, METHOD, 'REJECT_CARD_PAYMENT'), {
    ...READY,
    status: 'IN_PROGRESS',
    method: METHOD,
    confirmRefusal: 'REJECT_CARD_PAYMENT',
  });
});

t.test('approving adds the moment, the transaction and the secret', async (t) => {
  const approval = {
    at: APPROVED_AT,
    transactionKey: 'txrd_a01kjxs1tbzrhp10xh288nrntqv',
    secret: 'ps_Lm7QxRz2VtN9wKp4HyBcD8sFgJ3a',
    cashReceipt: null,
  };
  const refused = frozen({ ...IN_PROGRESS, confirmRefusal: 'REJECT_CARD_PAYMENT' } as const);
  for (const payment of [IN_PROGRESS, refused]) {
    t.strictSame(approve(payment, approval), {
      ...READY,
      status: 'DONE',
      method: METHOD,
      approvedAt: APPROVED_AT,
      lastTransactionKey: 'txrd_a01kjxs1tbzrhp10xh288nrntqv',
      secret: 'ps_Lm7QxRz2VtN9wKp4HyBcD8sFgJ3a',
    });
  }
});

t.test('a cash receipt comes along with the approval', async (t) => {
  const cashReceipt = {
    type: '소득공제',
    receiptKey: 'Zq3mX8vT1bN6kW0yR5cJ9pH2sL7dG4fA1uE6iO8tQ3wM5nBx',
    issueNumber: '730001091',
    customerIdentityNumber: '01012345678',
    amount: 15000,
    taxFreeAmount: 0,
  } as const;
  const transfer = frozen({
    ...IN_PROGRESS,
    method: { kind: 'TRANSFER', bankCode: '88', cashReceipt: null },
  } as const);
  const approval = { at: APPROVED_AT, transactionKey: 'txrd_a01', secret: 'ps_1', cashReceipt };
  t.strictSame(approve(transfer, approval), {
    ...transfer,
    status: 'DONE',
    approvedAt: APPROVED_AT,
    lastTransactionKey: 'txrd_a01',
    secret: 'ps_1',
    cashReceipt,
    // payments.md 2.3, measured: no history before a cancel.
    cashReceipts: null,
  });
});

t.test('an account that is issued waits for its deposit: nothing is approved yet', async (t) => {
  const method = frozen({ ...ACCOUNT_METHOD, account: null } as const);
  const account = { accountNumber: 'X6505983818124', dueAt: DUE_AT, depositorName: null, expired: false };
  const confirmed = frozen({ ...IN_PROGRESS, method } as const);
  const issue = { account, transactionKey: '4D7F1A90C2E84B3596D0A1F7C35B28E4', secret: 'ps_1' };
  t.strictSame(issueAccount(confirmed, method, issue), {
    ...READY,
    status: 'WAITING_FOR_DEPOSIT',
    method: ACCOUNT_METHOD,
    approvedAt: null,
    lastTransactionKey: '4D7F1A90C2E84B3596D0A1F7C35B28E4',
    secret: 'ps_1',
  });
});

t.test('a refused approval keeps the code and the message that the confirm answered', async (t) => {
  const refused = frozen({ ...IN_PROGRESS, confirmRefusal: 'REJECT_CARD_PAYMENT' } as const);
  const refusal = {
    transactionKey: 'B7103F204998813B889C77C043D09502',
    code: 'REJECT_CARD_PAYMENT',
    message: '한도초과 혹은 잔액부족으로 결제에 실패했습니다.',
  } as const;
  t.strictSame(abort(refused, refusal), {
    ...READY,
    status: 'ABORTED',
    method: METHOD,
    confirmRefusal: null,
    lastTransactionKey: 'B7103F204998813B889C77C043D09502',
    failure: {
      code: 'REJECT_CARD_PAYMENT',
      message: '한도초과 혹은 잔액부족으로 결제에 실패했습니다.',
    },
  });
});

t.test('a payment that lapses forgets its means of payment and says why', async (t) => {
  const refused = frozen({ ...IN_PROGRESS, confirmRefusal: 'REJECT_CARD_PAYMENT' } as const);
  // payments.md 2.2, 2.3, measured: method null, and this failure.
  for (const payment of [READY, IN_PROGRESS, refused]) {
    t.strictSame(expire(payment), {
      ...READY,
      status: 'EXPIRED',
      failure: {
        code: 'EXPIRED_PAYMENT',
        message: '결제가 만료되었습니다. 다시 시도해주세요.',
      },
    });
  }
});

t.test('everything cancelled in one step is CANCELED', async (t) => {
  const canceled = {
    status: 'CANCELED',
    lastTransactionKey: 'txrd_a01kjxx982ke4fexmkmj2ay3bje',
    cancels: [ENTIRE],
  };
  t.strictSame(cancelWhole(DONE, ENTIRE), { ...DONE, ...canceled });
  t.strictSame(cancelWhole(WAITING, ENTIRE), { ...WAITING, ...canceled });
});

t.test('parts add up in the order in which they were cancelled', async (t) => {
  const once = cancelPart(DONE, FIRST_PART);
  t.strictSame(once, {
    ...DONE,
    status: 'PARTIAL_CANCELED',
    lastTransactionKey: 'txrd_a01kjxx982ke4fexmkmj2ay3bje',
    cancels: [FIRST_PART],
  });
  t.strictSame(cancelPart(frozen(once), SECOND_PART), {
    ...DONE,
    status: 'PARTIAL_CANCELED',
    lastTransactionKey: 'txrd_a01kjxyngndmsqmyxv2sjzf0v41',
    cancels: [FIRST_PART, SECOND_PART],
  });
});

/** One payment of each status, each made by its verb. */
const ALL: readonly Payment[] = [
  openPayment(OPENING),
  authenticate(READY, METHOD, null),
  WAITING,
  approve(IN_PROGRESS, { at: APPROVED_AT, transactionKey: 'txrd_a01', secret: 'ps_1', cashReceipt: null }),
  cancelWhole(DONE, ENTIRE),
  cancelPart(DONE, FIRST_PART),
  cancelPart(cancelPart(DONE, FIRST_PART), SECOND_PART),
  abort(IN_PROGRESS, { transactionKey: 'B710', code: 'REJECT_CARD_PAYMENT', message: '' }),
  expire(READY),
  expire(IN_PROGRESS),
];

t.test('in every status a payment has the same fields in the same order', async (t) => {
  // So that the engine keeps one shape for all of them.
  for (const payment of ALL) {
    t.strictSame(
      Object.keys(payment),
      [
        'paymentKey',
        'mId',
        'product',
        'publicUrl',
        'order',
        'window',
        'requestedAt',
        'cashReceipt',
        'cashReceipts',
        'status',
        'method',
        'confirmRefusal',
        'approvedAt',
        'lastTransactionKey',
        'secret',
        'cancels',
        'failure',
      ],
      payment.status,
    );
  }
});

t.test('no verb touches the payment it was given', async (t) => {
  // The payments above are frozen, and a module is strict: a verb that wrote to one would have thrown.
  t.throws(() => Object.assign(READY, { status: 'DONE' }), TypeError);
  t.throws(() => Object.assign(DONE.order, { totalAmount: 1 }), TypeError);
  const once = cancelPart(DONE, FIRST_PART);
  const twice = cancelPart(once, SECOND_PART);
  t.equal(once.cancels.length, 1);
  t.not(twice.cancels, once.cancels);
});

const ALL_OF_IT: CancelWish = {
  cancelReason: '고객 변심',
  cancelAmount: null,
  taxFreeAmount: null,
  taxExemptionAmount: null,
};

const withOrder = (order: Partial<Order>): DonePayment => ({ ...DONE, order: { ...ORDER, ...order } });

const MIXED = withOrder({ totalAmount: 10000, taxFreeAmount: 3000 });
const EXEMPT = withOrder({ totalAmount: 10000, taxFreeAmount: 3000, taxExemptionAmount: 500 });
const DOLLARS = withOrder({ totalAmount: 1.25, currency: 'USD' });
const PARTLY = cancelPart(DONE, FIRST_PART);
const NOTHING_LEFT = cancelPart(PARTLY, { ...SECOND_PART, cancelAmount: 10000 });

// payments.md 4.5. A row: what it is, the payment, the wish, and the amounts or the refusal.
const WISHES = [
  ['everything', DONE, {}, [15000, 0, 0]],
  ['everything, said in full', DONE, { cancelAmount: 15000 }, [15000, 0, 0]],
  ['a part', DONE, { cancelAmount: 5000 }, [5000, 0, 0]],
  ['a won', DONE, { cancelAmount: 1 }, [1, 0, 0]],
  ['a won too many', DONE, { cancelAmount: 15001 }, 'NOT_CANCELABLE_AMOUNT'],
  ['nothing', DONE, { cancelAmount: 0 }, 'NOT_CANCELABLE_AMOUNT'],
  ['less than nothing', DONE, { cancelAmount: -1 }, 'NOT_CANCELABLE_AMOUNT'],
  ['the rest', PARTLY, {}, [10000, 0, 0]],
  ['a won more than the rest', PARTLY, { cancelAmount: 10001 }, 'NOT_CANCELABLE_AMOUNT'],
  ['the rest of nothing', NOTHING_LEFT, {}, 'NOT_CANCELABLE_AMOUNT'],
  ['a won of nothing', NOTHING_LEFT, { cancelAmount: 1 }, 'NOT_CANCELABLE_AMOUNT'],
  ['everything takes the tax-free part along', MIXED, {}, [10000, 3000, 0]],
  ['a part takes none of it unless told', MIXED, { cancelAmount: 4000 }, [4000, 0, 0]],
  ['a part with a tax-free part', MIXED, { cancelAmount: 4000, taxFreeAmount: 1000 }, [4000, 1000, 0]],
  ['only tax-free', MIXED, { cancelAmount: 3000, taxFreeAmount: 3000 }, [3000, 3000, 0]],
  ['all that is taxed', MIXED, { cancelAmount: 7000 }, [7000, 0, 0]],
  ['more than is taxed', MIXED, { cancelAmount: 7001 }, 'NOT_CANCELABLE_AMOUNT'],
  ['more than is tax-free', MIXED, { cancelAmount: 4000, taxFreeAmount: 3001 }, 'NOT_CANCELABLE_AMOUNT'],
  [
    'a tax-free part larger than the whole',
    MIXED,
    { cancelAmount: 500, taxFreeAmount: 501 },
    'NOT_CANCELABLE_AMOUNT',
  ],
  ['everything takes both parts along', EXEMPT, {}, [10000, 3000, 500]],
  [
    'everything, each part said',
    EXEMPT,
    { taxFreeAmount: 3000, taxExemptionAmount: 500 },
    [10000, 3000, 500],
  ],
  ['everything, but a part less', EXEMPT, { taxFreeAmount: 2000 }, 'NOT_CANCELABLE_AMOUNT'],
  ['more exempt than there is', DONE, { cancelAmount: 500, taxExemptionAmount: 1 }, 'NOT_CANCELABLE_AMOUNT'],
  ['dollars', DOLLARS, {}, [1.25, 0, 0]],
  ['a cent', DOLLARS, { cancelAmount: 0.01 }, [0.01, 0, 0]],
  ['a cent too many', DOLLARS, { cancelAmount: 1.26 }, 'NOT_CANCELABLE_AMOUNT'],
  // payments.md 2.6: more decimals than the currency has.
  ['half a won', DONE, { cancelAmount: 100.5 }, 'INVALID_MINOR_UNIT_FOR_CURRENCY'],
  ['half a cent', DOLLARS, { cancelAmount: 0.005 }, 'INVALID_MINOR_UNIT_FOR_CURRENCY'],
  [
    'half a tax-free won',
    MIXED,
    { cancelAmount: 100, taxFreeAmount: 0.5 },
    'INVALID_MINOR_UNIT_FOR_CURRENCY',
  ],
  [
    'half an exempt won',
    EXEMPT,
    { cancelAmount: 100, taxExemptionAmount: 0.5 },
    'INVALID_MINOR_UNIT_FOR_CURRENCY',
  ],
] as const;

t.test('a cancel takes what is asked for, if it is there', async (t) => {
  for (const [name, payment, wish, expected] of WISHES) {
    const [cancelAmount, taxFreeAmount, taxExemptionAmount] = expected;
    t.strictSame(
      amountsToCancel(payment, { ...ALL_OF_IT, ...wish }),
      typeof expected === 'string'
        ? { refused: expected }
        : {
            cancelAmount,
            taxFreeAmount,
            taxExemptionAmount,
            cardDiscountAmount: 0,
            easyPayDiscountAmount: 0,
          },
      name,
    );
  }
});

t.test('a wish takes all when it names no amount, or all that is left', async (t) => {
  const takes = (payment: Payment, cancelAmount: number | null): boolean =>
    takesAll(payment, { ...ALL_OF_IT, cancelAmount });
  t.ok(takes(DONE, null));
  t.ok(takes(DONE, 15000));
  t.notOk(takes(DONE, 14999));
  t.ok(takes(PARTLY, 10000));
  t.notOk(takes(PARTLY, 15000));
});

const BALANCES = [
  ['untouched', DONE, ['KRW', 15000, 0, 0]],
  ['partly cancelled', PARTLY, ['KRW', 10000, 0, 0]],
  ['cancelled in parts', NOTHING_LEFT, ['KRW', 0, 0, 0]],
  ['cancelled whole', cancelWhole(DONE, ENTIRE), ['KRW', 0, 0, 0]],
  ['with untaxed parts', EXEMPT, ['KRW', 10000, 3000, 500]],
  [
    'of the untaxed parts some cancelled',
    cancelPart(EXEMPT, { ...FIRST_PART, cancelAmount: 1500, taxFreeAmount: 1000, taxExemptionAmount: 500 }),
    ['KRW', 8500, 2000, 0],
  ],
  // In dollars 1.25 - 0.42 - 0.41 would be 0.4200000000000001.
  [
    'dollars',
    cancelPart(cancelPart(DOLLARS, { ...FIRST_PART, cancelAmount: 0.42 }), {
      ...SECOND_PART,
      cancelAmount: 0.41,
    }),
    ['USD', 0.42, 0, 0],
  ],
] as const;

t.test('what is left is the total less the cancels, and so with its untaxed parts', async (t) => {
  for (const [name, payment, [currency, balanceAmount, taxFreeAmount, taxExemptionAmount]] of BALANCES) {
    t.strictSame(balanceOf(payment), { currency, balanceAmount, taxFreeAmount, taxExemptionAmount }, name);
  }
});

t.test('only a payment with a part excluded from tax cannot be cancelled in part', async (t) => {
  t.ok(isPartialCancelable(DONE));
  t.ok(isPartialCancelable(MIXED));
  t.notOk(isPartialCancelable(EXEMPT));
});
