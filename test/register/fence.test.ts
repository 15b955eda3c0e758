import { createServer } from 'node:http';
import t from 'tap';
import { answerOf, listen, NO_NAMES, startEcho } from '../fixtures/program.ts';

const echo = await startEcho(t);
const { port } = new URL(echo);
const env = { TOSS_SANDBOX_URL: echo };

const refusal = (host: string): string =>
  `toss-sandbox/register lets nothing through to ${host}, and cannot point this client elsewhere: give it ${echo} as the address`;

// Clients that cannot be pointed, each with a promise that settles as they do.
const CLIENTS = [
  [
    'HTTP/2',
    'api.tosspayments.com',
    `import { connect } from 'node:http2'; await once(connect('https://api.tosspayments.com'), 'connect');`,
  ],
  [
    'TLS',
    'api.tosspayments.com',
    `import { connect } from 'node:tls'; await once(connect(443, 'api.tosspayments.com'), 'secureConnect');`,
  ],
  [
    'TLS to an address that was found elsewhere',
    'api.tosspayments.com',
    `import { connect } from 'node:tls';
     await once(connect({ host: '127.0.0.1', port: ${port}, servername: 'api.tosspayments.com' }), 'secureConnect');`,
  ],
  [
    'a socket',
    'js.tosspayments.com',
    `import { connect } from 'node:net'; await once(connect(443, 'js.tosspayments.com'), 'connect');`,
  ],
  [
    'a socket that is connected later',
    'api.tosspayments.com',
    `import { Socket } from 'node:net'; await once(new Socket().connect(443, 'api.tosspayments.com'), 'connect');`,
  ],
  [
    'undici with an agent of its own',
    'api.tosspayments.com',
    `import { Agent, request } from 'undici'; await request('https://api.tosspayments.com', { dispatcher: new Agent() });`,
  ],
  [
    'fetch to a host of Toss Payments that the sandbox does not stand in for',
    'docs.tosspayments.com',
    `await fetch('https://docs.tosspayments.com').catch(({ cause }) => { throw cause; });`,
  ],
] as const;

for (const [client, host, call] of CLIENTS) {
  t.test(`${client} is refused in words, before anything leaves`, async (t) => {
    const [imports, rest] = [/^import .*?;/.exec(call)?.[0] ?? '', call.replace(/^import .*?;/, '')];
    const program = `
      import { once } from 'node:events';
      ${imports}
      ${NO_NAMES}
      try { ${rest} console.log('{}'); } catch ({ message }) { console.log(JSON.stringify({ message })); }
      process.exit();
    `;
    t.strictSame(await answerOf(program, { env }), {
      message: refusal(host),
    });
  });
}

t.test('other hosts are asked as if nothing were there', async (t) => {
  const other = await startEcho(t);
  const { host } = new URL(other);
  const program = `
    import http from 'node:http';
    import got from 'got';
    import { request } from 'undici';
    const agent = new http.Agent({ keepAlive: false });
    const get = (...given) => new Promise((done) => http.get(...given, async (response) => {
      let text = '';
      for await (const chunk of response) text += chunk;
      done(JSON.parse(text));
    }));
    const seen = [
      await (await fetch('${other}/tosspayments.com')).json(),
      await get('${other}', { agent }),
      await get({ host: '127.0.0.1', port: ${new URL(other).port}, headers: { host: 'api.tosspayments.com.example' } }),
      await got('${other}').json(),
      await (await request('${other}')).body.json(),
    ];
    console.log(JSON.stringify(seen.map(({ headers }) => [headers.host, headers.connection])));
  `;
  t.strictSame(await answerOf(program, { env }), [
    [host, 'keep-alive'],
    [host, 'close'],
    ['api.tosspayments.com.example', 'keep-alive'],
    [host, 'keep-alive'],
    [host, 'keep-alive'],
  ]);
});

t.test('names that only look like Toss Payments are other hosts', async (t) => {
  const program = `
    import dns from 'node:dns';
    const asked = [];
    dns.lookup = (name, _options, done) => { asked.push(name); done(new Error('nowhere')); };
    for (const host of ['tosspayments.com.example', 'mytosspayments.com', 'shop.example']) {
      await fetch('https://' + host).catch(() => {});
    }
    console.log(JSON.stringify(asked));
  `;
  t.strictSame(await answerOf(program, { env }), [
    'tosspayments.com.example',
    'mytosspayments.com',
    'shop.example',
  ]);
});

t.test('a proxy of undici is not asked for Toss Payments', async (t) => {
  const asked: unknown[] = [];
  const proxy = createServer((request) => asked.push(request.url));
  proxy.on('connect', (request, socket) => {
    asked.push(request.url);
    socket.end('HTTP/1.1 502 Bad Gateway\r\n\r\n');
  });
  const address = await listen(t, proxy);
  for (const scheme of ['https', 'http']) {
    const program = `
      import { ProxyAgent, request } from 'undici';
      const dispatcher = new ProxyAgent('${address}');
      const url = '${scheme}://api.tosspayments.com';
      const message = await request(url, { dispatcher }).then(() => '', (error) => error.message);
      console.log(JSON.stringify({ message }));
      process.exit();
    `;
    t.strictSame(await answerOf(program, { env }), { message: refusal('api.tosspayments.com') }, scheme);
  }
  t.strictSame(asked, []);
});
