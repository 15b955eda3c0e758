import t from 'tap';
import { call, startSandbox } from '../fixtures/sandbox.ts';

t.test('with its key a merchant sees and removes itself, and nobody else', async (t) => {
  const { newShop, url } = await startSandbox(t);
  const [shop, stranger] = [await newShop(), await newShop()];

  const own = await shop.get(`/sandbox/merchants/${shop.mId}`);
  t.equal(own.status, 200);
  t.equal(own.body.mId, shop.mId);

  const foreign = await stranger.get(`/sandbox/merchants/${shop.mId}`);
  t.equal(foreign.status, 404);
  t.equal(foreign.body.code, 'NO_SUCH_MERCHANT');
  t.notMatch(foreign.text, own.body.securityKey);
  t.equal((await stranger.delete(`/sandbox/merchants/${shop.mId}`)).status, 404);
  t.equal((await shop.get('/sandbox/clock')).status, 200, 'it is still there');

  t.equal((await shop.delete(`/sandbox/merchants/${shop.mId}`)).status, 204);
  t.equal((await shop.get('/sandbox/clock')).status, 401, 'its key is nobody’s any more');
  t.equal(
    (await call(`${url}/sandbox/merchants/${stranger.mId}`, 'GET')).status,
    200,
    'without a key, anybody',
  );
});
