import { connect } from 'node:net';
import { pino } from 'pino';
import t, { type Test } from 'tap';
import { MemoryStore } from '../../src/store/memory-store.ts';
import type { Changes } from '../../src/store/store.ts';
import { API } from '../../src/wire/api.ts';
import { basic, type Shop, startSandbox, type TestSandbox } from '../fixtures/sandbox.ts';

const INVALID_REQUEST = '{"code":"INVALID_REQUEST","message":"잘못된 요청입니다."}';
const NOT_FOUND = '{"code":"NOT_FOUND","message":"존재하지 않는 정보 입니다."}';
const NOT_FOUND_HTTP_METHOD =
  '{"code":"NOT_FOUND_HTTP_METHOD","message":"존재하지 않는 HTTP 메소드 접근입니다."}';
const NOT_FOUND_PAYMENT = '{"code":"NOT_FOUND_PAYMENT","message":"존재하지 않는 결제 정보 입니다."}';
const NOT_FOUND_SESSION =
  '{"code":"NOT_FOUND_PAYMENT_SESSION","message":"결제 시간이 만료되어 결제 진행 데이터가 존재하지 않습니다."}';
const INVALID_TEST_CODE = '{"code":"INVALID_TEST_CODE","message":"유효하지 않은 테스트 코드입니다."}';

interface RawAnswer {
  readonly status: number;
  /** Names in small letters. */
  readonly headers: ReadonlyMap<string, string>;
  readonly text: string;
}

/** Sends bytes as they are, and reads until the sandbox hangs up. */
function sendRaw(url: string, bytes: string | Buffer): Promise<RawAnswer> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    const socket = connect(Number(port), hostname);
    socket.on('data', (chunk) => chunks.push(chunk));
    socket.on('error', reject);
    socket.on('end', () => {
      const [head = '', ...rest] = Buffer.concat(chunks).toString().split('\r\n\r\n');
      const [statusLine = '', ...lines] = head.split('\r\n');
      resolve({
        status: Number(statusLine.split(' ')[1]),
        headers: new Map(
          lines.map((line) => {
            const [name = '', ...value] = line.split(': ');
            return [name.toLowerCase(), value.join(': ')];
          }),
        ),
        text: rest.join('\r\n\r\n'),
      });
    });
    socket.write(bytes);
  });
}

/** A request in HTTP/1.1, after which the connection is closed. */
const http = (requestLine: string, headers: readonly string[], body?: string | Buffer): Buffer => {
  const length = body === undefined ? [] : [`Content-Length: ${Buffer.byteLength(body)}`];
  const head = [`${requestLine} HTTP/1.1`, 'Host: sandbox', 'Connection: close', ...headers, ...length];
  return Buffer.concat([Buffer.from(`${head.join('\r\n')}\r\n\r\n`), Buffer.from(body ?? '')]);
};

/** Is it that status, that body, and JSON without a charset? */
function isAnswer(t: Test, answer: RawAnswer, status: number, text: string, name: string): void {
  t.equal(answer.status, status, name);
  t.equal(answer.text, text, name);
  t.equal(answer.headers.get('content-type'), 'application/json', name);
}

/** Is it still there, and as it should be? */
async function isAlive(t: Test, shop: Shop, paymentKey: string, text: string, name: string): Promise<void> {
  t.equal((await shop.get(`/v1/payments/${paymentKey}`)).text, text, `after ${name}`);
}

const TRACE_ID = /^[0-9a-f]{32}$/;
const JSON_TYPE = 'Content-Type: application/json';
const CONFIRM = 'POST /v1/payments/confirm';
/** Right in everything but the payment, which does not exist. */
const CONFIRMATION = '{"paymentKey":"none","orderId":"order-0001","amount":15000}';

const MIB = 1024 * 1024;

// All with a good key. Status and code of what Fastify itself finds wrong: payments.md 4, 4.8.
const REQUESTS: [string, string, string[], string | Buffer | undefined, number, string][] = [
  // A payment key may have 200 characters (payments.md 2.2); a longer one is simply not found.
  ['a key of 200 characters', `GET /v1/payments/${'k'.repeat(200)}`, [], undefined, 404, NOT_FOUND_PAYMENT],
  [
    'a key of 5,000 characters',
    `GET /v1/payments/${'k'.repeat(5000)}`,
    [],
    undefined,
    404,
    NOT_FOUND_PAYMENT,
  ],
  [
    'an order id of 5,000 characters',
    `GET /v1/payments/orders/${'o'.repeat(5000)}`,
    [],
    undefined,
    404,
    NOT_FOUND_PAYMENT,
  ],
  [
    'a key of 5,000 characters to cancel',
    `POST /v1/payments/${'k'.repeat(5000)}/cancel`,
    [JSON_TYPE],
    '{"cancelReason":"고객 변심"}',
    404,
    NOT_FOUND_PAYMENT,
  ],
  [
    'a key in Korean',
    `GET /v1/payments/${encodeURIComponent('결제')}`,
    [],
    undefined,
    404,
    NOT_FOUND_PAYMENT,
  ],
  ['a key that is __proto__', 'GET /v1/payments/__proto__', [], undefined, 404, NOT_FOUND_PAYMENT],
  ['a key with a slash', 'GET /v1/payments/a%2Fb', [], undefined, 404, NOT_FOUND_PAYMENT],
  ['a broken escape', 'GET /v1/payments/%zz', [], undefined, 400, INVALID_REQUEST],
  ['half an escape', 'GET /v1/payments/%', [], undefined, 400, INVALID_REQUEST],
  ['an escape that is not UTF-8', 'GET /v1/payments/%ff', [], undefined, 400, INVALID_REQUEST],
  ['a broken escape elsewhere', 'GET /nowhere/%zz', [], undefined, 400, INVALID_REQUEST],
  ['a broken escape in the query', 'GET /v1/payments/none?%zz', [], undefined, 404, NOT_FOUND_PAYMENT],

  ['no body and no type', CONFIRM, [], undefined, 400, INVALID_REQUEST],
  ['an empty body', CONFIRM, [JSON_TYPE], '', 400, INVALID_REQUEST],
  ['a body of blanks', CONFIRM, [JSON_TYPE], '  \n ', 400, INVALID_REQUEST],
  ['no content type', CONFIRM, [], CONFIRMATION, 400, INVALID_REQUEST],
  ['an empty content type', CONFIRM, ['Content-Type: '], CONFIRMATION, 400, INVALID_REQUEST],
  ['half a content type', CONFIRM, ['Content-Type: application'], CONFIRMATION, 400, INVALID_REQUEST],
  ['a content type that is none', CONFIRM, ['Content-Type: ;;'], CONFIRMATION, 400, INVALID_REQUEST],
  ['text', CONFIRM, ['Content-Type: text/plain'], CONFIRMATION, 400, INVALID_REQUEST],
  ['XML', CONFIRM, ['Content-Type: application/xml'], '<confirm/>', 400, INVALID_REQUEST],
  [
    'a form of several parts',
    CONFIRM,
    ['Content-Type: multipart/form-data; boundary=x'],
    '--x--',
    400,
    INVALID_REQUEST,
  ],
  [
    'JSON that is said to be a form',
    CONFIRM,
    ['Content-Type: application/x-www-form-urlencoded'],
    CONFIRMATION,
    400,
    INVALID_REQUEST,
  ],
  // Read: what is answered is that the payment does not exist.
  ['JSON', CONFIRM, [JSON_TYPE], CONFIRMATION, 404, NOT_FOUND_SESSION],
  // payments.md 1.1, measured.
  ['JSON with a charset', CONFIRM, [`${JSON_TYPE}; charset=utf-8`], CONFIRMATION, 404, NOT_FOUND_SESSION],
  [
    'JSON in other letter case',
    CONFIRM,
    ['content-type: Application/JSON;charset=UTF-8'],
    CONFIRMATION,
    404,
    NOT_FOUND_SESSION,
  ],

  ['half of the JSON', CONFIRM, [JSON_TYPE], CONFIRMATION.slice(0, 30), 400, INVALID_REQUEST],
  ['JSON and more', CONFIRM, [JSON_TYPE], `${CONFIRMATION}}`, 400, INVALID_REQUEST],
  ['JavaScript', CONFIRM, [JSON_TYPE], "{paymentKey:'none'}", 400, INVALID_REQUEST],
  ['bytes that are not UTF-8', CONFIRM, [JSON_TYPE], Buffer.from([0xff, 0xfe, 0x00]), 400, INVALID_REQUEST],
  [
    'bytes inside a text that are not UTF-8',
    CONFIRM,
    [JSON_TYPE],
    Buffer.from('{"paymentKey":"none\xff","orderId":"order-0001","amount":15000}', 'latin1'),
    400,
    INVALID_REQUEST,
  ],
  ['null', CONFIRM, [JSON_TYPE], 'null', 400, INVALID_REQUEST],
  ['a list', CONFIRM, [JSON_TYPE], `[${CONFIRMATION}]`, 400, INVALID_REQUEST],
  ['a string', CONFIRM, [JSON_TYPE], '"none"', 400, INVALID_REQUEST],
  ['a number', CONFIRM, [JSON_TYPE], '15000', 400, INVALID_REQUEST],
  ['true', CONFIRM, [JSON_TYPE], 'true', 400, INVALID_REQUEST],
  ['an empty object', CONFIRM, [JSON_TYPE], '{}', 400, INVALID_REQUEST],
  ['10,000 brackets', CONFIRM, [JSON_TYPE], '['.repeat(10_000), 400, INVALID_REQUEST],
  [
    '__proto__ in the body',
    CONFIRM,
    [JSON_TYPE],
    `{"__proto__":{"polluted":true},${CONFIRMATION.slice(1)}`,
    400,
    INVALID_REQUEST,
  ],
  [
    'an escaped __proto__ in the body',
    CONFIRM,
    [JSON_TYPE],
    `{"\\u005f_proto__":{"polluted":true},${CONFIRMATION.slice(1)}`,
    400,
    INVALID_REQUEST,
  ],
  [
    'constructor.prototype in the body',
    CONFIRM,
    [JSON_TYPE],
    `{"constructor":{"prototype":{"polluted":true}},${CONFIRMATION.slice(1)}`,
    400,
    INVALID_REQUEST,
  ],
  ['a body of 1 MiB', CONFIRM, [JSON_TYPE], CONFIRMATION.padEnd(MIB), 404, NOT_FOUND_SESSION],
  ['a body over 1 MiB', CONFIRM, [JSON_TYPE], CONFIRMATION.padEnd(MIB + 1), 400, INVALID_REQUEST],
  [
    'a body over 1 MiB that does not say so',
    CONFIRM,
    [JSON_TYPE, 'Transfer-Encoding: chunked'],
    undefined,
    400,
    INVALID_REQUEST,
  ],

  ['an unknown path', 'GET /nowhere', [], undefined, 404, NOT_FOUND],
  ['an unknown path of the API', 'GET /v1/nowhere', [], undefined, 404, NOT_FOUND],
  ['an unknown path below a payment', 'GET /v1/payments/none/nowhere', [], undefined, 404, NOT_FOUND],
  ['an API that is not built yet', 'POST /v2/payouts', [JSON_TYPE], '{}', 404, NOT_FOUND],
  // An empty key or order id is none.
  ['a read without a key', 'GET /v1/payments/', [], undefined, 404, NOT_FOUND],
  ['a read without a key, with a query', 'GET /v1/payments/?a=b', [], undefined, 404, NOT_FOUND],
  ['a read without an order id', 'GET /v1/payments/orders/', [], undefined, 404, NOT_FOUND],
  ['an old confirm without a key', 'POST /v1/payments/', [JSON_TYPE], '{}', 404, NOT_FOUND],
  ['a cancel without a key', 'POST /v1/payments//cancel', [JSON_TYPE], '{}', 404, NOT_FOUND],
  ['a window without a key', 'GET /v1/payments//checkout', [], undefined, 404, NOT_FOUND],
  ['a wrong method without a key', 'DELETE /v1/payments/', [], undefined, 404, NOT_FOUND],
  ['an unknown path with a broken body', 'POST /v1/nowhere', [JSON_TYPE], '{"a":', 404, NOT_FOUND],
  ['an unknown path with a form', 'POST /v1/nowhere', ['Content-Type: ;;'], 'a=b', 404, NOT_FOUND],
  [
    'an unknown path with a body over 1 MiB',
    'POST /v1/nowhere',
    [JSON_TYPE],
    ' '.repeat(MIB + 1),
    404,
    NOT_FOUND,
  ],
  ['a method nobody knows here', 'PROPFIND /v1/payments', [], undefined, 404, NOT_FOUND_HTTP_METHOD],
  ['a trace', 'TRACE /v1/payments/none', [], undefined, 404, NOT_FOUND_HTTP_METHOD],
  ['a star', 'GET *', [], undefined, 404, NOT_FOUND],
  [
    'the wrong method at a whole address',
    'PUT http://api.tosspayments.com/v1/payments/confirm',
    [],
    undefined,
    404,
    NOT_FOUND_HTTP_METHOD,
  ],
  [
    'the right method at a whole address',
    'GET http://api.tosspayments.com/v1/payments/none',
    [],
    undefined,
    404,
    NOT_FOUND_PAYMENT,
  ],
  ['OPTIONS outside the API', 'OPTIONS /nowhere', [], undefined, 404, NOT_FOUND],

  [
    'two content types',
    CONFIRM,
    [JSON_TYPE, 'Content-Type: text/plain'],
    CONFIRMATION,
    404,
    NOT_FOUND_SESSION,
  ],
  ['two hosts', 'GET /v1/payments/none', ['Host: elsewhere.example'], undefined, 404, NOT_FOUND_PAYMENT],
  // HTTP joins the two with a comma, and that is no code.
  [
    'two Test-Codes',
    'GET /v1/payments/none',
    ['TossPayments-Test-Code: COMMON_ERROR', 'TossPayments-Test-Code: COMMON_ERROR'],
    undefined,
    400,
    INVALID_TEST_CODE,
  ],
  [
    'two Idempotency-Keys',
    CONFIRM,
    [JSON_TYPE, 'Idempotency-Key: one', 'Idempotency-Key: two'],
    CONFIRMATION,
    404,
    NOT_FOUND_SESSION,
  ],
  [
    'two languages',
    'GET /v1/payments/none',
    ['Accept-Language: ko', 'Accept-Language: en-US'],
    undefined,
    404,
    NOT_FOUND_PAYMENT,
  ],
  [
    'a second key',
    'GET /v1/payments/none',
    ['Authorization: Basic bm9uZTo='],
    undefined,
    404,
    NOT_FOUND_PAYMENT,
  ],
  [
    'a wish for another protocol',
    'GET /v1/payments/none',
    ['Upgrade: h2c'],
    undefined,
    404,
    NOT_FOUND_PAYMENT,
  ],
  [
    'an expectation that nobody knows',
    CONFIRM,
    [JSON_TYPE, 'Expect: a-miracle'],
    CONFIRMATION,
    404,
    NOT_FOUND_SESSION,
  ],
  ['a version', 'GET /v1/payments/none', ['Accept-Version: 2.x'], undefined, 404, NOT_FOUND_PAYMENT],
];

/** A payment that is waiting to be confirmed, to be looked at after each request. */
async function openShop({ newShop }: TestSandbox): Promise<{ shop: Shop; paymentKey: string; text: string }> {
  const shop = await newShop();
  const paymentKey = await shop.prepare({ orderId: 'order-0001', amount: 15000 });
  return { shop, paymentKey, text: (await shop.get(`/v1/payments/${paymentKey}`)).text };
}

/** Two MiB in pieces, without a word of their length. */
const CHUNKS = `${'10000\r\n'.concat(' '.repeat(0x10000), '\r\n').repeat(32)}0\r\n\r\n`;

t.test('whatever is sent, the answer is one of Toss Payments', async (t) => {
  const sandbox = await startSandbox(t);
  const { shop, paymentKey, text } = await openShop(sandbox);
  const authorization = `Authorization: ${basic(shop.secretKey)}`;
  for (const [name, requestLine, headers, body, status, expected] of REQUESTS) {
    const request = http(requestLine, [authorization, ...headers], body);
    const isChunked = headers.includes('Transfer-Encoding: chunked');
    const bytes = isChunked ? Buffer.concat([request, Buffer.from(CHUNKS)]) : request;
    const answer = await sendRaw(sandbox.url, bytes);
    isAnswer(t, answer, status, expected, name);
    t.match(answer.headers.get('x-tosspayments-trace-id'), TRACE_ID, name);
    await isAlive(t, shop, paymentKey, text, name);
  }
  t.notOk('polluted' in {}, 'no prototype was reached');
});

const GARBAGE: [string, string][] = [
  ['words', 'hello, is this Toss Payments?\r\n\r\n'],
  ['another protocol', 'SSH-2.0-OpenSSH_9.6\r\n'],
  ['a method that is none', 'PAY /v1/payments HTTP/1.1\r\nHost: a\r\n\r\n'],
  ['a request without a Host', 'GET / HTTP/1.1\r\nConnection: close\r\n\r\n'],
  ['a broken header', 'GET / HTTP/1.1\r\nHost: a\r\nbroken\r\n\r\n'],
  [
    'two lengths',
    'POST /v1/payments HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\n{}',
  ],
  ['a length that is none', 'POST /v1/payments HTTP/1.1\r\nHost: a\r\nContent-Length: two\r\n\r\n{}'],
  ['a path of 20,000 characters', `GET /v1/payments/${'k'.repeat(20_000)} HTTP/1.1\r\nHost: a\r\n\r\n`],
  [
    'a header of 20,000 characters',
    `GET / HTTP/1.1\r\nHost: a\r\nIdempotency-Key: ${'k'.repeat(20_000)}\r\n\r\n`,
  ],
];

t.test('what is not even HTTP is answered, and survived', async (t) => {
  const sandbox = await startSandbox(t);
  const { shop, paymentKey, text } = await openShop(sandbox);
  for (const [name, bytes] of GARBAGE) {
    const answer = await sendRaw(sandbox.url, Buffer.from(bytes, 'latin1'));
    isAnswer(t, answer, 400, INVALID_REQUEST, name);
    t.equal(answer.headers.get('content-length'), `${Buffer.byteLength(INVALID_REQUEST)}`, name);
    await isAlive(t, shop, paymentKey, text, name);
  }
});

t.test('a caller that hangs up in the middle of its body is survived', async (t) => {
  const sandbox = await startSandbox(t);
  const { shop, paymentKey, text } = await openShop(sandbox);
  const { hostname, port } = new URL(sandbox.url);
  await new Promise<void>((resolve) => {
    const socket = connect(Number(port), hostname);
    const head = `${CONFIRM} HTTP/1.1\r\nHost: a\r\nAuthorization: ${basic(shop.secretKey)}\r\n${JSON_TYPE}\r\n`;
    socket.write(`${head}Content-Length: 1000\r\n\r\n{`, () => socket.destroy());
    socket.on('close', () => resolve());
  });
  await isAlive(t, shop, paymentKey, text, 'hanging up');
});

t.test('a right confirm as a form, or as text, confirms nothing', async (t) => {
  const sandbox = await startSandbox(t);
  const { shop, paymentKey, text } = await openShop(sandbox);
  const world = sandbox.sandbox.core.store.world(shop.mId);
  const before = world?.figures();
  const fields = { paymentKey, orderId: 'order-0001', amount: '15000' };
  const form = new URLSearchParams(fields).toString();
  const json = JSON.stringify(fields);
  for (const [type, body] of [
    ['application/x-www-form-urlencoded', form],
    ['application/x-www-form-urlencoded', json],
    ['text/plain', json],
    ['application/json', form],
  ] as const) {
    const answer = await shop.post('/v1/payments/confirm', body, { 'content-type': type });
    t.equal(answer.status, 400, type);
    t.equal(answer.text, INVALID_REQUEST, type);
    await isAlive(t, shop, paymentKey, text, type);
  }
  t.strictSame(world?.figures(), before);
  // It was right.
  t.equal((await shop.post('/v1/payments/confirm', json)).body.status, 'DONE');
});

// payments.md 4.8. A GET of /v1/payments/confirm is missing here: it reads a payment whose key is "confirm"; and so
// it is with /v1/payments/key-in.
const WRONG_METHODS: [string, string[]][] = [
  ['/v1/payments', ['GET', 'PUT', 'PATCH', 'DELETE']],
  ['/v1/payments/confirm', ['PUT', 'PATCH', 'DELETE']],
  ['/v1/payments/sdk', ['PUT', 'PATCH', 'DELETE']],
  ['/v1/payments/{paymentKey}', ['PUT', 'PATCH', 'DELETE']],
  ['/v1/payments/orders/{orderId}', ['POST', 'PUT', 'PATCH', 'DELETE']],
  ['/v1/payments/{paymentKey}/cancel', ['GET', 'PUT', 'PATCH', 'DELETE']],
  ['/v1/payments/key-in', ['PUT', 'PATCH', 'DELETE']],
  ['/v1/virtual-accounts', ['GET', 'PUT', 'PATCH', 'DELETE']],
  ['/v1/payments/{paymentKey}/checkout', ['PUT', 'PATCH', 'DELETE']],
];

t.test('a known path with the wrong method is told so, with or without a key', async (t) => {
  const sandbox = await startSandbox(t);
  const { shop, paymentKey, text } = await openShop(sandbox);
  const covered = WRONG_METHODS.map(([path]) => path);
  for (const { path } of Object.values(API)) t.ok(covered.includes(path), `${path} is in the table`);
  for (const [path, methods] of WRONG_METHODS) {
    const url = path.replace('{paymentKey}', paymentKey).replace('{orderId}', 'order-0001');
    for (const method of methods) {
      for (const headers of [[], [`Authorization: ${basic(shop.secretKey)}`], ['Content-Type: ;;']]) {
        const name = `${method} ${path} ${headers[0]?.slice(0, 13) ?? ''}`;
        const body = method === 'GET' ? undefined : '{"a":';
        const answer = await sendRaw(sandbox.url, http(`${method} ${url}?a=b`, headers, body));
        isAnswer(t, answer, 404, NOT_FOUND_HTTP_METHOD, name);
        t.match(answer.headers.get('x-tosspayments-trace-id'), TRACE_ID, name);
      }
    }
  }
  await isAlive(t, shop, paymentKey, text, 'all of them');
});

t.test('HEAD answers as GET does, without a body', async (t) => {
  const sandbox = await startSandbox(t);
  const { shop, paymentKey, text } = await openShop(sandbox);
  const authorization = `Authorization: ${basic(shop.secretKey)}`;
  for (const [path, status, body] of [
    [`/v1/payments/${paymentKey}`, 200, text],
    ['/v1/payments/none', 404, NOT_FOUND_PAYMENT],
    [`/v1/payments/${paymentKey}/cancel`, 404, NOT_FOUND_HTTP_METHOD],
    ['/nowhere', 404, NOT_FOUND],
  ] as const) {
    const answer = await sendRaw(sandbox.url, http(`HEAD ${path}`, [authorization]));
    isAnswer(t, answer, status, '', path);
    t.equal(answer.headers.get('content-length'), `${Buffer.byteLength(body)}`, path);
    t.match(answer.headers.get('x-tosspayments-trace-id'), TRACE_ID, path);
  }
});

// payments.md 7.4; left out are the headers of Toss Payments' proxies and strict-transport-security.
const ANSWER_HEADERS: [string, string][] = [
  ['vary', 'Origin, Access-Control-Request-Method, Access-Control-Request-Headers'],
  ['referrer-policy', 'no-referrer-when-downgrade'],
  ['x-content-type-options', 'nosniff'],
  ['x-xss-protection', '1; mode=block'],
  ['cache-control', 'no-cache, no-store, max-age=0, must-revalidate'],
  ['pragma', 'no-cache'],
  ['expires', '0'],
];
const CORS_HEADERS: [string, string][] = [
  ['access-control-allow-credentials', 'true'],
  ['access-control-allow-methods', 'POST, GET, OPTIONS, DELETE'],
  ['access-control-max-age', '3600'],
  [
    'access-control-allow-headers',
    'Origin, Content-Type, Accept, X-Requested-With, Key, Authorization, Referer-Policy, tosspayments-mid, tosspayments-test-code, idempotency-key, x-tosspayments-device-id, x-tosspayments-session-id, x-publickey-id, x-secure-keyboard-id, x-secure-keyboard-fields',
  ],
];

t.test('OPTIONS tells a page of any site that it may call', async (t) => {
  const sandbox = await startSandbox(t);
  for (const path of ['/v1/payments/sdk', '/v1/payments/confirm', '/v1/nowhere']) {
    const headers = ['Origin: http://shop.example', 'Access-Control-Request-Method: POST'];
    const answer = await sendRaw(sandbox.url, http(`OPTIONS ${path}`, headers));
    t.equal(answer.status, 200, path);
    t.equal(answer.text, '', path);
    t.equal(answer.headers.get('access-control-allow-origin'), 'http://shop.example', path);
    for (const [name, value] of CORS_HEADERS) t.equal(answer.headers.get(name), value, `${path} ${name}`);
  }
});

t.test('the headers of every answer are those that were seen, on errors too', async (t) => {
  const sandbox = await startSandbox(t);
  const { shop, paymentKey } = await openShop(sandbox);
  const key = `Authorization: ${basic(shop.secretKey)}`;
  for (const [requestLine, headers, status] of [
    [`GET /v1/payments/${paymentKey}`, [key], 200],
    ['GET /v1/payments/none', [key], 404],
    ['GET /v1/payments/none', [], 401],
    ['DELETE /v1/payments/none', [], 404],
    ['GET /v1/payments/%zz', [], 400],
    ['OPTIONS /v1/payments', [], 200],
  ] as const) {
    const answer = await sendRaw(sandbox.url, http(requestLine, headers));
    t.equal(answer.status, status, requestLine);
    for (const [name, value] of ANSWER_HEADERS) t.equal(answer.headers.get(name), value, requestLine);
    t.match(answer.headers.get('x-tosspayments-trace-id'), TRACE_ID, requestLine);
    t.notOk(answer.headers.has('access-control-allow-origin'), `${requestLine}: no page asked`);
    t.notOk(answer.headers.has('strict-transport-security'), `${requestLine}: this is plain http`);
  }
});

t.test('no two requests have the same trace id', async (t) => {
  const { newShop } = await startSandbox(t);
  const shop = await newShop();
  const answers = await Promise.all(Array.from({ length: 50 }, () => shop.get('/v1/payments/none')));
  t.equal(new Set(answers.map(({ headers }) => headers.get('x-tosspayments-trace-id'))).size, 50);
});

/** A store whose disk fills up: while it is full, nothing that happens to a payment can be kept. */
class FullStore extends MemoryStore {
  isFull = false;

  override commit(changes: Changes): void {
    if (this.isFull && (changes.payments !== undefined || changes.reply !== undefined)) {
      throw new Error('no space left on device');
    }
    super.commit(changes);
  }
}

const SANDBOX_BUG =
  '{"code":"SANDBOX_BUG","message":"toss-sandbox itself failed; this is not an answer of Toss Payments. Its log says more."}';

const OPENING = {
  method: 'CARD',
  amount: 15000,
  orderId: 'order-0002',
  orderName: '원두',
  successUrl: 'http://shop.example/success',
  failUrl: 'http://shop.example/fail',
};

t.test('a bug of ours is said to be one, and leaves everything as it was', async (t) => {
  const store = new FullStore();
  const sandbox = await startSandbox(t, { store });
  const { core } = sandbox.sandbox;
  const { shop, paymentKey } = await openShop(sandbox);
  const done = await shop.pay({ orderId: 'order-done', amount: 9900 });

  const look = async () => ({
    waiting: (await shop.get(`/v1/payments/${paymentKey}`)).text,
    done: (await shop.get(`/v1/payments/${done}`)).text,
    figures: store.world(shop.mId)?.figures(),
    journal: [...(store.world(shop.mId)?.journal() ?? [])],
    jobs: [...(store.world(shop.mId)?.jobs() ?? [])],
    nextJob: core.clocks.of(shop.mId).agenda.next,
    position: core.chance.position,
  });
  const before = await look();
  t.equal(before.jobs.length, 1);
  t.equal(before.nextJob?.key, paymentKey);

  const key = { 'idempotency-key': 'one-key' };
  const confirmation = { paymentKey, orderId: 'order-0001', amount: 15000 };
  store.isFull = true;
  for (const answer of [
    await shop.post('/v1/payments', OPENING),
    await shop.post('/v1/payments/confirm', confirmation, key),
    await shop.post(`/v1/payments/${paymentKey}`, confirmation),
    await shop.post(`/v1/payments/${done}/cancel`, { cancelReason: '고객 변심' }),
    // A refusal that could not be kept for its Idempotency-Key either.
    await shop.post('/v1/payments/none/cancel', { cancelReason: '고객 변심' }, key),
  ]) {
    t.equal(answer.status, 500);
    t.equal(answer.text, SANDBOX_BUG);
    t.equal(answer.headers.get('content-type'), 'application/json');
    t.match(answer.headers.get('x-tosspayments-trace-id'), TRACE_ID);
  }
  t.strictSame(await look(), before);

  // The bug is not bound to the key: the same request now does what it could not do.
  store.isFull = false;
  const { status, body } = await shop.post('/v1/payments/confirm', confirmation, key);
  t.equal(status, 200);
  t.equal(body.status, 'DONE');
});

t.test('keys that were drawn for what then failed are drawn again', async (t) => {
  const answers: { paymentKey: string; lastTransactionKey: string }[] = [];
  for (const fails of [false, true]) {
    const store = new FullStore();
    const { newShop } = await startSandbox(t, { store, seed: 20260305 });
    const shop = await newShop();
    await shop.post('/sandbox/clock/hold', { at: '2036-03-05T10:15:30+09:00' });
    store.isFull = fails;
    if (fails) t.equal((await shop.post('/v1/payments', OPENING)).status, 500);
    store.isFull = false;
    const paymentKey = await shop.prepare({ orderId: 'order-0001', amount: 15000 });
    const confirmation = { paymentKey, orderId: 'order-0001', amount: 15000 };
    store.isFull = fails;
    if (fails) t.equal((await shop.post('/v1/payments/confirm', confirmation)).status, 500);
    store.isFull = false;
    const { body } = await shop.post('/v1/payments/confirm', confirmation);
    answers.push({ paymentKey, lastTransactionKey: body.lastTransactionKey });
  }
  t.strictSame(answers[0], answers[1]);
});

t.test('the log says whole what went wrong', async (t) => {
  const store = new FullStore();
  const { newShop, sandbox } = await startSandbox(t, { store, log: 'error' });
  const lines: string[] = [];
  // The log writes to the terminal; here it writes to a list.
  Reflect.set(sandbox.app.log, pino.symbols.streamSym, { write: (line: string) => lines.push(line) });
  const shop = await newShop();
  store.isFull = true;
  await shop.post('/v1/payments?a=b', OPENING);
  t.equal(lines.length, 1);
  const { msg, method, url, err } = JSON.parse(lines[0] ?? '{}');
  t.equal(msg, 'toss-sandbox failed');
  t.equal(method, 'POST');
  t.equal(url, '/v1/payments?a=b');
  t.equal(err.message, 'no space left on device');
  t.match(err.stack, /failure\.test\.ts/);
});
