import { join } from 'node:path';
import t from 'tap';
import { startSandbox as startLibrary } from '../../src/index.ts';
import type { ApiVersion } from '../../src/library/api.ts';
import { type CommandOptions, readOptions } from '../../src/options.ts';
import { call } from '../fixtures/sandbox.ts';

const KEY_PAIRS = [
  {
    product: 'individual',
    clientKey: 'test_ck_0123456789ABCDEFGHIJKLMNOPQR',
    secretKeys: ['test_sk_0123456789ABCDEFGHIJKLMNOPQR'],
  },
] as const;

t.test('a merchant is declared with its version in a file', async (t) => {
  const fileOf = (apiVersion: unknown): string => {
    const merchants = JSON.stringify([{ mId: 'toldshop', apiVersion, keyPairs: KEY_PAIRS }]);
    return join(t.testdir({ 'merchants.json': merchants }), 'merchants.json');
  };
  const versionIn = (apiVersion: unknown): unknown =>
    (readOptions(['--merchants', fileOf(apiVersion)], {}) as CommandOptions).merchants[0]?.apiVersion;
  t.equal(versionIn('1.4'), '1.4');
  t.equal(versionIn('2024-06-01'), '2024-06-01');
  t.equal(versionIn(undefined), '2022-11-16');
  for (const version of ['1.5', 1.4, null]) {
    t.throws(() => versionIn(version), { message: /→ at \[0\]\.apiVersion$/ });
  }
});

t.test('a merchant is declared, added and changed with its version in a test', async (t) => {
  const sandbox = await startLibrary({
    merchants: [{ mId: 'toldshop', apiVersion: '1.3', keyPairs: KEY_PAIRS }],
  });
  t.teardown(() => sandbox.close());
  t.equal(sandbox.merchant('toldshop').apiVersion, '1.3');
  const shop = sandbox.addMerchant({ name: '찻집', apiVersion: '2022-06-08' });
  t.strictSame([shop.name, shop.apiVersion], ['찻집', '2022-06-08']);
  t.equal(sandbox.addMerchant().apiVersion, '2022-11-16');

  const read = async () => {
    const { body } = await call(`${sandbox.url}/v1/payments/${paymentKey}`, 'GET', {
      headers: { authorization: shop.authorization },
    });
    return body.version;
  };
  const { paymentKey } = await shop.preparePayment({
    orderId: 'order-0001',
    amount: 15000,
    method: 'VIRTUAL_ACCOUNT',
  });
  t.equal(await read(), '2022-06-08');
  t.equal((await shop.change({ apiVersion: '2024-06-01' })).apiVersion, '2024-06-01');
  t.equal(await read(), '2024-06-01');
  t.equal(sandbox.merchant(shop.mId).name, '찻집', 'nothing else is changed');

  const unknown = '2023-01-01' as ApiVersion;
  await t.rejects(shop.change({ apiVersion: unknown }), { code: 'INVALID_CONTROL_REQUEST' });
  t.throws(() => sandbox.addMerchant({ apiVersion: unknown }), { code: 'INVALID_CONTROL_REQUEST' });
  await t.rejects(
    startLibrary({ merchants: [{ mId: 'toldshop', apiVersion: unknown, keyPairs: KEY_PAIRS }] }),
    { name: 'SandboxError', code: 'INVALID_OPTIONS', message: /apiVersion/ },
  );
});

t.test('the verbs of a test show a payment as its merchant reads it', async (t) => {
  const sandbox = await startLibrary();
  t.teardown(() => sandbox.close());
  const shop = sandbox.addMerchant({ apiVersion: '1.2' });
  const { authorization } = shop;
  const order = { orderId: 'order-0001', amount: 50000 };
  const { paymentKey } = await shop.preparePayment({ ...order, method: 'VIRTUAL_ACCOUNT' });
  const ask = (path: string, method: string, body?: unknown) =>
    call(`${sandbox.url}/v1/payments/${path}`, method, { headers: { authorization }, body });
  await ask('confirm', 'POST', { paymentKey, ...order });
  const deposited = await shop.deposit(paymentKey);
  const { body } = await ask(paymentKey, 'GET');
  t.strictSame(deposited, body);
  t.strictSame(Object.keys(body.virtualAccount), [
    'accountNumber',
    'bank',
    'customerName',
    'dueDate',
    'expired',
    'settlementStatus',
    'refundStatus',
  ]);
});
