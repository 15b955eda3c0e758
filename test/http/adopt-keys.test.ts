import t from 'tap';
import * as library from '../../src/index.ts';
import { startCommand } from '../fixtures/command.ts';
import { basic, call, startSandbox } from '../fixtures/sandbox.ts';

// Keys of my own project, which the sandbox has never heard of.
const MY_SECRET_KEY = 'test_sk_MyOwnSecretKey0000000000000';
const MY_CLIENT_KEY = 'test_ck_MyOwnClientKey0000000000000';
const MY_OLD_SECRET_KEY = 'test_ak_MyOldSecretKey0000000000000';
const MY_WIDGET_SECRET_KEY = 'test_gsk_MyOwnWidgetKey000000000000';

/** The documentation's (payments.md 1.4). */
const SECRET_KEY = 'test_sk_zXLkKEypNArWmo50nX3lmeaxYG5R';
const WIDGET_SECRET_KEY = 'test_gsk_docs_OaPz8L5KdmQXkzRz3y47BMw6';

const UNAUTHORIZED =
  '{"code":"UNAUTHORIZED_KEY","message":"인증되지 않은 시크릿 키 혹은 클라이언트 키 입니다.","data":null}';
const INVALID_CLIENT_KEY = '{"code":"INVALID_CLIENT_KEY","message":"잘못된 클라이언트 연동 정보 입니다."}';
const INVALID_API_KEY = '{"code":"INVALID_API_KEY","message":"잘못된 시크릿키 연동 정보 입니다."}';

const ORDER = {
  method: 'CARD',
  amount: 15000,
  orderId: 'order-0001',
  orderName: '토스 티셔츠 외 2건',
  successUrl: 'http://shop.example/success',
  failUrl: 'http://shop.example/fail',
};

const SDK_ORDER = { ...ORDER, amount: { currency: 'KRW', value: 15000 } };

const read = (url: string, key: string, path = '/v1/payments/none') =>
  call(url + path, 'GET', { headers: { authorization: basic(key) } });

t.test('unless it is asked for, an unknown key is refused', async (t) => {
  const { url } = await startSandbox(t);
  const answer = await read(url, MY_SECRET_KEY);
  t.strictSame([answer.status, answer.text], [401, UNAUTHORIZED]);
});

t.test('my own test keys act for the documentation’s merchant of their kind', async (t) => {
  const { url } = await startSandbox(t, { adoptKeys: true });
  for (const [mine, owner, mId, other] of [
    [MY_SECRET_KEY, SECRET_KEY, 'tvivarepublica', WIDGET_SECRET_KEY],
    [MY_OLD_SECRET_KEY, SECRET_KEY, 'tvivarepublica', WIDGET_SECRET_KEY],
    [MY_WIDGET_SECRET_KEY, WIDGET_SECRET_KEY, 'tgen_docs', SECRET_KEY],
  ] as const) {
    const headers = { authorization: basic(mine) };
    const created = await call(`${url}/v1/payments`, 'POST', { headers, body: ORDER });
    t.equal(created.status, 200, mine);
    t.equal(created.body.mId, mId, mine);
    const path = `/v1/payments/${created.body.paymentKey}`;
    t.equal((await read(url, mine, path)).status, 200, `${mine} reads it`);
    t.equal((await read(url, owner, path)).status, 200, 'so does the key of the documentation');
    t.equal((await read(url, other, path)).status, 404, 'that of the other merchant does not');
  }
});

t.test('a payment that my page opens with its client key is confirmed with my secret key', async (t) => {
  const { url } = await startSandbox(t, { adoptKeys: true });
  const opened = await call(`${url}/v1/payments/sdk`, 'POST', {
    headers: { authorization: basic(MY_CLIENT_KEY) },
    body: SDK_ORDER,
  });
  t.equal(opened.status, 200, opened.text);
  const { paymentKey } = opened.body;
  await fetch(`${url}/v1/payments/${paymentKey}/checkout`, {
    method: 'POST',
    redirect: 'manual',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: 'outcome=AUTHENTICATED&cardCompany=61',
  });
  const confirmed = await call(`${url}/v1/payments/confirm`, 'POST', {
    headers: { authorization: basic(MY_SECRET_KEY) },
    body: { paymentKey, orderId: 'order-0001', amount: 15000 },
  });
  t.equal(confirmed.status, 200, confirmed.text);
  t.equal(confirmed.body.status, 'DONE');
  const mixed = await read(url, MY_WIDGET_SECRET_KEY, `/v1/payments/${paymentKey}`);
  t.equal(mixed.status, 404, 'a widget key is another merchant’s');
});

t.test('what is no test key of the right side stays refused', async (t) => {
  const { url } = await startSandbox(t, { adoptKeys: true });
  for (const [key, status, text] of [
    ['live_sk_zXLkKEypNArWmo50nX3lmeaxYG5R', 400, INVALID_API_KEY],
    ['live_gsk_docs_OaPz8L5KdmQXkzRz3y47BMw6', 400, INVALID_API_KEY],
    ['live_ck_JQbgMGZzorzj0ZnKbOjrl5E1em4d', 401, UNAUTHORIZED],
    [MY_CLIENT_KEY, 401, UNAUTHORIZED],
    ['test_sk_short', 401, UNAUTHORIZED],
    ['test_xk_MyOwnSecretKey0000000000000', 401, UNAUTHORIZED],
    ['test_sk_MyOwnSecretKey-000000000000', 401, UNAUTHORIZED],
    ['hello', 401, UNAUTHORIZED],
    ['', 401, UNAUTHORIZED],
    // It is known, and no secret key.
    ['test_ck_D5GePWvyJnrK0W0k6q8gLzN97Eoq', 401, UNAUTHORIZED],
  ] as const) {
    const answer = await read(url, key);
    t.strictSame([answer.status, answer.text], [status, text], `'${key}'`);
  }
  for (const key of [MY_SECRET_KEY, 'live_ck_JQbgMGZzorzj0ZnKbOjrl5E1em4d']) {
    const headers = { authorization: basic(key) };
    const answer = await call(`${url}/v1/payments/sdk`, 'POST', { headers, body: SDK_ORDER });
    t.strictSame([answer.status, answer.text], [400, INVALID_CLIENT_KEY], `the SDK with ${key}`);
  }
});

t.test('the sandbox’s own API adopts no key, also not one that was adopted', async (t) => {
  const { url, newShop } = await startSandbox(t, { adoptKeys: true });
  const headers = { authorization: basic(MY_SECRET_KEY) };
  const { body } = await call(`${url}/v1/payments`, 'POST', { headers, body: ORDER });
  for (const [method, path] of [
    ['GET', '/sandbox/clock'],
    ['POST', '/sandbox/reset'],
    ['GET', '/sandbox/merchants'],
    ['POST', '/sandbox/payments'],
  ] as const) {
    const answer = await call(url + path, method, { headers });
    t.strictSame([answer.status, answer.text], [401, UNAUTHORIZED], `${method} ${path}`);
  }
  t.equal(
    (await read(url, MY_SECRET_KEY, `/v1/payments/${body.paymentKey}`)).status,
    200,
    'nothing was reset',
  );
  t.equal((await (await newShop()).get('/sandbox/clock')).status, 200, 'declared keys are good as ever');
});

t.test('where the documentation’s merchant is gone, nobody takes a key in', async (t) => {
  const { url } = await startSandbox(t, { adoptKeys: true });
  t.equal((await read(url, MY_SECRET_KEY)).status, 404);
  await call(`${url}/sandbox/merchants/tvivarepublica`, 'DELETE');
  t.equal((await read(url, MY_SECRET_KEY)).status, 401);
  t.equal((await read(url, MY_WIDGET_SECRET_KEY)).status, 404, 'the other one is there');
  await call(`${url}/sandbox/reset`, 'POST');
  t.equal((await read(url, MY_SECRET_KEY)).status, 404);
});

t.test('the log warns once of each key, and shows none whole', async (t) => {
  const command = await startCommand(t, ['--port', '0'], { TOSS_SANDBOX_ADOPT_KEYS: '1' });
  for (const key of [MY_SECRET_KEY, MY_SECRET_KEY, MY_WIDGET_SECRET_KEY, MY_SECRET_KEY])
    t.equal((await read(command.url, key)).status, 404);
  await command.until(/test_gsk_MyO… adopted/);
  const count = (text: string): number => command.output().split(text).length - 1;
  t.equal(
    count("Unknown key test_sk_MyOw… adopted: it acts for tvivarepublica, the documentation's merchant."),
    1,
  );
  t.equal(count('test_gsk_MyO… adopted: it acts for tgen_docs'), 1);
  t.equal(count(MY_SECRET_KEY), 0);
});

t.test('more keys than it remembers are adopted all the same', async (t) => {
  const { url } = await startSandbox(t, { adoptKeys: true });
  for (let batch = 0; batch < 30; batch++) {
    const keys = Array.from(
      { length: 50 },
      (_, i) => `test_sk_key${String(batch * 50 + i).padStart(25, '0')}`,
    );
    const answers = await Promise.all(keys.map((key) => read(url, key)));
    t.ok(answers.every(({ status }) => status === 404));
  }
});

t.test('startSandbox takes it too', async (t) => {
  const sandbox = await library.startSandbox({ adoptKeys: true });
  t.teardown(() => sandbox.close());
  t.equal((await read(sandbox.url, MY_SECRET_KEY)).status, 404);
});
