import t from 'tap';
import { PAYMENT_STATUSES, type PaymentStatus } from '../../src/domain/payment.ts';
import { type Command, VERDICTS } from '../../src/domain/verdicts.ts';
import { lapsePayment } from '../../src/gateway/lapse-payment.ts';
import { cancelBody, done, KINDS, type Kind, ORDER, reach } from '../fixtures/reach.ts';
import { call, startSandbox } from '../fixtures/sandbox.ts';

t.test('the verdict table is that of the documentation', async (t) => {
  // confirm: payments.md 4.2; cancel and cancelPart: 4.5; what time does: 3. `authenticate` and `lapse` are no calls
  // of the API, so which code refuses them is nobody's business outside. deposit, takeBackDeposit and closeAccount:
  // virtual-accounts.md 1, 5, 6, 11; settleCancel: webhooks.md 2.3.
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
    deposit: {
      READY: 'refused',
      IN_PROGRESS: 'refused',
      WAITING_FOR_DEPOSIT: 'allowed',
      DONE: 'refused',
      CANCELED: 'refused',
      PARTIAL_CANCELED: 'refused',
      ABORTED: 'refused',
      EXPIRED: 'refused',
    },
    takeBackDeposit: {
      READY: 'refused',
      IN_PROGRESS: 'refused',
      WAITING_FOR_DEPOSIT: 'refused',
      DONE: 'allowed',
      CANCELED: 'refused',
      PARTIAL_CANCELED: 'refused',
      ABORTED: 'refused',
      EXPIRED: 'refused',
    },
    closeAccount: {
      READY: 'refused',
      IN_PROGRESS: 'refused',
      WAITING_FOR_DEPOSIT: 'allowed',
      DONE: 'refused',
      CANCELED: 'refused',
      PARTIAL_CANCELED: 'refused',
      ABORTED: 'refused',
      EXPIRED: 'refused',
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
    settleCancel: {
      READY: 'refused',
      IN_PROGRESS: 'refused',
      WAITING_FOR_DEPOSIT: 'refused',
      DONE: 'allowed',
      CANCELED: 'refused',
      PARTIAL_CANCELED: 'allowed',
      ABORTED: 'refused',
      EXPIRED: 'refused',
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
const UNDER_WAY = {
  status: 403,
  code: 'FORBIDDEN_CONSECUTIVE_REQUEST',
  message: '반복적인 요청은 허용되지 않습니다. 잠시 후 다시 시도해주세요.',
};
// The bank's and the provider's are ours.
const NOT_WAITING = {
  status: 409,
  code: 'NOT_WAITING_FOR_DEPOSIT',
  message: 'The payment is not WAITING_FOR_DEPOSIT: the bank refuses the deposit.',
};
const NO_ACCOUNT = {
  status: 409,
  code: 'NOT_WAITING_FOR_DEPOSIT',
  message: 'No account of this payment waits for a deposit.',
};
const NOT_DEPOSITED = {
  status: 409,
  code: 'NOT_DEPOSITED',
  message: 'Nothing was paid into a virtual account for this payment.',
};
const NO_CANCEL = {
  status: 409,
  code: 'NO_CANCEL_UNDER_WAY',
  message: 'No cancel of this payment is under way.',
};

/** One answer for every kind of payment in that status, or one for each kind. */
type Cell = Expected | Readonly<Partial<Record<Kind, Expected>>>;

const isExpected = (cell: Cell): cell is Expected => typeof cell === 'string' || 'code' in cell;

const CONFIRM_ANSWERS: Readonly<Record<PaymentStatus, Cell>> = {
  READY: NO_SESSION,
  IN_PROGRESS: { card: 'DONE', account: 'WAITING_FOR_DEPOSIT', foreign: 'DONE' },
  WAITING_FOR_DEPOSIT: PROCESSED,
  DONE: PROCESSED,
  CANCELED: PROCESSED,
  PARTIAL_CANCELED: PROCESSED,
  ABORTED: NO_SESSION,
  EXPIRED: NO_SESSION,
};

interface Asked {
  readonly command: Command;
  readonly name: string;
  readonly path: (paymentKey: string) => string;
  readonly body: (paymentKey: string, kind: Kind) => unknown;
  readonly answers: Readonly<Record<PaymentStatus, Cell>>;
}

// payments.md 4.2, 4.3, 4.5; virtual-accounts.md 5, 6, 11; webhooks.md 2.3.
const ASKED: readonly Asked[] = [
  {
    command: 'confirm',
    name: 'confirm',
    path: () => '/v1/payments/confirm',
    body: (paymentKey) => ({ paymentKey, ...ORDER }),
    answers: CONFIRM_ANSWERS,
  },
  {
    command: 'confirm',
    name: 'confirm in its older form',
    path: (paymentKey) => `/v1/payments/${paymentKey}`,
    body: () => ORDER,
    answers: CONFIRM_ANSWERS,
  },
  {
    command: 'deposit',
    name: 'deposit',
    path: (paymentKey) => `/sandbox/payments/${paymentKey}/deposit`,
    body: () => ({}),
    answers: {
      READY: NOT_WAITING,
      IN_PROGRESS: NOT_WAITING,
      WAITING_FOR_DEPOSIT: 'DONE',
      DONE: NOT_WAITING,
      CANCELED: NOT_WAITING,
      PARTIAL_CANCELED: NOT_WAITING,
      ABORTED: NOT_WAITING,
      EXPIRED: NOT_WAITING,
    },
  },
  {
    command: 'takeBackDeposit',
    name: 'deposit error',
    path: (paymentKey) => `/sandbox/payments/${paymentKey}/deposit-error`,
    body: () => ({}),
    answers: {
      READY: NOT_DEPOSITED,
      IN_PROGRESS: NOT_DEPOSITED,
      WAITING_FOR_DEPOSIT: NOT_DEPOSITED,
      DONE: {
        card: NOT_DEPOSITED,
        account: 'WAITING_FOR_DEPOSIT',
        foreign: NOT_DEPOSITED,
        foreignUnderWay: NOT_DEPOSITED,
      },
      CANCELED: NOT_DEPOSITED,
      PARTIAL_CANCELED: NOT_DEPOSITED,
      ABORTED: NOT_DEPOSITED,
      EXPIRED: NOT_DEPOSITED,
    },
  },
  {
    command: 'closeAccount',
    name: 'due date',
    path: (paymentKey) => `/sandbox/payments/${paymentKey}/expire-account`,
    body: () => ({}),
    answers: {
      READY: NO_ACCOUNT,
      IN_PROGRESS: NO_ACCOUNT,
      // The status stays; that the account is expired is all that changes.
      WAITING_FOR_DEPOSIT: 'WAITING_FOR_DEPOSIT',
      DONE: NO_ACCOUNT,
      CANCELED: NO_ACCOUNT,
      PARTIAL_CANCELED: NO_ACCOUNT,
      ABORTED: NO_ACCOUNT,
      EXPIRED: NO_ACCOUNT,
    },
  },
  {
    command: 'cancel',
    name: 'cancel',
    path: (paymentKey) => `/v1/payments/${paymentKey}/cancel`,
    body: (_paymentKey, kind) => cancelBody(kind),
    answers: {
      READY: NOT_CANCELABLE,
      IN_PROGRESS: NOT_CANCELABLE,
      WAITING_FOR_DEPOSIT: 'CANCELED',
      // A cancel of foreign easy pay ends later: until then the status stays.
      DONE: { card: 'CANCELED', account: 'CANCELED', foreign: 'DONE', foreignUnderWay: UNDER_WAY },
      CANCELED,
      // Measured: the rest goes too, and the status stays.
      PARTIAL_CANCELED: {
        card: 'PARTIAL_CANCELED',
        account: 'PARTIAL_CANCELED',
        foreign: 'PARTIAL_CANCELED',
        foreignUnderWay: UNDER_WAY,
      },
      ABORTED: NOT_CANCELABLE,
      EXPIRED: NOT_CANCELABLE,
    },
  },
  {
    command: 'cancelPart',
    name: 'cancel of a part',
    path: (paymentKey) => `/v1/payments/${paymentKey}/cancel`,
    body: (_paymentKey, kind) => cancelBody(kind, 5000),
    answers: {
      READY: NOT_CANCELABLE,
      IN_PROGRESS: NOT_CANCELABLE,
      WAITING_FOR_DEPOSIT: WAITING,
      DONE: {
        card: 'PARTIAL_CANCELED',
        account: 'PARTIAL_CANCELED',
        foreign: 'DONE',
        foreignUnderWay: UNDER_WAY,
      },
      CANCELED,
      PARTIAL_CANCELED: {
        card: 'PARTIAL_CANCELED',
        account: 'PARTIAL_CANCELED',
        foreign: 'PARTIAL_CANCELED',
        foreignUnderWay: UNDER_WAY,
      },
      ABORTED: NOT_CANCELABLE,
      EXPIRED: NOT_CANCELABLE,
    },
  },
  {
    command: 'settleCancel',
    name: 'a cancel’s success',
    path: (paymentKey) => `/sandbox/payments/${paymentKey}/settle-cancel`,
    body: () => ({ outcome: 'DONE' }),
    answers: {
      READY: NO_CANCEL,
      IN_PROGRESS: NO_CANCEL,
      WAITING_FOR_DEPOSIT: NO_CANCEL,
      DONE: {
        card: NO_CANCEL,
        account: NO_CANCEL,
        foreign: NO_CANCEL,
        // 5,000 of the 15,000.
        foreignUnderWay: 'PARTIAL_CANCELED',
      },
      CANCELED: NO_CANCEL,
      PARTIAL_CANCELED: {
        card: NO_CANCEL,
        account: NO_CANCEL,
        foreign: NO_CANCEL,
        foreignUnderWay: 'PARTIAL_CANCELED',
      },
      ABORTED: NO_CANCEL,
      EXPIRED: NO_CANCEL,
    },
  },
  {
    command: 'settleCancel',
    name: 'a cancel’s failure',
    path: (paymentKey) => `/sandbox/payments/${paymentKey}/settle-cancel`,
    body: () => ({ outcome: 'ABORTED' }),
    answers: {
      READY: NO_CANCEL,
      IN_PROGRESS: NO_CANCEL,
      WAITING_FOR_DEPOSIT: NO_CANCEL,
      DONE: { card: NO_CANCEL, account: NO_CANCEL, foreign: NO_CANCEL, foreignUnderWay: 'DONE' },
      CANCELED: NO_CANCEL,
      PARTIAL_CANCELED: {
        card: NO_CANCEL,
        account: NO_CANCEL,
        foreign: NO_CANCEL,
        foreignUnderWay: 'PARTIAL_CANCELED',
      },
      ABORTED: NO_CANCEL,
      EXPIRED: NO_CANCEL,
    },
  },
];

for (const { name, path, body, answers } of ASKED) {
  t.test(`${name}, asked for over HTTP of every status and kind of payment`, async (t) => {
    const running = await startSandbox(t);
    for (const status of PAYMENT_STATUSES) {
      const answer = answers[status];
      for (const kind of KINDS[status]) {
        const cell = `${name} on ${status}, ${kind}`;
        const expected = isExpected(answer) ? answer : answer[kind];
        if (expected === undefined) throw new Error(`${cell} is not in the table.`);
        const { shop, paymentKey, read, before, world } = await reach(running, status, kind);
        const kept = () => ({ ...world.figures(), jobs: [...world.jobs()] });
        const keptBefore = kept();
        const said = await shop.post(path(paymentKey), body(paymentKey, kind));
        const after = await read();
        if (typeof expected === 'string') {
          t.equal(said.status, 200, `${cell} is allowed`);
          t.equal(said.body.status, expected, `${cell} leads to ${expected}`);
          t.equal(after.text, said.text, `${cell}: what was answered is what is read`);
          t.not(after.text, before.text, `${cell} changes something`);
        } else {
          const { code, message } = expected;
          t.equal(said.status, expected.status, `${cell} answers ${expected.status}`);
          t.strictSame(said.body, { code, message }, `${cell} is refused with ${code}`);
          t.equal(after.text, before.text, `${cell} changes nothing`);
          t.strictSame(kept(), keptBefore, `${cell} plans and writes down nothing`);
        }
      }
    }
  });
}

t.test('every command is asked for', async (t) => {
  // The window's and the clock's follow below.
  const asked = new Set<Command>([...ASKED.map(({ command }) => command), 'authenticate', 'lapse']);
  t.strictSame([...asked].toSorted(), Object.keys(VERDICTS).toSorted());
});

t.test('a whole cancel that was under way ends as CANCELED', async (t) => {
  const running = await startSandbox(t);
  const { shop, paymentKey, read } = await reach(running, 'DONE', 'foreign');
  await done(shop, `/v1/payments/${paymentKey}/cancel`, cancelBody('foreign'));
  const pending = (await read()).body;
  t.strictSame([pending.status, pending.balanceAmount], ['DONE', 15000]);
  await done(shop, `/sandbox/payments/${paymentKey}/settle-cancel`, {});
  const { body } = await read();
  t.strictSame([body.status, body.balanceAmount], ['CANCELED', 0]);
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

/** What time does to payments that it does not lapse. */
const PLANNED: Readonly<Record<string, readonly string[]>> = {
  'WAITING_FOR_DEPOSIT, account': ['closeAccount'],
  'DONE, foreignUnderWay': ['settleCancel'],
  'PARTIAL_CANCELED, foreignUnderWay': ['settleCancel'],
};

t.test('time lapses what is open, to the second, and leaves the rest alone', async (t) => {
  const running = await startSandbox(t);
  // payments.md 3: 30 minutes from the opening of the window, 10 from the authentication.
  const limits: Partial<Record<PaymentStatus, number>> = { READY: 30, IN_PROGRESS: 10 };
  for (const status of PAYMENT_STATUSES) {
    for (const kind of KINDS[status]) {
      const cell = `${status}, ${kind}`;
      const { shop, read, before, world } = await reach(running, status, kind, 'held');
      const later = async (by: Readonly<Record<string, number>>) => {
        await shop.post('/sandbox/clock/advance', by);
        return read();
      };
      const minutes = limits[status];
      const planned = [...world.jobs()].map((job) => job.kind);
      if (minutes === undefined) {
        t.strictSame(planned, PLANNED[cell] ?? [], `${cell}: what else is planned`);
        // A virtual account is good for seven days.
        t.equal((await later({ days: 6, hours: 23 })).text, before.text, `${cell} stays as it was`);
      } else {
        t.strictSame(planned, ['lapse'], `${cell}: what is planned`);
        const almost = await later({ minutes: minutes - 1, seconds: 59, ms: 999 });
        t.equal(almost.text, before.text, `${cell} stands for ${minutes} minutes`);
        const { body } = await later({ ms: 1 });
        t.equal(body.status, 'EXPIRED', `${cell} has lapsed after them`);
      }
    }
  }
});

t.test('after its seven days an account is expired, and its payment goes on waiting', async (t) => {
  const running = await startSandbox(t);
  const { shop, read, before } = await reach(running, 'WAITING_FOR_DEPOSIT', 'account', 'held');
  await shop.post('/sandbox/clock/advance', { days: 6, hours: 23, minutes: 59, seconds: 59, ms: 999 });
  t.equal((await read()).text, before.text);
  await shop.post('/sandbox/clock/advance', { ms: 1 });
  const { body } = await read();
  const { virtualAccount } = before.body;
  t.strictSame(body, { ...before.body, virtualAccount: { ...virtualAccount, expired: true } });
  await shop.post('/sandbox/clock/advance', { days: 90 });
  t.strictSame((await read()).body, body);
});

t.test('a time limit that is late is no harm to what has moved on', async (t) => {
  const running = await startSandbox(t);
  for (const status of PAYMENT_STATUSES) {
    for (const kind of KINDS[status]) {
      const { paymentKey, read, before, world } = await reach(running, status, kind);
      running.sandbox.core.gateway.carryOut(world, (work) => lapsePayment(work, paymentKey));
      const after = await read();
      if (status === 'READY' || status === 'IN_PROGRESS') t.equal(after.body.status, 'EXPIRED');
      else t.equal(after.text, before.text, `${status}, ${kind} stays as it was`);
    }
  }
});
