import t, { type Test } from 'tap';
import { type Answer, basic, call, type Shop, startSandbox, type TestSandbox } from '../fixtures/sandbox.ts';

const URLS = { successUrl: 'https://shop.example/success', failUrl: 'https://shop.example/fail' };
const ORDER = { orderId: 'order-20260402-0001', orderName: '머그컵 외 1건', ...URLS };
const WON = { currency: 'KRW', value: 15000 };
const TERMS = { step: 'authenticate', terms: 'on' };

interface Fields {
  readonly [name: string]: string;
}

/** A merchant, and the windows it opens. */
interface Desk {
  readonly shop: Shop;
  /** As the SDK opens one; its address. */
  open(request: object): Promise<string>;
  /** As a server does that leaves the method to the shopper. */
  openForAny(request?: object): Promise<string>;
  /** What my server gets for its confirm. */
  confirm(window: string): Promise<Answer>;
}

const keyOf = (window: string): string => new URL(window).pathname.split('/')[3] ?? '';

function deskOf({ url }: TestSandbox, shop: Shop): Desk {
  const opened = ({ status, text, body }: Answer): string => {
    if (status !== 200) throw new Error(`No window was opened: ${text}`);
    return body.checkout.url;
  };
  const headers = { authorization: basic(shop.clientKey) };
  return {
    shop,
    open: async (request) =>
      opened(
        await call(`${url}/v1/payments/sdk`, 'POST', {
          headers,
          body: { amount: WON, ...ORDER, ...request },
        }),
      ),
    openForAny: async (request) =>
      opened(await shop.post('/v1/payments', { amount: 15000, ...ORDER, ...request })),
    confirm: (window) =>
      shop.post('/v1/payments/confirm', {
        paymentKey: keyOf(window),
        orderId: ORDER.orderId,
        amount: 15000,
      }),
  };
}

async function startDesk(t: Test): Promise<Desk> {
  const sandbox = await startSandbox(t);
  return deskOf(sandbox, await sandbox.newShop());
}

/** Looks at a screen of the window. */
const look = (window: string, fields: Fields = {}): Promise<Answer> =>
  call(`${window}?${new URLSearchParams(fields)}`, 'GET');

/** Sends the form of the second screen. */
const submit = (window: string, fields: Fields): Promise<Answer> =>
  call(window, 'POST', {
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams(fields).toString(),
  });

const approve = (window: string, fields: Fields = {}): Promise<Answer> =>
  submit(window, { outcome: 'AUTHENTICATED', ...fields });

const has = (answer: Answer, testId: string): boolean => answer.text.includes(`data-testid="${testId}"`);

/** What an input shows. */
function shownIn({ text }: Answer, name: string): string | undefined {
  const [input] = new RegExp(`<input [^>]*name="${name}"[^>]*>`).exec(text) ?? [];
  return input && (/ value="([^"]*)"/.exec(input)?.[1] ?? '');
}

/** What a form carries on. */
const hiddenIn = ({ text }: Answer): Fields =>
  Object.fromEntries(
    [...text.matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)"/g)].map(([, name, value]) => [
      name ?? '',
      value ?? '',
    ]),
  );

/** What is said to be wrong with a field. */
const problemOf = ({ text }: Answer, name: string): string | undefined =>
  new RegExp(`data-testid="${name}-problem">([^<]*)<`).exec(text)?.[1];

const ACCOUNT = { bankCode: '20', customerName: '김토스', receipt: '미발행' };

t.test('a virtual account is asked for with a bank, a name and a cash receipt', async (t) => {
  const desk = await startDesk(t);
  const window = await desk.open({
    method: 'VIRTUAL_ACCOUNT',
    customerName: '김토스',
    customerMobilePhone: '01012345678',
    virtualAccount: { cashReceipt: { type: '소득공제' }, useEscrow: true, validHours: 24 },
  });
  const banks = await look(window);
  t.equal(banks.status, 200);
  t.ok(has(banks, 'bank-20'));
  t.notOk(has(banks, 'bank-92'), 'Toss Bank issues no virtual accounts');
  t.match(banks.text, /href="\?method=VIRTUAL_ACCOUNT&amp;bankCode=06"/);

  const form = await look(window, { bankCode: '20' });
  t.equal(form.status, 200);
  t.equal(shownIn(form, 'customerName'), '김토스');
  t.equal(shownIn(form, 'receiptPhone'), '01012345678');
  t.match(form.text, /value="소득공제" checked/);
  t.match(form.text, /data-testid="deadline">발급하고 1일 안에</);
  t.ok(has(form, 'escrow-note'));
  t.notOk(has(form, 'problems'));

  const fields = { ...ACCOUNT, receipt: '소득공제', receiptPhone: '010-1234-5678' };
  const second = await look(window, { ...fields, ...TERMS });
  t.equal(second.status, 200);
  t.match(second.text, /<dd>우리은행<\/dd>/);
  t.match(second.text, /<dd>소득공제 · 01012345678<\/dd>/);
  t.notMatch(second.text, /X\d{10}/, 'there is no account yet');

  const end = await approve(window, fields);
  t.equal(end.status, 303);
  t.match(
    end.headers.get('location'),
    /^https:\/\/shop\.example\/success\?paymentType=NORMAL&orderId=order-20260402-0001&paymentKey=\w+&amount=15000$/,
  );
  const { status, body } = await desk.confirm(window);
  t.equal(status, 200);
  t.equal(body.status, 'WAITING_FOR_DEPOSIT');
  t.equal(body.method, '가상계좌');
  t.equal(body.virtualAccount.bankCode, '20');
  t.equal(body.virtualAccount.customerName, '김토스');
  t.match(body.virtualAccount.accountNumber, /^X\d+$/);
  t.equal(body.virtualAccount.refundReceiveAccount, null);
  t.equal(body.useEscrow, true);
  t.equal((await call(body.receipt.url, 'GET')).status, 200, 'its receipt is there');
});

t.test('the date that money must be there by is shown as I set it', async (t) => {
  const desk = await startDesk(t);
  const virtualAccount = { dueDate: '2099-01-09T23:59:59' };
  await desk.shop.post('/sandbox/clock/set', { at: '2098-12-31T00:00:00+09:00' });
  const window = await desk.open({ method: 'VIRTUAL_ACCOUNT', virtualAccount });
  t.match((await look(window, { bankCode: '20' })).text, /data-testid="deadline">2099년 1월 9일 23:59까지</);
});

t.test('a refund account that I know or the shopper types goes along with the virtual account', async (t) => {
  const desk = await startDesk(t);
  const known = { bankCode: '신한', accountNumber: '110123456789', holderName: '김토스' };
  const window = await desk.open({
    method: 'VIRTUAL_ACCOUNT',
    virtualAccount: { refundReceiveAccount: known },
  });
  const form = await look(window, { bankCode: '20' });
  t.match(form.text, /<option value="88" selected>신한은행/);
  t.equal(shownIn(form, 'refundNumber'), '110123456789');
  t.equal(shownIn(form, 'refundHolder'), '김토스');
  await approve(window, {
    ...ACCOUNT,
    refundBank: '06',
    refundNumber: '123-456-789',
    refundHolder: '이토스',
  });
  t.strictSame((await desk.confirm(window)).body.virtualAccount.refundReceiveAccount, {
    bankCode: '06',
    accountNumber: '123456789',
    holderName: '이토스',
  });
});

const RECEIPT_PHONE = '휴대폰번호나 현금영수증 카드번호를 확인해 주세요.';
const BUSINESS = '사업자등록번호 10자리를 확인해 주세요.';
const NAME = '입금자명을 100자 안으로 입력해 주세요.';
const REFUND_NUMBER = '환불 계좌번호를 숫자 20자리 안으로 입력해 주세요.';
const REFUND_HOLDER = '예금주를 100자 안으로 입력해 주세요.';
const PHONE = '휴대폰번호를 확인해 주세요.';
const CARRIER = '통신사를 골라 주세요.';
const BANK = '고를 수 없는 은행이에요. 다른 은행을 골라 주세요.';
const REFUND = { refundBank: '88', refundNumber: '110123456789', refundHolder: '김토스' };

/** For each method what is good, and each field that can be wrong: what is typed, and what the window says of it. */
const MISTAKES: Readonly<
  Record<string, { good: Fields; wrong: [changes: Fields, field: string, message: string][] }>
> = {
  VIRTUAL_ACCOUNT: {
    good: { ...ACCOUNT, ...REFUND },
    wrong: [
      [{ bankCode: '99' }, 'bankCode', BANK],
      [{ bankCode: '92' }, 'bankCode', BANK],
      [{ bankCode: '' }, 'bankCode', BANK],
      [{ customerName: '' }, 'customerName', NAME],
      [{ customerName: '  ' }, 'customerName', NAME],
      [{ customerName: '가'.repeat(101) }, 'customerName', NAME],
      [{ receipt: '영수증' }, 'receipt', '현금영수증 종류를 골라 주세요.'],
      [{ receipt: '소득공제' }, 'receiptPhone', RECEIPT_PHONE],
      [{ receipt: '소득공제', receiptPhone: '0101234' }, 'receiptPhone', RECEIPT_PHONE],
      [{ receipt: '소득공제', receiptPhone: '0212345678' }, 'receiptPhone', RECEIPT_PHONE],
      [{ receipt: '소득공제', receiptPhone: '010abcd5678' }, 'receiptPhone', RECEIPT_PHONE],
      [{ receipt: '지출증빙', receiptPhone: '01012345678' }, 'receiptBusiness', BUSINESS],
      [{ receipt: '지출증빙', receiptBusiness: '123456789' }, 'receiptBusiness', BUSINESS],
      [{ refundBank: '' }, 'refundBank', '환불받을 은행을 골라 주세요.'],
      [{ refundBank: '99' }, 'refundBank', '환불받을 은행을 골라 주세요.'],
      [{ refundNumber: '' }, 'refundNumber', REFUND_NUMBER],
      [{ refundNumber: '1'.repeat(21) }, 'refundNumber', REFUND_NUMBER],
      [{ refundNumber: 'x1' }, 'refundNumber', REFUND_NUMBER],
      [{ refundHolder: '' }, 'refundHolder', REFUND_HOLDER],
      [{ refundHolder: '가'.repeat(101) }, 'refundHolder', REFUND_HOLDER],
    ],
  },
  TRANSFER: {
    good: { bankCode: '92', receipt: '미발행' },
    wrong: [
      [{ bankCode: '00' }, 'bankCode', BANK],
      [{ receipt: '영수증' }, 'receipt', '현금영수증 종류를 골라 주세요.'],
      [{ receipt: '소득공제', receiptPhone: '1' }, 'receiptPhone', RECEIPT_PHONE],
      [{ receipt: '지출증빙', receiptBusiness: '12345678901' }, 'receiptBusiness', BUSINESS],
    ],
  },
  MOBILE_PHONE: {
    good: { carrier: 'SKT', customerMobilePhone: '01012345678' },
    wrong: [
      [{ carrier: '' }, 'carrier', CARRIER],
      [{ carrier: 'MCI' }, 'carrier', CARRIER],
      [{ customerMobilePhone: '' }, 'customerMobilePhone', PHONE],
      [{ customerMobilePhone: '010123456' }, 'customerMobilePhone', PHONE],
      [{ customerMobilePhone: '010123456789' }, 'customerMobilePhone', PHONE],
      [{ customerMobilePhone: '전화번호' }, 'customerMobilePhone', PHONE],
    ],
  },
};

t.test('what is wrong is named in Korean, nothing typed is lost, and nothing is paid', async (t) => {
  const desk = await startDesk(t);
  for (const [method, { good, wrong }] of Object.entries(MISTAKES)) {
    const window = await desk.open({ method });
    t.equal((await look(window, { ...good, ...TERMS })).status, 200, `${method} as it should be`);
    for (const [changes, field, message] of wrong) {
      const fields = { ...good, ...changes };
      const what = `${method} ${JSON.stringify(changes)}`;
      for (const answer of [await look(window, { ...fields, ...TERMS }), await approve(window, fields)]) {
        t.equal(answer.status, 400, what);
        t.equal(problemOf(answer, field), message, what);
        if (field === 'bankCode') continue;
        t.ok(has(answer, 'problems'), what);
        for (const name of ['customerName', 'refundNumber', 'refundHolder', 'customerMobilePhone']) {
          const typed = (fields as Fields)[name];
          if (typed !== undefined) t.equal(shownIn(answer, name), typed, `${what} keeps ${name}`);
        }
      }
    }
    t.equal((await look(window, good)).status, 200, 'it can still be paid');
    t.equal((await approve(window, good)).status, 303);
  }
});

t.test('the second screen carries all that was typed, forward and back', async (t) => {
  const desk = await startDesk(t);
  const choices: Record<string, Fields> = {
    VIRTUAL_ACCOUNT: { ...ACCOUNT, ...REFUND, receipt: '소득공제', receiptPhone: '01012345678' },
    TRANSFER: { bankCode: '92', receipt: '지출증빙', receiptBusiness: '1234567890' },
    MOBILE_PHONE: { carrier: 'LGU', customerMobilePhone: '01012345678' },
    BOOK_GIFT_CERTIFICATE: {},
  };
  for (const [method, fields] of Object.entries(choices)) {
    const second = await look(await desk.openForAny(), { method, ...fields, ...TERMS });
    t.strictSame(hiddenIn(second), { method, ...fields }, method);
    const [, back = ''] = /class="back" href="([^"]*)"/.exec(second.text) ?? [];
    t.strictSame(
      Object.fromEntries(new URLSearchParams(back.replaceAll('&amp;', '&'))),
      { method, ...fields },
      `${method}: the way back`,
    );
  }
  const card = await look(await desk.openForAny({ amount: 50000 }), {
    cardCompany: '61',
    months: '3',
    point: 'on',
    ...TERMS,
  });
  t.strictSame(hiddenIn(card), { cardCompany: '61', months: '3', point: 'on' });
});

t.test('what the shopper empties stays empty', async (t) => {
  const desk = await startDesk(t);
  const window = await desk.open({ method: 'VIRTUAL_ACCOUNT', customerName: '김토스' });
  const answer = await look(window, { ...ACCOUNT, ...TERMS, customerName: '' });
  t.equal(problemOf(answer, 'customerName'), NAME);
  t.equal(shownIn(answer, 'customerName'), '');
});

t.test('another bank keeps what was typed besides', async (t) => {
  const desk = await startDesk(t);
  const window = await desk.open({ method: 'VIRTUAL_ACCOUNT' });
  const { text } = await look(window, { ...ACCOUNT, ...TERMS, customerName: '박토스', receipt: '영수증' });
  const [, back = ''] = /href="([^"]*)" class="change"/.exec(text) ?? [];
  const banks = await call(window + back.replaceAll('&amp;', '&'), 'GET');
  t.ok(has(banks, 'bank-06'));
  t.match(banks.text, new URLSearchParams({ customerName: '박토스' }).toString());
});

t.test('nobody gets past the terms unasked', async (t) => {
  const desk = await startDesk(t);
  for (const [method, { good }] of Object.entries(MISTAKES)) {
    const answer = await look(await desk.open({ method }), { ...good, step: 'authenticate' });
    t.equal(answer.status, 400, method);
    t.equal(problemOf(answer, 'terms'), '필수 약관에 동의해 주세요.');
  }
  const card = await look(await desk.open({ method: 'CARD' }), { cardCompany: '61', step: 'authenticate' });
  t.equal(card.status, 400);
  t.equal(problemOf(card, 'terms'), '필수 약관에 동의해 주세요.');
});

t.test('a transfer takes money from any bank, with the receipt that I preselect', async (t) => {
  const desk = await startDesk(t);
  const window = await desk.open({ method: 'TRANSFER', transfer: { cashReceipt: { type: '지출증빙' } } });
  t.ok(has(await look(window), 'bank-92'));
  t.match((await look(window, { bankCode: '92' })).text, /value="지출증빙" checked/);
  await approve(window, { bankCode: '92', receipt: '지출증빙', receiptBusiness: '123-45-67890' });
  const { body } = await desk.confirm(window);
  t.equal(body.status, 'DONE');
  t.equal(body.method, '계좌이체');
  t.strictSame(body.transfer, { bankCode: '92', settlementStatus: 'INCOMPLETED' });
  t.equal(body.cashReceipt.type, '지출증빙');
  t.equal(body.cashReceipt.amount, 15000);
});

t.test('a mobile phone is paid by with the carriers that I allow', async (t) => {
  const desk = await startDesk(t);
  const window = await desk.open({
    method: 'MOBILE_PHONE',
    customerMobilePhone: '01012345678',
    mobilePhone: { mobileCarriers: ['KT', 'SK7'] },
  });
  const form = await look(window);
  t.strictSame(
    [...form.text.matchAll(/data-testid="carrier-(\w+)"/g)].map(([, code]) => code),
    ['KT', 'SK7'],
  );
  t.equal(shownIn(form, 'customerMobilePhone'), '01012345678');
  const fields = { carrier: 'SKT', customerMobilePhone: '010-1234-5678' };
  t.equal(problemOf(await approve(window, fields), 'carrier'), CARRIER, 'another carrier is refused');
  await approve(window, { ...fields, carrier: 'KT' });
  const { body } = await desk.confirm(window);
  t.equal(body.method, '휴대폰');
  t.equal(body.mobilePhone.customerMobilePhone, '01012345678');
  t.equal((await call(body.mobilePhone.receiptUrl, 'GET')).status, 200);

  const any = await desk.open({
    method: 'MOBILE_PHONE',
    orderId: 'order-any',
    mobilePhone: { mobileCarriers: [] },
  });
  t.equal(
    [...(await look(any)).text.matchAll(/data-testid="carrier-/g)].length,
    6,
    'no list is every carrier',
  );
  const one = await desk.open({
    method: 'MOBILE_PHONE',
    orderId: 'order-one',
    mobilePhone: { mobileCarriers: ['KT'] },
  });
  t.match((await look(one)).text, /value="KT" checked/, 'a single one is picked already');
});

t.test('what is typed into a login never leaves the browser', async (t) => {
  const desk = await startDesk(t);
  const windows = [
    { method: 'CULTURE_GIFT_CERTIFICATE', inputs: ['gift-id', 'gift-password'] },
    { method: 'BOOK_GIFT_CERTIFICATE', inputs: ['gift-id', 'gift-password'] },
    { method: 'GAME_GIFT_CERTIFICATE', inputs: ['gift-id', 'gift-password'] },
    { method: 'MOBILE_PHONE', inputs: ['birth-date'] },
    {
      method: 'FOREIGN_EASY_PAY',
      amount: { currency: 'USD', value: 12.5 },
      foreignEasyPay: { provider: 'PAYPAL', country: 'US' },
      inputs: ['provider-id', 'provider-password'],
    },
  ];
  for (const { inputs, ...request } of windows) {
    const { text } = await look(await desk.open(request));
    for (const testId of inputs) {
      const [input = ''] = new RegExp(`<input data-testid="${testId}"[^>]*>`).exec(text) ?? [];
      t.not(input, '', testId);
      t.notMatch(input, /name=/, `${request.method}: ${testId} has no name to be sent under`);
    }
  }
});

t.test('each gift certificate is paid with', async (t) => {
  const desk = await startDesk(t);
  for (const [method, name] of [
    ['CULTURE_GIFT_CERTIFICATE', '문화상품권'],
    ['BOOK_GIFT_CERTIFICATE', '도서문화상품권'],
    ['GAME_GIFT_CERTIFICATE', '게임문화상품권'],
  ] as const) {
    const orderId = `order-${method}`;
    const window = await desk.open({ method, orderId });
    t.equal((await look(window, TERMS)).status, 200);
    t.equal((await approve(window)).status, 303);
    const confirmation = { paymentKey: keyOf(window), orderId, amount: 15000 };
    const { body } = await desk.shop.post('/v1/payments/confirm', confirmation);
    t.equal(body.method, name);
    t.strictSame(body.giftCertificate, { approveNo: '00000000', settlementStatus: 'INCOMPLETED' });
  }
});

t.test('PayPal asks for a login without terms, and for dollars', async (t) => {
  const desk = await startDesk(t);
  const window = await desk.open({
    method: 'FOREIGN_EASY_PAY',
    amount: { currency: 'USD', value: 12.5 },
    foreignEasyPay: { provider: 'PAYPAL', country: 'US' },
  });
  const login = await look(window);
  t.match(login.text, /data-testid="provider">PayPal</);
  t.match(login.text, /data-testid="amount">US\$12\.50</);
  t.notOk(has(login, 'terms'));
  t.ok(has(await look(window, { step: 'authenticate' }), 'approve'));
  await approve(window);
  const confirmation = { paymentKey: keyOf(window), orderId: ORDER.orderId, amount: 12.5 };
  const { status, body } = await desk.shop.post('/v1/payments/confirm', confirmation);
  t.equal(status, 200);
  t.equal(body.easyPay.provider, 'PAYPAL');
  t.equal(body.currency, 'USD');
});

// payments.md 2.5
const SPREADS: [fields: Fields, card: number | null, amount: number, discountAmount: number][] = [
  [{ easyPayBy: 'CARD' }, 15000, 0, 0],
  [{ easyPayBy: 'CARD', points: '2,000' }, 13000, 0, 2000],
  [{ easyPayBy: 'MONEY' }, null, 15000, 0],
  [{ easyPayBy: 'MONEY', points: '2000' }, null, 13000, 2000],
  [{ easyPayBy: 'CARD', points: '15000' }, null, 0, 15000],
  [{ easyPayBy: 'MONEY', points: '15000' }, null, 0, 15000],
];

t.test('an easy pay is paid by card or money, and with points', async (t) => {
  const desk = await startDesk(t);
  for (const [index, [fields, card, amount, discountAmount]] of SPREADS.entries()) {
    const orderId = `order-easy-${index}`;
    const window = await desk.open({ method: 'CARD', orderId });
    const second = await look(window, { easyPay: 'NAVERPAY', ...TERMS });
    t.ok(has(second, 'by-CARD') && has(second, 'by-MONEY') && has(second, 'points'));
    t.equal((await approve(window, { easyPay: 'NAVERPAY', ...fields })).status, 303);
    const confirmation = { paymentKey: keyOf(window), orderId, amount: 15000 };
    const { body } = await desk.shop.post('/v1/payments/confirm', confirmation);
    const what = JSON.stringify(fields);
    t.equal(body.method, '간편결제', what);
    t.equal(body.card?.amount ?? null, card, what);
    t.strictSame(body.easyPay, { provider: '네이버페이', amount, discountAmount }, what);
  }
});

t.test('points are for four easy pays, and at most the price', async (t) => {
  const desk = await startDesk(t);
  const window = await desk.open({ method: 'CARD' });
  const withPoints = [];
  for (const easyPay of [
    'TOSSPAY',
    'NAVERPAY',
    'SAMSUNGPAY',
    'APPLEPAY',
    'LPAY',
    'KAKAOPAY',
    'PINPAY',
    'PAYCO',
    'SSG',
    'KBPAY',
  ])
    if (has(await look(window, { easyPay, ...TERMS }), 'points')) withPoints.push(easyPay);
  t.strictSame(withPoints, ['TOSSPAY', 'NAVERPAY', 'KAKAOPAY', 'PAYCO']);

  for (const points of ['15001', '-1', '10.5', '천원', '1e3', '.', '9'.repeat(400)]) {
    const answer = await approve(window, { easyPay: 'TOSSPAY', easyPayBy: 'MONEY', points });
    t.equal(answer.status, 400, points);
    t.equal(problemOf(answer, 'points'), '포인트는 0부터 15,000원까지 쓸 수 있어요.', points);
    t.equal(shownIn(answer, 'points'), points, 'what was typed is still there');
    t.match(answer.text, /value="MONEY" checked/);
  }
  t.equal((await approve(window, { easyPay: 'SAMSUNGPAY', points: '5000' })).status, 303);
  t.strictSame((await desk.confirm(window)).body.easyPay, {
    provider: '삼성페이',
    amount: 0,
    discountAmount: 0,
  });
});

t.test('a window without a method lets the shopper pick one', async (t) => {
  const desk = await startDesk(t);
  const window = await desk.openForAny();
  const methods = await look(window);
  t.strictSame(
    [...methods.text.matchAll(/data-testid="method-(\w+)"/g)].map(([, method]) => method),
    [
      'VIRTUAL_ACCOUNT',
      'TRANSFER',
      'MOBILE_PHONE',
      'CULTURE_GIFT_CERTIFICATE',
      'BOOK_GIFT_CERTIFICATE',
      'GAME_GIFT_CERTIFICATE',
    ],
  );
  t.ok(has(methods, 'card-61') && has(methods, 'easypay-TOSSPAY'));
  t.ok(has(await look(window, { method: 'VIRTUAL_ACCOUNT' }), 'bank-20'));
  t.ok(has(await look(window, { method: 'CASH' }), 'card-61'), 'what there is not is not picked');
  t.ok(has(await look(window, { method: 'FOREIGN_EASY_PAY' }), 'card-61'));

  await desk.shop.post('/sandbox/clock/set', { at: '2099-04-02T10:00:00+09:00' });
  const later = await desk.openForAny();
  t.match((await look(later, { method: 'VIRTUAL_ACCOUNT', bankCode: '20' })).text, /발급하고 7일 안에/);
  await approve(later, { method: 'VIRTUAL_ACCOUNT', ...ACCOUNT });
  const { body } = await desk.confirm(later);
  t.equal(body.method, '가상계좌');
  t.equal(body.virtualAccount.dueDate, '2099-04-09T10:00:00+09:00');
});

t.test('a method that I fixed is not the shopper’s to change', async (t) => {
  const desk = await startDesk(t);
  const window = await desk.open({ method: 'TRANSFER' });
  t.ok(has(await look(window, { method: 'CARD', cardCompany: '61' }), 'bank-20'));
  t.notOk(has(await look(window), 'method-VIRTUAL_ACCOUNT'));
  await approve(window, { method: 'CULTURE_GIFT_CERTIFICATE', bankCode: '20' });
  t.equal((await desk.confirm(window)).body.method, '계좌이체');
});

t.test('only methods that the order can be paid by are offered', async (t) => {
  const desk = await startDesk(t);
  const dollars = await desk.openForAny({ currency: 'USD', amount: 12.5 });
  t.notOk((await look(dollars)).text.includes('data-testid="method-'));
  t.ok(has(await look(dollars, { method: 'TRANSFER' }), 'card-61'));
  const dear = await look(await desk.openForAny({ amount: 10_000_001, orderId: 'order-dear' }));
  t.notOk(has(dear, 'method-TRANSFER'), 'a transfer moves ten million won at most');
  t.ok(has(dear, 'method-VIRTUAL_ACCOUNT'));
});

t.test('a refusal has the card company’s code only where a card company refuses', async (t) => {
  const desk = await startDesk(t);
  const codeOf = async (window: string, fields: Fields = {}) => {
    const { headers } = await submit(window, { outcome: 'REFUSED', ...fields });
    return new URL(headers.get('location') ?? '').searchParams.get('code');
  };
  t.equal(await codeOf(await desk.open({ method: 'CARD' })), 'REJECT_CARD_COMPANY');
  t.equal(await codeOf(await desk.open({ method: 'TRANSFER' })), 'PAY_PROCESS_ABORTED');
  t.equal(await codeOf(await desk.open({ method: 'MOBILE_PHONE' })), 'PAY_PROCESS_ABORTED');
  t.equal(await codeOf(await desk.openForAny()), 'REJECT_CARD_COMPANY');
  t.equal(await codeOf(await desk.openForAny(), { method: 'VIRTUAL_ACCOUNT' }), 'PAY_PROCESS_ABORTED');
});

t.test('approved now and refused at confirm works for every method', async (t) => {
  const desk = await startDesk(t);
  const window = await desk.open({ method: 'TRANSFER' });
  const second = await look(window, { bankCode: '92', ...TERMS });
  t.match(second.text, /<option value="REJECT_ACCOUNT_PAYMENT" selected/);
  const fields = { bankCode: '92', outcome: 'REFUSED_AT_CONFIRM', confirmCode: 'REJECT_ACCOUNT_PAYMENT' };
  t.equal((await submit(window, fields)).status, 303);
  const { status, body } = await desk.confirm(window);
  t.equal(status, 403);
  t.equal(body.code, 'REJECT_ACCOUNT_PAYMENT');
});

t.test('reloading, going back and pressing twice do no harm', async (t) => {
  const desk = await startDesk(t);
  const window = await desk.open({ method: 'TRANSFER' });
  const fields = { bankCode: '92', receipt: '미발행' };
  const first = await look(window, { ...fields, ...TERMS });
  t.equal((await look(window, { ...fields, ...TERMS })).text, first.text);
  const [, back = ''] = /class="back" href="([^"]*)"/.exec(first.text) ?? [];
  const form = await call(window + back.replaceAll('&amp;', '&'), 'GET');
  t.equal(form.status, 200);
  t.match(form.text, /value="미발행" checked/);

  const [one, two] = await Promise.all([approve(window, fields), approve(window, { bankCode: '20' })]);
  t.equal(one?.status, 303);
  t.equal(two?.status, 303);
  t.equal(one?.headers.get('location'), two?.headers.get('location'));
  t.equal((await look(window, fields)).status, 410, 'there is nothing left to pay');
  t.equal((await desk.confirm(window)).body.transfer.bankCode, '92', 'the first press counts');
});

t.test('names that would be markup are text in every screen', async (t) => {
  const desk = await startDesk(t);
  const hostile = '</title><script>alert(1)</script>"\'><img src=x onerror=alert(1)>';
  const requests = [
    { request: { method: 'VIRTUAL_ACCOUNT' }, fields: { ...ACCOUNT, customerName: hostile } },
    { request: { method: 'TRANSFER' }, fields: { bankCode: hostile, receiptPhone: hostile } },
    { request: { method: 'MOBILE_PHONE' }, fields: { carrier: hostile, customerMobilePhone: hostile } },
    { request: { method: 'BOOK_GIFT_CERTIFICATE' }, fields: { [hostile]: hostile } },
    {
      request: {
        method: 'FOREIGN_EASY_PAY',
        amount: { currency: 'USD', value: 1 },
        foreignEasyPay: { provider: 'PAYPAL', country: 'US' },
      },
      fields: {},
    },
    { request: { method: 'CARD' }, fields: { easyPay: 'TOSSPAY', points: hostile } },
  ];
  for (const { request, fields } of requests) {
    const window = await desk.open({ ...request, orderName: hostile, customerName: hostile });
    for (const answer of [
      await look(window),
      await look(window, fields as Fields),
      await look(window, { ...(fields as Fields), ...TERMS }),
    ]) {
      t.ok([200, 400].includes(answer.status), request.method);
      t.notMatch(answer.text, /<script|<img/, request.method);
    }
  }
});

t.test('a field that comes twice is as good as none', async (t) => {
  const desk = await startDesk(t);
  const window = await desk.open({ method: 'MOBILE_PHONE' });
  const query = 'step=authenticate&terms=on&carrier=KT&carrier=SKT&customerMobilePhone=01012345678';
  const answer = await call(`${window}?${query}`, 'GET');
  t.equal(answer.status, 400);
  t.equal(problemOf(answer, 'carrier'), CARRIER);
});

t.test('what was typed in the window is not told to the merchant’s page', async (t) => {
  const desk = await startDesk(t);
  const { headers } = await look(await desk.open({ method: 'MOBILE_PHONE' }));
  t.equal(headers.get('referrer-policy'), 'strict-origin-when-cross-origin');
});
