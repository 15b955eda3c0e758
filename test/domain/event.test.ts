import t from 'tap';
import { type PaymentEventType, type WebhookEvent, webhooksOf } from '../../src/domain/event.ts';
import type { Method } from '../../src/domain/method.ts';
import type { PaymentStatus } from '../../src/domain/payment.ts';
import { ACCOUNT_METHOD, METHOD } from '../fixtures/payments.ts';

const ACCOUNT: Method = ACCOUNT_METHOD;
const FOREIGN: Method = { kind: 'FOREIGN_EASY_PAY', provider: 'PAYPAL' };

/** All that is neither: their webhooks are the same. */
const DOMESTIC: readonly Method[] = [
  METHOD,
  { kind: 'EASY_PAY', provider: 'TOSSPAY', card: null, discountAmount: 0 },
  { kind: 'TRANSFER', bankCode: '88', cashReceipt: null },
  { kind: 'MOBILE_PHONE', carrier: 'SKT', customerMobilePhone: '01012345678' },
  { kind: 'CULTURE_GIFT_CERTIFICATE' },
  { kind: 'BOOK_GIFT_CERTIFICATE' },
  { kind: 'GAME_GIFT_CERTIFICATE' },
];

const STATUS = ['PAYMENT_STATUS_CHANGED'] as const;
const CALLBACK = ['DEPOSIT_CALLBACK'] as const;
const BOTH = ['PAYMENT_STATUS_CHANGED', 'DEPOSIT_CALLBACK'] as const;
const CANCEL = ['CANCEL_STATUS_CHANGED'] as const;
const STATUS_AND_CANCEL = ['PAYMENT_STATUS_CHANGED', 'CANCEL_STATUS_CHANGED'] as const;

type Cell = readonly WebhookEvent[] | 'never';

/*
 * webhooks.md 2.1, 2.2, 2.3; virtual-accounts.md 12. A row: what happens, the status it leads to, and the webhooks where
 * no method is known, of domestic methods, of virtual accounts, of foreign easy pay; `never` where it cannot happen.
 */
const TABLE: readonly (readonly [PaymentEventType, PaymentStatus, Cell, Cell, Cell, Cell])[] = [
  ['PaymentOpened', 'READY', [], 'never', 'never', 'never'],
  ['PaymentAuthenticated', 'IN_PROGRESS', 'never', [], [], []],
  ['PaymentExpired', 'EXPIRED', STATUS, 'never', 'never', 'never'],
  ['PaymentApproved', 'DONE', 'never', STATUS, 'never', STATUS],
  ['PaymentAborted', 'ABORTED', 'never', STATUS, STATUS, STATUS],
  ['AccountIssued', 'WAITING_FOR_DEPOSIT', 'never', 'never', CALLBACK, 'never'],
  ['DepositReceived', 'DONE', 'never', 'never', BOTH, 'never'],
  ['DepositTakenBack', 'WAITING_FOR_DEPOSIT', 'never', 'never', CALLBACK, 'never'],
  // API version 1.4 and older.
  ['DepositTakenBack', 'CANCELED', 'never', 'never', BOTH, 'never'],
  ['AccountClosed', 'WAITING_FOR_DEPOSIT', 'never', 'never', [], 'never'],
  ['RefundAccountForgotten', 'IN_PROGRESS', 'never', 'never', [], 'never'],
  ['RefundAccountForgotten', 'WAITING_FOR_DEPOSIT', 'never', 'never', [], 'never'],
  ['RefundAccountForgotten', 'DONE', 'never', 'never', [], 'never'],
  ['RefundAccountForgotten', 'CANCELED', 'never', 'never', [], 'never'],
  ['RefundAccountForgotten', 'PARTIAL_CANCELED', 'never', 'never', [], 'never'],
  ['RefundAccountForgotten', 'ABORTED', 'never', 'never', [], 'never'],
  ['PaymentCanceled', 'CANCELED', 'never', STATUS, BOTH, STATUS_AND_CANCEL],
  ['PaymentCanceled', 'PARTIAL_CANCELED', 'never', STATUS, BOTH, STATUS_AND_CANCEL],
  ['CancelStarted', 'DONE', 'never', 'never', 'never', []],
  ['CancelStarted', 'PARTIAL_CANCELED', 'never', 'never', 'never', []],
  ['CancelFailed', 'DONE', 'never', 'never', 'never', CANCEL],
  ['CancelFailed', 'PARTIAL_CANCELED', 'never', 'never', 'never', CANCEL],
];

t.test('what happens to a payment sends the webhooks of its method', async (t) => {
  for (const [type, status, unknown, domestic, account, foreign] of TABLE) {
    const event = { type, at: 0, paymentKey: 'p1', status, transactionKey: null, amount: 0 };
    const cells: readonly (readonly [Method | null, Cell])[] = [
      [null, unknown],
      ...DOMESTIC.map((method) => [method, domestic] as const),
      [ACCOUNT, account],
      [FOREIGN, foreign],
    ];
    for (const [method, webhooks] of cells) {
      if (webhooks === 'never') continue;
      t.strictSame(webhooksOf(event, method), webhooks, `${type} ${status}, ${method?.kind ?? 'no method'}`);
    }
  }
});

/** The compiler says when one is missing. */
const TYPES = {
  PaymentOpened: true,
  PaymentAuthenticated: true,
  AccountIssued: true,
  AccountClosed: true,
  DepositReceived: true,
  DepositTakenBack: true,
  RefundAccountForgotten: true,
  PaymentApproved: true,
  PaymentAborted: true,
  PaymentExpired: true,
  CancelStarted: true,
  CancelFailed: true,
  PaymentCanceled: true,
} satisfies Record<PaymentEventType, true>;

t.test('every kind of event is in the table', async (t) => {
  t.strictSame([...new Set(TABLE.map(([type]) => type))].toSorted(), Object.keys(TYPES).toSorted());
});
