import { createServer, type RequestListener } from 'node:http';
import { type AddressInfo, createServer as createRawServer, type Server, type Socket } from 'node:net';
import t, { type Test } from 'tap';
import type { SandboxOptions } from '../../src/sandbox.ts';
import { freePort, startCommand } from '../fixtures/command.ts';
import { newGate } from '../fixtures/gate.ts';
import { deliveriesOf, settle, startHeldShop } from '../fixtures/held-shop.ts';
import { startReceiver } from '../fixtures/receiver.ts';
import { basic, call, type Shop, startSandbox } from '../fixtures/sandbox.ts';
import { HandWall } from '../fixtures/wall.ts';

const ORDER = { orderId: 'order-0001', amount: 15000 };

/** A shop whose clock is held at 2030-03-05T10:15:30+09:00, and a payment approved there with a webhook. */
async function payWith(t: Test, url: string, options: SandboxOptions = {}): Promise<Shop> {
  const { shop } = await startHeldShop(t, options);
  await shop.post('/sandbox/webhooks', { url });
  await shop.pay(ORDER);
  await settle(shop);
  return shop;
}

/** A receiver that is not one of ours. */
async function listen(t: Test, server: Server): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.teardown(() => server.close());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/webhook`;
}

const httpReceiver = (t: Test, answer: RequestListener): Promise<string> => {
  const server = createServer(answer);
  t.teardown(() => server.closeAllConnections());
  return listen(t, server);
};

const rawReceiver = (t: Test, answer: (socket: Socket) => void): Promise<string> =>
  listen(
    t,
    createRawServer((socket) => {
      socket.on('error', () => {});
      socket.once('data', () => answer(socket));
    }),
  );

// webhooks.md 8: at most seven retries, 4^(n-1) minutes after the failure before; column "Cumulative offset".
t.test('a receiver that always answers 500 sees eight attempts', async (t) => {
  const receiver = await startReceiver(t, () => 500);
  const shop = await payWith(t, receiver.url);
  const { received } = receiver;
  t.equal(received.length, 1, 'the first comes at once');

  let minute = 0;
  for (const [index, due] of [1, 5, 21, 85, 341, 1365, 5461].entries()) {
    t.equal((await deliveriesOf(shop))[0].state, '전송 중');
    await shop.post('/sandbox/clock/advance', { minutes: due - minute - 1, seconds: 59, ms: 999 });
    t.equal(received.length, index + 1, `nothing a millisecond before minute ${due}`);
    await shop.post('/sandbox/clock/advance', { ms: 1 });
    t.equal(received.length, index + 2, `retry ${index + 1} at minute ${due}`);
    minute = due;
  }
  t.equal((await deliveriesOf(shop))[0].state, '실패');
  await shop.post('/sandbox/clock/advance', { days: 100 });
  t.equal(received.length, 8, 'after the eighth nothing ever');
  t.equal((await shop.get('/sandbox/health')).body.plannedJobs, 0, 'nor is anything planned');

  const header = (name: string) =>
    received.map(({ headers }) => headers[`tosspayments-webhook-transmission-${name}`]);
  t.strictSame(header('retried-count'), ['0', '1', '2', '3', '4', '5', '6', '7']);
  const times = header('time');
  t.strictSame(times, [
    '2030-03-05T10:15:30+09:00',
    '2030-03-05T10:16:30+09:00',
    '2030-03-05T10:20:30+09:00',
    '2030-03-05T10:36:30+09:00',
    '2030-03-05T11:40:30+09:00',
    '2030-03-05T15:56:30+09:00',
    '2030-03-06T09:00:30+09:00',
    '2030-03-09T05:16:30+09:00',
  ]);
  const minutesAfterFirst = times.map((time) => (Date.parse(String(time)) - 1_898_903_730_000) / 60_000);
  t.strictSame(minutesAfterFirst, [0, 1, 5, 21, 85, 341, 1365, 5461]);
  t.equal(new Set(header('id')).size, 1, 'one transmission id');
  t.ok(
    received.every(({ bytes }) => bytes.equals(received[0]?.bytes ?? Buffer.alloc(0))),
    'the raw bytes are identical',
  );

  const [delivery, ...others] = await deliveriesOf(shop);
  t.strictSame(others, []);
  t.equal(delivery.state, '실패');
  t.equal(delivery.nextAttemptAt, null);
  t.equal(delivery.attempts.length, 8);
  t.strictSame(delivery.attempts[7], {
    at: '2030-03-09T05:16:30.000+09:00',
    retriedCount: 7,
    status: 500,
    error: null,
  });
});

t.test('one advance of four days brings all eight, in the same order', async (t) => {
  const receiver = await startReceiver(t, () => 500);
  const shop = await payWith(t, receiver.url);
  await shop.post('/sandbox/clock/advance', { days: 4 });
  t.strictSame(
    receiver.received.map(({ headers }) => headers['tosspayments-webhook-transmission-time']),
    [
      '2030-03-05T10:15:30+09:00',
      '2030-03-05T10:16:30+09:00',
      '2030-03-05T10:20:30+09:00',
      '2030-03-05T10:36:30+09:00',
      '2030-03-05T11:40:30+09:00',
      '2030-03-05T15:56:30+09:00',
      '2030-03-06T09:00:30+09:00',
      '2030-03-09T05:16:30+09:00',
    ],
  );
});

t.test('once a retry is answered with 200 nothing more comes', async (t) => {
  const receiver = await startReceiver(t, (_received, index) => (index < 2 ? 500 : 200));
  const shop = await payWith(t, receiver.url);
  t.equal((await deliveriesOf(shop))[0].state, '전송 중');
  await shop.post('/sandbox/clock/advance', { minutes: 5 });
  const [delivery] = await deliveriesOf(shop);
  t.equal(delivery.state, '성공');
  t.equal(delivery.nextAttemptAt, null);
  t.strictSame(delivery.attempts, [
    { at: '2030-03-05T10:15:30.000+09:00', retriedCount: 0, status: 500, error: null },
    { at: '2030-03-05T10:16:30.000+09:00', retriedCount: 1, status: 500, error: null },
    { at: '2030-03-05T10:20:30.000+09:00', retriedCount: 2, status: 200, error: null },
  ]);
  await shop.post('/sandbox/clock/advance', { days: 100 });
  t.equal(receiver.received.length, 3);
});

t.test('a 200 at once is all there is', async (t) => {
  const receiver = await startReceiver(t);
  const shop = await payWith(t, receiver.url);
  const [delivery, ...others] = await deliveriesOf(shop);
  t.strictSame(others, []);
  const [sent] = receiver.received;
  t.strictSame(delivery, {
    transmissionId: sent?.headers['tosspayments-webhook-transmission-id'],
    mId: shop.mId,
    webhookId: delivery.webhookId,
    url: receiver.url,
    eventType: 'PAYMENT_STATUS_CHANGED',
    createdAt: '2030-03-05T10:15:30.000+09:00',
    state: '성공',
    attempts: [{ at: '2030-03-05T10:15:30.000+09:00', retriedCount: 0, status: 200, error: null }],
    nextAttemptAt: null,
    body: sent?.bytes.toString(),
  });
  await shop.post('/sandbox/clock/advance', { days: 100 });
  t.equal(receiver.received.length, 1);
});

// webhooks.md 7: only 200 within 10 seconds is a success; 3xx is not followed (inferred).
for (const status of [201, 202, 204, 302, 304, 400, 404, 410, 503]) {
  t.test(`the answer ${status} is a failure`, async (t) => {
    const receiver = await startReceiver(t, () => status);
    const shop = await payWith(t, receiver.url);
    const [delivery] = await deliveriesOf(shop);
    t.equal(delivery.state, '전송 중');
    t.equal(delivery.attempts[0].status, status);
    t.equal(delivery.nextAttemptAt, '2030-03-05T10:16:30.000+09:00');
    t.equal(receiver.received.length, 1, 'and nobody was called besides');
  });
}

t.test('a 200 counts whatever becomes of its body', async (t) => {
  const url = await httpReceiver(t, (_request, response) => {
    response.writeHead(200, { 'content-type': 'application/json' });
    response.write('{"this never');
  });
  const shop = await payWith(t, url);
  t.equal((await deliveriesOf(shop))[0].state, '성공');
});

t.test('a receiver that hangs up, or does not speak HTTP, has failed', async (t) => {
  const hangsUp = await rawReceiver(t, (socket) => socket.destroy());
  const babbles = await rawReceiver(t, (socket) => socket.end('220 mail.example ESMTP\r\n'));
  for (const [url, error] of [
    [hangsUp, /^ECONNRESET$/],
    [babbles, /^HPE_/],
  ] as const) {
    const shop = await payWith(t, url);
    const [{ state, attempts, nextAttemptAt }] = await deliveriesOf(shop);
    t.equal(state, '전송 중');
    t.equal(attempts[0].status, null);
    t.match(attempts[0].error, error);
    t.equal(nextAttemptAt, '2030-03-05T10:16:30.000+09:00');
  }
});

t.test('a receiver that is not there has failed, and is found when it comes', async (t) => {
  const port = await freePort();
  for (const host of ['127.0.0.1', 'localhost']) {
    const shop = await payWith(t, `http://${host}:${port}/webhook`);
    const [delivery] = await deliveriesOf(shop);
    t.equal(delivery.state, '전송 중', host);
    t.strictSame(
      delivery.attempts,
      [{ at: '2030-03-05T10:15:30.000+09:00', retriedCount: 0, status: null, error: 'ECONNREFUSED' }],
      host,
    );
  }
  const shop = await payWith(t, `http://127.0.0.1:${port}/webhook`);
  const server = createServer((_request, response) => response.end());
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  t.teardown(() => server.close());
  await shop.post('/sandbox/clock/advance', { minutes: 1 });
  t.equal((await deliveriesOf(shop))[0].state, '성공');
});

t.test('an answer after the limit comes too late', async (t) => {
  const gate = newGate();
  const receiver = await startReceiver(t, async () => {
    await gate.opened;
    return 200;
  });
  const shop = await payWith(t, receiver.url, { webhookLimitMs: 50 });
  const [delivery] = await deliveriesOf(shop);
  t.equal(delivery.state, '전송 중');
  t.strictSame(delivery.attempts, [
    { at: '2030-03-05T10:15:30.000+09:00', retriedCount: 0, status: null, error: 'TIMEOUT' },
  ]);
  t.equal(delivery.nextAttemptAt, '2030-03-05T10:16:30.000+09:00', 'the wait took no time of the merchant’s');
  gate.open();
  await settle(shop);
  t.strictSame((await deliveriesOf(shop))[0], delivery, 'nobody listens to the late answer');
  await shop.post('/sandbox/clock/advance', { minutes: 1 });
  t.equal((await deliveriesOf(shop))[0].state, '성공');
});

t.test('a receiver really has ten seconds', async (t) => {
  const gate = newGate();
  const receiver = await startReceiver(t, async () => {
    await gate.opened;
    return 200;
  });
  const { shop } = await startHeldShop(t);
  await shop.post('/sandbox/webhooks', { url: receiver.url });
  await shop.pay(ORDER);
  await receiver.next();
  const arrivedAt = performance.now();
  await settle(shop);
  const waited = performance.now() - arrivedAt;
  t.ok(waited > 9900 && waited < 13_000, `it was given up after ${Math.round(waited)} ms`);
  const [{ attempts, nextAttemptAt }] = await deliveriesOf(shop);
  t.equal(attempts[0].error, 'TIMEOUT');
  t.equal(nextAttemptAt, '2030-03-05T10:16:30.000+09:00');
  gate.open();
});

t.test('on a running clock the next attempt counts from the failure of the last', async (t) => {
  // 2026-03-05T10:15:30+09:00.
  const wall = new HandWall(1_772_673_330_000);
  const { newShop } = await startSandbox(t, { wall });
  const shop = await newShop();
  const gates = [newGate(), newGate()];
  const receiver = await startReceiver(t, async (_received, index) => {
    await gates[index]?.opened;
    return 200;
  });
  await shop.post('/sandbox/webhooks', { url: receiver.url });
  await shop.pay(ORDER);
  wall.fire();
  await receiver.next();

  wall.move(10_000);
  wall.fire();
  await settle(shop);
  const [timedOut] = await deliveriesOf(shop);
  t.strictSame(timedOut.attempts, [
    { at: '2026-03-05T10:15:30.000+09:00', retriedCount: 0, status: null, error: 'TIMEOUT' },
  ]);
  // Ten seconds until it was given up, and the minute.
  t.equal(timedOut.nextAttemptAt, '2026-03-05T10:16:40.000+09:00');

  wall.move(60_000);
  wall.fire();
  const { headers } = await receiver.next();
  t.equal(headers['tosspayments-webhook-transmission-time'], '2026-03-05T10:16:40+09:00');
  wall.move(9_999);
  wall.fire();
  gates[1]?.open();
  await settle(shop);
  t.equal((await deliveriesOf(shop))[0].state, '성공', 'an answer after 9.999 seconds is in time');
  gates[0]?.open();
});

t.test('the log says what may help when a receiver on this machine is not found', async (t) => {
  const port = await freePort();
  const command = await startCommand(t, [
    '--port',
    '0',
    '--webhook',
    `http://localhost:${port}/webhook=PAYMENT_STATUS_CHANGED`,
  ]);
  const post = (path: string, body: unknown) =>
    call(command.url + path, 'POST', {
      body,
      headers: { authorization: basic('test_sk_zXLkKEypNArWmo50nX3lmeaxYG5R') },
    });
  await post('/sandbox/clock/hold', {});
  const { body } = await post('/sandbox/payments', ORDER);
  await post('/v1/payments/confirm', { ...ORDER, paymentKey: body.paymentKey });
  await post('/sandbox/clock/advance', { ms: 0 });
  await command.until(/host\.docker\.internal/);
  t.notMatch(command.output(), /failed for good/);

  await post('/sandbox/clock/advance', { days: 4 });
  await command.until(/failed for good.*\n/);
  const lines = command
    .output()
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line));
  const aboutWebhook = lines.filter(({ msg }) => /^Webhook /.test(msg));
  // pino's levels: 30 is info, 40 a warning.
  t.strictSame(
    aboutWebhook.map(({ level }) => level),
    [30, 30, 30, 30, 30, 30, 30, 40],
  );
  t.match(aboutWebhook.at(-1).msg, `http://localhost:${port}/webhook has failed for good after 8 attempts`);
  t.match(aboutWebhook.at(-1).msg, 'ECONNREFUSED');
});
