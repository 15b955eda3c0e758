import { createHash } from 'node:crypto';
import t from 'tap';
import { basic, call, type Shop, startSandbox, type TestSandbox } from '../fixtures/sandbox.ts';

const NONCE = '0123456789abcdef0123456789abcdef';
const REQUEST = {
  method: 'CARD',
  amount: { currency: 'KRW', value: 15000 },
  orderId: 'order-20260305-0003',
  orderName: '원두 200g',
};
const URLS = { successUrl: 'https://shop.example/success', failUrl: 'https://shop.example/fail' };
const FRAME = { frame: { origin: 'https://shop.example', nonce: NONCE } };

const open = ({ url }: TestSandbox, { clientKey }: Shop, body: object) =>
  call(`${url}/v1/payments/sdk`, 'POST', { headers: { authorization: basic(clientKey) }, body });

/** Sends a form of the window. */
const submit = (url: string, fields: Record<string, string>) =>
  call(url, 'POST', {
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams(fields).toString(),
  });

const APPROVE = { outcome: 'AUTHENTICATED', cardCompany: '61' };

/** The message in the page that a frame ends with, and for whom it is. */
const messageIn = (html: string): unknown => {
  const [, message = '', origin] = /data-message="([^"]*)" data-origin="([^"]*)"/.exec(html) ?? [];
  return message === ''
    ? null
    : [JSON.parse(message.replaceAll('&quot;', '"').replaceAll('&amp;', '&')), origin];
};

t.test('a window opened for a promise ends with a page when somebody opens it as a page', async (t) => {
  const sandbox = await startSandbox(t);
  const shop = await sandbox.newShop();
  const ends = [
    [APPROVE, '인증이 끝났어요'],
    [{ outcome: 'REFUSED' }, '결제 승인이 거절되었습니다.'],
    [{ outcome: 'LEFT' }, '사용자에 의해 결제가 취소되었습니다.'],
    [{ outcome: 'CLOSED' }, '사용자에 의해 결제가 취소되었습니다.'],
  ] as const;
  for (const [fields, words] of ends) {
    const { status, body } = await open(sandbox, shop, REQUEST);
    t.equal(status, 200);
    const end = await submit(body.checkout.url, fields);
    t.equal(end.status, 200);
    t.ok(end.text.includes(words), words);
  }
});

t.test('a frame is told how it ended, and only the origin and nonce it was opened with', async (t) => {
  const sandbox = await startSandbox(t);
  const shop = await sandbox.newShop();
  const opened = await open(sandbox, shop, { ...REQUEST, ...URLS, ...FRAME });
  const { url } = opened.body.checkout;
  const closed = await submit(`${url}?frame=${NONCE}`, { outcome: 'CLOSED' });
  t.strictSame(messageIn(closed.text), [
    { nonce: NONCE, report: { type: 'closed' } },
    'https://shop.example',
  ]);

  const script = /<script>(.*?)<\/script>/.exec(closed.text)?.[1] ?? '';
  const hash = createHash('sha256').update(script).digest('base64');
  t.equal(
    closed.headers.get('content-security-policy'),
    `default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; script-src 'sha256-${hash}'`,
  );
  t.notOk(script.includes("'*'"), 'it posts to nobody else');

  const declined = await submit(`${url}?frame=${NONCE}`, { outcome: 'REFUSED' });
  t.strictSame(messageIn(declined.text), [
    {
      nonce: NONCE,
      report: {
        type: 'redirect',
        url: 'https://shop.example/fail?code=REJECT_CARD_COMPANY&message=%EA%B2%B0%EC%A0%9C%20%EC%8A%B9%EC%9D%B8%EC%9D%B4%20%EA%B1%B0%EC%A0%88%EB%90%98%EC%97%88%EC%8A%B5%EB%8B%88%EB%8B%A4.&orderId=order-20260305-0003',
      },
    },
    'https://shop.example',
  ]);

  for (const stranger of ['', '?frame=', `?frame=${'f'.repeat(32)}`, `?frame=${NONCE}&frame=${NONCE}`]) {
    const { status, headers, text } = await submit(url + stranger, { outcome: 'REFUSED' });
    t.equal(status, 303, `without the nonce it is a page of its own: ${stranger}`);
    t.match(headers.get('location'), /^https:\/\/shop\.example\/fail\?/);
    t.equal(text, '');
  }
});

t.test('a frame whose payment a reset took can still be closed', async (t) => {
  const sandbox = await startSandbox(t);
  const shop = await sandbox.newShop();
  const { body } = await open(sandbox, shop, { ...REQUEST, ...URLS, ...FRAME });
  const { url } = body.checkout;
  await shop.post('/sandbox/reset', {});
  const framed = await call(`${url}?frame=${NONCE}`, 'GET');
  t.equal(framed.status, 404);
  t.match(framed.text, 'data-testid="close"', 'the X is there');
  const closed = await submit(`${url}?frame=${NONCE}`, { outcome: 'CLOSED' });
  t.equal(closed.status, 200);
  // Whose page it was is forgotten with the payment: the message goes to the page around, whichever it is.
  t.strictSame(messageIn(closed.text), [{ nonce: NONCE, report: { type: 'closed' } }, '*']);
  const pressed = await submit(`${url}?frame=${NONCE}`, APPROVE);
  t.equal(pressed.status, 404);
  t.match(pressed.text, 'data-testid="close"', 'also after another button was pressed');
  for (const alone of [await call(url, 'GET'), await submit(url, { outcome: 'CLOSED' })]) {
    t.equal(alone.status, 404);
    t.notMatch(alone.text, 'data-testid="close"', 'a page of its own has no X');
    t.equal(messageIn(alone.text), null);
  }
});

t.test('a frame that knows no merchant’s origin is not opened', async (t) => {
  const sandbox = await startSandbox(t);
  const shop = await sandbox.newShop();
  const origins = [
    '*',
    'null',
    'shop.example',
    'https://shop.example/',
    'https://SHOP.example',
    'javascript:alert(1)',
    '',
  ];
  const frames = [
    ...origins.map((origin) => ({ origin, nonce: NONCE })),
    ...['', 'short', '"><script>alert(1)</script>', `${NONCE}0`].map((nonce) => ({
      origin: 'https://shop.example',
      nonce,
    })),
    { origin: 'https://shop.example' },
    'https://shop.example',
  ];
  for (const frame of frames) {
    const { status, body } = await open(sandbox, shop, { ...REQUEST, ...URLS, frame });
    t.equal(status, 400, JSON.stringify(frame));
    t.equal(body.code, 'INVALID_REQUEST');
  }
});

t.test('one URL alone is refused, on the way to the window too', async (t) => {
  const sandbox = await startSandbox(t);
  const shop = await sandbox.newShop();
  const { failUrl, successUrl } = URLS;
  t.equal((await open(sandbox, shop, { ...REQUEST, failUrl })).body.code, 'INVALID_SUCCESS_URL');
  t.equal((await open(sandbox, shop, { ...REQUEST, successUrl })).body.code, 'INCORRECT_FAIL_URL_FORMAT');
  const { status } = await shop.post('/v1/payments', { ...REQUEST, amount: 15000 });
  t.equal(status, 400, 'a server that creates the payment itself has nobody to keep a promise to');
});
