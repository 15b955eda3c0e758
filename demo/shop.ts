import { randomUUID } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import express, { type ErrorRequestHandler, type Express } from 'express';
import type { Html } from './html.ts';
import { type Order, OrderBook } from './orders.ts';
import { checkoutPage } from './pages/checkout.ts';
import { failPage } from './pages/fail.ts';
import { noticePage } from './pages/layout.ts';
import { orderPage, unpaidOrderPage } from './pages/order.ts';
import { webhooksPage } from './pages/webhooks.ts';
import { PRODUCTS, type Product } from './products.ts';
import { connectToss, type Refusal } from './toss.ts';
import { WebhookLog } from './webhook-log.ts';

/** What the shop is told about the payment gateway: the two addresses and its keys, and no more. */
export interface ShopSettings {
  /** `https://api.tosspayments.com`, or what stands in for it. */
  readonly apiUrl: string;
  /** `https://js.tosspayments.com/v2/standard`, or what stands in for it. */
  readonly sdkUrl: string;
  readonly clientKey: string;
  readonly secretKey: string;
  /** What stands on the shelf; by default a coffee and two mugs. */
  readonly products?: readonly Product[];
}

/** A shop that listens on nothing yet. */
export interface Shop {
  readonly app: Express;
  readonly orders: OrderBook;
  readonly webhooks: WebhookLog;
}

const publicFolder = fileURLToPath(new URL('./public', import.meta.url));

/** A parameter that is there twice, or not at all, is no text. */
const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

const failAddress = ({ code, message }: Refusal, orderId: string): string =>
  `/fail?${new URLSearchParams({ code, message, orderId })}`;

const NOT_FOUND = (): Html => noticePage('찾을 수 없는 화면이에요', '주소를 다시 확인해 주세요.');

/** Builds the shop: checkout, the way back from the payment window, orders with cancels, the webhook receiver. */
export function createShop(settings: ShopSettings): Shop {
  const products = settings.products ?? PRODUCTS;
  const toss = connectToss(settings.apiUrl, settings.secretKey);
  const orders = new OrderBook(products);
  const webhooks = new WebhookLog();
  const app = express();
  app.disable('x-powered-by');
  app.use(express.static(publicFolder, { index: false }));

  app.get('/', (_request, response) => {
    const { sdkUrl, clientKey } = settings;
    response.send(checkoutPage({ products, sdkUrl, clientKey }).text);
  });

  app.post('/orders', express.json(), (request, response) => {
    const { quantities, coupon } = request.body ?? {};
    const order = orders.take({ quantities: quantities ?? {}, hasCoupon: coupon === true });
    if (order === null) {
      response.status(400).json({ message: '주문할 상품을 골라 주세요.' });
      return;
    }
    const { orderId, orderName, amount } = order;
    response.status(201).json({ orderId, orderName, amount });
  });

  // The way back from the payment window. Nothing in the address is trusted: the amount has to be the order's.
  app.get('/success', async (request, response) => {
    const orderId = textOf(request.query['orderId']);
    const paymentKey = textOf(request.query['paymentKey']);
    const order = orders.find(orderId);
    const refusal =
      order === undefined
        ? { code: 'UNKNOWN_ORDER', message: '상점에 없는 주문이라 승인하지 않았습니다.' }
        : Number(request.query['amount']) !== order.amount
          ? { code: 'AMOUNT_MISMATCH', message: '주문 금액과 결제 금액이 달라 승인하지 않았습니다.' }
          : await confirm(order, paymentKey);
    // Sent on, so that neither reload nor the back button comes by here again.
    response.redirect(303, refusal === null ? `/orders/${orderId}` : failAddress(refusal, orderId));
  });

  /** Has the payment approved, once, however often the page is loaded. */
  async function confirm(order: Order, paymentKey: string): Promise<Refusal | null> {
    if (order.paymentKey === paymentKey) return null;
    const { orderId, amount, confirming } = order;
    const confirmation = confirming.get(paymentKey) ?? toss.confirm({ paymentKey, orderId, amount });
    confirming.set(paymentKey, confirmation);
    const { payment, refusal } = await confirmation.finally(() => confirming.delete(paymentKey));
    if (payment !== null) order.paymentKey = payment.paymentKey;
    return refusal;
  }

  app.get('/fail', (request, response) => {
    const { code, message, orderId } = request.query;
    const page = failPage({ code: textOf(code), message: textOf(message), orderId: textOf(orderId) });
    response.send(page.text);
  });

  app.get('/orders/:orderId', async (request, response, next) => {
    const order = orders.find(request.params.orderId);
    if (order === undefined) return next();
    const arrivals = webhooks.list(order.orderId);
    if (order.paymentKey === null) {
      response.send(unpaidOrderPage({ order, arrivals }).text);
      return;
    }
    // Asked each time: somebody may have cancelled elsewhere, at the gateway's own desk for one.
    const { payment, refusal } = await toss.read(order.paymentKey);
    if (payment === null) {
      response.status(502).send(noticePage('결제를 불러오지 못했어요', refusal.message).text);
      return;
    }
    response.send(orderPage({ order, payment, arrivals, cancelKey: randomUUID() }).text);
  });

  // A real shop asks here who is calling: only its own people may cancel.
  app.post(
    '/orders/:orderId/cancel',
    express.urlencoded({ extended: false }),
    async (request, response, next) => {
      const order = orders.find(request.params.orderId);
      if (order === undefined || order.paymentKey === null) return next();
      const { extent, cancelAmount, cancelKey } = request.body ?? {};
      // An amount that was left empty must not cancel everything.
      const isClear = extent === 'all' || (extent === 'part' && /^\d+$/.test(textOf(cancelAmount)));
      const { refusal } = isClear
        ? await toss.cancel(order.paymentKey, {
            cancelReason: '고객 변심',
            cancelKey: textOf(cancelKey),
            ...(extent === 'all' ? {} : { cancelAmount: Number(cancelAmount) }),
          })
        : { refusal: { code: 'INVALID_AMOUNT', message: '취소할 금액을 숫자로 입력해 주세요.' } };
      order.cancelRefusal = refusal;
      response.redirect(303, `/orders/${order.orderId}`);
    },
  );

  app.post('/webhooks/toss', express.json({ limit: '1mb' }), (request, response) => {
    webhooks.add(request.get('tosspayments-webhook-transmission-id') ?? randomUUID(), request.body);
    response.sendStatus(200);
  });

  app.get('/webhooks', (_request, response) => {
    response.send(webhooksPage(webhooks.list()).text);
  });

  // Tells open pages that something has arrived; they fetch themselves again.
  app.get('/webhooks/stream', (_request, response) => {
    response.set({ 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
    response.flushHeaders();
    const callOff = webhooks.onArrival(() => response.write('data: arrived\n\n'));
    response.on('close', callOff);
  });

  app.use((_request, response) => {
    response.status(404).send(NOT_FOUND().text);
  });

  const onError: ErrorRequestHandler = (error, _request, response, _next) => {
    const status = Number(error?.status) || 500;
    if (status >= 500) process.stderr.write(`${error?.stack ?? error}\n`);
    response.status(status).send(noticePage('처리하지 못했어요', '잠시 후 다시 시도해 주세요.').text);
  };
  app.use(onError);

  return { app, orders, webhooks };
}
