import { readFileSync } from 'node:fs';
import t from 'tap';
import { startSandbox } from '../../src/index.ts';
import { installPackage } from '../fixtures/consumer.ts';

const README = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');

/** The test that the README shows, letter for letter. */
const SHOWN = /## In your test's own process[\s\S]*?```js\n([\s\S]*?)```/.exec(README)?.[1] ?? '';

const consumer = await installPackage(t);

t.test('the test that the README shows has ten lines, and passes', async (t) => {
  const body = /=> \{\n((?: {2}.*\n)+)\}\);\n$/.exec(SHOWN.slice(SHOWN.indexOf("test('")))?.[1] ?? '';
  t.equal(body.trimEnd().split('\n').length, 10);
  await consumer.write('shown.mjs', SHOWN);
  const report = await consumer.node('--test-reporter=tap', 'shown.mjs');
  t.match(report, /^# pass 1$/m);
  t.match(report, /^# fail 0$/m);
});

t.test('twenty of them run side by side in one process', async (t) => {
  const twenty = `
    import { test as one } from 'node:test';
    const test = (name, run) =>
      one(name, { concurrency: 20 }, (t) =>
        Promise.all(Array.from({ length: 20 }, (_, index) => t.test(name + ' ' + index, run))));
    ${SHOWN.replace("import { test } from 'node:test';\n", '')}`;
  await consumer.write('twenty.mjs', twenty);
  const report = await consumer.node('--test-reporter=tap', 'twenty.mjs');
  t.match(report, /^# pass 21$/m, 'twenty, and the one around them');
  t.match(report, /^# fail 0$/m);
});

t.test('twenty merchants of one sandbox do not hear of one another', async (t) => {
  const sandbox = await startSandbox();
  t.teardown(() => sandbox.close());
  await Promise.all(
    Array.from({ length: 20 }, async (_, index) => {
      const shop = sandbox.addMerchant();
      const receiver = await shop.listenForWebhooks();
      await shop.clock.hold('2030-03-05T10:15:30+09:00');
      const { paymentKey } = await shop.preparePayment({ orderId: 'order-0001', amount: 1000 + index });
      await shop.clock.advance({ minutes: 10 });
      const { body } = await receiver.next();
      t.strictSame([body.data.status, body.data.paymentKey], ['EXPIRED', paymentKey]);
      t.strictSame(shop.clock.now(), new Date('2030-03-05T10:25:30+09:00'));
      t.equal(receiver.received.length, 1);
    }),
  );
});

const STORY = `
  const sandbox = await startSandbox();
  const shop = sandbox.addMerchant();
  const { status } = await shop.preparePayment({ orderId: 'order-0001', amount: 15000 });
  await fetch(sandbox.url + '/v1/payments/unknown', { headers: { authorization: 'Basic bm9ib2R5Og==' } });
  const sdk = await (await fetch(sandbox.url + '/v2/standard')).text();
  const readme = await (await fetch(sandbox.url + '/sandbox/readme')).text();
  await sandbox.close();
  console.log(JSON.stringify([VERSION, status, sdk.includes('requestPayment'), readme.startsWith('# toss-sandbox')]));`;

const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'));

t.test('it is imported, it is required, and it says nothing of its own', async (t) => {
  await consumer.write('story.mjs', `import { startSandbox, VERSION } from 'toss-sandbox';\n${STORY}`);
  await consumer.write(
    'story.cjs',
    `const { startSandbox, VERSION } = require('toss-sandbox');\n(async () => {${STORY}})();`,
  );
  const said = `${JSON.stringify([version, 'IN_PROGRESS', true, true])}\n`;
  t.equal(await consumer.node('story.mjs'), said);
  t.equal(await consumer.node('story.cjs'), said);
});

t.test('how long a start takes is reported', async (t) => {
  await consumer.write(
    'starts.mjs',
    `const begun = performance.now();
    const { startSandbox } = await import('toss-sandbox');
    const loaded = performance.now();
    const starts = [];
    for (let index = 0; index < 21; index++) {
      const start = performance.now();
      const sandbox = await startSandbox();
      starts.push(performance.now() - start);
      await sandbox.close();
    }
    const [first, ...later] = starts;
    const ms = (time) => time.toFixed(1) + ' ms';
    console.log('load ' + ms(loaded - begun) + ', first start ' + ms(first) + ', later ' + ms(later.sort((a, b) => a - b)[10]));`,
  );
  const figures = await consumer.node('starts.mjs');
  t.match(figures, /^load .* later .* ms\n$/);
  t.comment(figures.trim());
});
