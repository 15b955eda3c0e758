import t from 'tap';
import { answerOf, type Circumstances, NO_NAMES, startEcho } from '../fixtures/program.ts';

const echo = await startEcho(t);
const { host } = new URL(echo);

/** Runs one call that answers with a ClientRequest, and tells what arrived. */
function arrived(
  call: string,
  { imports = '', ...circumstances }: Circumstances & { imports?: string } = {},
): ReturnType<typeof answerOf> {
  const program = `
    ${imports}
    import http from 'node:http';
    import https from 'node:https';
    import url from 'node:url';
    ${NO_NAMES}
    const answer = async (response) => {
      let text = '';
      for await (const chunk of response) text += chunk;
      console.log(text);
    };
    const never = () => { throw new Error('not to be asked'); };
    ${call}
  `;
  return answerOf(program, { env: { TOSS_SANDBOX_URL: echo }, ...circumstances });
}

const A = "'https://api.tosspayments.com/v1/payments/x?a=1'";

// Every way to say where, of https.get unless another is needed.
const GETS = [
  ['an address', `https.get(${A}, answer)`],
  ['an address, and who answers to come', `https.get(${A}).on('response', answer)`],
  ['a URL', `https.get(new URL(${A}), answer)`],
  ['a URL with options', `https.get(new URL(${A}), { headers: { 'x-mine': '1' } }, answer)`],
  [
    'an address whose host the options replace',
    `https.get('https://shop.example/v1/payments/x?a=1', { hostname: 'api.tosspayments.com' }, answer)`,
  ],
  ['options with host', `https.get({ host: 'api.tosspayments.com', path: '/v1/payments/x?a=1' }, answer)`],
  [
    'options with hostname, port and protocol',
    `https.get({ protocol: 'https:', hostname: 'api.tosspayments.com', port: 443, path: '/v1/payments/x?a=1' }, answer)`,
  ],
  [
    'hostname before host',
    `https.get({ host: 'shop.example', hostname: 'api.tosspayments.com', path: '/v1/payments/x?a=1' }, answer)`,
  ],
  [
    'an empty hostname and host',
    `https.get({ hostname: '', host: 'api.tosspayments.com', path: '/v1/payments/x?a=1' }, answer)`,
  ],
  ['what url.parse makes of it', `https.get(url.parse(${A}), answer)`],
  ['capitals and a dot at the end', `https.get('https://API.TossPayments.com./v1/payments/x?a=1', answer)`],
  ['plain http', `http.get('http://api.tosspayments.com/v1/payments/x?a=1', answer)`],
  ['the host of the SDK', `https.get('https://js.tosspayments.com/v1/payments/x?a=1', answer)`],
  ['request and end', `https.request(${A}, answer).end()`],
  ['an agent that speaks TLS', `https.get(${A}, { agent: new https.Agent({ keepAlive: true }) }, answer)`],
  ['no agent', `https.get(${A}, { agent: false }, answer)`],
  [
    'an agent that asks a proxy',
    `https.get(${A}, { agent: { addRequest: never, protocol: 'https:' } }, answer)`,
  ],
  ['a connection of its own', `https.get(${A}, { createConnection: never }, answer)`],
  ['a name service of its own', `https.get(${A}, { lookup: never, family: 6, localAddress: '::1' }, answer)`],
  ['a name for TLS', `https.get(${A}, { servername: 'api.tosspayments.com', agent: false }, answer)`],
  [
    'a proxy that is asked for the whole address',
    `http.get({ host: '127.0.0.1', port: 9, path: ${A} }, answer)`,
  ],
] as const;

for (const [form, call] of GETS) {
  t.test(`a request goes to the sandbox when I give it ${form}`, async (t) => {
    const { method, path, headers } = await arrived(call);
    t.equal(method, 'GET');
    t.equal(path, '/v1/payments/x?a=1');
    t.equal(headers.host, host);
  });
}

const HEADERS = [
  ['by name', `{ Host: 'api.tosspayments.com', 'X-Mine': 'a' }`],
  ['as pairs', `[['Host', 'api.tosspayments.com'], ['X-Mine', 'a']]`],
  ['one after the other', `['Host', 'api.tosspayments.com', 'X-Mine', 'a']`],
] as const;

t.test('my headers arrive whichever way I list them, with the Host of the sandbox', async (t) => {
  for (const [form, headers] of HEADERS) {
    const seen = (await arrived(`https.get(${A}, { headers: ${headers} }, answer)`)).headers;
    t.equal(seen['x-mine'], 'a', form);
    t.equal(seen.host, host, form);
  }
});

t.test('method, body and credentials arrive', async (t) => {
  const seen = await arrived(`https.request(${A}, { method: 'POST', auth: 'sk:' }, answer).end('원두')`);
  t.equal(seen.method, 'POST');
  t.equal(seen.body, '원두');
  t.equal(seen.headers.authorization, 'Basic c2s6');
});

t.test('named imports are pointed too, also of who imported before', async (t) => {
  const early = `import { get as named } from 'node:https'; import 'toss-sandbox/register';`;
  const { headers } = await arrived(`named(${A}, answer)`, { imports: early, nodeOptions: '' });
  t.equal(headers.host, host);
});

t.test('a connection is used again, and closed after one request where I want no agent', async (t) => {
  const twice = (agent: string) => `
    const ports = [];
    for (let i = 0; i < 2; i++) {
      await new Promise((done) => https.get(${A}, ${agent}, (response) => {
        ports.push(response.socket.localPort);
        response.resume().on('end', () => setImmediate(done));
      }));
    }
    console.log(JSON.stringify(ports[0] === ports[1]));
  `;
  t.equal(await arrived(twice('{}')), true);
  t.equal(await arrived(twice('{ agent: false }')), false);
});

t.test('a sandbox on the usual port is asked there, whatever port was usual for the caller', async (t) => {
  const call = `
    import net from 'node:net';
    net.Socket.prototype.connect = (...given) => {
      console.log(Number(given.flat()[0].port));
      process.exit();
    };
    https.get(${A}, { defaultPort: 443 });
  `;
  t.equal(await arrived(call, { env: { TOSS_SANDBOX_URL: 'http://127.0.0.1' } }), 80);
});

t.test('a request can be given up before it is connected', async (t) => {
  const call = `https.get(${A}, { signal: AbortSignal.abort() }).on('error', (error) => console.log(JSON.stringify(error.code)))`;
  t.equal(await arrived(call), 'ABORT_ERR');
});

t.test('what Node refuses it refuses as before', async (t) => {
  const refusal = (call: string) => `try { ${call} } catch ({ code }) { console.log(JSON.stringify(code)); }`;
  t.equal(await arrived(refusal("https.get('api.tosspayments.com')")), 'ERR_INVALID_URL');
  t.equal(await arrived(refusal("https.get('http://shop.example')")), 'ERR_INVALID_PROTOCOL');
  t.equal(await arrived(refusal(`https.get(${A}, { method: 'G T' })`)), 'ERR_INVALID_HTTP_TOKEN');
});
