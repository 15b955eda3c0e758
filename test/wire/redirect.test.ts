import t from 'tap';
import { addToUrl } from '../../src/wire/redirect.ts';
import { startSandbox } from '../fixtures/sandbox.ts';

// browser-sdk.md 7, 2.12.
const SUCCESS = [
  ['paymentType', 'NORMAL'],
  ['orderId', 'O'],
  ['paymentKey', 'K'],
  ['amount', '50000'],
] as const;
const BILLING = [
  ['customerKey', 'C'],
  ['authKey', 'bln_XXXXXXXXXXX'],
] as const;
const FAILURE = [
  ['code', 'REJECT_CARD_COMPANY'],
  ['message', '결제 승인이 거절되었습니다.'],
  ['orderId', 'O'],
] as const;

const SUCCESS_QUERY = 'paymentType=NORMAL&orderId=O&paymentKey=K&amount=50000';
const FAILURE_QUERY =
  'code=REJECT_CARD_COMPANY&message=%EA%B2%B0%EC%A0%9C%20%EC%8A%B9%EC%9D%B8%EC%9D%B4%20%EA%B1%B0%EC%A0%88%EB%90%98%EC%97%88%EC%8A%B5%EB%8B%88%EB%8B%A4.&orderId=O';

interface Row {
  readonly name: string;
  readonly url: string;
  readonly pairs?: readonly (readonly [string, string | null])[];
  readonly to: string;
  /** What stood in the query before, as URLSearchParams reads it out of the result. */
  readonly kept?: readonly (readonly [string, string])[];
}

const ROWS: readonly Row[] = [
  {
    name: 'the first example of the documentation',
    url: 'https://shop.test/success',
    to: `https://shop.test/success?${SUCCESS_QUERY}`,
  },
  {
    name: 'the second: a dangling & goes',
    url: 'http://localhost:4000/payment/billing.html?billingMethod=CARD&',
    pairs: BILLING,
    to: 'http://localhost:4000/payment/billing.html?billingMethod=CARD&customerKey=C&authKey=bln_XXXXXXXXXXX',
    kept: [['billingMethod', 'CARD']],
  },
  {
    name: 'the third: a Korean message',
    url: 'http://localhost:4000/fail.html',
    pairs: FAILURE,
    to: `http://localhost:4000/fail.html?${FAILURE_QUERY}`,
  },
  {
    name: 'what is there stays in front',
    url: 'https://shop.test/success?cart=7&step=2',
    to: `https://shop.test/success?cart=7&step=2&${SUCCESS_QUERY}`,
    kept: [
      ['cart', '7'],
      ['step', '2'],
    ],
  },
  {
    name: 'a parameter of the same name stays too',
    url: 'https://shop.test/success?orderId=mine',
    to: `https://shop.test/success?orderId=mine&${SUCCESS_QUERY}`,
    kept: [['orderId', 'mine']],
  },
  {
    name: 'a lone question mark',
    url: 'https://shop.test/success?',
    to: `https://shop.test/success?${SUCCESS_QUERY}`,
  },
  {
    name: 'ampersands in front, behind and doubled',
    url: 'https://shop.test/success?&a=1&&b=2&&',
    to: `https://shop.test/success?a=1&b=2&${SUCCESS_QUERY}`,
    kept: [
      ['a', '1'],
      ['b', '2'],
    ],
  },
  {
    name: 'a parameter without a value',
    url: 'https://shop.test/success?guest',
    to: `https://shop.test/success?guest&${SUCCESS_QUERY}`,
    kept: [['guest', '']],
  },
  {
    name: 'a fragment stays at the end',
    url: 'https://shop.test/success#done',
    to: `https://shop.test/success?${SUCCESS_QUERY}#done`,
  },
  {
    name: 'a query and a fragment',
    url: 'https://shop.test/success?a=1#/orders?tab=2&x',
    to: `https://shop.test/success?a=1&${SUCCESS_QUERY}#/orders?tab=2&x`,
    kept: [['a', '1']],
  },
  {
    name: 'raw spaces become %20, not +',
    url: 'https://shop.test/my shop?name=Kim Toss#the end',
    to: `https://shop.test/my%20shop?name=Kim%20Toss&${SUCCESS_QUERY}#the%20end`,
    kept: [['name', 'Kim Toss']],
  },
  {
    // browser-sdk.md 2.12: so it was captured.
    name: 'an object that a merchant turned into text by mistake',
    url: 'https://shop.test/success?plan=[object Object]',
    to: `https://shop.test/success?plan=%5Bobject%20Object%5D&${SUCCESS_QUERY}`,
    kept: [['plan', '[object Object]']],
  },
  {
    name: 'what is encoded already is not encoded again',
    url: 'https://shop.test/%EC%84%B1%EA%B3%B5?back=https%3A%2F%2Fshop.test%2F%3Fa%3D1%26b%3D2&q=a+b',
    to: `https://shop.test/%EC%84%B1%EA%B3%B5?back=https%3A%2F%2Fshop.test%2F%3Fa%3D1%26b%3D2&q=a+b&${SUCCESS_QUERY}`,
    kept: [
      ['back', 'https://shop.test/?a=1&b=2'],
      ['q', 'a b'],
    ],
  },
  {
    name: 'an address as a value, raw',
    url: 'https://shop.test/success?back=https://shop.test/cart?id=7',
    to: `https://shop.test/success?back=https://shop.test/cart?id=7&${SUCCESS_QUERY}`,
    kept: [['back', 'https://shop.test/cart?id=7']],
  },
  {
    name: 'quotes, angle brackets and backslashes',
    url: 'https://shop.test/success?a="<b>"\\`{c}|^',
    to: `https://shop.test/success?a=%22%3Cb%3E%22%5C%60%7Bc%7D%7C%5E&${SUCCESS_QUERY}`,
    kept: [['a', '"<b>"\\`{c}|^']],
  },
  {
    name: 'a line break starts no header of its own',
    url: 'https://shop.test/success?a=1\r\nSet-Cookie: b=2',
    to: `https://shop.test/success?a=1%0D%0ASet-Cookie:%20b=2&${SUCCESS_QUERY}`,
    kept: [['a', '1\r\nSet-Cookie: b=2']],
  },
  {
    name: 'a port, a user and a password',
    url: 'http://shop:s3cret@localhost:8080/success',
    to: `http://shop:s3cret@localhost:8080/success?${SUCCESS_QUERY}`,
  },
  {
    name: 'an IPv6 host',
    url: 'http://[::1]:8080/success?list[]=1',
    to: `http://[::1]:8080/success?list%5B%5D=1&${SUCCESS_QUERY}`,
    kept: [['list[]', '1']],
  },
  {
    name: 'a Korean host, path and query',
    url: 'http://가게.test:8080/성공?이름=김토스',
    to: `http://xn--o39akk.test:8080/%EC%84%B1%EA%B3%B5?%EC%9D%B4%EB%A6%84=%EA%B9%80%ED%86%A0%EC%8A%A4&${SUCCESS_QUERY}`,
    kept: [['이름', '김토스']],
  },
  {
    name: 'half an emoji',
    url: 'https://shop.test/success?a=\ud83d',
    to: `https://shop.test/success?a=%EF%BF%BD&${SUCCESS_QUERY}`,
    kept: [['a', '\ufffd']],
  },
  {
    name: 'nothing is added for null',
    url: 'https://shop.test/fail',
    pairs: [
      ['code', 'PAY_PROCESS_CANCELED'],
      ['orderId', null],
    ],
    to: 'https://shop.test/fail?code=PAY_PROCESS_CANCELED',
  },
  {
    name: 'values are encoded whole, names too',
    url: 'https://shop.test/success',
    pairs: [
      ['a b', 'x&y=z#?/+ %'],
      ['빈', ''],
    ],
    to: 'https://shop.test/success?a%20b=x%26y%3Dz%23%3F%2F%2B%20%25&%EB%B9%88=',
  },
];

t.test('parameters are added to a merchant’s address, and all of them can be read again', async (t) => {
  for (const { name, url, pairs = SUCCESS, to, kept = [] } of ROWS) {
    const redirect = addToUrl(url, pairs);
    t.equal(redirect, to, name);
    t.match(redirect, /^[!-~]+$/, 'it can stand in a header');
    t.strictSame(
      [...new URL(redirect).searchParams],
      [...kept, ...pairs.filter(([, value]) => value !== null)],
      `${name}: what URLSearchParams reads`,
    );
  }
});

// browser-sdk.md 2.12: native SDKs; the query is appended as text.
const SCHEMES = [
  ['tosspayments://success', `tosspayments://success?${SUCCESS_QUERY}`],
  ['tosspayments://payment/success', `tosspayments://payment/success?${SUCCESS_QUERY}`],
  ['myshop://pay/done?cart=7&', `myshop://pay/done?cart=7&${SUCCESS_QUERY}`],
  ['myshop:done#top', `myshop:done?${SUCCESS_QUERY}#top`],
] as const;

t.test('an app’s own scheme gets the same parameters', async (t) => {
  for (const [url, to] of SCHEMES) t.equal(addToUrl(url, SUCCESS), to);
});

t.test('a shopper who has authenticated comes back with four parameters in this order', async (t) => {
  const { newShop } = await startSandbox(t);
  const shop = await newShop();
  const { body } = await shop.post('/sandbox/payments', {
    orderId: 'order-0001',
    amount: 15000,
    successUrl: 'http://localhost:8080/success?cart=7&',
    failUrl: 'http://localhost:8080/fail',
  });
  t.equal(
    body.redirectUrl,
    `http://localhost:8080/success?cart=7&paymentType=NORMAL&orderId=order-0001&paymentKey=${body.paymentKey}&amount=15000`,
  );
});

t.test('dollars come back with their cents', async (t) => {
  const { newShop } = await startSandbox(t);
  const shop = await newShop();
  const order = { orderId: 'order-0001', amount: 1.25, currency: 'USD' };
  const { body } = await shop.post('/sandbox/payments', order);
  t.equal(new URL(body.redirectUrl).searchParams.get('amount'), '1.25');
});

// browser-sdk.md 2.12: for PAY_PROCESS_CANCELED the order id is not delivered.
const FAILURES = [
  [
    'LEFT',
    'code=PAY_PROCESS_CANCELED&message=%EC%82%AC%EC%9A%A9%EC%9E%90%EC%97%90%20%EC%9D%98%ED%95%B4%20%EA%B2%B0%EC%A0%9C%EA%B0%80%20%EC%B7%A8%EC%86%8C%EB%90%98%EC%97%88%EC%8A%B5%EB%8B%88%EB%8B%A4.',
    [
      ['code', 'PAY_PROCESS_CANCELED'],
      ['message', '사용자에 의해 결제가 취소되었습니다.'],
    ],
  ],
  [
    'REFUSED',
    'code=REJECT_CARD_COMPANY&message=%EA%B2%B0%EC%A0%9C%20%EC%8A%B9%EC%9D%B8%EC%9D%B4%20%EA%B1%B0%EC%A0%88%EB%90%98%EC%97%88%EC%8A%B5%EB%8B%88%EB%8B%A4.&orderId=order-0001',
    [
      ['code', 'REJECT_CARD_COMPANY'],
      ['message', '결제 승인이 거절되었습니다.'],
      ['orderId', 'order-0001'],
    ],
  ],
] as const;

t.test(
  'a shopper who has not comes back with a code, its text, and the order unless they left',
  async (t) => {
    const { newShop } = await startSandbox(t);
    const shop = await newShop();
    for (const [outcome, query, parameters] of FAILURES) {
      const { body } = await shop.post('/sandbox/payments', {
        orderId: 'order-0001',
        amount: 15000,
        failUrl: 'http://localhost:8080/fail',
        outcome,
      });
      t.equal(body.redirectUrl, `http://localhost:8080/fail?${query}`, outcome);
      t.strictSame([...new URL(body.redirectUrl).searchParams], parameters, outcome);
      t.equal(body.status, 'READY', 'the payment stays as it was');
    }
  },
);
