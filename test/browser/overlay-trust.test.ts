import type { BrowserContext, Page } from 'playwright-core';
import t, { type Test } from 'tap';
import { startProfile } from '../fixtures/chromium.ts';
import {
  FRAME,
  OVERLAY,
  openMerchantPage,
  otherSite,
  pick,
  serve,
  startPaying,
  windowIn,
} from '../fixtures/merchant-page.ts';
import { startSandbox, type TestSandbox } from '../fixtures/sandbox.ts';

// A real browser on a busy machine takes its time.
t.setTimeout(180_000);

const blocked = await startProfile(t, { thirdPartyCookies: 'blocked' });
const allowed = await startProfile(t, { thirdPartyCookies: 'allowed' });

const frameOf = async (page: Page) => {
  const frame = await (await page.waitForSelector(FRAME)).contentFrame();
  if (frame === null) throw new Error('There is no frame.');
  await windowIn(page).getByTestId('order-name').waitFor();
  return frame;
};

/** What the frame can see of a cookie that the browser has for the sandbox. */
async function cookieInFrame(t: Test, context: BrowserContext, sandbox: TestSandbox): Promise<unknown> {
  const { page } = await openMerchantPage(t, context, otherSite(sandbox));
  const visit = await context.newPage();
  await visit.goto(otherSite(sandbox));
  await visit.evaluate("document.cookie = 'probe=1; SameSite=None; Secure'");
  const asking = page.waitForRequest('**/checkout?frame=*');
  await startPaying(page);
  const { cookie = '' } = await (await asking).allHeaders();
  return [cookie, await (await frameOf(page)).evaluate('document.cookie')];
}

t.test('the overlay needs no third-party cookie, and keeps nothing in the browser', async (t) => {
  const sandbox = await startSandbox(t);
  t.strictSame(await cookieInFrame(t, allowed, sandbox), ['probe=1', 'probe=1'], 'the probe works');
  t.strictSame(await cookieInFrame(t, blocked, sandbox), ['', ''], 'and the browser does block');

  await blocked.clearCookies();
  const { page, url } = await openMerchantPage(t, blocked, otherSite(sandbox));
  await startPaying(page);
  await pick(windowIn(page), '현대카드');
  const kept = '(() => { try { return localStorage.length; } catch ({ name }) { return name; } })()';
  t.equal(await (await frameOf(page)).evaluate(kept), 'SecurityError', 'the browser lets it keep nothing');
  await windowIn(page).getByTestId('approve').click();
  await page.waitForURL(`${url}/success*`);
  t.strictSame(await blocked.cookies(), []);
});

t.test('a message that anybody else posts to my page is not believed', async (t) => {
  const sandbox = await startSandbox(t);
  const { page, url } = await openMerchantPage(t, blocked, otherSite(sandbox));
  const stranger = await serve(t, (_request, response) => response.end('stranger'));
  await startPaying(page);
  const frame = await frameOf(page);
  const nonce = new URL(frame.url()).searchParams.get('frame') ?? '';
  t.match(nonce, /^[0-9a-f]{32}$/);

  await page.evaluate('window.seen = []; addEventListener("message", ({ data }) => seen.push(data))');
  for (const address of [stranger, `${otherSite(sandbox)}/`]) {
    await page.evaluate(
      `document.body.append(Object.assign(document.createElement('iframe'), { src: '${address}' }))`,
    );
  }
  const report = "{ type: 'redirect', url: location.origin + '/stolen' }";
  const forged = (word: string): string => `parent.postMessage({ nonce: '${word}', report: ${report} }, '*')`;
  await page.waitForFunction('frames.length === 3');
  for (const one of page.frames()) {
    await one.waitForLoadState();
    // The frame itself knows the nonce and is believed: it gets another.
    await one.evaluate(forged(one === frame ? '0'.repeat(32) : nonce));
  }
  await frame.evaluate("parent.postMessage(null, '*')");
  await page.waitForFunction('seen.length === 5');
  t.strictSame(await page.evaluate('outcomes'), []);
  t.equal(page.url(), `${url}/`);
  t.equal(await page.locator(OVERLAY).count(), 1);

  await pick(windowIn(page), '현대카드');
  await windowIn(page).getByTestId('approve').click();
  await page.waitForURL(`${url}/success*`);
});

t.test('a stranger’s page that has taken the window’s place in its frame is not believed', async (t) => {
  const sandbox = await startSandbox(t);
  const { page, url } = await openMerchantPage(t, blocked, otherSite(sandbox));
  const stranger = await serve(t, (_request, response) => response.end('stranger'));
  await startPaying(page);
  const frame = await frameOf(page);
  const nonce = new URL(frame.url()).searchParams.get('frame');
  await page.evaluate('window.seen = []; addEventListener("message", ({ data }) => seen.push(data))');
  await page.evaluate(`document.querySelector('${FRAME}').src = '${stranger}'`);
  await windowIn(page).getByText('stranger').waitFor();
  const taken = page.frames().find((one) => one.url().startsWith(stranger));
  await taken?.evaluate(`parent.postMessage({ nonce: '${nonce}', report: { type: 'closed' } }, '*')`);
  await page.waitForFunction('seen.length === 1');
  t.strictSame(await page.evaluate('outcomes'), []);
  t.equal(page.url(), `${url}/`);
});

t.test('a stranger’s page that frames my shopper’s window is told nothing', async (t) => {
  const sandbox = await startSandbox(t);
  const { page, url } = await openMerchantPage(t, blocked, otherSite(sandbox));
  await startPaying(page);
  const address = new URL((await frameOf(page)).url());
  address.searchParams.set('frame', 'f'.repeat(32));
  const stranger = await serve(t, (_request, response) => {
    response.setHeader('content-type', 'text/html');
    response.end(
      `<script>seen = []; onmessage = ({ data }) => seen.push(data)</script><iframe src="${address}"></iframe>`,
    );
  });
  const thief = await blocked.newPage();
  await thief.goto(stranger);
  const window = thief.frameLocator('iframe');
  await pick(window, '현대카드');
  await window.getByTestId('approve').click();
  t.equal(await window.locator('#landed').textContent(), '/success', 'as on a page of its own');
  t.strictSame(await thief.evaluate('seen'), []);
  t.equal(new URL(thief.frames()[1]?.url() ?? '').origin, url);
});
