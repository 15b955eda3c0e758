import t from 'tap';
import { answerOf, NO_NAMES } from '../fixtures/program.ts';
import { startSandbox } from '../fixtures/sandbox.ts';

// A merchant's programs, each with the address written in it. They differ in how they send.
const API = `
  const url = 'https://api.tosspayments.com/v1/payments/confirm';
  const { BODY: body, SECRET_KEY } = process.env;
  const authorization = 'Basic ' + Buffer.from(SECRET_KEY + ':').toString('base64');
  const headers = { authorization, 'content-type': 'application/json' };
  const say = (payment) => console.log(JSON.stringify(payment));
`;

const READ = `async (response) => {
  let text = '';
  for await (const chunk of response) text += chunk;
  say(JSON.parse(text));
}`;

const PROGRAMS = [
  ['fetch', 'module', `${API} say(await (await fetch(url, { method: 'POST', headers, body })).json());`],
  [
    'fetch',
    'commonjs',
    `${API} fetch(url, { method: 'POST', headers, body }).then((it) => it.json()).then(say);`,
  ],
  [
    'fetch with a streamed Request',
    'module',
    `${API} const request = new Request(url, { method: 'POST', headers, body: new Blob([body]).stream(), duplex: 'half' });
     say(await (await fetch(request)).json());`,
  ],
  [
    'node:https',
    'module',
    `import { request } from 'node:https'; ${API} request(url, { method: 'POST', headers }, ${READ}).end(body);`,
  ],
  [
    'https',
    'commonjs',
    `const https = require('https'); ${API} https.request(url, { method: 'POST', headers }, ${READ}).end(body);`,
  ],
  [
    'axios',
    'module',
    `import axios from 'axios'; ${API} say((await axios.post(url, body, { headers })).data);`,
  ],
  [
    'axios',
    'commonjs',
    `const axios = require('axios'); ${API} axios.post(url, body, { headers }).then(({ data }) => say(data));`,
  ],
  ['got', 'module', `import got from 'got'; ${API} say(await got.post(url, { headers, body }).json());`],
  [
    'node-fetch',
    'module',
    `import fetch from 'node-fetch'; ${API} say(await (await fetch(url, { method: 'POST', headers, body })).json());`,
  ],
  [
    'fetch of undici',
    'module',
    `import { fetch } from 'undici'; ${API} say(await (await fetch(url, { method: 'POST', headers, body })).json());`,
  ],
  [
    'request of undici',
    'commonjs',
    `const { request } = require('undici'); ${API}
     request(url, { method: 'POST', headers, body }).then((it) => it.body.json()).then(say);`,
  ],
] as const;

const { url, newShop } = await startSandbox(t);
const shop = await newShop();

/** What a program is told to confirm: a payment of its own. */
async function freshPayment(): Promise<Readonly<Record<string, string>>> {
  const order = { orderId: `order-${count++}`, amount: 15000 };
  const paymentKey = await shop.prepare(order);
  return {
    TOSS_SANDBOX_URL: url,
    SECRET_KEY: shop.secretKey,
    BODY: JSON.stringify({ paymentKey, ...order }),
  };
}
let count = 1000;

for (const [client, kind, program] of PROGRAMS) {
  t.test(`my ${kind} with ${client} and the address written in it confirms a payment`, async (t) => {
    const payment = await answerOf(NO_NAMES + program, { kind, env: await freshPayment() });
    t.equal(payment.status, 'DONE');
    t.equal(payment.totalAmount, 15000);
    t.equal(new URL(payment.checkout.url).origin, url, 'browsers find its pages');
    t.equal(new URL(payment.receipt.url).origin, url);
  });
}

t.test('it can be required as well', async (t) => {
  const [, , program] = PROGRAMS[4];
  const nodeOptions = '--require toss-sandbox/register';
  const payment = await answerOf(program, { kind: 'commonjs', nodeOptions, env: await freshPayment() });
  t.equal(payment.status, 'DONE');
});

t.test('a proxy that the environment names is not asked', async (t) => {
  const proxies = { HTTPS_PROXY: 'http://127.0.0.1:9', HTTP_PROXY: 'http://127.0.0.1:9' };
  for (const at of [5, 6]) {
    const [, kind, program] = PROGRAMS[at as 5 | 6];
    const payment = await answerOf(program, { kind, env: { ...proxies, ...(await freshPayment()) } });
    t.equal(payment.status, 'DONE');
  }
});

t.test('so does a worker of mine', async (t) => {
  const [, , program] = PROGRAMS[0];
  const text = JSON.stringify(`data:text/javascript,${encodeURIComponent(program)}`);
  const inWorker = `import { Worker } from 'node:worker_threads'; new Worker(new URL(${text}));`;
  const payment = await answerOf(inWorker, { env: await freshPayment() });
  t.equal(payment.status, 'DONE');
});

// Node leaves out --import in a worker that is given as text; --require is for every one.
t.test('so does a worker that is given as text, where it is required', async (t) => {
  const [, , program] = PROGRAMS[1];
  const inWorker = `
    const { Worker } = require('node:worker_threads');
    new Worker(${JSON.stringify(program)}, { eval: true });
  `;
  const nodeOptions = '--require toss-sandbox/register';
  const payment = await answerOf(inWorker, { kind: 'commonjs', nodeOptions, env: await freshPayment() });
  t.equal(payment.status, 'DONE');
});
