import { DOCUMENTATION_MERCHANT, worldOf } from '../../src/control/merchants.ts';
import { preparePayment } from '../../src/control/payments.ts';
import { isRefusal } from '../../src/domain/refusal.ts';
import { confirmPayment } from '../../src/gateway/confirm-payment.ts';
import { createSandbox } from '../../src/sandbox.ts';
import { readPreparation } from '../../src/wire/ending.ts';

// Runs with --expose-gc. Prints the bytes of heap that a payment takes once it is DONE, journal included.
const COUNT = 100_000;

const { core } = await createSandbox();
const world = worldOf(core, DOCUMENTATION_MERCHANT);

function pay(orderId: string): void {
  const preparation = readPreparation({ orderId, amount: 15000, orderName: '원두 200g 외 1건' });
  if (isRefusal(preparation) || preparation.ending === null)
    throw new Error('The payment could not be prepared.');
  const opening = {
    ...preparation.opening,
    product: 'individual',
    publicUrl: 'http://localhost:8677',
  } as const;
  const { paymentKey } = preparePayment(core, world, opening, preparation.ending).payment;
  const confirmation = { paymentKey, orderId, amount: 15000 };
  core.gateway.carryOut(world, (work) => confirmPayment(work, confirmation, 'individual', () => ''));
}

const heap = (): number => {
  globalThis.gc?.();
  return process.memoryUsage().heapUsed;
};

for (let index = 0; index < 1000; index++) pay(`warm-up-${index}`);
const before = heap();
for (let index = 0; index < COUNT; index++) pay(`order-20260305-${index}`);
process.stdout.write(`${Math.round((heap() - before) / COUNT)}\n`);
process.exit(0);
