import type { Page } from 'playwright-core';
import t, { type Test } from 'tap';
import { startBrowser } from '../fixtures/chromium.ts';
import { callAround, INTRUDING_PAGE, readAll } from '../fixtures/intruder.ts';
import { otherSite, SECRET_KEY, serve } from '../fixtures/merchant-page.ts';
import { basic, call, startSandbox, type TestSandbox } from '../fixtures/sandbox.ts';

// A real browser on a busy machine takes its time.
t.setTimeout(180_000);

// Sites of their own for the browser, all of them on this machine.
const NAMES = ['evil.example', 'rebound.example', 'shop.example'];
const browser = await startBrowser(t, [
  `--host-resolver-rules=${NAMES.map((name) => `MAP ${name} 127.0.0.1`).join(',')}`,
  // Of late Chromium keeps pages of the internet from this machine by itself. Others do not, nor does it always.
  '--disable-features=LocalNetworkAccessChecks,BlockInsecurePrivateNetworkRequests',
]);

/** A page of a site: an origin of its own, under a name that the browser finds on this machine. */
async function openPage(t: Test, name: string): Promise<Page> {
  const url = await serve(t, (_request, response) => {
    response.setHeader('content-type', 'text/html');
    response.end(INTRUDING_PAGE);
  });
  const page = await browser.newPage();
  t.teardown(() => page.close());
  await page.goto(url.replace('127.0.0.1', name));
  return page;
}

/** What the sandbox has that its own API can change. */
async function stateOf({ url }: TestSandbox): Promise<string> {
  const paths = ['/sandbox/health', '/sandbox/merchants', '/sandbox/webhooks', '/sandbox/faults'];
  const answers = await Promise.all(paths.map((path) => call(url + path, 'GET')));
  const clocks = await call(`${url}/sandbox/clock`, 'GET');
  const modes = clocks.body.clocks.map(({ mode }: { mode: string }) => mode).join();
  return [...answers.map(({ text }) => text), modes].join('\n');
}

const NOTHING = {
  'a look': 'nothing',
  'a look without CORS': 'nothing',
  'a POST': 'nothing',
  'a POST in other letters': 'nothing',
  'a POST without CORS': 'nothing',
  'a POST of text': 'nothing',
  'a POST of JSON': 'nothing',
  'a PATCH': 'nothing',
  'a DELETE': 'nothing',
  'a form': 'nothing',
  'an image': 'nothing',
  'a script': 'nothing',
  'a frame': 'nothing',
  'a stream of events': 'nothing',
};

t.test('a page of another site cannot call the sandbox’s own API', async (t) => {
  const sandbox = await startSandbox(t);
  const before = await stateOf(sandbox);
  // The last one is for the browser of the same site, on another port.
  for (const name of ['evil.example', 'localhost']) {
    for (const address of [sandbox.url, otherSite(sandbox)]) {
      const page = await openPage(t, name);
      const learnt = await callAround(page, address);
      t.strictSame(learnt, NOTHING, `${name} learns nothing from ${new URL(address).hostname}`);
      t.equal(await stateOf(sandbox), before, `${name} does nothing at ${new URL(address).hostname}`);
    }
  }
});

t.test('with --allow-origin my own test page can, and nobody else', async (t) => {
  const page = await openPage(t, 'shop.example');
  const sandbox = await startSandbox(t, { allowOrigins: [new URL(page.url()).origin] });
  const before = await stateOf(sandbox);
  const stranger = await openPage(t, 'evil.example');
  t.strictSame(await callAround(stranger, otherSite(sandbox)), NOTHING);
  t.equal(await stateOf(sandbox), before);

  t.strictSame(await callAround(page, otherSite(sandbox)), {
    ...NOTHING,
    'a look': '200',
    'a POST': '201',
    'a POST in other letters': '201',
    // The body is text, which the sandbox does not take for JSON.
    'a POST of text': '400',
    'a POST of JSON': '201',
    'a PATCH': '200',
    'a DELETE': '204',
    'a stream of events': 'open',
  });
  t.not(await stateOf(sandbox), before, 'the calls are of a kind that does something');
  const { body } = await call(`${sandbox.url}/sandbox/clock`, 'GET');
  t.equal(body.clocks[0].mode, 'held', 'also the one whose answer the page cannot read');
});

/** A page of the sandbox's own address under another name, as after its name was pointed here. */
async function openRebound(t: Test, sandbox: TestSandbox): Promise<Page> {
  const { port } = new URL(sandbox.url);
  const page = await browser.newPage();
  t.teardown(() => page.close());
  // What the name led to before.
  await page.route('**/before', (route) => route.fulfill({ contentType: 'text/html', body: INTRUDING_PAGE }));
  await page.goto(`http://rebound.example:${port}/before`);
  return page;
}

t.test('nor can a page whose name was pointed at the sandbox’s address, not even read', async (t) => {
  const sandbox = await startSandbox(t);
  const authorization = basic(SECRET_KEY);
  const order = { headers: { authorization }, body: { orderId: 'order-0001', amount: 15000 } };
  await call(`${sandbox.url}/sandbox/payments`, 'POST', order);
  const before = await stateOf(sandbox);
  const page = await openRebound(t, sandbox);
  t.strictSame(await readAll(page, authorization), Array(6).fill('403 FOREIGN_HOST'));
  t.equal(await stateOf(sandbox), before);
  await page.goto(new URL('/sandbox/merchants', page.url()).href);
  t.match(
    await page.textContent('body'),
    'start the sandbox with --allow-host',
    'and somebody who looks is told',
  );

  const open = await startSandbox(t, { allowHosts: ['rebound.example'] });
  await call(`${open.url}/sandbox/payments`, 'POST', order);
  const owner = await openRebound(t, open);
  t.strictSame(
    await readAll(owner, authorization),
    ['200 read', '201 read', '204 read', '404 NOT_FOUND_PAYMENT', '200 read', '200 read'],
    'with --allow-host it could: the payment is gone after its reset',
  );
});

t.test('people get from a page elsewhere to the sandbox’s pages by a link', async (t) => {
  const sandbox = await startSandbox(t);
  const page = await openPage(t, 'shop.example');
  const address = `${otherSite(sandbox)}/sandbox/deliveries`;
  await page.evaluate(`document.body.innerHTML = '<a href="${address}">deliveries</a>'`);
  await page.getByText('deliveries').click();
  await page.waitForURL(address);
  t.equal(await page.textContent('body'), '{"deliveries":[]}');
  await page.goto(otherSite(sandbox));
  await page.getByText('웹훅 전송 기록').click();
  await page.waitForURL(address);
  t.equal(await page.textContent('body'), '{"deliveries":[]}', 'and from its own first page');
});
