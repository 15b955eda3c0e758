import { readdirSync } from 'node:fs';
import t from 'tap';
import { PaymentSchema } from '../../src/wire/payment-schema.ts';
import { CARDS } from '../fixtures/examples/cards.ts';
import { EASY_PAYS } from '../fixtures/examples/easy-pays.ts';
import { FOREIGN_EASY_PAYS } from '../fixtures/examples/foreign-easy-pays.ts';
import { CERTIFICATES, PHONES, TRANSFERS } from '../fixtures/examples/other-methods.ts';
import { BY, type Example, startStage } from '../fixtures/examples/stage.ts';
import { VIRTUAL_ACCOUNTS } from '../fixtures/examples/virtual-accounts.ts';
import { WEBHOOK_EXAMPLES } from '../fixtures/examples/webhooks.ts';
import { golden, leavesOf, named, PRINTED_HOSTS, unnoticed, valueAt } from '../fixtures/golden.ts';

const EXAMPLES: readonly Example[] = [
  ...CARDS,
  ...EASY_PAYS,
  ...VIRTUAL_ACCOUNTS,
  ...TRANSFERS,
  ...PHONES,
  ...CERTIFICATES,
  ...FOREIGN_EASY_PAYS,
];

for (const { file, readBy, play, masks } of EXAMPLES) {
  t.test(`a payment reads as the documentation prints it: ${file}, by ${readBy}`, async (t) => {
    const document = golden(file);
    const stage = await startStage(t, document.mId);
    const { url, shop } = stage;
    const paths = Object.keys(masks);
    const printed = named(document, paths, PRINTED_HOSTS);
    t.ok(paths.length <= 8, 'hardly anything is masked');

    const { status, body, text } = await play(stage);
    t.equal(status, 200, text);
    t.equal(named(body, paths, [url]), printed, 'field for field, in order');
    for (const [path, form] of Object.entries(masks)) {
      t.match(valueAt(document, path), form, `${path} of the document`);
      t.match(valueAt(body, path), form, path);
    }
    // All of the key but its last five characters says whose it is, and of when.
    t.equal(body.paymentKey.slice(0, -5), document.paymentKey.slice(0, -5));
    t.strictSame(PaymentSchema.safeParse(body).error, undefined, 'a Payment, no field too many or too few');

    const { body: log } = await shop.get('/sandbox/requests');
    const { method, path, responseBody } = log.requests.at(-1);
    const asked = path.replace(body.paymentKey, '{paymentKey}').replace(body.orderId, '{orderId}');
    t.equal(`${method} ${asked}`, readBy);
    t.equal(responseBody, text);

    const again = await shop.get(`/v1/payments/${body.paymentKey}`);
    const ofOrder = await shop.get(`/v1/payments/orders/${body.orderId}`);
    t.equal(again.text, text, 'the same bytes when it is read by its key');
    t.equal(ofOrder.text, text, 'the same bytes when it is read by its order');
    t.equal(JSON.stringify(body), text, 'nothing stands between the fields');

    t.ok(leavesOf(document).length - paths.length >= 35, 'nearly everything is compared');
    t.strictSame(unnoticed(document, paths), [], 'and any other value would have been noticed');
  });
}

t.test('every example document is one that is compared, and says where it comes from', async (t) => {
  const folder = new URL('../../fixtures/examples/', import.meta.url);
  // The folder in it holds those of older versions.
  const files = readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .toSorted();
  const compared = [...EXAMPLES, ...WEBHOOK_EXAMPLES].map(({ file }) => file).toSorted();
  t.strictSame(files, [...compared, 'sources.json'].toSorted());
  const sources = golden('sources.json');
  t.strictSame(Object.keys(sources).toSorted(), compared);
  for (const [file, source] of Object.entries<{ printed: string }>(sources)) {
    t.strictSame(Object.keys(source), ['printed', 'changed', 'inferred'], file);
    t.match(source.printed, /^(payments|virtual-accounts|webhooks)\.md \d/, file);
  }
});

t.test(
  'every method has a document for each state it can be in, and every call answers with some',
  async (t) => {
    const documents = EXAMPLES.map(({ file }) => golden(file));
    const shown = new Set(documents.map(({ method, status }) => `${method} ${status}`));
    // payments.md 2.2 and 3; no method is known in READY and EXPIRED.
    const expected = [
      '카드',
      '간편결제',
      '가상계좌',
      '계좌이체',
      '휴대폰',
      '문화상품권',
      '도서문화상품권',
      '게임문화상품권',
      '해외간편결제',
    ].flatMap((method) =>
      ['IN_PROGRESS', 'DONE', 'CANCELED', 'PARTIAL_CANCELED', 'ABORTED'].map((state) => `${method} ${state}`),
    );
    t.strictSame(
      [...shown].toSorted(),
      [...expected, 'null READY', 'null EXPIRED', '가상계좌 WAITING_FOR_DEPOSIT'].toSorted(),
    );
    t.strictSame(new Set(EXAMPLES.map(({ readBy }) => readBy)), new Set(Object.values(BY)));
  },
);
