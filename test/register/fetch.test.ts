import { createServer } from 'node:http';
import t from 'tap';
import { answerOf, listen, NO_NAMES, startEcho } from '../fixtures/program.ts';

const echo = await startEcho(t);
const { host } = new URL(echo);
const A = "'https://api.tosspayments.com/v1/payments/x?a=1'";

/** Runs a program that says something, with the server of this test for a sandbox. */
const said = (program: string): ReturnType<typeof answerOf> =>
  answerOf(`${NO_NAMES} const say = (it) => console.log(JSON.stringify(it)); ${program}`, {
    env: { TOSS_SANDBOX_URL: echo },
  });

const FORMS = [
  ['an address', `fetch(${A})`],
  ['a URL', `fetch(new URL(${A}))`],
  ['a Request', `fetch(new Request(${A}))`],
  ['a Request and options', `fetch(new Request(${A}, { method: 'POST' }), { method: 'GET' })`],
  ['an address and a Request for options', `fetch(${A}, new Request('https://shop.example'))`],
  ['a Host of my own', `fetch(${A}, { headers: { Host: 'api.tosspayments.com' } })`],
  ['capitals and a dot at the end', `fetch('https://API.TossPayments.com./v1/payments/x?a=1')`],
  ['plain http', `fetch('http://api.tosspayments.com/v1/payments/x?a=1')`],
  ['the host of the SDK', `fetch('https://js.tosspayments.com/v1/payments/x?a=1')`],
] as const;

for (const [form, call] of FORMS) {
  t.test(`fetch goes to the sandbox when I give it ${form}`, async (t) => {
    const { method, path, headers } = await said(`say(await (await ${call}).json());`);
    t.equal(method, 'GET');
    t.equal(path, '/v1/payments/x?a=1');
    t.equal(headers.host, host);
  });
}

t.test('the answer is from where I asked', async (t) => {
  t.strictSame(await said(`const { url, redirected } = await fetch(${A}); say({ url, redirected });`), {
    url: 'https://api.tosspayments.com/v1/payments/x?a=1',
    redirected: false,
  });
});

t.test('method, headers and a body in pieces arrive', async (t) => {
  const seen = await said(`
    const body = new ReadableStream({
      start: (pieces) => {
        for (const piece of ['원두 ', '200g']) pieces.enqueue(new TextEncoder().encode(piece));
        pieces.close();
      },
    });
    say(await (await fetch(${A}, { method: 'PUT', headers: { 'X-Mine': 'a' }, body, duplex: 'half' })).json());
  `);
  t.equal(seen.method, 'PUT');
  t.equal(seen.headers['x-mine'], 'a');
  t.equal(seen.body, '원두 200g');
});

t.test('the length of a text is told', async (t) => {
  const seen = await said(`say(await (await fetch(${A}, { method: 'POST', body: '{}' })).json());`);
  t.equal(seen.headers['content-length'], '2');
});

t.test('I can give up', async (t) => {
  const program = (signal: string) => `fetch(${A}, { signal: ${signal} }).catch(({ name }) => say(name));`;
  t.equal(await said(program('AbortSignal.abort()')), 'AbortError');
});

t.test('what is no request is refused as before', async (t) => {
  const program = (call: string) => `${call}.catch(({ name }) => say(name));`;
  t.equal(await said(program("fetch('/v1/payments')")), 'TypeError');
  t.equal(await said(program(`fetch(${A}, { body: 'a' })`)), 'TypeError');
});

t.test('a redirect to Toss Payments goes to the sandbox as well', async (t) => {
  const redirecting = createServer((_request, response) => {
    response.writeHead(302, { location: 'https://api.tosspayments.com/v1/payments/x?a=1' }).end();
  });
  const shop = await listen(t, redirecting);
  const { path } = await said(`say(await (await fetch('${shop}')).json());`);
  t.equal(path, '/v1/payments/x?a=1');
});

t.test('where the sandbox redirects to another host, it is my dispatcher that goes there', async (t) => {
  const redirecting = createServer((_request, response) => {
    response.writeHead(302, { location: `${echo}/after` }).end();
  });
  const sandbox = await listen(t, redirecting);
  const program = `
    import { Agent } from 'undici';
    const agent = new Agent();
    let asked = 0;
    const dispatcher = { dispatch: (...given) => (asked++, agent.dispatch(...given)) };
    const { path } = await (await fetch(${A}, { dispatcher })).json();
    console.log(JSON.stringify({ path, asked }));
  `;
  t.strictSame(await answerOf(program, { env: { TOSS_SANDBOX_URL: sandbox } }), { path: '/after', asked: 1 });
});

t.test('a dispatcher of my own is not asked, for one call or for all', async (t) => {
  const never = "{ dispatch: () => { throw new Error('not to be asked'); } }";
  const { headers } = await said(`say(await (await fetch(${A}, { dispatcher: ${never} })).json());`);
  t.equal(headers.host, host);
  const all = `import { setGlobalDispatcher } from 'undici'; setGlobalDispatcher(${never});`;
  t.equal((await said(`${all} say(await (await fetch(${A})).json());`)).headers.host, host);
});
