import t from 'tap';
import { PAYMENT_STATUSES, type PaymentStatus } from '../../src/domain/payment.ts';
import { VERDICTS } from '../../src/domain/verdicts.ts';
import { lapsePayment } from '../../src/gateway/lapse-payment.ts';
import { call, type Shop, startSandbox, type TestSandbox } from '../fixtures/sandbox.ts';

t.test('the verdict table is that of the documentation', async (t) => {
  // confirm: payments.md 4.2; cancel and cancelPart: 4.5; what time does: 3. `authenticate` and `lapse` are no calls
  // of the API, so which code refuses them is nobody's business outside.
  t.strictSame(VERDICTS, {
    authenticate: {
      READY: 'allowed',
      IN_PROGRESS: 'ALREADY_PROCESSED_PAYMENT',
      WAITING_FOR_DEPOSIT: 'ALREADY_PROCESSED_PAYMENT',
      DONE: 'ALREADY_PROCESSED_PAYMENT',
      CANCELED: 'ALREADY_PROCESSED_PAYMENT',
      PARTIAL_CANCELED: 'ALREADY_PROCESSED_PAYMENT',
      ABORTED: 'NOT_FOUND_PAYMENT_SESSION',
      EXPIRED: 'NOT_FOUND_PAYMENT_SESSION',
    },
    confirm: {
      READY: 'NOT_FOUND_PAYMENT_SESSION',
      IN_PROGRESS: 'allowed',
      WAITING_FOR_DEPOSIT: 'ALREADY_PROCESSED_PAYMENT',
      DONE: 'ALREADY_PROCESSED_PAYMENT',
      CANCELED: 'ALREADY_PROCESSED_PAYMENT',
      PARTIAL_CANCELED: 'ALREADY_PROCESSED_PAYMENT',
      ABORTED: 'NOT_FOUND_PAYMENT_SESSION',
      EXPIRED: 'NOT_FOUND_PAYMENT_SESSION',
    },
    cancel: {
      READY: 'NOT_CANCELABLE_PAYMENT',
      IN_PROGRESS: 'NOT_CANCELABLE_PAYMENT',
      WAITING_FOR_DEPOSIT: 'allowed',
      DONE: 'allowed',
      CANCELED: 'ALREADY_CANCELED_PAYMENT',
      PARTIAL_CANCELED: 'allowed',
      ABORTED: 'NOT_CANCELABLE_PAYMENT',
      EXPIRED: 'NOT_CANCELABLE_PAYMENT',
    },
    cancelPart: {
      READY: 'NOT_CANCELABLE_PAYMENT',
      IN_PROGRESS: 'NOT_CANCELABLE_PAYMENT',
      WAITING_FOR_DEPOSIT: 'NOT_ALLOWED_PARTIAL_REFUND_WAITING_DEPOSIT',
      DONE: 'allowed',
      CANCELED: 'ALREADY_CANCELED_PAYMENT',
      PARTIAL_CANCELED: 'allowed',
      ABORTED: 'NOT_CANCELABLE_PAYMENT',
      EXPIRED: 'NOT_CANCELABLE_PAYMENT',
    },
    lapse: {
      READY: 'allowed',
      IN_PROGRESS: 'allowed',
      WAITING_FOR_DEPOSIT: 'ALREADY_PROCESSED_PAYMENT',
      DONE: 'ALREADY_PROCESSED_PAYMENT',
      CANCELED: 'ALREADY_PROCESSED_PAYMENT',
      PARTIAL_CANCELED: 'ALREADY_PROCESSED_PAYMENT',
      ABORTED: 'ALREADY_PROCESSED_PAYMENT',
      EXPIRED: 'ALREADY_PROCESSED_PAYMENT',
    },
  });
  t.strictSame(Object.keys(VERDICTS.confirm), [...PAYMENT_STATUSES]);
});

const ORDER = { orderId: 'order-20260305-0001', amount: 15000 };

/** How a payment gets into each status, by the calls that a merchant and a shopper make. Answers with its key. */
const REACH: Readonly<Record<PaymentStatus, (shop: Shop, running: TestSandbox) => Promise<string>>> = {
  READY: (shop) => shop.prepare({ ...ORDER, outcome: 'READY' }),
  IN_PROGRESS: (shop) => shop.prepare(ORDER),
  WAITING_FOR_DEPOSIT: (shop) => shop.pay({ ...ORDER, method: 'VIRTUAL_ACCOUNT' }),
  DONE: (shop) => shop.pay(ORDER),
  CANCELED: async (shop) => {
    const paymentKey = await shop.pay(ORDER);
    await shop.post(`/v1/payments/${paymentKey}/cancel`, { cancelReason: '고객 변심' });
    return paymentKey;
  },
  PARTIAL_CANCELED: async (shop) => {
    const paymentKey = await shop.pay(ORDER);
    const cancel = { cancelReason: '배송비 환불', cancelAmount: 3000 };
    await shop.post(`/v1/payments/${paymentKey}/cancel`, cancel);
    return paymentKey;
  },
  ABORTED: async (shop) => {
    const paymentKey = await shop.prepare({ ...ORDER, outcome: 'REFUSED_AT_CONFIRM' });
    await shop.post('/v1/payments/confirm', { paymentKey, ...ORDER });
    return paymentKey;
  },
  EXPIRED: async (shop) => {
    const paymentKey = await shop.prepare(ORDER);
    await shop.post('/sandbox/clock/advance', { minutes: 10 });
    return paymentKey;
  },
};

/** A payment of its own, of a merchant of its own, in that status. */
async function reach(running: TestSandbox, status: PaymentStatus) {
  const shop = await running.newShop();
  const paymentKey = await REACH[status](shop, running);
  const read = () => shop.get(`/v1/payments/${paymentKey}`);
  const before = await read();
  if (before.body.status !== status) throw new Error(`${status} was not reached: ${before.text}`);
  return { shop, paymentKey, read, before };
}

/** A refusal as it is answered; or the status that a success leads to. */
type Expected = { status: number; code: string; message: string } | PaymentStatus;

const NO_SESSION = {
  status: 404,
  code: 'NOT_FOUND_PAYMENT_SESSION',
  message: '결제 시간이 만료되어 결제 진행 데이터가 존재하지 않습니다.',
};
const PROCESSED = {
  status: 400,
  code: 'ALREADY_PROCESSED_PAYMENT',
  message: '이미 처리된 결제 입니다.',
};
const NOT_CANCELABLE = {
  status: 403,
  code: 'NOT_CANCELABLE_PAYMENT',
  message: '취소 할 수 없는 결제 입니다.',
};
const CANCELED = {
  status: 400,
  code: 'ALREADY_CANCELED_PAYMENT',
  message: '이미 취소된 결제 입니다.',
};
const WAITING = {
  status: 403,
  code: 'NOT_ALLOWED_PARTIAL_REFUND_WAITING_DEPOSIT',
  message: '입금 대기중인 결제는 부분 환불이 불가합니다.',
};

const CONFIRM_ANSWERS = {
  READY: NO_SESSION,
  IN_PROGRESS: 'DONE',
  WAITING_FOR_DEPOSIT: PROCESSED,
  DONE: PROCESSED,
  CANCELED: PROCESSED,
  PARTIAL_CANCELED: PROCESSED,
  ABORTED: NO_SESSION,
  EXPIRED: NO_SESSION,
} as const;

interface MerchantCall {
  readonly name: string;
  readonly path: (paymentKey: string) => string;
  readonly body: (paymentKey: string) => unknown;
  readonly answers: Readonly<Record<PaymentStatus, Expected>>;
}

// payments.md 4.2, 4.3, 4.5.
const CALLS: readonly MerchantCall[] = [
  {
    name: 'confirm',
    path: () => '/v1/payments/confirm',
    body: (paymentKey) => ({ paymentKey, ...ORDER }),
    answers: CONFIRM_ANSWERS,
  },
  {
    name: 'confirm in its older form',
    path: (paymentKey) => `/v1/payments/${paymentKey}`,
    body: () => ORDER,
    answers: CONFIRM_ANSWERS,
  },
  {
    name: 'cancel',
    path: (paymentKey) => `/v1/payments/${paymentKey}/cancel`,
    body: () => ({ cancelReason: '고객 변심' }),
    answers: {
      READY: NOT_CANCELABLE,
      IN_PROGRESS: NOT_CANCELABLE,
      WAITING_FOR_DEPOSIT: 'CANCELED',
      DONE: 'CANCELED',
      CANCELED,
      // Measured: the rest goes too, and the status stays.
      PARTIAL_CANCELED: 'PARTIAL_CANCELED',
      ABORTED: NOT_CANCELABLE,
      EXPIRED: NOT_CANCELABLE,
    },
  },
  {
    name: 'cancel of a part',
    path: (paymentKey) => `/v1/payments/${paymentKey}/cancel`,
    body: () => ({ cancelReason: '상품 1개 품절', cancelAmount: 5000 }),
    answers: {
      READY: NOT_CANCELABLE,
      IN_PROGRESS: NOT_CANCELABLE,
      WAITING_FOR_DEPOSIT: WAITING,
      DONE: 'PARTIAL_CANCELED',
      CANCELED,
      PARTIAL_CANCELED: 'PARTIAL_CANCELED',
      ABORTED: NOT_CANCELABLE,
      EXPIRED: NOT_CANCELABLE,
    },
  },
];

t.test('each cell of the table, asked for over HTTP', async (t) => {
  const running = await startSandbox(t);
  for (const { name, path, body, answers } of CALLS) {
    for (const status of PAYMENT_STATUSES) {
      const expected = answers[status];
      const { shop, paymentKey, read, before } = await reach(running, status);
      const answer = await shop.post(path(paymentKey), body(paymentKey));
      const after = await read();
      const cell = `${name} on ${status}`;
      if (typeof expected === 'string') {
        t.equal(answer.status, 200, `${cell} is allowed`);
        t.equal(answer.body.status, expected, `${cell} leads to ${expected}`);
        t.equal(after.text, answer.text, `${cell}: what was answered is what is read`);
      } else {
        const { code, message } = expected;
        t.equal(answer.status, expected.status, `${cell} answers ${expected.status}`);
        t.strictSame(answer.body, { code, message }, `${cell} is refused with ${code}`);
        t.equal(after.text, before.text, `${cell} changes nothing`);
      }
    }
  }
});

t.test('where there is nothing to confirm, it does not matter what else is wrong', async (t) => {
  const running = await startSandbox(t);
  // payments.md 4.2: a session that was never authenticated, was refused or has lapsed is not found.
  for (const status of ['READY', 'ABORTED', 'EXPIRED'] as const) {
    for (const wrong of [{ amount: 1 }, { orderId: 'another-order' }]) {
      const { shop, paymentKey } = await reach(running, status);
      const answer = await shop.post('/v1/payments/confirm', { paymentKey, ...ORDER, ...wrong });
      t.equal(answer.status, 404, status);
      t.equal(answer.body.code, 'NOT_FOUND_PAYMENT_SESSION');
    }
  }
});

t.test('the window sends a shopper on whose payment is open, and shows everybody else a page', async (t) => {
  const running = await startSandbox(t);
  /** The form that the window sends when the shopper has authenticated. */
  const authenticate = (paymentKey: string) =>
    call(`${running.url}/v1/payments/${paymentKey}/checkout`, 'POST', {
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: 'outcome=AUTHENTICATED&cardCompany=61&months=0',
    });

  for (const status of PAYMENT_STATUSES) {
    const { paymentKey, read, before } = await reach(running, status);
    const answer = await authenticate(paymentKey);
    const after = await read();
    if (status === 'READY' || status === 'IN_PROGRESS') {
      // Pressed twice, the button leads to the same place twice.
      for (const { status: httpStatus, headers } of [answer, await authenticate(paymentKey)]) {
        t.equal(httpStatus, 303, `${status} leads on`);
        t.equal(
          headers.get('location'),
          `http://shop.example/success?paymentType=NORMAL&orderId=order-20260305-0001&paymentKey=${paymentKey}&amount=15000`,
        );
      }
      t.equal(after.body.status, 'IN_PROGRESS');
      t.equal((await read()).text, after.text, 'the second press changes nothing');
    } else {
      t.equal(answer.status, 410, `${status} leads nowhere`);
      t.equal(answer.headers.get('location'), null);
      t.equal(answer.headers.get('content-type'), 'text/html; charset=utf-8');
      t.match(answer.text, `data-testid="status">${status}<`, 'the page says how the payment stands');
    }
    if (status !== 'READY') t.equal(after.text, before.text, `${status} stays as it was`);
  }
});

t.test('time lapses what is open, to the second, and leaves the rest alone', async (t) => {
  const running = await startSandbox(t);
  // payments.md 3: 30 minutes from the opening of the window, 10 from the authentication.
  const limits: Partial<Record<PaymentStatus, number>> = { READY: 30, IN_PROGRESS: 10 };
  for (const status of PAYMENT_STATUSES) {
    const shop = await running.newShop();
    await shop.post('/sandbox/clock/hold', {});
    const paymentKey = await REACH[status](shop, running);
    const before = await shop.get(`/v1/payments/${paymentKey}`);
    const later = async (by: Readonly<Record<string, number>>) => {
      await shop.post('/sandbox/clock/advance', by);
      return shop.get(`/v1/payments/${paymentKey}`);
    };
    const minutes = limits[status];
    const planned = running.sandbox.core.store.world(shop.mId)?.figures().plannedJobs;
    t.equal(planned, minutes === undefined ? 0 : 1, `${status}: what is planned`);
    if (minutes === undefined) {
      t.equal((await later({ days: 8 })).text, before.text, `${status} stays as it was`);
    } else {
      const almost = await later({ minutes: minutes - 1, seconds: 59, ms: 999 });
      t.equal(almost.text, before.text, `${status} stands for ${minutes} minutes`);
      t.equal((await later({ ms: 1 })).body.status, 'EXPIRED', `${status} has lapsed after them`);
    }
  }
});

t.test('a time limit that is late is no harm to what has moved on', async (t) => {
  const running = await startSandbox(t);
  for (const status of PAYMENT_STATUSES) {
    const { shop, paymentKey, read, before } = await reach(running, status);
    const { gateway, store } = running.sandbox.core;
    const world = store.world(shop.mId);
    if (world === undefined) throw new Error('The merchant is gone.');
    gateway.carryOut(world, (work) => lapsePayment(work, paymentKey));
    const after = await read();
    if (status === 'READY' || status === 'IN_PROGRESS') t.equal(after.body.status, 'EXPIRED');
    else t.equal(after.text, before.text, `${status} stays as it was`);
  }
});
