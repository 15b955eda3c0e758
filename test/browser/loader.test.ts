import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { build } from 'esbuild';
import type { Page } from 'playwright-core';
import t, { type Test } from 'tap';
import { startBrowser } from '../fixtures/chromium.ts';
import { CLIENT_KEY, otherSite, pick, serve, windowIn } from '../fixtures/merchant-page.ts';
import { startSandbox } from '../fixtures/sandbox.ts';

// A real browser on a busy machine takes its time.
t.setTimeout(180_000);

const context = await (await startBrowser(t)).newContext();

/** The loader as it is published, made into a script for a page. */
const { outputFiles } = await build({
  stdin: {
    contents: "export * from '@tosspayments/tosspayments-sdk';",
    resolveDir: dirname(createRequire(import.meta.url).resolve('tap')),
  },
  bundle: true,
  write: false,
  format: 'iife',
  globalName: 'loader',
});
const [bundle] = outputFiles;

/** A shop whose page has the loader in it, and which addresses the browser has asked since. */
async function openPage(t: Test, head = ''): Promise<{ page: Page; url: string; asked: string[] }> {
  const url = await serve(t, (request, response) => {
    const isScript = request.url === '/loader.js';
    response.setHeader('content-type', `text/${isScript ? 'javascript' : 'html'}; charset=utf-8`);
    response.end(
      isScript ? bundle?.text : `<!doctype html>${head}<script src="/loader.js"></script><h1>상점</h1>`,
    );
  });
  const page = await context.newPage();
  const asked: string[] = [];
  page.on('pageerror', (error) => t.fail(`A script of the page failed: ${error.message}`));
  await page.goto(url);
  page.on('request', (request) => asked.push(request.url()));
  return { page, url, asked };
}

const request = (url: string): string => `{ method: 'CARD', amount: { currency: 'KRW', value: 15000 },
  orderId: 'order-20260305-0002', orderName: '원두 200g', successUrl: '${url}/success', failUrl: '${url}/fail' }`;

/** Pays with what the loader resolved with. */
async function payWith(page: Page, url: string, tossPayments: string): Promise<URL> {
  await page.evaluate(`(async () => {
    (await ${tossPayments}).payment({ customerKey: loader.ANONYMOUS }).requestPayment(${request(url)});
  })()`);
  await pick(windowIn(page), '현대카드');
  await windowIn(page).getByTestId('approve').click();
  await page.waitForURL(`${url}/success*`);
  return new URL(page.url());
}

t.test('the npm loader with its src option loads the sandbox and a guest pays', async (t) => {
  const sandbox = await startSandbox(t);
  const { page, url, asked } = await openPage(t);
  const src = `${otherSite(sandbox)}/v2/standard`;
  const landed = await payWith(page, url, `loader.loadTossPayments('${CLIENT_KEY}', { src: '${src}' })`);
  t.equal(asked[0], src);
  t.equal(landed.searchParams.get('amount'), '15000');
  t.equal(landed.searchParams.get('orderId'), 'order-20260305-0002');
});

t.test('with the sandbox’s script on the page the npm loader asks nobody', async (t) => {
  const sandbox = await startSandbox(t);
  const { page, url, asked } = await openPage(t, `<script src="${otherSite(sandbox)}/v2/standard"></script>`);
  t.equal(
    await page.evaluate(`loader.loadTossPayments('${CLIENT_KEY}').then(({ payment }) => typeof payment)`),
    'function',
  );
  t.strictSame(asked, []);
  t.equal(await page.locator('script').count(), 2, 'no script was added');
  await payWith(page, url, `loader.loadTossPayments('${CLIENT_KEY}')`);
});

t.test('the loader’s ANONYMOUS is the script’s', async (t) => {
  const sandbox = await startSandbox(t);
  const { page } = await openPage(t, `<script src="${sandbox.url}/v2/standard"></script>`);
  t.strictSame(await page.evaluate('[loader.ANONYMOUS, TossPayments.ANONYMOUS]'), [
    '@@ANONYMOUS',
    '@@ANONYMOUS',
  ]);
});

t.test('after a clear the loader loads afresh, and what it loads pays', async (t) => {
  const sandbox = await startSandbox(t);
  const src = `${otherSite(sandbox)}/v2/standard`;
  const load = `loader.loadTossPayments('${CLIENT_KEY}', { src: '${src}' })`;
  const { page, url, asked } = await openPage(t);
  await page.evaluate(`${load}.then(() => { window.first = TossPayments; })`);
  await page.evaluate(`${load}.then(() => {})`);
  t.strictSame(asked, [src], 'a second call loads nothing');
  await page.evaluate('loader.clearTossPayments()');
  t.strictSame(
    await page.evaluate('[typeof TossPayments, document.querySelectorAll("head script").length]'),
    ['undefined', 1],
  );
  t.equal(await page.evaluate(`${load}.then(() => TossPayments === first)`), false);
  t.strictSame(asked, [src, src]);
  await payWith(page, url, load);
});
