import t from 'tap';
import {
  accountNumberOf,
  apiKeyOf,
  type Draw,
  fixedAccountNumberOf,
  hexTransactionKey,
  issueNumberOf,
  kindOfKey,
  mIdOf,
  microsOf,
  paymentKeyAt,
  receiptKeyOf,
  secretOf,
  securityKeyOf,
  transactionKeyAt,
  transmissionIdAt,
  webhookIdOf,
} from '../../src/domain/keys.ts';

/** 10:16:02.303 in Korea: the time part of the documentation's `txrd_a01kjxs1tbz…`. */
const AT = 1_772_673_362_303;

// Draws that are no draws: always the first letter, always the last, and the alphabet from the front.
const FIRST: Draw = (alphabet, size) => alphabet.charAt(0).repeat(size);
const LAST: Draw = (alphabet, size) => alphabet.charAt(alphabet.length - 1).repeat(size);
const IN_TURN: Draw = (alphabet, size) => alphabet.repeat(size).slice(0, size);

// payments.md 1.3, 2.4; webhooks.md 5. `whk_` and `tsand` are ours.
const FORMATS = [
  {
    name: 'paymentKey',
    issue: (draw: Draw) => paymentKeyAt('tvivarepublica', AT, draw),
    first: 'tviva2026030510160200000',
    last: 'tviva20260305101602zzzzz',
    inTurn: 'tviva2026030510160201234',
    format: /^tviva\d{14}[A-Za-z0-9]{5}$/,
    length: 24,
  },
  {
    name: 'transactionKey',
    issue: (draw: Draw) => transactionKeyAt(AT, draw),
    first: 'txrd_a01kjxs1tbz0000000000000000',
    last: 'txrd_a01kjxs1tbzzzzzzzzzzzzzzzzz',
    inTurn: 'txrd_a01kjxs1tbz0123456789abcdef',
    format: /^txrd_a[0-9a-hjkmnp-tv-z]{26}$/,
    length: 32,
  },
  {
    name: 'transactionKey, older form',
    issue: hexTransactionKey,
    first: '00000000000000000000000000000000',
    last: 'FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF',
    inTurn: '0123456789ABCDEF0123456789ABCDEF',
    format: /^[0-9A-F]{32}$/,
    length: 32,
  },
  {
    name: 'transmissionId',
    issue: (draw: Draw) => transmissionIdAt(AT, draw),
    first: 'whtrans_a01kjxs1tbz0000000000000000',
    last: 'whtrans_a01kjxs1tbzzzzzzzzzzzzzzzzz',
    inTurn: 'whtrans_a01kjxs1tbz0123456789abcdef',
    format: /^whtrans_a[0-9a-hjkmnp-tv-z]{26}$/,
    length: 35,
  },
  {
    name: 'secret',
    issue: secretOf,
    first: 'ps_0000000000000000000000000000',
    last: 'ps_zzzzzzzzzzzzzzzzzzzzzzzzzzzz',
    inTurn: 'ps_0123456789ABCDEFGHIJKLMNOPQR',
    format: /^ps_[A-Za-z0-9]{28}$/,
    length: 31,
  },
  {
    name: 'client key',
    issue: (draw: Draw) => apiKeyOf('ck', draw),
    first: 'test_ck_0000000000000000000000000000',
    last: 'test_ck_zzzzzzzzzzzzzzzzzzzzzzzzzzzz',
    inTurn: 'test_ck_0123456789ABCDEFGHIJKLMNOPQR',
    format: /^test_ck_[A-Za-z0-9]{28}$/,
    length: 36,
  },
  {
    name: 'widget secret key',
    issue: (draw: Draw) => apiKeyOf('gsk', draw),
    first: 'test_gsk_0000000000000000000000000000',
    last: 'test_gsk_zzzzzzzzzzzzzzzzzzzzzzzzzzzz',
    inTurn: 'test_gsk_0123456789ABCDEFGHIJKLMNOPQR',
    format: /^test_gsk_[A-Za-z0-9]{28}$/,
    length: 37,
  },
  {
    name: 'security key',
    issue: securityKeyOf,
    first: '0000000000000000000000000000000000000000000000000000000000000000',
    last: 'ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff',
    inTurn: '0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef',
    format: /^[0-9a-f]{64}$/,
    length: 64,
  },
  {
    name: 'mId',
    issue: mIdOf,
    first: 'tsand000000000',
    last: 'tsandzzzzzzzzz',
    inTurn: 'tsand012345678',
    format: /^tsand[a-z0-9]{9}$/,
    length: 14,
  },
  {
    name: 'virtual account’s number',
    issue: accountNumberOf,
    first: 'X6500000000000',
    last: 'X6599999999999',
    inTurn: 'X6501234567890',
    format: /^X\d{13}$/,
    length: 14,
  },
  {
    name: 'cash receipt’s key',
    issue: receiptKeyOf,
    first: '000000000000000000000000000000000000000000000000',
    last: 'zzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzz',
    inTurn: '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijkl',
    format: /^[A-Za-z0-9]{48}$/,
    length: 48,
  },
  {
    name: 'cash receipt’s number',
    issue: issueNumberOf,
    first: '730000000',
    last: '730099999',
    inTurn: '730001234',
    format: /^\d{9}$/,
    length: 9,
  },
  {
    name: 'webhookId',
    issue: webhookIdOf,
    first: 'whk_000000000000',
    last: 'whk_zzzzzzzzzzzz',
    inTurn: 'whk_0123456789ab',
    format: /^whk_[a-z0-9]{12}$/,
    length: 16,
  },
];

for (const { name, issue, first, last, inTurn, format, length } of FORMATS) {
  t.test(`a ${name} has the documented form`, async (t) => {
    t.strictSame([issue(FIRST), issue(LAST), issue(IN_TURN)], [first, last, inTurn]);
    for (const key of [first, last, inTurn]) {
      t.match(key, format);
      t.equal(key.length, length);
    }
  });
}

t.test('each letter of an alphabet stands in it once, so that none is drawn more often', async (t) => {
  const alphabets = new Set<string>();
  const takeDown: Draw = (alphabet, size) => {
    alphabets.add(alphabet);
    return FIRST(alphabet, size);
  };
  for (const { issue } of FORMATS) issue(takeDown);
  microsOf(takeDown);
  t.strictSame([...alphabets].map((alphabet) => alphabet.length).sort(), [10, 16, 32, 36, 62]);
  for (const alphabet of alphabets) t.equal(new Set(alphabet).size, alphabet.length, alphabet);
});

t.test('microseconds are three digits read as a number', async (t) => {
  t.strictSame([microsOf(FIRST), microsOf(LAST), microsOf(IN_TURN)], [0, 999, 12]);
});

// payments.md 2.4: the moment in milliseconds, in ten letters of Crockford's base 32. The last four stand in 2.7.
const TIME_PARTS = [
  [0, 'txrd_a0000000000'],
  [1, 'txrd_a0000000001'],
  [31, 'txrd_a000000000z'],
  [32, 'txrd_a0000000010'],
  [1_750_934_946_594, 'txrd_a01jynxp0s2'],
  [1_772_673_362_303, 'txrd_a01kjxs1tbz'],
  [1_772_677_800_019, 'txrd_a01kjxx982k'],
  [1_772_679_250_605, 'txrd_a01kjxyngnd'],
] as const;

t.test('the time part of a transaction key is its moment', async (t) => {
  for (const [at, start] of TIME_PARTS) t.equal(transactionKeyAt(at, FIRST), `${start}0000000000000000`);
});

t.test('a short mId gives a short payment key', async (t) => {
  t.equal(paymentKeyAt('shop', AT, FIRST), 'shop2026030510160200000');
});

// payments.md 1.3, 1.4.
const KINDS = [
  ['test_ck_D5GePWvyJnrK0W0k6q8gLzN97Eoq', { live: false, side: 'client', product: 'individual' }],
  ['test_sk_zXLkKEypNArWmo50nX3lmeaxYG5R', { live: false, side: 'secret', product: 'individual' }],
  ['test_gck_docs_Ovk5rk1EwkEbP0W43n07xlzm', { live: false, side: 'client', product: 'widget' }],
  ['test_gsk_docs_OaPz8L5KdmQXkzRz3y47BMw6', { live: false, side: 'secret', product: 'widget' }],
  ['test_ak_ZORzdMaqN3wQd5k6ygr5AkYXQGwy', { live: false, side: 'secret', product: 'individual' }],
  ['live_ck_JQbgMGZzorzj0ZnKbOjrl5E1em4d', { live: true, side: 'client', product: 'individual' }],
  ['live_gsk_docs_OaPz8L5KdmQXkzRz3y47BMw6', { live: true, side: 'secret', product: 'widget' }],
  ['test_pk_D5GePWvyJnrK0W0k6q8gLzN97Eoq', null],
  ['prod_sk_zXLkKEypNArWmo50nX3lmeaxYG5R', null],
  ['test_sk_', null],
  ['test_sk_zXLkKEypNArWmo50nX3lmeaxYG5R\n', null],
  [' test_sk_zXLkKEypNArWmo50nX3lmeaxYG5R', null],
  ['5f3d7a1c9b2e4d6f8a0c1e3b5d7f9a2c4e6b8d0f1a3c5e7b9d2f4a6c8e0b1d3f', null],
  ['', null],
] as const;

t.test('the prefix of a key says whose it is and what it is for', async (t) => {
  for (const [key, kind] of KINDS) t.strictSame(kindOfKey(key), kind, JSON.stringify(key));
});

// virtual-accounts.md 2: the same key brings the same number again. Reckoned by hand: they must outlive our versions.
const FIXED = [
  ['tvivarepublica', '1', 'X6583055085316'],
  ['tvivarepublica', '2', 'X6583055085317'],
  ['tvivarepublica', 'customer-0001', 'X6547989469537'],
  ['tvivarepublica', 'customer-0002', 'X6547989469538'],
  ['tvivarepublica', '고객-7', 'X6595406532830'],
  ['tsand000000000', '1', 'X6536363295940'],
  ['a', 'b', 'X6500000094307'],
] as const;

t.test('a fixed account has a number that belongs to the merchant and its key', async (t) => {
  for (const [mId, accountKey, number] of FIXED) {
    t.equal(fixedAccountNumberOf(mId, accountKey), number, `${mId} ${accountKey}`);
    t.match(number, /^X65\d{11}$/, 'the form of every virtual account');
  }
  t.equal(new Set(FIXED.map(([, , number]) => number)).size, FIXED.length);
});
