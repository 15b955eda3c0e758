import t, { type Test } from 'tap';
import { type Answer, type Shop, startSandbox } from '../fixtures/sandbox.ts';

interface Bench {
  readonly shop: Shop;
  readonly read: () => Promise<Answer>;
  readonly cancel: (wish: Readonly<Record<string, unknown>>) => Promise<Answer>;
}

/** An approved payment of a merchant of its own, whose clock is held at a moment if one is given. */
async function approved(t: Test, wish: Readonly<Record<string, unknown>>, at?: string): Promise<Bench> {
  const { newShop } = await startSandbox(t);
  const shop = await newShop();
  if (at !== undefined) await shop.post('/sandbox/clock/hold', { at });
  const order = { orderId: 'order-0001', ...wish };
  const paymentKey = await shop.prepare(order);
  const { status, text } = await shop.post('/v1/payments/confirm', { paymentKey, ...order });
  if (status !== 200) throw new Error(`The payment was not confirmed: ${text}`);
  return {
    shop,
    read: () => shop.get(`/v1/payments/${paymentKey}`),
    cancel: (cancel) =>
      shop.post(`/v1/payments/${paymentKey}/cancel`, { cancelReason: '고객 변심', ...cancel }),
  };
}

/** What is left of a payment, in the order of payments.md 2.1. */
const leftOf = ({ body }: Answer) => [
  body.status,
  body.balanceAmount,
  body.suppliedAmount,
  body.vat,
  body.taxFreeAmount,
  body.taxExemptionAmount,
];

/** payments.md 2.6: whatever is cancelled, the parts add up. In cents, as 0.1 + 0.2 is not 0.3. */
const addsUp = (t: Test, { body }: Answer): void => {
  const cents = (amount: number) => Math.round(amount * 100);
  t.equal(
    cents(body.suppliedAmount) + cents(body.vat) + cents(body.taxFreeAmount) + cents(body.taxExemptionAmount),
    cents(body.balanceAmount),
    'supplied + tax + tax-free + exempt = balance',
  );
};

async function refuses(
  t: Test,
  { read, cancel }: Bench,
  wish: Readonly<Record<string, unknown>>,
  expected: { status: number; code: string; message: string },
): Promise<void> {
  const before = await read();
  const answer = await cancel(wish);
  const { status, ...body } = expected;
  t.equal(answer.status, status);
  t.strictSame(answer.body, body);
  t.equal((await read()).text, before.text, 'nothing is cancelled');
}

const NOT_CANCELABLE_AMOUNT = {
  status: 403,
  code: 'NOT_CANCELABLE_AMOUNT',
  message: '취소 할 수 없는 금액 입니다.',
};

t.test(
  'part by part down to nothing it stays PARTIAL_CANCELED, and then there is nothing to cancel',
  async (t) => {
    const bench = await approved(t, { amount: 1000 });
    // payments.md 3, measured: 1000, cancel 300, then the remaining 700.
    t.strictSame(leftOf(await bench.cancel({ cancelAmount: 300 })), ['PARTIAL_CANCELED', 700, 636, 64, 0, 0]);
    await refuses(t, bench, { cancelAmount: 701 }, NOT_CANCELABLE_AMOUNT);
    const rest = await bench.cancel({});
    t.strictSame(leftOf(rest), ['PARTIAL_CANCELED', 0, 0, 0, 0, 0]);
    t.equal((await bench.read()).text, rest.text, 'also when it is read later');
    await refuses(t, bench, {}, NOT_CANCELABLE_AMOUNT);
    await refuses(t, bench, { cancelAmount: 1 }, NOT_CANCELABLE_AMOUNT);
    t.equal(rest.body.totalAmount, 1000, 'the total never changes');
    t.strictSame(
      rest.body.cancels.map((cancel: { cancelAmount: number; refundableAmount: number }) => [
        cancel.cancelAmount,
        cancel.refundableAmount,
      ]),
      [
        [300, 700],
        [700, 0],
      ],
    );
  },
);

t.test('the rest named to the won ends like the rest unnamed', async (t) => {
  const { cancel } = await approved(t, { amount: 1000 });
  await cancel({ cancelAmount: 300 });
  t.strictSame(leftOf(await cancel({ cancelAmount: 700 })), ['PARTIAL_CANCELED', 0, 0, 0, 0, 0]);
});

t.test('the whole total, named in the first cancel, is a full cancel', async (t) => {
  const bench = await approved(t, { amount: 1000 });
  // payments.md 4.5 [I].
  t.strictSame(leftOf(await bench.cancel({ cancelAmount: 1000 })), ['CANCELED', 0, 0, 0, 0, 0]);
  await refuses(
    t,
    bench,
    { cancelAmount: 1000 },
    {
      status: 400,
      code: 'ALREADY_CANCELED_PAYMENT',
      message: '이미 취소된 결제 입니다.',
    },
  );
});

t.test('more than there is cannot be cancelled', async (t) => {
  const bench = await approved(t, { amount: 1000 });
  await refuses(t, bench, { cancelAmount: 1001 }, NOT_CANCELABLE_AMOUNT);
});

t.test('a cancel guarded by a wrong balance cancels nothing', async (t) => {
  const bench = await approved(t, { amount: 15000 });
  const mismatch = {
    status: 400,
    code: 'NOT_MATCHES_REFUNDABLE_AMOUNT',
    message: '잔액 결과가 일치하지 않습니다.',
  };
  await refuses(t, bench, { cancelAmount: 5000, refundableAmount: 14999 }, mismatch);
  await refuses(t, bench, { refundableAmount: 0 }, mismatch);
  // The request of payments.md 4.5.
  const once = await bench.cancel({ cancelAmount: 5000, refundableAmount: 15000 });
  t.strictSame(leftOf(once), ['PARTIAL_CANCELED', 10000, 9091, 909, 0, 0]);
  await refuses(t, bench, { cancelAmount: 5000, refundableAmount: 15000 }, mismatch);
  t.strictSame(leftOf(await bench.cancel({ refundableAmount: 10000 })), ['PARTIAL_CANCELED', 0, 0, 0, 0, 0]);
});

t.test('tax-free parts shrink by what is cancelled of them, and the tax with the rest', async (t) => {
  const bench = await approved(t, { amount: 10000, taxFreeAmount: 3000 });
  // payments.md 2.6: the first row is one of the eight real answers.
  const steps = [
    [null, ['DONE', 10000, 6364, 636, 3000, 0]],
    [{ cancelAmount: 4000, taxFreeAmount: 1000 }, ['PARTIAL_CANCELED', 6000, 3636, 364, 2000, 0]],
    [{ cancelAmount: 500, taxFreeAmount: 500 }, ['PARTIAL_CANCELED', 5500, 3636, 364, 1500, 0]],
    [{ cancelAmount: 1100 }, ['PARTIAL_CANCELED', 4400, 2636, 264, 1500, 0]],
    [{}, ['PARTIAL_CANCELED', 0, 0, 0, 0, 0]],
  ] as const;
  for (const [wish, left] of steps) {
    const answer = wish === null ? await bench.read() : await bench.cancel(wish);
    t.strictSame(leftOf(answer), left);
    addsUp(t, answer);
  }
  const { body } = await bench.read();
  t.strictSame(
    body.cancels.map((cancel: { cancelAmount: number; taxFreeAmount: number }) => [
      cancel.cancelAmount,
      cancel.taxFreeAmount,
    ]),
    [
      [4000, 1000],
      [500, 500],
      [1100, 0],
      [4400, 1500],
    ],
  );
});

t.test('neither the taxed nor the tax-free part can be overdrawn', async (t) => {
  const bench = await approved(t, { amount: 10000, taxFreeAmount: 3000 });
  await refuses(t, bench, { cancelAmount: 7001 }, NOT_CANCELABLE_AMOUNT);
  await refuses(t, bench, { cancelAmount: 4000, taxFreeAmount: 3001 }, NOT_CANCELABLE_AMOUNT);
  await refuses(t, bench, { cancelAmount: 500, taxFreeAmount: 501 }, NOT_CANCELABLE_AMOUNT);
});

t.test('a card payment with a part excluded from tax is cancelled whole or not at all', async (t) => {
  const bench = await approved(t, { amount: 10000, taxFreeAmount: 2000, taxExemptionAmount: 300 });
  const before = await bench.read();
  t.strictSame(leftOf(before), ['DONE', 10000, 7000, 700, 2000, 300]);
  t.equal(before.body.isPartialCancelable, false);
  addsUp(t, before);
  const notAllowed = {
    status: 403,
    code: 'NOT_ALLOWED_PARTIAL_REFUND',
    message:
      '에스크로 주문, 현금 카드 결제일 때는 부분 환불이 불가합니다. 이외 다른 결제 수단에서 부분 취소가 되지 않을 때는 토스페이먼츠에 문의해 주세요.',
  };
  await refuses(t, bench, { cancelAmount: 9999 }, notAllowed);
  await refuses(t, bench, { cancelAmount: 300, taxExemptionAmount: 300 }, notAllowed);
  const canceled = await bench.cancel({});
  t.strictSame(leftOf(canceled), ['CANCELED', 0, 0, 0, 0, 0]);
  addsUp(t, canceled);
  const [{ cancelAmount, taxFreeAmount, taxExemptionAmount }] = canceled.body.cancels;
  t.strictSame([cancelAmount, taxFreeAmount, taxExemptionAmount], [10000, 2000, 300]);
});

t.test('dollars are cancelled to the cent', async (t) => {
  const bench = await approved(t, { amount: 1.25, currency: 'USD' });
  const steps = [
    [null, ['DONE', 1.25, 1.14, 0.11, 0, 0]],
    [{ cancelAmount: 0.42, currency: 'USD' }, ['PARTIAL_CANCELED', 0.83, 0.75, 0.08, 0, 0]],
    [{ cancelAmount: 0.41, refundableAmount: 0.83 }, ['PARTIAL_CANCELED', 0.42, 0.38, 0.04, 0, 0]],
    [{ cancelAmount: 0.01 }, ['PARTIAL_CANCELED', 0.41, 0.37, 0.04, 0, 0]],
    [{ cancelAmount: 0.41 }, ['PARTIAL_CANCELED', 0, 0, 0, 0, 0]],
  ] as const;
  for (const [wish, left] of steps) {
    const answer = wish === null ? await bench.read() : await bench.cancel(wish);
    t.strictSame(leftOf(answer), left);
    addsUp(t, answer);
  }
});

// payments.md 4.5, 2.6.
const MALFORMED = [
  ['no reason', { cancelReason: null }, 'INVALID_REQUEST', '잘못된 요청입니다.'],
  ['an empty reason', { cancelReason: '' }, 'INVALID_REQUEST', '잘못된 요청입니다.'],
  ['a reason of 201 characters', { cancelReason: '가'.repeat(201) }, 'INVALID_REQUEST', '잘못된 요청입니다.'],
  ['nothing', { cancelAmount: 0 }, 'INVALID_REQUEST', '잘못된 요청입니다.'],
  ['less than nothing', { cancelAmount: -100 }, 'INVALID_REQUEST', '잘못된 요청입니다.'],
  ['no amount', { cancelAmount: '오천' }, 'INVALID_REQUEST', '잘못된 요청입니다.'],
  ['another currency', { currency: 'USD' }, 'INVALID_CURRENCY', '잘못된 통화 값입니다.'],
  ['no currency', { currency: 'EUR' }, 'INVALID_CURRENCY', '잘못된 통화 값입니다.'],
  [
    'half a won',
    { cancelAmount: 100.5 },
    'INVALID_MINOR_UNIT_FOR_CURRENCY',
    '금액의 소수점 자릿수를 통화 기준에 맞춰주세요.',
  ],
] as const;

t.test('a cancel that asks for what cannot be is refused', async (t) => {
  const bench = await approved(t, { amount: 15000 });
  for (const [name, wish, code, message] of MALFORMED) {
    t.comment(name);
    await refuses(t, bench, wish, { status: 400, code, message });
  }
});

t.test('a reason of 200 characters, and an amount as text, will do', async (t) => {
  const { cancel } = await approved(t, { amount: 15000 });
  const { status, body } = await cancel({ cancelReason: '가'.repeat(200), cancelAmount: '5000' });
  t.equal(status, 200);
  t.equal(body.cancels[0].cancelReason, '가'.repeat(200));
  t.equal(body.cancels[0].cancelAmount, 5000);
});

t.test('null for what is optional counts as absent', async (t) => {
  const { cancel } = await approved(t, { amount: 15000, taxFreeAmount: 5000 });
  const absent = { cancelAmount: null, taxFreeAmount: null, currency: null, refundableAmount: null };
  t.strictSame(leftOf(await cancel(absent)), ['CANCELED', 0, 0, 0, 0, 0]);
});

t.test('the newest transaction of a payment is its newest cancel', async (t) => {
  const { shop, read, cancel } = await approved(t, { amount: 15000 }, '2099-12-31T23:59:59.999+09:00');
  const approval = (await read()).body.lastTransactionKey;
  const first = (await cancel({ cancelAmount: 5000 })).body;
  await shop.post('/sandbox/clock/advance', { ms: 1 });
  const second = (await cancel({ cancelAmount: 3000 })).body;

  t.equal(first.lastTransactionKey, first.cancels[0].transactionKey);
  t.equal(second.lastTransactionKey, second.cancels[1].transactionKey);
  t.strictSame(second.cancels[0], first.cancels[0], 'the first cancel stays as it was');
  t.equal(new Set([approval, first.lastTransactionKey, second.lastTransactionKey]).size, 3);

  // payments.md 2.4: the first ten characters of the ULID are the moment, 4102412399999 and 4102412400000 ms.
  const time = ({ lastTransactionKey }: { lastTransactionKey: string }) => lastTransactionKey.slice(0, 16);
  t.strictSame([time(first), time(second)], ['txrd_a03qcndaxbz', 'txrd_a03qcndaxc0']);
  t.strictSame(
    second.cancels.map(({ canceledAt }: { canceledAt: string }) => canceledAt),
    ['2099-12-31T23:59:59+09:00', '2100-01-01T00:00:00+09:00'],
  );
});

t.test('another merchant’s payment is not there to be cancelled', async (t) => {
  const { newShop } = await startSandbox(t);
  const [shop, stranger] = [await newShop(), await newShop()];
  const paymentKey = await shop.pay({ orderId: 'order-0001', amount: 15000 });
  const before = await shop.get(`/v1/payments/${paymentKey}`);
  const notFound = { code: 'NOT_FOUND_PAYMENT', message: '존재하지 않는 결제 정보 입니다.' };
  for (const [who, key] of [
    [stranger, paymentKey],
    [shop, 'tviva20260305101530aB3xY'],
  ] as const) {
    const { status, body } = await who.post(`/v1/payments/${key}/cancel`, { cancelReason: '고객 변심' });
    t.equal(status, 404);
    t.strictSame(body, notFound);
  }
  t.equal((await shop.get(`/v1/payments/${paymentKey}`)).text, before.text);
});

t.test('twenty parts at the same time take no won too many', async (t) => {
  const { read, cancel } = await approved(t, { amount: 15000 });
  const answers = await Promise.all(Array.from({ length: 20 }, () => cancel({ cancelAmount: 1000 })));
  const statuses = answers.map(({ status }) => status).toSorted();
  t.strictSame(statuses, [...Array(15).fill(200), ...Array(5).fill(403)]);
  t.strictSame(leftOf(await read()), ['PARTIAL_CANCELED', 0, 0, 0, 0, 0]);
});
