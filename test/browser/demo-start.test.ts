import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import t, { type Test } from 'tap';
import { startBrowser } from '../fixtures/chromium.ts';
import { headers, textOf, visitDemo } from '../fixtures/demo-visit.ts';
import { pick } from '../fixtures/merchant-page.ts';
import { call } from '../fixtures/sandbox.ts';

// A real browser on a busy machine takes its time: tap's half a minute is for files without one.
t.setTimeout(180_000);

const browser = await startBrowser(t);
const startVisit = (t: Test, wish: { javaScriptEnabled?: boolean } = {}) =>
  visitDemo(t, browser, { device: 'PC', ...wish });

t.test('the window at checkout.url works without JavaScript', async (t) => {
  const visit = await startVisit(t, { javaScriptEnabled: false });
  const { page, shop, shopUrl, sandboxUrl } = visit;
  const order = shop.orders.take({ quantities: { mugs: 2 }, hasCoupon: false });
  const { body } = await call(`${sandboxUrl}/v1/payments`, 'POST', {
    headers,
    body: {
      method: 'CARD',
      amount: order?.amount,
      orderId: order?.orderId,
      orderName: order?.orderName,
      successUrl: `${shopUrl}/success`,
      failUrl: `${shopUrl}/fail`,
    },
  });
  await page.goto(body.checkout.url);
  await page.getByText('다른 카드사 더 보기').click();
  await pick(page, '제주은행');
  await page.getByTestId('approve').click();
  await page.waitForURL(`${shopUrl}/orders/*`);
  t.equal(await textOf(page, 'status'), 'DONE');
  t.equal(await textOf(page, 'method'), '카드 · 제주은행');
  t.equal(await textOf(page, 'balance'), '70,000원');
});

t.test('the page at / says what this is and leads on', async (t) => {
  const { page, sandboxUrl, shopUrl } = await startVisit(t);
  await page.goto(sandboxUrl);
  t.equal(await page.getByRole('heading', { level: 1 }).textContent(), '토스페이먼츠 샌드박스가 켜져 있어요');
  t.equal(await page.getByText('test_ck_D5GePWvyJnrK0W0k6q8gLzN97Eoq').count(), 1);
  const links = {
    README: `${sandboxUrl}/sandbox/readme`,
    '데모 상점': shopUrl,
    상태: `${sandboxUrl}/sandbox/health`,
  };
  for (const [name, address] of Object.entries(links)) {
    const href = await page.getByRole('link', { name }).getAttribute('href');
    t.equal(new URL(href ?? '', sandboxUrl).href, new URL(address).href);
    t.equal((await call(address, 'GET')).status, 200);
  }
});

/** Runs demo/start.ts until it ends, or until what it writes fits and it is told to end. */
async function runStart(
  ports: Readonly<Record<string, string>>,
): Promise<{ output: string; code: number | null }> {
  const script = fileURLToPath(new URL('../../demo/start.ts', import.meta.url));
  const child = spawn(process.execPath, ['--import=tsx', script], { env: { ...process.env, ...ports } });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text;
      if (output.includes('Ctrl+C')) child.kill('SIGTERM');
    });
  }
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
  return { output, code };
}

t.test('the demo says where it is, ends when told, and says plainly when a port is taken', async (t) => {
  const free = { TOSS_SANDBOX_PORT: '0', DEMO_PORT: '0' };
  const started = await runStart(free);
  t.match(started.output, /Demo shop {5}http:\/\/127\.0\.0\.1:\d+\n/);
  t.match(started.output, /toss-sandbox {2}http:\/\/127\.0\.0\.1:\d+\n/);
  t.equal(started.code, 0);

  const { shopUrl } = await startVisit(t);
  const { port } = new URL(shopUrl);
  for (const variable of ['DEMO_PORT', 'TOSS_SANDBOX_PORT']) {
    t.strictSame(await runStart({ ...free, [variable]: port }), {
      output: `demo: port ${port} is in use. Choose another with ${variable}=NUMBER, 0 taking a free one.\n`,
      code: 1,
    });
  }
});
