import t from 'tap';
import {
  amountsToCancel,
  type CancelWish,
  cancelPart,
  cancelWhole,
  settleCancel,
  startCancel,
} from '../../src/domain/cancel.ts';
import type { CashReceiptRecord } from '../../src/domain/cash-receipt.ts';
import type { Method } from '../../src/domain/method.ts';
import {
  balanceOf,
  type Cancel,
  cancelUnderWay,
  type DonePayment,
  doneCancels,
  type PartialCanceledPayment,
} from '../../src/domain/payment.ts';
import { DONE, ENTIRE, FIRST_PART, frozen, METHOD, SECOND_PART } from '../fixtures/payments.ts';

const PAYPAL: Method = { kind: 'FOREIGN_EASY_PAY', provider: 'PAYPAL' };
const FOREIGN: DonePayment = frozen({ ...DONE, method: PAYPAL });
const SETTLED_AT = Date.parse('2026-03-06T09:00:00+09:00');

const underWay = (entry: Cancel): Cancel => frozen({ ...entry, cancelStatus: 'IN_PROGRESS' });
const ended = (entry: Cancel, cancelStatus: 'DONE' | 'ABORTED'): Cancel =>
  frozen({ ...entry, cancelStatus, canceledAt: SETTLED_AT });

const WHOLE_UNDER_WAY: DonePayment = frozen({
  ...FOREIGN,
  lastTransactionKey: 'txrd_a01kjxx982ke4fexmkmj2ay3bje',
  cancels: [underWay(ENTIRE)],
});
const PART_UNDER_WAY: DonePayment = frozen({ ...WHOLE_UNDER_WAY, cancels: [underWay(FIRST_PART)] });
const PARTLY: PartialCanceledPayment = frozen({
  ...WHOLE_UNDER_WAY,
  status: 'PARTIAL_CANCELED',
  cancels: [FIRST_PART],
});
const REST = frozen({ ...SECOND_PART, cancelAmount: 10_000 });
const REST_UNDER_WAY: PartialCanceledPayment = frozen({
  ...PARTLY,
  lastTransactionKey: 'txrd_a01kjxyngndmsqmyxv2sjzf0v41',
  cancels: [FIRST_PART, underWay(REST)],
});

t.test('a cancel that is under way moves nothing yet, and is the newest transaction', async (t) => {
  // webhooks.md 2.3.
  const pending = startCancel(FOREIGN, underWay(ENTIRE));
  t.strictSame(pending, WHOLE_UNDER_WAY);
  t.strictSame(startCancel(PARTLY, underWay(REST)), REST_UNDER_WAY);
  t.equal(balanceOf(pending).balanceAmount, 15_000);
  t.strictSame(doneCancels(pending), []);
  t.equal(cancelUnderWay(pending)?.transactionKey, 'txrd_a01kjxx982ke4fexmkmj2ay3bje');
  t.equal(cancelUnderWay(FOREIGN), undefined);
  t.equal(cancelUnderWay(PARTLY), undefined);
});

// A row: what was under way, how it ends, and the status, the balance and the last transaction it leaves.
const ENDINGS = [
  ['everything', WHOLE_UNDER_WAY, 'DONE', 'CANCELED', 0, 'txrd_a01kjxx982ke4fexmkmj2ay3bje'],
  ['everything', WHOLE_UNDER_WAY, 'ABORTED', 'DONE', 15_000, 'txrd_a01kjxx982ke4fexmkmj2ay3bje'],
  ['a part', PART_UNDER_WAY, 'DONE', 'PARTIAL_CANCELED', 10_000, 'txrd_a01kjxx982ke4fexmkmj2ay3bje'],
  ['a part', PART_UNDER_WAY, 'ABORTED', 'DONE', 15_000, 'txrd_a01kjxx982ke4fexmkmj2ay3bje'],
  // payments.md 3, measured: the rest after a part leaves the status as it is.
  ['the rest', REST_UNDER_WAY, 'DONE', 'PARTIAL_CANCELED', 0, 'txrd_a01kjxyngndmsqmyxv2sjzf0v41'],
  ['the rest', REST_UNDER_WAY, 'ABORTED', 'PARTIAL_CANCELED', 10_000, 'txrd_a01kjxyngndmsqmyxv2sjzf0v41'],
] as const;

t.test('a cancel that ends takes effect, or leaves the payment as it was', async (t) => {
  for (const [what, payment, outcome, status, balanceAmount, lastTransactionKey] of ENDINGS) {
    const name = `${what}, ${outcome}`;
    const settled = settleCancel(payment, outcome, SETTLED_AT);
    if (settled === null) throw new Error(`${name}: none was under way.`);
    const before = payment.cancels ?? [];
    const newest = before.at(-1) ?? ENTIRE;
    const cancels = [...before.slice(0, -1), ended(newest, outcome)];
    t.strictSame(settled.payment, { ...payment, status, cancels }, name);
    t.equal(settled.payment.lastTransactionKey, lastTransactionKey, name);
    t.strictSame(settled.entry, ended(newest, outcome), name);
    t.equal(balanceOf(settled.payment).balanceAmount, balanceAmount, name);
    t.equal(cancelUnderWay(settled.payment), undefined, `${name}: nothing is under way any more`);
    t.strictSame(Object.keys(settled.payment), Object.keys(payment), `${name}: fields in order`);
  }
});

t.test('after a cancel that failed everything can still be cancelled in one step', async (t) => {
  const failed = settleCancel(WHOLE_UNDER_WAY, 'ABORTED', SETTLED_AT)?.payment;
  if (failed?.status !== 'DONE') throw new Error('It has not failed.');
  const again = frozen({ ...ENTIRE, transactionKey: 'txrd_a01kjxyngndmsqmyxv2sjzf0v41' });
  const pending = startCancel(failed, underWay(again));
  const settled = settleCancel(pending, 'DONE', SETTLED_AT)?.payment;
  t.equal(settled?.status, 'CANCELED');
  t.strictSame(settled?.cancels, [ended(ENTIRE, 'ABORTED'), ended(again, 'DONE')]);
  t.equal(settled?.lastTransactionKey, 'txrd_a01kjxyngndmsqmyxv2sjzf0v41');
});

t.test('where no cancel is under way, none ends', async (t) => {
  const failed = frozen({ ...FOREIGN, cancels: [ended(ENTIRE, 'ABORTED')] });
  for (const payment of [DONE, FOREIGN, PARTLY, failed]) {
    t.equal(settleCancel(payment, 'DONE', SETTLED_AT), null);
    t.equal(settleCancel(payment, 'ABORTED', SETTLED_AT), null);
  }
});

t.test('the cancel of a cash receipt is written down in its history', async (t) => {
  // payments.md 2.3, measured: cashReceipts is null until the first cancel, cashReceipt stays.
  const cashReceipt = {
    type: '소득공제',
    receiptKey: 'Zq3m',
    issueNumber: '730001091',
    customerIdentityNumber: '01012345678',
    amount: 15_000,
    taxFreeAmount: 0,
  } as const;
  const record: CashReceiptRecord = {
    ...cashReceipt,
    receiptKey: 'c_Zq3m',
    amount: 5000,
    transactionType: 'CANCEL',
    issueStatus: 'IN_PROGRESS',
    requestedAt: FIRST_PART.canceledAt,
  };
  const second = { ...record, amount: 3000 };
  const paid = frozen({ ...DONE, cashReceipt });
  const once = cancelPart(paid, FIRST_PART, record);
  t.strictSame([once.cashReceipt, once.cashReceipts], [cashReceipt, [record]]);
  t.strictSame(cancelPart(frozen(once), SECOND_PART, second).cashReceipts, [record, second]);
  t.strictSame(cancelWhole(paid, ENTIRE, record).cashReceipts, [record]);
  t.equal(cancelWhole(paid, ENTIRE).cashReceipts, null);
});

const wish = (cancelAmount: number | null): CancelWish => ({
  cancelReason: '고객 변심',
  cancelAmount,
  taxFreeAmount: null,
  taxExemptionAmount: null,
});

const cardWith = (discountAmount: number): DonePayment => ({
  ...DONE,
  method: { ...METHOD, discountAmount },
});
const easyPayWith = (discountAmount: number): DonePayment => ({
  ...DONE,
  method: { kind: 'EASY_PAY', provider: 'TOSSPAY', card: METHOD.card, discountAmount },
});
const MONEY: DonePayment = {
  ...DONE,
  method: { kind: 'EASY_PAY', provider: 'KAKAOPAY', card: null, discountAmount: 3000 },
};
const DOLLARS: DonePayment = {
  ...cardWith(0.42),
  order: { ...DONE.order, currency: 'USD', totalAmount: 1.25 },
};
const TRANSFER: DonePayment = { ...DONE, method: { kind: 'TRANSFER', bankCode: '88', cashReceipt: null } };

/** The same payment after a cancel of so much. */
const less = (payment: DonePayment, cancelAmount: number): PartialCanceledPayment =>
  cancelPart(payment, { ...FIRST_PART, cancelAmount });

const TOO_LITTLE = 'EXCEED_CANCEL_AMOUNT_DISCOUNT_AMOUNT';

/*
 * payments.md 4.5 and 2.3, 2.5. A row: the payment, what is to be cancelled, and of it the instant discount of the card
 * and the points that go back. Which of an easy pay's parts goes back first is inferred.
 */
const DISCOUNTS = [
  ['everything takes the card’s discount back', cardWith(1000), null, [15_000, 1000, 0]],
  ['so does the first part, whole', cardWith(1000), 5000, [5000, 1000, 0]],
  ['a part as large as the discount', cardWith(1000), 1000, [1000, 1000, 0]],
  ['a part smaller than it by a won', cardWith(1000), 999, TOO_LITTLE],
  ['the second part has none to take back', less(cardWith(1000), 5000), 999, [999, 0, 0]],
  ['the rest neither', less(cardWith(1000), 5000), null, [10_000, 0, 0]],
  ['a discount that is the whole', cardWith(15_000), null, [15_000, 15_000, 0]],
  ['a part of it', cardWith(15_000), 14_999, TOO_LITTLE],
  ['a discount in cents', DOLLARS, 0.42, [0.42, 0.42, 0]],
  ['a cent less', DOLLARS, 0.41, TOO_LITTLE],
  ['more than there is, discount or not', cardWith(1000), 15_001, 'NOT_CANCELABLE_AMOUNT'],

  ['everything gives the points back', easyPayWith(3000), null, [15_000, 0, 3000]],
  ['the card’s part goes first', easyPayWith(3000), 12_000, [12_000, 0, 0]],
  ['then the points', easyPayWith(3000), 12_001, [12_001, 0, 1]],
  ['a part smaller than the points', easyPayWith(3000), 1, [1, 0, 0]],
  ['the rest after a part of the card’s', less(easyPayWith(3000), 5000), null, [10_000, 0, 3000]],
  ['the rest after some of the points', less(easyPayWith(3000), 13_000), null, [2000, 0, 2000]],
  ['a won of them', less(easyPayWith(3000), 13_000), 1, [1, 0, 1]],
  ['points alone', easyPayWith(15_000), 4000, [4000, 0, 4000]],
  ['the rest of them', less(easyPayWith(15_000), 4000), null, [11_000, 0, 11_000]],
  ['money and points', MONEY, 13_500, [13_500, 0, 1500]],
  ['no points', easyPayWith(0), null, [15_000, 0, 0]],
  ['what has no discount', TRANSFER, null, [15_000, 0, 0]],
] as const;

t.test('a cancel takes discounts back, and gives points back', async (t) => {
  for (const [name, payment, cancelAmount, expected] of DISCOUNTS) {
    const amounts = amountsToCancel(payment, wish(cancelAmount));
    if (typeof expected === 'string') {
      t.strictSame(amounts, { refused: expected }, name);
      continue;
    }
    const [amount, cardDiscountAmount, easyPayDiscountAmount] = expected;
    t.strictSame(
      amounts,
      {
        cancelAmount: amount,
        taxFreeAmount: 0,
        taxExemptionAmount: 0,
        cardDiscountAmount,
        easyPayDiscountAmount,
      },
      name,
    );
  }
});
