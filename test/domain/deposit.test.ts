import t from 'tap';
import { closeAccount, isDeposited, receiveDeposit, takeBackDeposit } from '../../src/domain/deposit.ts';
import { ACCOUNT_METHOD, DONE, DUE_AT, frozen, WAITING } from '../fixtures/payments.ts';

const DEPOSITED_AT = Date.parse('2026-03-05T16:02:11+09:00');

const RECEIPT = frozen({
  type: '소득공제',
  receiptKey: 'Zq3mX8vT1bN6kW0yR5cJ9pH2sL7dG4fA1uE6iO8tQ3wM5nBx',
  issueNumber: '730001091',
  customerIdentityNumber: '01012345678',
  amount: 15000,
  taxFreeAmount: 0,
} as const);

const DEPOSIT = frozen({
  at: DEPOSITED_AT,
  transactionKey: 'A81C5E0F7B2946D3951E6C4D08F7B2A9',
  depositorName: '박입금',
  cashReceipt: null,
} as const);

const ERROR = { transactionKey: '0C9E2B7D4A6F41E8B35D92F1A7C60E84' };

/** The account as the method has it, with what has changed of it. */
const accountWith = (change: { depositorName?: string | null; expired?: boolean }) => ({
  ...ACCOUNT_METHOD,
  account: {
    accountNumber: 'X6505983818124',
    dueAt: DUE_AT,
    depositorName: null,
    expired: false,
    ...change,
  },
});

t.test('a deposit approves the payment, and says who has paid', async (t) => {
  // virtual-accounts.md 5: status, approvedAt, lastTransactionKey, depositorName. The secret stays.
  t.strictSame(receiveDeposit(WAITING, DEPOSIT), {
    ...WAITING,
    status: 'DONE',
    method: accountWith({ depositorName: '박입금' }),
    approvedAt: DEPOSITED_AT,
    lastTransactionKey: 'A81C5E0F7B2946D3951E6C4D08F7B2A9',
    secret: 'ps_Lm7QxRz2VtN9wKp4HyBcD8sFgJ3a',
    cashReceipt: null,
  });
});

t.test('a cash receipt comes with the deposit', async (t) => {
  const done = receiveDeposit(WAITING, { ...DEPOSIT, cashReceipt: RECEIPT });
  t.strictSame([done.cashReceipt, done.cashReceipts], [RECEIPT, null]);
});

t.test('a deposit that the bank takes back leaves the payment waiting as it was', async (t) => {
  const done = receiveDeposit(WAITING, { ...DEPOSIT, cashReceipt: RECEIPT });
  if (!isDeposited(done)) throw new Error('Nothing was paid in.');
  // virtual-accounts.md 11: approvedAt and depositorName are null again [I].
  t.strictSame(takeBackDeposit(frozen(done), ERROR), {
    ...WAITING,
    lastTransactionKey: '0C9E2B7D4A6F41E8B35D92F1A7C60E84',
  });
});

t.test('the shopper can pay again into the same account', async (t) => {
  const done = receiveDeposit(WAITING, DEPOSIT);
  if (!isDeposited(done)) throw new Error('Nothing was paid in.');
  const again = { ...DEPOSIT, at: DEPOSITED_AT + 60_000, transactionKey: 'B7', depositorName: '김토스' };
  t.strictSame(receiveDeposit(frozen(takeBackDeposit(done, ERROR)), again), {
    ...WAITING,
    status: 'DONE',
    method: accountWith({ depositorName: '김토스' }),
    approvedAt: DEPOSITED_AT + 60_000,
    lastTransactionKey: 'B7',
    cashReceipt: null,
  });
});

t.test('a due date that passes expires the account and nothing else', async (t) => {
  // virtual-accounts.md 6: the status stays.
  const closed = closeAccount(WAITING);
  t.strictSame(closed, { ...WAITING, method: accountWith({ expired: true }) });
  t.strictSame(closeAccount(frozen(closed)), closed, 'once more changes nothing');
});

t.test('only what was paid into a virtual account was deposited', async (t) => {
  t.ok(isDeposited(receiveDeposit(WAITING, DEPOSIT)));
  t.notOk(isDeposited(DONE));
  const transfer = { kind: 'TRANSFER', bankCode: '88', cashReceipt: null } as const;
  t.notOk(isDeposited({ ...DONE, method: transfer }));
});

t.test('each of them keeps the order of the fields', async (t) => {
  // So that the engine keeps one shape for all payments.
  const done = receiveDeposit(WAITING, DEPOSIT);
  if (!isDeposited(done)) throw new Error('Nothing was paid in.');
  for (const payment of [done, takeBackDeposit(done, ERROR), closeAccount(WAITING)]) {
    t.strictSame(Object.keys(payment), Object.keys(WAITING));
    t.strictSame(Object.keys(payment.method), Object.keys(ACCOUNT_METHOD));
    t.strictSame(
      Object.keys(payment.method.kind === 'VIRTUAL_ACCOUNT' ? (payment.method.account ?? {}) : {}),
      ['accountNumber', 'dueAt', 'depositorName', 'expired'],
    );
  }
});
