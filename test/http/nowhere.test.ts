import t from 'tap';
import { basic, call, startSandbox } from '../fixtures/sandbox.ts';

// What is wrong with a call of the sandbox's own API is said in its own words, whoever calls.
const NOWHERE: [string, string, number, string, string | null][] = [
  ['GET', '/sandbox', 404, '{"code":"NO_SUCH_PATH","message":"There is no /sandbox here."}', null],
  ['GET', '/sandbox/', 404, '{"code":"NO_SUCH_PATH","message":"There is no /sandbox/ here."}', null],
  [
    'POST',
    '/sandbox/paymets?a=b',
    404,
    '{"code":"NO_SUCH_PATH","message":"There is no /sandbox/paymets here."}',
    null,
  ],
  [
    'GET',
    '/sandbox/health/',
    404,
    '{"code":"NO_SUCH_PATH","message":"There is no /sandbox/health/ here."}',
    null,
  ],
  // An empty mId is none.
  [
    'GET',
    '/sandbox/merchants/',
    404,
    '{"code":"NO_SUCH_PATH","message":"There is no /sandbox/merchants/ here."}',
    null,
  ],
  [
    'POST',
    '/sandbox/deliveries//resend',
    404,
    '{"code":"NO_SUCH_PATH","message":"There is no /sandbox/deliveries//resend here."}',
    null,
  ],
  [
    'DELETE',
    '/sandbox/clock?a=b',
    405,
    '{"code":"METHOD_NOT_ALLOWED","message":"/sandbox/clock takes GET, HEAD, and not DELETE."}',
    'GET, HEAD',
  ],
  [
    'GET',
    '/sandbox/clock/advance',
    405,
    '{"code":"METHOD_NOT_ALLOWED","message":"/sandbox/clock/advance takes POST, and not GET."}',
    'POST',
  ],
  [
    'PUT',
    '/sandbox/merchants/tgen_docs',
    405,
    '{"code":"METHOD_NOT_ALLOWED","message":"/sandbox/merchants/tgen_docs takes DELETE, GET, HEAD, PATCH, and not PUT."}',
    'DELETE, GET, HEAD, PATCH',
  ],
  [
    'GET',
    '/sandbox/merchants/%zz',
    400,
    `{"code":"INVALID_CONTROL_REQUEST","message":"'/sandbox/merchants/%zz' is not a valid url component"}`,
    null,
  ],
  [
    'POST',
    '/sandbox/%ff',
    400,
    `{"code":"INVALID_CONTROL_REQUEST","message":"'/sandbox/%ff' is not a valid url component"}`,
    null,
  ],
];

t.test('a call that the sandbox’s own API does not have is told so in its own words', async (t) => {
  const { url, newShop } = await startSandbox(t);
  const shop = await newShop();
  for (const [method, path, status, text, allow] of NOWHERE) {
    for (const headers of [{}, { authorization: basic(shop.secretKey) }, { authorization: 'nobody' }]) {
      const answer = await call(url + path, method, { headers });
      t.equal(answer.status, status, `${method} ${path}`);
      t.equal(answer.text, text, `${method} ${path}`);
      t.equal(answer.headers.get('allow'), allow, `${method} ${path}`);
      t.equal(answer.headers.get('content-type'), 'application/json', `${method} ${path}`);
      t.notOk(answer.headers.has('x-tosspayments-trace-id'), 'it is not one of Toss Payments');
    }
  }
});

t.test('a path that only begins with the same letters is nowhere for Toss Payments', async (t) => {
  const { url } = await startSandbox(t);
  for (const [path, status] of [
    ['/sandboxes', 404],
    ['/v1/sandbox/health', 404],
    ['/sandboxes/%zz', 400],
  ] as const) {
    const answer = await call(url + path, 'GET');
    t.equal(answer.status, status, path);
    t.equal(answer.body.code, status === 404 ? 'NOT_FOUND' : 'INVALID_REQUEST', path);
    t.ok(answer.headers.has('x-tosspayments-trace-id'), path);
  }
});
