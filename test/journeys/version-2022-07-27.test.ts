import express from 'express';
import t, { type Test } from 'tap';
import { startSandbox } from '../../src/index.ts';
import type { ApiVersion, Merchant, Sandbox } from '../../src/library/api.ts';
import { serve } from '../fixtures/merchant-page.ts';
import { call } from '../fixtures/sandbox.ts';

// biome-ignore lint/suspicious/noExplicitAny: the merchant's code reads the fields that its version has.
type Json = any;

/** One row of the merchant's table of payments, in the words of its version. */
interface PaidOrder {
  transactionKey: string;
  card: string | null;
  canceled: { amount: number; key: string; at: string }[];
}

/** A merchant's server that was written for an older version, and never changed. */
async function startOldServer(t: Test, version: ApiVersion) {
  const sandbox = await startSandbox({
    merchants: [
      {
        mId: 'toldshop',
        apiVersion: version,
        keyPairs: [
          {
            product: 'individual',
            clientKey: 'test_ck_0123456789ABCDEFGHIJKLMNOPQR',
            secretKeys: ['test_sk_0123456789ABCDEFGHIJKLMNOPQR'],
          },
        ],
      },
    ],
  });
  t.teardown(() => sandbox.close());
  const merchant = sandbox.merchant('toldshop');
  const orders = new Map<string, PaidOrder>();
  const told: Json[] = [];
  const url = await serve(t, serverOf(sandbox, merchant, orders, told));
  await merchant.webhooks.register({ url: `${url}/webhooks` });
  return { sandboxUrl: sandbox.url, merchant, url, orders, told };
}

function serverOf(
  sandbox: Sandbox,
  { authorization }: Merchant,
  orders: Map<string, PaidOrder>,
  told: Json[],
) {
  const toss = async (path: string, body: unknown): Promise<Json> =>
    (await call(`${sandbox.url}/v1/payments/${path}`, 'POST', { headers: { authorization }, body })).body;
  const keep = ({ orderId, transactionKey, card, cancels }: Json): void => {
    const canceled = (cancels ?? []).map((one: Json) => ({
      amount: one.cancelAmount,
      key: one.transactionKey,
      at: one.canceledAt,
    }));
    const name = card && `${card.company}카드 ${card.issuerCode} ${card.number}`;
    orders.set(orderId, { transactionKey, card: name, canceled });
  };

  const app = express();
  app.use(express.json());
  app.get('/success', async ({ query }, response) => {
    const { paymentKey, orderId, amount } = query;
    keep(await toss('confirm', { paymentKey, orderId, amount: Number(amount) }));
    response.send('주문 완료');
  });
  app.post('/refund', async ({ body }, response) => {
    const { paymentKey, ...wish } = body;
    keep(await toss(`${paymentKey}/cancel`, wish));
    response.send('환불 완료');
  });
  app.post('/webhooks', ({ body }, response) => {
    told.push(body);
    response.end();
  });
  return app;
}

t.test('a server written for 2022-07-27 reads names and codes, and hears the same', async (t) => {
  const { merchant, url, orders, told } = await startOldServer(t, '2022-07-27');
  await merchant.clock.hold('2030-03-05T10:15:30+09:00');
  const { paymentKey, redirectUrl } = await merchant.preparePayment({
    orderId: 'order-20300305-0001',
    amount: 15000,
    flowMode: 'DIRECT',
    cardCompany: 'SHINHAN',
    successUrl: `${url}/success`,
    failUrl: `${url}/fail`,
  });
  t.equal(await (await fetch(redirectUrl ?? '')).text(), '주문 완료');
  const order = orders.get('order-20300305-0001');
  t.match(order?.transactionKey, /^txrd_a[0-9a-z]{26}$/);
  t.match(order?.card, /^신한카드 41 \d{8}\*{4}\d{3}\*$/);
  t.strictSame(order?.canceled, []);

  await merchant.clock.advance({ hours: 1 });
  const refund = async (cancelAmount: number) =>
    (
      await call(`${url}/refund`, 'POST', {
        body: { paymentKey, cancelAmount, cancelReason: '상품 1개 품절' },
      })
    ).text;
  t.equal(await refund(5000), '환불 완료');
  await merchant.clock.advance({ minutes: 1 });
  t.equal(await refund(3000), '환불 완료');
  const canceled = orders.get('order-20300305-0001');
  t.match(canceled?.canceled, [
    { amount: 5000, key: /^txrd_a/, at: '2030-03-05T11:15:30+09:00' },
    { amount: 3000, key: /^txrd_a/, at: '2030-03-05T11:16:30+09:00' },
  ]);
  t.equal(canceled?.transactionKey, canceled?.canceled[1]?.key, 'the newest transaction');

  await merchant.clock.advance({ ms: 0 });
  t.strictSame(
    told.map(({ eventType, data }) => [
      eventType,
      data.version,
      data.status,
      data.transactionKey === data.lastTransactionKey,
      data.card.company,
      data.card.issuerCode,
      data.cancels?.map(({ cancelAmount }: Json) => cancelAmount) ?? null,
    ]),
    [
      ['PAYMENT_STATUS_CHANGED', '2022-07-27', 'DONE', true, '신한', '41', null],
      ['PAYMENT_STATUS_CHANGED', '2022-07-27', 'PARTIAL_CANCELED', true, '신한', '41', [5000]],
      ['PAYMENT_STATUS_CHANGED', '2022-07-27', 'PARTIAL_CANCELED', true, '신한', '41', [5000, 3000]],
    ],
  );
});

// virtual-accounts.md 11.
const TAKEN_BACK = [
  { version: '1.4', status: 'CANCELED', balanceAmount: 0, cancelAmounts: [50000] },
  { version: '2022-06-08', status: 'WAITING_FOR_DEPOSIT', balanceAmount: 50000, cancelAmounts: [] },
] as const;

for (const { version, status, balanceAmount, cancelAmounts } of TAKEN_BACK) {
  t.test(`a deposit that the bank takes back is ${status} to a server on ${version}`, async (t) => {
    const { sandboxUrl, merchant, url, orders, told } = await startOldServer(t, version);
    const { paymentKey, redirectUrl } = await merchant.preparePayment({
      orderId: 'order-20300305-0002',
      amount: 50000,
      method: 'VIRTUAL_ACCOUNT',
      successUrl: `${url}/success`,
      failUrl: `${url}/fail`,
    });
    t.equal(await (await fetch(redirectUrl ?? '')).text(), '주문 완료');
    t.match(orders.get('order-20300305-0002')?.transactionKey, /^[0-9A-F]{32}$/);
    await merchant.deposit(paymentKey);
    await merchant.clock.advance({ ms: 0 });
    const before = told.length;
    await merchant.takeBackDeposit(paymentKey);
    await merchant.clock.advance({ ms: 0 });

    const [callback] = told.slice(before).filter((body) => body.eventType === undefined);
    t.match(callback, { status, orderId: 'order-20300305-0002' });
    const changes = told.filter(({ eventType }) => eventType === 'PAYMENT_STATUS_CHANGED');
    t.strictSame(
      changes.map(({ data }) => [data.version, data.status]),
      status === 'CANCELED'
        ? [
            [version, 'DONE'],
            [version, 'CANCELED'],
          ]
        : [[version, 'DONE']],
    );
    const headers = { authorization: merchant.authorization };
    const { body } = await call(`${sandboxUrl}/v1/payments/${paymentKey}`, 'GET', { headers });
    t.strictSame(
      [body.status, body.balanceAmount, body.cancels?.map(({ cancelAmount }: Json) => cancelAmount) ?? []],
      [status, balanceAmount, cancelAmounts],
    );
  });
}
