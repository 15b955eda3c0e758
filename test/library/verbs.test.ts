import t, { type Test } from 'tap';
import { startSandbox } from '../../src/index.ts';
import type * as api from '../../src/library/api.ts';
import { call } from '../fixtures/sandbox.ts';

async function start(t: Test): Promise<{ sandbox: api.Sandbox; shop: api.Merchant }> {
  const sandbox = await startSandbox();
  t.teardown(() => sandbox.close());
  return { sandbox, shop: sandbox.addMerchant() };
}

const confirm = (
  sandbox: api.Sandbox,
  shop: api.Keys,
  { paymentKey, orderId, amount }: api.PreparedPayment,
) =>
  call(`${sandbox.url}/v1/payments/confirm`, 'POST', {
    headers: { authorization: shop.authorization },
    body: { paymentKey, orderId, amount },
  });

t.test('a failure is ordered for one order, strikes once, and is called off', async (t) => {
  const { sandbox, shop } = await start(t);
  const payment = await shop.preparePayment({ orderId: 'order-0001', amount: 15000 });
  const fault = await shop.faults.order({ orderId: 'order-0001', code: 'REJECT_CARD_PAYMENT' });
  t.match(fault, { mId: shop.mId, code: 'REJECT_CARD_PAYMENT', times: 1, struck: 0 });

  const refused = await confirm(sandbox, shop, payment);
  t.equal(refused.status, 403);
  t.strictSame(refused.body, {
    code: 'REJECT_CARD_PAYMENT',
    message: '한도초과 혹은 잔액부족으로 결제에 실패했습니다.',
  });
  t.equal(shop.faults.list()[0]?.struck, 1);
  t.equal((await confirm(sandbox, shop, payment)).status, 200, 'the next one goes through');

  await shop.faults.remove(fault.faultId);
  t.strictSame(shop.faults.list(), []);
  await t.rejects(shop.faults.remove(fault.faultId), { name: 'SandboxError', code: 'NO_SUCH_FAULT' });
  await t.rejects(shop.faults.order({ code: 'NO_SUCH_THING' }), { code: 'NO_SUCH_ERROR_CODE' });
  await sandbox.faults.order({ code: 'PROVIDER_ERROR', times: 2 });
  await sandbox.faults.removeAll();
  t.strictSame(sandbox.faults.list(), []);
});

t.test('the calls that came in can be looked at, by order and by status', async (t) => {
  const { sandbox, shop } = await start(t);
  const payment = await shop.preparePayment({ orderId: 'order-0001', amount: 15000 });
  await confirm(sandbox, shop, { ...payment, amount: 14000 });
  await confirm(sandbox, shop, payment);
  await call(`${sandbox.url}/v1/payments/${payment.paymentKey}`, 'GET', {
    headers: { authorization: shop.authorization },
  });

  t.strictSame(
    shop.requests().map(({ method, status, code }) => [method, status, code]),
    [
      ['POST', 400, 'INVALID_REQUEST'],
      ['POST', 200, null],
      ['GET', 200, null],
    ],
  );
  t.equal(shop.requests({ status: 400 }).length, 1);
  t.equal(shop.requests({ path: '/v1/payments/confirm', orderId: 'order-0001' }).length, 2);
  t.strictSame(sandbox.addMerchant().requests(), [], 'another merchant sees none of them');
  const { body } = await call(`${sandbox.url}/sandbox/requests`, 'GET', {
    headers: { authorization: shop.authorization },
  });
  t.strictSame(body.requests, JSON.parse(JSON.stringify(shop.requests())), 'the same as over HTTP');
});

t.test('a processing time makes a double confirm what it is', async (t) => {
  const { sandbox, shop } = await start(t);
  const slow = await shop.change({ processingMs: 50 });
  t.equal(slow.processingMs, 50);
  t.equal(slow.concurrentConfirm, 'ALREADY_PROCESSING_REQUEST');
  const payment = await shop.preparePayment({ orderId: 'order-0001', amount: 15000 });
  const answers = await Promise.all([confirm(sandbox, shop, payment), confirm(sandbox, shop, payment)]);
  t.strictSame(answers.map(({ status, body }) => [status, body.code ?? body.status]).sort(), [
    [200, 'DONE'],
    [400, 'ALREADY_PROCESSING_REQUEST'],
  ]);
  await t.rejects(shop.change({ processingMs: -1 }), {
    name: 'SandboxError',
    code: 'INVALID_CONTROL_REQUEST',
  });
});

t.test('a webhook is sent again by hand', async (t) => {
  const { sandbox, shop } = await start(t);
  const receiver = await shop.listenForWebhooks({
    answer: ({ retriedCount }) => (retriedCount === 0 ? 500 : 200),
  });
  await confirm(sandbox, shop, await shop.preparePayment({ orderId: 'order-0001', amount: 15000 }));
  const first = await receiver.next();
  await shop.clock.advance({ ms: 0 });
  await shop.resend(first.transmissionId);
  const again = await receiver.next();
  t.equal(again.text, first.text);
  t.equal(again.transmissionId, first.transmissionId);
  t.equal(again.retriedCount, 0);

  await shop.clock.advance({ minutes: 1 });
  t.equal((await receiver.next()).retriedCount, 1);
  await t.rejects(shop.resend(first.transmissionId), { code: 'DELIVERY_COMPLETED' });
  await t.rejects(shop.resend('whtrans_none'), { code: 'NO_SUCH_DELIVERY' });
});
