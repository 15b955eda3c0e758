import { readFileSync } from 'node:fs';
import { createServer } from 'node:https';
import { fileURLToPath } from 'node:url';
import t from 'tap';
import { freePort } from '../fixtures/command.ts';
import { answerOf, listen, runProgram } from '../fixtures/program.ts';

const WRONG = [
  'localhost:8677',
  '127.0.0.1',
  'ftp://127.0.0.1',
  'http://',
  'http://127.0.0.1:8677/v1',
  'http://127.0.0.1:8677/?a=1',
  'http://me:secret@127.0.0.1:8677',
  'https://api.tosspayments.com',
];

t.test('a program does not start when TOSS_SANDBOX_URL is no address of a sandbox', async (t) => {
  for (const url of WRONG) {
    const { exitCode, stdout, stderr } = await runProgram("console.log('started')", {
      env: { TOSS_SANDBOX_URL: url },
    });
    t.not(exitCode, 0, url);
    t.equal(stdout, '', url);
    const line =
      'Error: TOSS_SANDBOX_URL must be an http or https address without a path, such as http://127.0.0.1:8677, ' +
      `and not of Toss Payments; it is ${url}`;
    t.ok(stderr.split('\n').includes(line), stderr);
  }
});

t.test('without TOSS_SANDBOX_URL it is port 8677 of this machine', async (t) => {
  const program = `
    import net from 'node:net';
    const { connect } = net.Socket.prototype;
    net.Socket.prototype.connect = function (...given) {
      const [{ host, port }] = given.flat();
      console.log(JSON.stringify([host, Number(port)]));
      process.exit();
    };
    await fetch('https://api.tosspayments.com/v1/payments/x');
  `;
  for (const env of [{}, { TOSS_SANDBOX_URL: '' }]) {
    t.strictSame(await answerOf(program, { env }), ['127.0.0.1', 8677]);
  }
});

const A = "'https://api.tosspayments.com/v1/payments/x'";

// The same request by many clients.
const CLIENTS = [
  ['fetch', `await fetch(${A})`],
  ['https', `await new Promise((_, no) => https.get(${A}).on('error', no))`],
  [
    'https without an agent',
    `await new Promise((_, no) => https.get(${A}, { agent: false }).on('error', no))`,
  ],
  ['axios', `await axios.get(${A})`],
  ['got', `await got(${A}, { retry: { limit: 0 } })`],
  ['request of undici', `await request(${A})`],
] as const;

t.test('where nothing listens, the error says so in one line and keeps its cause', async (t) => {
  const url = `http://127.0.0.1:${await freePort()}`;
  for (const [client, call] of CLIENTS) {
    const program = `
      import https from 'node:https';
      import axios from 'axios';
      import got from 'got';
      import { request } from 'undici';
      try { ${call}; } catch (error) {
        const codes = [];
        for (let one = error; one; one = one.cause) codes.push(one.code);
        console.log(JSON.stringify({ message: error.message, code: codes.at(-1) }));
      }
    `;
    t.strictSame(
      await answerOf(program, { env: { TOSS_SANDBOX_URL: url } }),
      {
        message: `No toss-sandbox answers at ${url}: start it, or set TOSS_SANDBOX_URL (ECONNREFUSED)`,
        code: 'ECONNREFUSED',
      },
      client,
    );
  }
});

t.test('localhost, where two addresses are tried, too', async (t) => {
  const url = `http://localhost:${await freePort()}`;
  const program = `await fetch(${A}).catch(({ message }) => console.log(JSON.stringify(message)));`;
  t.equal(
    await answerOf(program, { env: { TOSS_SANDBOX_URL: url } }),
    `No toss-sandbox answers at ${url}: start it, or set TOSS_SANDBOX_URL (ECONNREFUSED)`,
  );
});

t.test('any other error comes as it is', async (t) => {
  const program = `
    import https from 'node:https';
    import { createServer } from 'node:net';
    const server = createServer((socket) => socket.destroy()).listen(Number(process.env.PORT), '127.0.0.1', () => {
      https.get(${A}).on('error', ({ code }) => { console.log(JSON.stringify(code)); process.exit(); });
    });
  `;
  const port = await freePort();
  const env = { PORT: String(port), TOSS_SANDBOX_URL: `http://127.0.0.1:${port}` };
  t.equal(await answerOf(program, { env }), 'ECONNRESET');
});

// The certificate is of 127.0.0.1 and signs itself; its key is in the repository and of no use elsewhere.
const pem = (name: string): URL => new URL(`../fixtures/tls/${name}.pem`, import.meta.url);

t.test('a sandbox that speaks TLS is asked by TLS', async (t) => {
  const [key, cert] = [readFileSync(pem('key')), readFileSync(pem('certificate'))];
  const server = createServer({ key, cert }, ({ headers }, response) => {
    response.end(JSON.stringify(headers.host));
  });
  const url = (await listen(t, server)).replace('http:', 'https:');
  const program = `
    import https from 'node:https';
    import http from 'node:http';
    import { request } from 'undici';
    const get = ({ get }, url) => new Promise((done) => get(url, async (response) => {
      let text = '';
      for await (const chunk of response) text += chunk;
      done(JSON.parse(text));
    }));
    console.log(JSON.stringify([
      await (await fetch(${A})).json(),
      await (await request(${A})).body.json(),
      await get(https, ${A}),
      await get(http, 'http://api.tosspayments.com'),
    ]));
  `;
  const env = { TOSS_SANDBOX_URL: url, NODE_EXTRA_CA_CERTS: fileURLToPath(pem('certificate')) };
  const { host } = new URL(url);
  t.strictSame(await answerOf(program, { env }), [host, host, host, host]);
});
