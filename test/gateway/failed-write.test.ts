import t, { type Test } from 'tap';
import { MemoryStore } from '../../src/store/memory-store.ts';
import type { Changes } from '../../src/store/store.ts';
import { startSandbox } from '../fixtures/sandbox.ts';
import { HandWall } from '../fixtures/wall.ts';

/** A store whose disk can be full. */
class FullStore extends MemoryStore {
  isFull = false;

  override commit(changes: Changes): void {
    if (this.isFull) throw new Error('ENOSPC: no space left on device');
    super.commit(changes);
  }
}

const ORDER = { orderId: 'order-0001', amount: 15000 };

/** A payment's life, told by its answers; with or without a full disk on the way. */
async function live(t: Test, isInterrupted: boolean): Promise<string[]> {
  const store = new FullStore();
  const wall = new HandWall(Date.parse('2026-03-05T10:15:30+09:00'));
  const running = await startSandbox(t, { store, wall, seed: 42, publicUrl: 'http://sandbox.example' });
  const shop = await running.newShop();
  const answers: string[] = [];

  /** Posts, and if it is to be interrupted, fails at it first: nothing may have changed then. */
  const post = async (path: string, body: Readonly<Record<string, unknown>>): Promise<string> => {
    const headers = { 'idempotency-key': `key of ${path}` };
    if (isInterrupted) {
      const before = await shop.get('/v1/payments/orders/order-0001');
      store.isFull = true;
      const { status, body: failure } = await shop.post(path, body, headers);
      store.isFull = false;
      // Ours, and said to be: never dressed up as an error of Toss Payments.
      t.equal(status, 500);
      t.equal(failure.code, 'SANDBOX_BUG');
      const after = await shop.get('/v1/payments/orders/order-0001');
      t.equal(after.text, before.text, 'nothing has changed');
    }
    const answer = await shop.post(path, body, headers);
    answers.push(answer.text);
    return answer.body.paymentKey;
  };

  const paymentKey = await post('/sandbox/payments', ORDER);
  await post('/v1/payments/confirm', { paymentKey, ...ORDER });
  await post(`/v1/payments/${paymentKey}/cancel`, { cancelReason: '고객 변심' });
  const { journalEntries, plannedJobs, idempotentReplies } = store.world(shop.mId)?.figures() ?? {};
  return [...answers, JSON.stringify({ journalEntries, plannedJobs, idempotentReplies })];
}

t.test(
  'what could not be written has not happened, and tried again gives the very same answer',
  async (t) => {
    const uninterrupted = await live(t, false);
    t.equal(uninterrupted.length, 4);
    t.match(uninterrupted[2], '"status":"CANCELED"');
    t.equal(uninterrupted[3], '{"journalEntries":4,"plannedJobs":0,"idempotentReplies":2}');
    // The same seed, the same keys: also those that were drawn in vain are drawn again.
    t.strictSame(await live(t, true), uninterrupted);
  },
);
