import type { AddressInfo } from 'node:net';
import express from 'express';
import t, { type Test } from 'tap';
import { type Command, startCommand } from '../fixtures/command.ts';
import { basic, call } from '../fixtures/sandbox.ts';

const SECRET_KEY = 'test_sk_zXLkKEypNArWmo50nX3lmeaxYG5R';
const ORDER = { orderId: 'order-20300305-0001', amount: 15000 };

/** A shop whose webhook handler was copied from a widespread guide. */
interface Shop {
  readonly url: string;
  readonly paid: readonly string[];
  /** Waits until the handler has answered so many webhooks. */
  heard(count: number): Promise<void>;
}

async function startShop(t: Test): Promise<Shop> {
  const paid: string[] = [];
  let answered = 0;
  const waiting = new Set<() => void>();
  const app = express();
  app.use(express.json());
  app.post('/webhooks/toss', (request, response) => {
    const { eventType, data } = request.body;
    switch (eventType) {
      case 'DEPOSIT_CALLBACK':
        if (data.status === 'DONE') paid.push(data.orderId);
        break;
    }
    response.status(200).send('OK');
    answered++;
    for (const look of waiting) look();
  });
  const server = app.listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  t.teardown(() => {
    server.closeAllConnections();
    server.close();
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/webhooks/toss`,
    paid,
    heard: (count) =>
      new Promise((resolve) => {
        const look = () => {
          if (answered >= count) resolve();
        };
        waiting.add(look);
        look();
      }),
  };
}

/** The account is issued and paid into, and the shop has heard of both. */
async function payByAccount({ url }: Command, shop: Shop): Promise<void> {
  const headers = { authorization: basic(SECRET_KEY) };
  const { body } = await call(`${url}/v1/virtual-accounts`, 'POST', {
    headers,
    body: { ...ORDER, orderName: '머그컵 외 1건', customerName: '김토스', bank: '우리' },
  });
  const paid = await call(`${url}/sandbox/payments/${body.paymentKey}/deposit`, 'POST', { headers });
  if (paid.body.status !== 'DONE') throw new Error(`It was not paid: ${paid.text}`);
  await shop.heard(2);
  // An advance waits until the attempts under way have ended: whatever is said of them has been said.
  await call(`${url}/sandbox/clock/hold`, 'POST', { headers, body: {} });
  await call(`${url}/sandbox/clock/advance`, 'POST', { headers, body: { ms: 0 } });
}

// webhooks.md 11: the guide's handler reads eventType and data, the real DEPOSIT_CALLBACK is flat.
t.test('the handler of a widespread guide misses the deposit, and the log says why', async (t) => {
  const shop = await startShop(t);
  const command = await startCommand(t, ['--port', '0', '--webhook', `${shop.url}=DEPOSIT_CALLBACK`]);
  await payByAccount(command, shop);
  t.strictSame(shop.paid, [], 'as it would in production');
  await command.until(/eventType and data/);
  t.match(command.output(), /flat: \{createdAt, secret, status, transactionKey, orderId\}/);
  t.match(command.output(), /wrapDepositCallback in POST \/sandbox\/webhooks, or --wrap-deposit-callback/);
  t.equal(command.output().match(/eventType and data/g)?.length, 1, 'once, not for each of them');
});

t.test(
  'with the wrapping option the handler works, and the log says what the real service does',
  async (t) => {
    const shop = await startShop(t);
    const args = ['--port', '0', '--webhook', `${shop.url}=DEPOSIT_CALLBACK`, '--wrap-deposit-callback'];
    const command = await startCommand(t, args);
    await payByAccount(command, shop);
    t.strictSame(shop.paid, ['order-20300305-0001']);
    await command.until(/The real service sends it flat/);
    t.equal(command.output().match(/The real service sends it flat/g)?.length, 1);
  },
);

t.test('a single receiver can ask for it too', async (t) => {
  const shop = await startShop(t);
  const command = await startCommand(t, ['--port', '0']);
  await call(`${command.url}/sandbox/webhooks`, 'POST', {
    headers: { authorization: basic(SECRET_KEY) },
    body: { url: shop.url, events: ['DEPOSIT_CALLBACK'], wrapDepositCallback: true },
  });
  await payByAccount(command, shop);
  t.strictSame(shop.paid, ['order-20300305-0001']);
});
