import t from 'tap';
import type { Merchant } from '../../src/domain/merchant.ts';
import { createSandbox } from '../../src/sandbox.ts';

const merchant = (mId: string, clientKey: string, secretKey: string): Merchant => ({
  mId,
  name: mId,
  keyPairs: [{ product: 'individual', clientKey, secretKeys: [secretKey] }],
  securityKey: '0'.repeat(64),
  apiVersion: '2022-11-16',
});

const DOCUMENTATION = [
  'test_ck_D5GePWvyJnrK0W0k6q8gLzN97Eoq',
  'test_sk_zXLkKEypNArWmo50nX3lmeaxYG5R',
] as const;

t.test('who declares the keys of the documentation gets what works anyway', async (t) => {
  const { core } = await createSandbox({ merchants: [merchant('tmyshop', ...DOCUMENTATION)] });
  t.equal(core.store.world('tmyshop'), undefined);
  t.equal(core.store.worldOfKey(DOCUMENTATION[1])?.merchant.mId, 'tvivarepublica');
});

t.test('an mId or a key that is declared twice is refused at the start', async (t) => {
  const own = ['test_ck_aaaaaaaaaaaaaaaaaaaaaaaaaaaa', 'test_sk_aaaaaaaaaaaaaaaaaaaaaaaaaaaa'] as const;
  const other = ['test_ck_bbbbbbbbbbbbbbbbbbbbbbbbbbbb', 'test_sk_bbbbbbbbbbbbbbbbbbbbbbbbbbbb'] as const;
  await t.rejects(
    createSandbox({ merchants: [merchant('tmyshop', ...own), merchant('tmyshop', ...other)] }),
    { message: 'merchant tmyshop is declared twice' },
  );
  await t.rejects(createSandbox({ merchants: [merchant('tmyshop', own[0], DOCUMENTATION[1])] }), {
    message: 'test_sk_zXLk… is a key of tvivarepublica already',
  });
});
