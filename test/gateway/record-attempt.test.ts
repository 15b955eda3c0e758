import t from 'tap';
import { recordAttempt } from '../../src/gateway/record-attempt.ts';
import { startHeldShop } from '../fixtures/held-shop.ts';

t.test('an attempt for a delivery that was forgotten meanwhile changes nothing', async (t) => {
  const { sandbox, shop } = await startHeldShop(t);
  const { gateway, store } = sandbox.core;
  const world = store.world(shop.mId);
  if (world === undefined) throw new Error('The shop has no world.');
  const before = world.figures();
  const attempt = { at: 1_898_903_730_000, retriedCount: 0, status: 500, error: null };
  t.equal(
    gateway.carryOut(world, (work) => recordAttempt(work, 'whtrans_a01q8fqpxtg0000000000000000', attempt, 0)),
    null,
  );
  t.strictSame(world.figures(), before);
});
