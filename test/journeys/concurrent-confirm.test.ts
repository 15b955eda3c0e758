import { connect, type Socket } from 'node:net';
import t, { type Test } from 'tap';
import { settle } from '../fixtures/held-shop.ts';
import { startReceiver } from '../fixtures/receiver.ts';
import { basic, startSandbox } from '../fixtures/sandbox.ts';

/** An open connection on which nothing was sent yet. */
async function open(t: Test, url: string): Promise<Socket> {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  t.teardown(() => socket.destroy());
  await new Promise<void>((resolve, reject) => {
    socket.once('connect', resolve);
    socket.once('error', reject);
  });
  return socket;
}

/** Everything that comes back until the other side ends. */
async function readAll(socket: Socket): Promise<{ status: number; text: string }> {
  let answer = '';
  for await (const chunk of socket.setEncoding('utf8')) answer += chunk;
  const [head = '', text = ''] = answer.split('\r\n\r\n');
  return { status: Number(head.split(' ')[1]), text };
}

/** Fifty connections, all open before the first byte; then the same confirm on each. */
async function confirmFiftyTimes(t: Test, headers: Readonly<Record<string, string>> = {}) {
  const { url, newShop } = await startSandbox(t);
  const shop = await newShop();
  const receiver = await startReceiver(t);
  await shop.post('/sandbox/webhooks', { url: receiver.url });
  const order = { orderId: 'order-0001', amount: 15000 };
  const paymentKey = await shop.prepare(order);

  const body = JSON.stringify({ paymentKey, ...order });
  const lines = Object.entries({
    host: new URL(url).host,
    authorization: basic(shop.secretKey),
    'content-type': 'application/json',
    'content-length': String(Buffer.byteLength(body)),
    connection: 'close',
    ...headers,
  }).map(([name, value]) => `${name}: ${value}`);
  const request = ['POST /v1/payments/confirm HTTP/1.1', ...lines, '', body].join('\r\n');

  const sockets = await Promise.all(Array.from({ length: 50 }, () => open(t, url)));
  for (const socket of sockets) socket.write(request);
  const answers = await Promise.all(sockets.map(readAll));
  await settle(shop);
  const { body: payment } = await shop.get(`/v1/payments/${paymentKey}`);
  return { answers, payment, received: receiver.received };
}

// payments.md 4.2: already approved.
t.test('of fifty confirms at once one is approved, and the others learn that it was', async (t) => {
  const { answers, payment, received } = await confirmFiftyTimes(t);
  const approved = answers.filter(({ status }) => status === 200);
  const others = answers.filter(({ status }) => status !== 200);
  t.equal(approved.length, 1);
  t.equal(others.length, 49);
  for (const { status, text } of others) {
    t.equal(status, 400);
    t.equal(text, '{"code":"ALREADY_PROCESSED_PAYMENT","message":"이미 처리된 결제 입니다."}');
  }
  const answered = JSON.parse(approved[0]?.text ?? '');
  t.equal(answered.status, 'DONE');
  t.match(answered.lastTransactionKey, /^txrd_a[0-9abcdefghjkmnpqrstvwxyz]{26}$/);
  t.equal(payment.lastTransactionKey, answered.lastTransactionKey, 'one transaction');
  t.strictSame(payment, answered);
  t.strictSame(
    received.map(({ body }) => [body.data.status, body.data.lastTransactionKey]),
    [['DONE', answered.lastTransactionKey]],
    'and one webhook',
  );
});

t.test('with one Idempotency-Key all fifty get the same bytes', async (t) => {
  const { answers, payment, received } = await confirmFiftyTimes(t, { 'idempotency-key': 'confirm-0001' });
  t.strictSame(new Set(answers.map(({ status }) => status)), new Set([200]));
  t.equal(new Set(answers.map(({ text }) => text)).size, 1);
  t.strictSame(JSON.parse(answers[0]?.text ?? ''), payment);
  t.strictSame(
    received.map(({ body }) => body.data.status),
    ['DONE'],
  );
});
