import t from 'tap';
import {
  API_VERSIONS,
  type ApiVersion,
  hasDepositErrorAsCancel,
  isSince,
  type Merchant,
  versionOf,
} from '../../src/domain/merchant.ts';

const merchantWith = (apiVersion: ApiVersion): Merchant => ({
  mId: 'tvivarepublica',
  name: '원두 상점',
  keyPairs: [],
  securityKey: '0'.repeat(64),
  apiVersion,
});

// payments.md 9, oldest first; virtual-accounts.md 11: 1.4 and older report a deposit error as a cancel.
const VERSIONS: readonly [ApiVersion, asCancel: boolean][] = [
  ['1.0', true],
  ['1.1', true],
  ['1.2', true],
  ['1.3', true],
  ['1.4', true],
  ['2022-06-08', false],
  ['2022-07-27', false],
  ['2022-11-16', false],
  ['2024-06-01', false],
];

t.test('there are nine versions of the API', async (t) => {
  t.strictSame(
    API_VERSIONS,
    VERSIONS.map(([version]) => version),
  );
});

t.test('a version is as new as itself and as all that came before it', async (t) => {
  for (const [index, [version]] of VERSIONS.entries())
    for (const [other, [first]] of VERSIONS.entries())
      t.equal(isSince(version, first), index >= other, `${version} since ${first}`);
});

t.test('a payment is shown in its merchant’s version, the widget’s always in 2022-11-16', async (t) => {
  for (const [version] of VERSIONS) {
    t.equal(versionOf({ product: 'individual' }, merchantWith(version)), version);
    // payments.md 1.3.
    t.equal(versionOf({ product: 'widget' }, merchantWith(version)), '2022-11-16');
  }
});

t.test('a deposit that is taken back cancels the payment up to version 1.4', async (t) => {
  for (const [version, asCancel] of VERSIONS) {
    t.equal(hasDepositErrorAsCancel({ product: 'individual' }, merchantWith(version)), asCancel, version);
    t.equal(
      hasDepositErrorAsCancel({ product: 'widget' }, merchantWith(version)),
      false,
      `${version}, widget`,
    );
  }
});
