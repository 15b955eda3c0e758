import t from 'tap';
import { startSandbox } from '../fixtures/sandbox.ts';

const ORDER = { orderId: 'order-0001', amount: 15000 };

t.test('points are paid only with an easy pay that has any', async (t) => {
  const { newShop } = await startSandbox(t);
  const shop = await newShop();
  const prepare = (easyPay: string, discountAmount: number) =>
    shop.post('/sandbox/payments', { ...ORDER, flowMode: 'DIRECT', easyPay, discountAmount });
  // payments.md 2.5: 토스페이, 카카오페이, 네이버페이, 페이코.
  for (const easyPay of ['TOSSPAY', 'KAKAOPAY', 'NAVERPAY', 'PAYCO'])
    t.equal((await prepare(easyPay, 1000)).status, 201, easyPay);
  for (const easyPay of ['SAMSUNGPAY', 'APPLEPAY', 'LPAY', 'PINPAY', 'SSG']) {
    const refused = await prepare(easyPay, 1000);
    t.equal(refused.status, 400, easyPay);
    t.equal(refused.body.code, 'INVALID_REQUEST', easyPay);
    t.equal((await prepare(easyPay, 0)).status, 201, `${easyPay} without points`);
  }
});

t.test('more than the whole cannot be paid by points', async (t) => {
  const { newShop } = await startSandbox(t);
  const shop = await newShop();
  const prepare = (discountAmount: number) =>
    shop.post('/sandbox/payments', { ...ORDER, flowMode: 'DIRECT', easyPay: 'TOSSPAY', discountAmount });
  t.equal((await prepare(15000)).status, 201);
  t.equal((await prepare(15001)).status, 400);
  t.equal((await prepare(0.5)).status, 400, 'nor a part of a won');
});
