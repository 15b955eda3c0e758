import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import t, { type Test } from 'tap';
import { PLAIN_ENV } from '../fixtures/consumer.ts';
import { call, startSandbox } from '../fixtures/sandbox.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

/** Starts a merchant's server, which writes its port when it listens, with the preload; ended with the test. */
async function startServer(t: Test, file: string, env: Readonly<Record<string, string>>): Promise<string> {
  const args = ['NODE_OPTIONS=--import toss-sandbox/register', process.execPath, file];
  const child = spawn('env', args, {
    cwd: ROOT,
    env: { ...PLAIN_ENV, ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  t.teardown(() => child.kill('SIGKILL'));
  const [port] = await once(createInterface(child.stdout), 'line');
  return `http://127.0.0.1:${port}`;
}

const SERVERS = [
  ['an Express server with got', 'test/fixtures/merchants/express-got.mjs'],
  ['a route handler in the style of Next.js', 'test/fixtures/merchants/web-route.mjs'],
] as const;

for (const [server, file] of SERVERS) {
  t.test(`${server} and the real address written in it confirms what a shopper has paid`, async (t) => {
    const sandbox = await startSandbox(t);
    const shop = await sandbox.newShop();
    const merchant = await startServer(t, file, {
      TOSS_SANDBOX_URL: sandbox.url,
      TOSS_SECRET_KEY: shop.secretKey,
    });
    const prepared = await shop.post('/sandbox/payments', {
      orderId: 'order-0001',
      amount: 15000,
      successUrl: `${merchant}/success`,
      failUrl: `${merchant}/fail`,
    });

    const { status, body } = await call(prepared.body.redirectUrl, 'GET');
    t.equal(status, 200);
    t.match(body, { orderId: 'order-0001', status: 'DONE', totalAmount: 15000, method: '카드' });
    t.equal(new URL(body.receipt.url).origin, sandbox.url);
    t.strictSame((await shop.get(`/v1/payments/${body.paymentKey}`)).body, body);

    // payments.md 4.2: a page that is loaded again.
    const again = await call(prepared.body.redirectUrl, 'GET');
    t.equal(again.status, 400);
    t.strictSame(again.body, { code: 'ALREADY_PROCESSED_PAYMENT', message: '이미 처리된 결제 입니다.' });
  });
}
