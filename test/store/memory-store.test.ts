import t from 'tap';
import type { Delivery, DeliveryState, Webhook } from '../../src/domain/delivery.ts';
import type { PaymentEvent } from '../../src/domain/event.ts';
import type { Job } from '../../src/domain/job.ts';
import type { Merchant } from '../../src/domain/merchant.ts';
import type { Payment } from '../../src/domain/payment.ts';
import { openPayment } from '../../src/domain/transitions.ts';
import { MemoryStore } from '../../src/store/memory-store.ts';
import type { Store, StoredReply, World } from '../../src/store/store.ts';
import { OPENING } from '../fixtures/payments.ts';

/** Every store that there is: each has to keep the whole contract. */
const STORES: readonly { readonly name: string; readonly open: () => Store }[] = [
  { name: 'memory', open: () => new MemoryStore() },
];

const AT = Date.parse('2026-03-05T10:15:30+09:00');

const merchantOf = (mId: string, ...keys: string[]): Merchant => ({
  mId,
  name: '원두 상점',
  keyPairs: [{ product: 'individual', clientKey: `test_ck_${mId}`, secretKeys: [`test_sk_${mId}`, ...keys] }],
  securityKey: '0'.repeat(64),
  apiVersion: '2022-11-16',
});

const SHOP = merchantOf('shop-1');
const OTHER = merchantOf('shop-2');

const paymentOf = (paymentKey: string, orderId = 'order-0001', orderName = '원두'): Payment =>
  openPayment({
    ...OPENING,
    paymentKey,
    mId: 'shop-1',
    order: { ...OPENING.order, orderId, orderName },
    requestedAt: AT,
  });

const eventOf = (paymentKey: string): PaymentEvent => ({
  type: 'PaymentOpened',
  at: AT,
  paymentKey,
  status: 'READY',
  transactionKey: null,
  amount: 0,
});

const deliveryOf = (transmissionId: string, state: DeliveryState = 'SENDING'): Delivery => ({
  transmissionId,
  mId: 'shop-1',
  webhookId: 'whk_1',
  url: 'http://shop.example/webhook',
  event: 'PAYMENT_STATUS_CHANGED',
  createdAt: AT,
  bytes: new Uint8Array([123, 125]),
  state,
  attempts: [],
  resends: 0,
  retriedCount: 0,
  nextAttemptAt: state === 'SENDING' ? AT : null,
});

const replyOf = (scope: string, body = '{}'): StoredReply => ({
  scope,
  firstUsedAt: AT,
  traceId: 'b995605505327307ee57e65de735fa3b',
  status: 200,
  body,
});

const jobOf = (kind: Job['kind'], key: string, dueAt = AT, seq = 0): Job => ({ kind, key, dueAt, seq });

const WEBHOOK: Webhook = {
  webhookId: 'whk_1',
  url: 'http://shop.example/webhook',
  events: ['PAYMENT_STATUS_CHANGED'],
  wrapDepositCallback: false,
};

/** Everything that can be read of a world. */
const seen = (world: World | undefined) =>
  world && {
    merchant: world.merchant,
    webhooks: [...world.webhooks],
    clock: world.clock,
    payments: ['p1', 'p2'].map((key) => world.payment(key)),
    ofOrder: world.paymentsOfOrder('order-0001').map(({ paymentKey }) => paymentKey),
    deliveries: [...world.deliveries()],
    journal: [...world.journal()],
    reply: world.reply('once'),
    jobs: [...world.jobs()],
    figures: world.figures(),
  };

/** A batch at a time, so that the bounds are reached fast. */
function inBatches<T>(count: number, make: (index: number) => T, take: (batch: T[]) => void): void {
  for (let start = 0; start < count; start += 1000) {
    take(Array.from({ length: Math.min(1000, count - start) }, (_, index) => make(start + index)));
  }
}

for (const { name, open } of STORES) {
  /** A store with one merchant in it. */
  const openWithShop = (): { store: Store; world: World } => {
    const store = open();
    store.commit({ mId: 'shop-1', merchant: SHOP });
    const world = store.world('shop-1');
    if (world === undefined) throw new Error('The merchant was not added.');
    return { store, world };
  };

  t.test(`${name}: a merchant that was added is there, empty, and found by each of its keys`, async (t) => {
    const { store, world } = openWithShop();
    t.strictSame(seen(world), {
      merchant: SHOP,
      webhooks: [],
      clock: { heldAt: null, shiftMs: 0 },
      payments: [undefined, undefined],
      ofOrder: [],
      deliveries: [],
      journal: [],
      reply: undefined,
      jobs: [],
      figures: { payments: 0, journalEntries: 0, deliveries: 0, idempotentReplies: 0, plannedJobs: 0 },
    });
    t.strictSame([...store.worlds()], [world]);
    t.equal(store.worldOfKey('test_ck_shop-1'), world);
    t.equal(store.worldOfKey('test_sk_shop-1'), world);
    t.equal(store.worldOfKey('test_sk_shop-2'), undefined);
    t.equal(store.world('shop-2'), undefined);
  });

  t.test(`${name}: what was committed is read, all of it`, async (t) => {
    const { store, world } = openWithShop();
    store.commit({
      mId: 'shop-1',
      webhooks: [WEBHOOK],
      clock: { heldAt: AT, shiftMs: 0 },
      payments: [paymentOf('p1'), paymentOf('p2')],
      events: [eventOf('p1'), eventOf('p2')],
      deliveries: [deliveryOf('d1'), deliveryOf('d2', 'FAILED')],
      plans: [jobOf('lapse', 'p1'), jobOf('deliver', 'd1')],
      reply: replyOf('once'),
    });
    t.strictSame(seen(world), {
      merchant: SHOP,
      webhooks: [WEBHOOK],
      clock: { heldAt: AT, shiftMs: 0 },
      payments: [paymentOf('p1'), paymentOf('p2')],
      ofOrder: ['p1', 'p2'],
      deliveries: [deliveryOf('d1'), deliveryOf('d2', 'FAILED')],
      journal: [eventOf('p1'), eventOf('p2')],
      reply: replyOf('once'),
      jobs: [jobOf('lapse', 'p1'), jobOf('deliver', 'd1')],
      figures: { payments: 2, journalEntries: 2, deliveries: 2, idempotentReplies: 1, plannedJobs: 2 },
    });
    t.strictSame(world.delivery('d1'), deliveryOf('d1'));
    t.equal(world.delivery('d3'), undefined);
  });

  t.test(`${name}: how a merchant’s calls are treated is kept until it is set anew`, async (t) => {
    const { store, world } = openWithShop();
    t.strictSame(world.conduct, {
      processingMs: 0,
      concurrentConfirm: 'ALREADY_PROCESSING_REQUEST',
      foreignCancelMs: 60_000,
      foreignCancelOutcome: 'DONE',
      allowMixedKeys: false,
    });
    const conduct = {
      processingMs: 300,
      concurrentConfirm: 'S008',
      foreignCancelMs: 0,
      foreignCancelOutcome: 'ABORTED',
      allowMixedKeys: true,
    } as const;
    store.commit({ mId: 'shop-1', conduct });
    store.commit({ mId: 'shop-1', webhooks: [] });
    t.strictSame(world.conduct, conduct);
  });

  t.test(`${name}: nothing crosses from one merchant to another`, async (t) => {
    const { store } = openWithShop();
    store.commit({ mId: 'shop-2', merchant: OTHER });
    const before = seen(store.world('shop-2'));
    store.commit({
      mId: 'shop-1',
      webhooks: [WEBHOOK],
      clock: { heldAt: AT, shiftMs: 0 },
      payments: [paymentOf('p1')],
      events: [eventOf('p1')],
      deliveries: [deliveryOf('d1')],
      plans: [jobOf('lapse', 'p1')],
      reply: replyOf('once'),
    });
    t.strictSame(seen(store.world('shop-2')), before);
    t.strictSame(
      [...store.worlds()].map(({ merchant }) => merchant.mId),
      ['shop-1', 'shop-2'],
    );
  });

  t.test(`${name}: a commit that throws has changed nothing`, async (t) => {
    const { store, world } = openWithShop();
    const before = seen(world);
    t.throws(() =>
      store.commit({
        mId: 'nobody',
        payments: [paymentOf('p1')],
        events: [eventOf('p1')],
        deliveries: [deliveryOf('d1')],
        plans: [jobOf('lapse', 'p1')],
        reply: replyOf('once'),
      }),
    );
    t.equal(store.world('nobody'), undefined);
    t.strictSame([...store.worlds()], [world]);
    t.strictSame(seen(world), before);
  });

  t.test(`${name}: a payment that is kept again replaces what it was`, async (t) => {
    const { store, world } = openWithShop();
    store.commit({ mId: 'shop-1', payments: [paymentOf('p1'), paymentOf('p2')] });
    store.commit({ mId: 'shop-1', payments: [paymentOf('p1', 'order-0001', '라떼')] });
    t.equal(world.payment('p1')?.order.orderName, '라떼');
    t.strictSame(
      world.paymentsOfOrder('order-0001').map(({ paymentKey, order }) => [paymentKey, order.orderName]),
      [
        ['p1', '라떼'],
        ['p2', '원두'],
      ],
    );
    t.equal(world.figures().payments, 2);
  });

  t.test(`${name}: the payments of an order are found, the oldest first`, async (t) => {
    const { store, world } = openWithShop();
    const keysOf = (orderId: string) => world.paymentsOfOrder(orderId).map(({ paymentKey }) => paymentKey);
    for (const key of ['c', 'a', 'b']) store.commit({ mId: 'shop-1', payments: [paymentOf(key)] });
    store.commit({ mId: 'shop-1', payments: [paymentOf('d', 'order-0002')] });
    t.strictSame(keysOf('order-0001'), ['c', 'a', 'b']);
    t.strictSame(keysOf('order-0002'), ['d']);
    t.strictSame(keysOf('order-0003'), []);
    t.strictSame(keysOf('constructor'), []);
  });

  t.test(`${name}: there is one job of a kind for a key, and it can be struck`, async (t) => {
    const { store, world } = openWithShop();
    const jobs = () => [...world.jobs()].map(({ kind, key, dueAt }) => [kind, key, dueAt - AT]);
    store.commit({ mId: 'shop-1', plans: [jobOf('lapse', 'p1', AT + 30), jobOf('deliver', 'p1', AT)] });
    store.commit({ mId: 'shop-1', plans: [jobOf('lapse', 'p1', AT + 10)] });
    t.strictSame(jobs().toSorted(), [
      ['deliver', 'p1', 0],
      ['lapse', 'p1', 10],
    ]);
    store.commit({ mId: 'shop-1', strikes: [{ kind: 'deliver', key: 'p1' }] });
    t.strictSame(jobs(), [['lapse', 'p1', 10]]);
    // A retry strikes the attempt that was made and plans the next, under the same name.
    store.commit({
      mId: 'shop-1',
      strikes: [{ kind: 'lapse', key: 'p1' }],
      plans: [jobOf('lapse', 'p1', AT + 20)],
    });
    t.strictSame(jobs(), [['lapse', 'p1', 20]]);
    store.commit({ mId: 'shop-1', strikes: [{ kind: 'lapse', key: 'nothing' }] });
    t.equal(world.figures().plannedJobs, 1);
  });

  t.test(`${name}: of the journal the newest 100,000 entries are kept`, async (t) => {
    const { store, world } = openWithShop();
    inBatches(
      100_002,
      (index) => eventOf(`p${index}`),
      (events) => store.commit({ mId: 'shop-1', events }),
    );
    const journal = [...world.journal()];
    t.equal(journal.length, 100_000);
    t.equal(journal[0]?.paymentKey, 'p2');
    t.equal(journal.at(-1)?.paymentKey, 'p100001');
    t.equal(world.figures().journalEntries, 100_002, 'those that gave way are counted');
  });

  t.test(`${name}: of finished deliveries the newest 10,000 are kept, of unfinished ones all`, async (t) => {
    const { store, world } = openWithShop();
    const finish = (from: number, count: number) =>
      inBatches(
        count,
        (index) => deliveryOf(`d${from + index}`, index % 2 === 0 ? 'COMPLETED' : 'FAILED'),
        (deliveries) => store.commit({ mId: 'shop-1', deliveries }),
      );
    inBatches(
      10_500,
      (index) => deliveryOf(`sending${index}`),
      (deliveries) => store.commit({ mId: 'shop-1', deliveries }),
    );
    finish(0, 10_000);
    t.ok(world.delivery('d0'));
    finish(10_000, 2);
    t.strictSame(
      ['d0', 'd1', 'd2', 'd10001', 'sending0', 'sending10499'].map((id) => world.delivery(id) !== undefined),
      [false, false, true, true, true, true],
    );
    t.equal(world.figures().deliveries, 20_500);
    t.equal([...world.deliveries()].length, 20_500);

    // Finished once, and sent again by hand: while it is on its way it does not go, however many finish meanwhile.
    store.commit({ mId: 'shop-1', deliveries: [deliveryOf('d2')] });
    finish(20_000, 10_000);
    t.strictSame(world.delivery('d2'), deliveryOf('d2'));
    store.commit({ mId: 'shop-1', deliveries: [deliveryOf('d2', 'COMPLETED')] });
    finish(30_000, 9_999);
    t.ok(world.delivery('d2'), 'finished again, it is the newest');
    finish(40_000, 1);
    t.equal(world.delivery('d2'), undefined);
  });

  t.test(`${name}: of idempotent replies the newest 10,000 are kept`, async (t) => {
    const { store, world } = openWithShop();
    const keep = (scope: string, body?: string) =>
      store.commit({ mId: 'shop-1', reply: replyOf(scope, body) });
    for (let index = 0; index < 10_000; index++) keep(`key ${index}`);
    // Used anew after its 15 days, a key is as young as any.
    keep('key 0', '{"again":true}');
    t.equal(world.figures().idempotentReplies, 10_000);
    keep('key 10000');
    t.equal(world.reply('key 0')?.body, '{"again":true}');
    t.equal(world.reply('key 1'), undefined, 'the oldest gave way');
    t.ok(world.reply('key 2'));
    t.ok(world.reply('key 10000'));
    t.equal(world.figures().idempotentReplies, 10_000);
  });

  t.test(
    `${name}: clearing leaves the merchant, its keys, its webhooks and its clock, and nothing else`,
    async (t) => {
      const { store, world } = openWithShop();
      store.commit({
        mId: 'shop-1',
        webhooks: [WEBHOOK],
        clock: { heldAt: AT, shiftMs: 0 },
        payments: [paymentOf('p1')],
        events: [eventOf('p1')],
        deliveries: [deliveryOf('d1'), deliveryOf('d2', 'COMPLETED')],
        plans: [jobOf('lapse', 'p1')],
        reply: replyOf('once'),
      });
      store.commit({ mId: 'shop-1', cleared: true });
      t.strictSame(seen(world), {
        merchant: SHOP,
        webhooks: [WEBHOOK],
        clock: { heldAt: AT, shiftMs: 0 },
        payments: [undefined, undefined],
        ofOrder: [],
        deliveries: [],
        journal: [],
        reply: undefined,
        jobs: [],
        figures: { payments: 0, journalEntries: 0, deliveries: 0, idempotentReplies: 0, plannedJobs: 0 },
      });
      t.equal(store.worldOfKey('test_sk_shop-1'), world);
      t.equal(store.world('shop-1'), world);
    },
  );

  t.test(`${name}: what comes along with the clearing comes after it`, async (t) => {
    const { store, world } = openWithShop();
    store.commit({ mId: 'shop-1', payments: [paymentOf('p1')] });
    store.commit({ mId: 'shop-1', cleared: true, payments: [paymentOf('p2')], webhooks: [WEBHOOK] });
    t.strictSame(
      world.paymentsOfOrder('order-0001').map(({ paymentKey }) => paymentKey),
      ['p2'],
    );
    t.strictSame(world.webhooks, [WEBHOOK]);
  });

  t.test(`${name}: a merchant with other keys is no longer found by the old ones`, async (t) => {
    const { store, world } = openWithShop();
    store.commit({ mId: 'shop-1', payments: [paymentOf('p1')] });
    const changed: Merchant = {
      ...SHOP,
      keyPairs: [{ product: 'widget', clientKey: null, secretKeys: ['test_gsk_new', 'test_sk_shop-1'] }],
    };
    store.commit({ mId: 'shop-1', merchant: changed });
    t.equal(store.worldOfKey('test_ck_shop-1'), undefined);
    t.equal(store.worldOfKey('test_sk_shop-1'), world);
    t.equal(store.worldOfKey('test_gsk_new'), world);
    t.strictSame(world.merchant, changed);
    t.ok(world.payment('p1'), 'its payments stay');
  });

  t.test(`${name}: a merchant that is removed is gone, keys and all`, async (t) => {
    const { store, world } = openWithShop();
    store.commit({ mId: 'shop-2', merchant: OTHER });
    store.commit({ mId: 'shop-1', payments: [paymentOf('p1')] });
    store.remove('shop-1');
    t.equal(store.world('shop-1'), undefined);
    t.equal(store.worldOfKey('test_ck_shop-1'), undefined);
    t.equal(store.worldOfKey('test_sk_shop-1'), undefined);
    t.equal(store.worldOfKey('test_sk_shop-2'), store.world('shop-2'));
    t.throws(() => store.commit({ mId: 'shop-1', payments: [paymentOf('p1')] }));
    t.doesNotThrow(() => store.remove('shop-1'), 'once is enough');

    store.commit({ mId: 'shop-1', merchant: SHOP });
    t.not(store.world('shop-1'), world, 'added again, it is another world');
    t.equal(store.world('shop-1')?.payment('p1'), undefined);
    t.equal(store.worldOfKey('test_sk_shop-1'), store.world('shop-1'));
  });

  t.test(`${name}: a key that another merchant was given stays with that one`, async (t) => {
    const { store } = openWithShop();
    store.commit({ mId: 'shop-2', merchant: merchantOf('shop-2', 'test_sk_shop-1') });
    t.equal(store.worldOfKey('test_sk_shop-1'), store.world('shop-2'));
    store.remove('shop-1');
    t.equal(store.worldOfKey('test_sk_shop-1'), store.world('shop-2'));
  });

  t.test(`${name}: receivers for everybody are kept beside the merchants`, async (t) => {
    const { store, world } = openWithShop();
    t.strictSame(store.sharedWebhooks, []);
    store.shareWebhooks([WEBHOOK]);
    t.strictSame(store.sharedWebhooks, [WEBHOOK]);
    t.strictSame(world.webhooks, []);
    store.shareWebhooks([]);
    t.strictSame(store.sharedWebhooks, []);
  });

  t.test(`${name}: jobs are numbered in the order in which they were planned`, async (t) => {
    const store = open();
    const numbers = Array.from({ length: 1000 }, () => store.nextSeq());
    t.ok(numbers.every((number, index) => index === 0 || number > (numbers[index - 1] ?? number)));
    store.close();
  });
}
