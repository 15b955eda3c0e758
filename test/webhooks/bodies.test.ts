import t from 'tap';
import { CancelSchema, PaymentSchema } from '../../src/wire/payment-schema.ts';
import { startStage } from '../fixtures/examples/stage.ts';
import { WEBHOOK_EXAMPLES } from '../fixtures/examples/webhooks.ts';
import { type Document, golden, named, PRINTED_HOSTS, unnoticed, valueAt } from '../fixtures/golden.ts';
import { type Received, type Receiver, startReceiver } from '../fixtures/receiver.ts';

/** To the millisecond: the three digits behind are of chance. */
const momentOf = ({ createdAt }: Document): string => createdAt.slice(0, 23);

/** Waits for the webhook of a moment; those of what happened before come too. */
async function receivedOf(receiver: Receiver, moment: string): Promise<Received> {
  const received = await receiver.next();
  return momentOf(received.body) === moment ? received : receivedOf(receiver, moment);
}

/** What the webhook says of the payment, beside what the payment says of itself. */
const echoes: Readonly<Record<string, (body: Document, payment: Document) => [unknown, unknown]>> = {
  PAYMENT_STATUS_CHANGED: ({ data }, payment) => [data, payment],
  DEPOSIT_CALLBACK: ({ secret, status, transactionKey }, payment) => [
    { secret, status, transactionKey },
    { secret: payment.secret, status: payment.status, transactionKey: payment.lastTransactionKey },
  ],
  CANCEL_STATUS_CHANGED: ({ data }, payment) => [data, payment.cancels[0]],
};

for (const { file, event, play, masks } of WEBHOOK_EXAMPLES) {
  t.test(`a receiver gets the body that the documentation prints: ${file}`, async (t) => {
    const document = golden(file);
    const stage = await startStage(t, 'tvivarepublica');
    const { url, shop, send } = stage;
    const receiver = await startReceiver(t);
    await shop.post('/sandbox/webhooks', { url: receiver.url, events: [event] });
    const paths = Object.keys(masks);
    t.ok(paths.length <= 8, 'hardly anything is masked');

    const payment = await play(stage);
    t.equal(payment.status, 200, payment.text);
    send();
    const { bytes, body } = await receivedOf(receiver, momentOf(document));
    t.equal(named(body, paths, [url]), named(document, paths, PRINTED_HOSTS), 'field for field, in order');
    t.equal(JSON.stringify(body), bytes.toString(), 'nothing stands between the fields');
    for (const [path, form] of Object.entries(masks)) {
      t.match(valueAt(document, path), form, `${path} of the document`);
      t.match(valueAt(body, path), form, path);
    }
    const [said, read] = echoes[event]?.(body, payment.body) ?? [];
    t.ok(said);
    t.strictSame(said, read, 'the same as in the payment');
    if (event === 'PAYMENT_STATUS_CHANGED') t.equal(PaymentSchema.safeParse(body.data).error, undefined);
    if (event === 'CANCEL_STATUS_CHANGED') t.equal(CancelSchema.safeParse(body.data).error, undefined);

    t.strictSame(unnoticed(document, paths), [], 'and any other value would have been noticed');
  });
}
