import t from 'tap';
import { basic, call, type Shop, startSandbox, type TestSandbox } from '../fixtures/sandbox.ts';
import { setConduct } from '../fixtures/slow-shop.ts';

// payments.md 1.5, measured: the authentication layer answers with a third field.
const UNAUTHORIZED =
  '{"code":"UNAUTHORIZED_KEY","message":"인증되지 않은 시크릿 키 혹은 클라이언트 키 입니다.","data":null}';
const UNAUTHORIZED_IN_ENGLISH =
  '{"code":"UNAUTHORIZED_KEY","message":"Unauthorized secretKey or clientKey.","data":null}';
const NO_COLON =
  '{"code":"INCORRECT_BASIC_AUTH_FORMAT","message":"잘못된 요청입니다. \':\' 를 포함해 인코딩해주세요.","data":null}';
const INVALID_CLIENT_KEY = '{"code":"INVALID_CLIENT_KEY","message":"잘못된 클라이언트 연동 정보 입니다."}';
const INVALID_API_KEY = '{"code":"INVALID_API_KEY","message":"잘못된 시크릿키 연동 정보 입니다."}';
const FORBIDDEN = '{"code":"FORBIDDEN_REQUEST","message":"허용되지 않은 요청입니다."}';
const NOT_FOUND = '{"code":"NOT_FOUND_PAYMENT","message":"존재하지 않는 결제 정보 입니다."}';

/** The documentation's individual keys (payments.md 1.4). */
const SECRET_KEY = 'test_sk_zXLkKEypNArWmo50nX3lmeaxYG5R';
const CLIENT_KEY = 'test_ck_D5GePWvyJnrK0W0k6q8gLzN97Eoq';
/** Of nobody. */
const LIVE_SECRET_KEY = 'live_sk_zXLkKEypNArWmo50nX3lmeaxYG5R';

const base64 = (text: string): string => Buffer.from(text).toString('base64');

// A GET of an unknown payment: 404 says that the key was let through.
const HEADERS: [string, string | undefined, number, string][] = [
  // As printed everywhere in the documentation (payments.md 1.2).
  [
    'the header of the documentation',
    'Basic dGVzdF9za196WExrS0V5cE5BcldtbzUwblgzbG1lYXhZRzVSOg==',
    404,
    NOT_FOUND,
  ],
  [
    'the header of the widget documentation',
    'Basic dGVzdF9nc2tfZG9jc19PYVB6OEw1S2RtUVhrelJ6M3k0N0JNdzY6',
    404,
    NOT_FOUND,
  ],
  ['without the padding', 'Basic dGVzdF9za196WExrS0V5cE5BcldtbzUwblgzbG1lYXhZRzVSOg', 404, NOT_FOUND],
  ['with half of the padding', 'Basic dGVzdF9za196WExrS0V5cE5BcldtbzUwblgzbG1lYXhZRzVSOg=', 404, NOT_FOUND],
  ['a password, which is ignored', `Basic ${base64(`${SECRET_KEY}:secret`)}`, 404, NOT_FOUND],
  ['a password with colons', `Basic ${base64(`${SECRET_KEY}::a:b`)}`, 404, NOT_FOUND],
  ['the scheme in small letters', `basic ${base64(`${SECRET_KEY}:`)}`, 404, NOT_FOUND],

  ['an unknown key', basic('test_sk_0000000000000000000000000000'), 401, UNAUTHORIZED],
  ['an unknown widget key', basic('test_gsk_docs_000000000000000000000000'), 401, UNAUTHORIZED],
  ['no key of any kind', basic('hello'), 401, UNAUTHORIZED],
  ['an empty user name', basic(''), 401, UNAUTHORIZED],
  ['the key as the password', `Basic ${base64(`:${SECRET_KEY}`)}`, 401, UNAUTHORIZED],
  ['a blank before the key', basic(` ${SECRET_KEY}`), 401, UNAUTHORIZED],
  ['a key in other letter case', basic(SECRET_KEY.toUpperCase()), 401, UNAUTHORIZED],
  // One version of the documentation prints a value that decodes to the key and " + :" (payments.md 1.2).
  [
    'the misprint of the documentation',
    'Basic dGVzdF9za196WExrS0V5cE5BcldtbzUwblgzbG1lYXhZRzVSICsgOg==',
    401,
    UNAUTHORIZED,
  ],
  ['a client key', basic(CLIENT_KEY), 401, UNAUTHORIZED],
  [
    'a security key',
    basic('5f3d7a1c9b2e4d6f8a0c1e3b5d7f9a2c4e6b8d0f1a3c5e7b9d2f4a6c8e0b1d3f'),
    401,
    UNAUTHORIZED,
  ],
  // payments.md 1.5: test and live mixed; a plain body, as it is not said by the authentication layer alone.
  ['a live secret key', basic('live_sk_zXLkKEypNArWmo50nX3lmeaxYG5R'), 400, INVALID_API_KEY],
  ['a live widget secret key', basic('live_gsk_docs_OaPz8L5KdmQXkzRz3y47BMw6'), 400, INVALID_API_KEY],
  ['a live secret key of old', basic('live_ak_ZORzdMaqN3wQd5k6ygr5AkYXQGwy'), 400, INVALID_API_KEY],
  ['a live word that is no key', basic('live_xk_zXLkKEypNArWmo50nX3lmeaxYG5R'), 401, UNAUTHORIZED],
  ['a live client key', basic('live_ck_JQbgMGZzorzj0ZnKbOjrl5E1em4d'), 401, UNAUTHORIZED],

  ['no header', undefined, 401, UNAUTHORIZED],
  ['an empty header', '', 401, UNAUTHORIZED],
  ['the scheme alone', 'Basic', 401, UNAUTHORIZED],
  ['another scheme', `Bearer ${base64(`${SECRET_KEY}:`)}`, 401, UNAUTHORIZED],
  ['the key as a bearer token', `Bearer ${SECRET_KEY}`, 401, UNAUTHORIZED],
  ['no scheme', base64(`${SECRET_KEY}:`), 401, UNAUTHORIZED],
  ['the key itself', SECRET_KEY, 401, UNAUTHORIZED],
  ['the key not encoded', `Basic ${SECRET_KEY}:`, 401, UNAUTHORIZED],
  ['garbled base64', 'Basic dGVzdF9z*196WExrS0V5cE5B?', 401, UNAUTHORIZED],
  ['base64 that stops in the middle of a letter', 'Basic dGVzdF9za196WExrS0V5c', 401, UNAUTHORIZED],
  ['base64 with something after it', `Basic ${base64(`${SECRET_KEY}:`)} more`, 401, UNAUTHORIZED],
  [
    'base64 of bytes that are no text',
    `Basic ${Buffer.from([0, 1, 2, 58]).toString('base64')}`,
    401,
    UNAUTHORIZED,
  ],

  ['no colon', `Basic ${base64(SECRET_KEY)}`, 403, NO_COLON],
  ['no colon after an unknown key', `Basic ${base64('test_sk_0000000000000000000000000000')}`, 403, NO_COLON],
];

t.test('what each Authorization header is answered with', async (t) => {
  const { url } = await startSandbox(t);
  for (const [name, authorization, status, text] of HEADERS) {
    const headers = authorization === undefined ? {} : { authorization };
    const answer = await call(`${url}/v1/payments/none`, 'GET', { headers });
    t.equal(answer.status, status, name);
    t.equal(answer.text, text, name);
    t.equal(answer.headers.get('content-type'), 'application/json', name);
  }
});

t.test('a wrong key is told so in English, too', async (t) => {
  const { url } = await startSandbox(t);
  const headers = { authorization: basic('test_sk_unknown_unknown'), 'accept-language': 'en-US' };
  const { status, text } = await call(`${url}/v1/payments/none`, 'GET', { headers });
  t.equal(status, 401);
  t.equal(text, UNAUTHORIZED_IN_ENGLISH);
});

const WORSE_THINGS: [string, string, string, Record<string, string>, string | undefined][] = [
  ['an unknown payment', 'GET', '/v1/payments/none', {}, undefined],
  ['an unknown order', 'GET', '/v1/payments/orders/none', {}, undefined],
  ['JSON that cannot be read', 'POST', '/v1/payments/confirm', {}, '{"paymentKey":'],
  ['no body', 'POST', '/v1/payments', {}, undefined],
  ['a body of 2 MiB', 'POST', '/v1/payments/confirm', {}, ' '.repeat(2 * 1024 * 1024)],
  ['a Test-Code', 'POST', '/v1/payments/confirm', { 'tosspayments-test-code': 'COMMON_ERROR' }, '{}'],
  [
    'a Test-Code that is none',
    'POST',
    '/v1/payments/none/cancel',
    { 'tosspayments-test-code': 'NONE' },
    '{}',
  ],
  [
    'an Idempotency-Key that is too long',
    'POST',
    '/v1/payments/none',
    { 'idempotency-key': 'k'.repeat(301) },
    '{}',
  ],
];

t.test('the key comes before everything else', async (t) => {
  const { url } = await startSandbox(t);
  for (const [name, method, path, headers, body] of WORSE_THINGS) {
    for (const [authorization, status, text] of [
      [basic('test_sk_0000000000000000000000000000'), 401, UNAUTHORIZED],
      [`Basic ${base64(SECRET_KEY)}`, 403, NO_COLON],
    ] as const) {
      const options = { headers: { ...headers, authorization } };
      const answer = await call(url + path, method, body === undefined ? options : { ...options, body });
      t.equal(answer.status, status, name);
      t.equal(answer.text, text, name);
    }
  }
});

const OPENING = {
  method: 'CARD',
  amount: { currency: 'KRW', value: 15000 },
  orderName: '원두 200g',
  successUrl: 'http://shop.example/success',
  failUrl: 'http://shop.example/fail',
};

/** Opens a payment as the SDK does and pays it in the window, without a browser; its key. */
async function payInWindow(url: string, clientKey: string, orderId: string): Promise<string> {
  const opened = await call(`${url}/v1/payments/sdk`, 'POST', {
    headers: { authorization: basic(clientKey) },
    body: { ...OPENING, orderId },
  });
  if (opened.status !== 200) throw new Error(opened.text);
  const { paymentKey } = opened.body;
  const pressed = await call(opened.body.checkout.url, 'POST', {
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: 'outcome=AUTHENTICATED&cardCompany=61',
  });
  if (pressed.status !== 303) throw new Error(pressed.text);
  return paymentKey;
}

const confirm = (url: string, secretKey: string, paymentKey: string, orderId: string) =>
  call(`${url}/v1/payments/confirm`, 'POST', {
    headers: { authorization: basic(secretKey) },
    body: { paymentKey, orderId, amount: 15000 },
  });

// payments.md 1.4; the last pair is put together by one published write-up (payments.md 13 no. 4).
const PAIRS: [string, string, string][] = [
  ['test_ck_D5GePWvyJnrK0W0k6q8gLzN97Eoq', 'test_sk_zXLkKEypNArWmo50nX3lmeaxYG5R', 'tvivarepublica'],
  ['test_gck_docs_Ovk5rk1EwkEbP0W43n07xlzm', 'test_gsk_docs_OaPz8L5KdmQXkzRz3y47BMw6', 'tgen_docs'],
  ['test_ck_OEP59LybZ8Bdv6A1JxkV6GYo7pRe', 'test_ak_ZORzdMaqN3wQd5k6ygr5AkYXQGwy', 'tosspayments'],
  ['test_gck_docs_Ovk5rk1EwkEbP0W43n07xlzm', 'test_sk_PBal2vxj81jX4Bba4ovy35RQgOAN', 'tgen_docs'],
];

t.test('the pairs of keys that are published work out of the box', async (t) => {
  const { url } = await startSandbox(t);
  for (const [index, [clientKey, secretKey, mId]] of PAIRS.entries()) {
    const orderId = `order-000${index}`;
    const paymentKey = await payInWindow(url, clientKey, orderId);
    const { status, body } = await confirm(url, secretKey, paymentKey, orderId);
    t.equal(status, 200, secretKey);
    t.equal(body.status, 'DONE', secretKey);
    t.equal(body.mId, mId, secretKey);
  }
});

t.test('the secret keys that are published alone work out of the box', async (t) => {
  const { url, shopOf } = await startSandbox(t);
  for (const secretKey of [
    'test_sk_aBX7zk2yd8yoXwoJ0gqVx9POLqKQ',
    'test_sk_mBZ1gQ4YVX9wG14ZXOLarl2KPoqN',
    'test_sk_4yKeq5bgrpWvWbKAp27AVGX0lzW6',
    'test_sk_PBal2vxj81jX4Bba4ovy35RQgOAN',
  ]) {
    const shop = shopOf({ mId: '', clientKey: '', secretKey });
    const paymentKey = await shop.prepare({ orderId: 'order-0001', amount: 15000 });
    const { status, body } = await confirm(url, secretKey, paymentKey, 'order-0001');
    t.equal(status, 200, secretKey);
    t.equal(body.status, 'DONE', secretKey);
  }
});

t.test('the client keys that are published alone open payments', async (t) => {
  const { url } = await startSandbox(t);
  for (const clientKey of ['test_ck_OAQ92ymxN340ewLDLN43ajRKXvdk', 'test_ck_ma60RZblrqy7RE0O2dx5rwzYWBn1']) {
    const { status, body } = await call(`${url}/v1/payments/sdk`, 'POST', {
      headers: { authorization: basic(clientKey) },
      body: { ...OPENING, orderId: 'order-0001' },
    });
    t.equal(status, 200, clientKey);
    t.equal(body.status, 'READY', clientKey);
  }
});

/** The widget keys of a merchant whose individual keys are known. */
async function widgetKeysOf(url: string, shop: Shop): Promise<{ clientKey: string; secretKey: string }> {
  const { body } = await call(`${url}/sandbox/merchants/${shop.mId}`, 'GET');
  const { clientKey, secretKeys } = body.keyPairs[1];
  return { clientKey, secretKey: secretKeys[0] };
}

/** A merchant with both pairs of keys, and a stranger. */
async function openShops({ url, newShop }: TestSandbox) {
  const shop = await newShop();
  return { shop, widget: await widgetKeysOf(url, shop), stranger: await newShop() };
}

t.test('keys of the widget and keys of the API do not mix', async (t) => {
  const sandbox = await startSandbox(t);
  const { url } = sandbox;
  const { shop, widget } = await openShops(sandbox);
  t.match(widget.clientKey, /^test_gck_/);
  t.match(widget.secretKey, /^test_gsk_/);
  for (const [orderId, opened, wrong, right] of [
    ['order-0001', shop, widget, shop],
    ['order-0002', widget, shop, widget],
  ] as const) {
    const paymentKey = await payInWindow(url, opened.clientKey, orderId);
    const refused = await confirm(url, wrong.secretKey, paymentKey, orderId);
    t.equal(refused.status, 400, orderId);
    t.equal(refused.text, INVALID_API_KEY, orderId);
    // The refusal has changed nothing: the right key still confirms.
    t.equal((await confirm(url, right.secretKey, paymentKey, orderId)).status, 200, orderId);
  }
});

/** Reads, finds and cancels a payment of `order-0001`. */
const lookAndCancel = async (shop: Shop, paymentKey: string) => [
  await shop.get(`/v1/payments/${paymentKey}`),
  await shop.get('/v1/payments/orders/order-0001'),
  await shop.post(`/v1/payments/${paymentKey}/cancel`, { cancelReason: '고객 변심' }),
];

t.test('a payment is not read or cancelled with the other kind of key of the same merchant', async (t) => {
  const sandbox = await startSandbox(t);
  const { url, shopOf } = sandbox;
  for (const isWidgets of [true, false]) {
    const { shop, widget } = await openShops(sandbox);
    const widgetShop = shopOf({ mId: shop.mId, ...widget });
    const [right, wrong] = isWidgets ? [widgetShop, shop] : [shop, widgetShop];
    const paymentKey = await payInWindow(url, right.clientKey, 'order-0001');
    await confirm(url, right.secretKey, paymentKey, 'order-0001');
    for (const { status, text } of await lookAndCancel(wrong, paymentKey)) {
      t.equal(status, 400);
      t.equal(text, INVALID_API_KEY);
    }
    const answers = await lookAndCancel(right, paymentKey);
    t.strictSame(
      answers.map(({ body }) => body.status),
      ['DONE', 'DONE', 'CANCELED'],
    );
  }
});

t.test('a merchant that is told to allow mixed keys may mix the kinds, and nothing else', async (t) => {
  const sandbox = await startSandbox(t);
  const { url } = sandbox;
  const { shop, widget, stranger } = await openShops(sandbox);
  t.equal((await setConduct(url, shop, { allowMixedKeys: true })).body.allowMixedKeys, true);
  const paymentKey = await payInWindow(url, widget.clientKey, 'order-0001');
  t.equal((await confirm(url, stranger.secretKey, paymentKey, 'order-0001')).text, FORBIDDEN);
  t.equal((await confirm(url, LIVE_SECRET_KEY, paymentKey, 'order-0001')).text, INVALID_API_KEY);
  t.equal((await confirm(url, shop.secretKey, paymentKey, 'order-0001')).status, 200);
  const answers = await lookAndCancel(shop, paymentKey);
  t.strictSame(
    answers.map(({ body }) => body.status),
    ['DONE', 'DONE', 'CANCELED'],
  );
  t.equal((await shop.post('/sandbox/reset', {})).status, 204);
  t.equal((await shop.get(`/sandbox/merchants/${shop.mId}`)).body.allowMixedKeys, false);
});

t.test('a live secret key confirms, reads and cancels nothing: test and live are mixed', async (t) => {
  const { url, newShop, shopOf } = await startSandbox(t);
  const shop = await newShop();
  const paymentKey = await shop.prepare({ orderId: 'order-0001', amount: 15000 });
  const mixed = shopOf({ ...shop, secretKey: LIVE_SECRET_KEY });
  const answers = [
    await confirm(url, LIVE_SECRET_KEY, paymentKey, 'order-0001'),
    ...(await lookAndCancel(mixed, paymentKey)),
  ];
  for (const { status, text } of answers) {
    t.equal(status, 400);
    t.equal(text, INVALID_API_KEY);
  }
  t.equal((await confirm(url, shop.secretKey, paymentKey, 'order-0001')).status, 200);
});

t.test('another merchant’s payment is forbidden to confirm, and not there to read or cancel', async (t) => {
  const sandbox = await startSandbox(t);
  const { url } = sandbox;
  const { shop, stranger } = await openShops(sandbox);
  const paymentKey = await payInWindow(url, shop.clientKey, 'order-0001');
  const refused = await confirm(url, stranger.secretKey, paymentKey, 'order-0001');
  t.equal(refused.status, 403);
  t.equal(refused.text, FORBIDDEN);
  for (const answer of [
    await stranger.get(`/v1/payments/${paymentKey}`),
    await stranger.get('/v1/payments/orders/order-0001'),
    await stranger.post(`/v1/payments/${paymentKey}/cancel`, { cancelReason: '고객 변심' }),
  ]) {
    t.equal(answer.status, 404);
    t.equal(answer.text, NOT_FOUND);
  }
});

t.test('the SDK is told when its client key is none', async (t) => {
  const { url } = await startSandbox(t);
  for (const [name, authorization, status, text] of [
    ['an unknown key', basic('test_ck_0000000000000000000000000000'), 400, INVALID_CLIENT_KEY],
    ['a secret key', basic(SECRET_KEY), 400, INVALID_CLIENT_KEY],
    ['a live client key', basic('live_ck_JQbgMGZzorzj0ZnKbOjrl5E1em4d'), 400, INVALID_CLIENT_KEY],
    ['no key', '', 400, INVALID_CLIENT_KEY],
    ['no colon', `Basic ${base64(CLIENT_KEY)}`, 403, NO_COLON],
  ] as const) {
    const answer = await call(`${url}/v1/payments/sdk`, 'POST', {
      headers: { authorization },
      body: { ...OPENING, orderId: 'order-0001' },
    });
    t.equal(answer.status, status, name);
    t.equal(answer.text, text, name);
  }
});

t.test('a request that was refused for its key has done nothing', async (t) => {
  const { url, sandbox, newShop } = await startSandbox(t);
  const shop = await newShop();
  const paymentKey = await shop.prepare({ orderId: 'order-0001', amount: 15000 });
  const figures = () => [...sandbox.core.store.worlds()].map((world) => world.figures());
  const before = figures();
  await confirm(url, 'test_sk_0000000000000000000000000000', paymentKey, 'order-0001');
  await confirm(url, shop.clientKey, paymentKey, 'order-0001');
  t.strictSame(figures(), before);
  t.equal((await shop.get(`/v1/payments/${paymentKey}`)).body.status, 'IN_PROGRESS');
});
