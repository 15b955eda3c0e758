import t from 'tap';
import { afterAttempt, type Delivery, isDelivered, retryWaitMs } from '../../src/domain/delivery.ts';

const AT = Date.parse('2026-03-05T10:16:02+09:00');

const DELIVERY: Delivery = Object.freeze({
  transmissionId: 'whtrans_a01kjxs1tbzrhp10xh288nrntqv',
  mId: 'tvivarepublica',
  webhookId: 'whk_0123456789ab',
  url: 'http://shop.example/webhook',
  event: 'PAYMENT_STATUS_CHANGED',
  createdAt: AT,
  bytes: new Uint8Array([123, 125]),
  state: 'SENDING',
  attempts: [],
  resends: 0,
  retriedCount: 0,
  nextAttemptAt: AT,
});

// webhooks.md 8: after failure n, retry n follows; 4 ** (n - 1) minutes.
const WAITS_MINUTES = [1, 4, 16, 64, 256, 1024, 4096];

t.test('retries wait 1, 4, 16, 64, 256, 1024 and 4096 minutes', async (t) => {
  t.strictSame(
    WAITS_MINUTES.map((_, index) => retryWaitMs(index + 1) / 60_000),
    WAITS_MINUTES,
  );
});

t.test('a receiver that never answers 200 is tried eight times in all, then given up', async (t) => {
  let delivery = DELIVERY;
  let failedAt = AT;
  for (const [retriedCount, minutes] of WAITS_MINUTES.entries()) {
    const attempt = { at: failedAt, retriedCount, status: 500, error: null };
    const attempts = [...delivery.attempts, attempt];
    delivery = afterAttempt(delivery, attempt, failedAt);
    failedAt += minutes * 60_000;
    t.strictSame(
      delivery,
      { ...DELIVERY, attempts, retriedCount: retriedCount + 1, nextAttemptAt: failedAt },
      `after failure ${retriedCount}`,
    );
  }
  const last = { at: failedAt, retriedCount: 7, status: null, error: 'TIMEOUT' };
  delivery = afterAttempt(delivery, last, failedAt);
  t.equal(delivery.state, 'FAILED');
  t.equal(delivery.nextAttemptAt, null);
  t.equal(delivery.attempts.length, 8);
  t.equal(failedAt - AT, 5461 * 60_000, '3 days, 19 hours and 1 minute after the event');
});

t.test('the wait counts from the failure, not from the attempt that led to it', async (t) => {
  const attempt = { at: AT, retriedCount: 0, status: null, error: 'TIMEOUT' };
  const failedAt = AT + 10_000;
  t.equal(afterAttempt(DELIVERY, attempt, failedAt).nextAttemptAt, AT + 70_000);
});

t.test('a 200 ends it, on the last retry too', async (t) => {
  for (const retriedCount of [0, 3, 7]) {
    const attempt = { at: AT, retriedCount, status: 200, error: null };
    t.strictSame(afterAttempt(DELIVERY, attempt, AT), {
      ...DELIVERY,
      state: 'COMPLETED',
      attempts: [attempt],
      nextAttemptAt: null,
    });
  }
});

t.test('only 200 is a success', async (t) => {
  t.ok(isDelivered({ status: 200 }));
  // webhooks.md 7, 11: not even its neighbours.
  for (const status of [null, 0, 100, 199, 201, 202, 204, 301, 302, 307, 400, 404, 500, 503]) {
    t.notOk(isDelivered({ status }), `${status}`);
  }
});

t.test('taking down an attempt leaves the delivery it came from as it was', async (t) => {
  const attempts = Object.freeze([{ at: AT, retriedCount: 0, status: 500, error: null }]);
  const before = Object.freeze({ ...DELIVERY, attempts });
  afterAttempt(before, { at: AT, retriedCount: 1, status: 200, error: null }, AT);
  t.strictSame(before, { ...DELIVERY, attempts: [{ at: AT, retriedCount: 0, status: 500, error: null }] });
});
