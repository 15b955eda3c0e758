import { randomBytes } from 'node:crypto';
import { type Line, MOST_OF_ONE, type Product, priceOf } from './products.ts';
import type { Answer, Refusal } from './toss.ts';

/** An order as the shop's server remembers it. The amount to be paid is said here and nowhere else. */
export interface Order {
  /** Also the key to the order's page, so nobody can guess it. */
  readonly orderId: string;
  readonly orderName: string;
  readonly lines: readonly Line[];
  /** In won. */
  readonly amount: number;
  /** Set once the payment is approved. */
  paymentKey: string | null;
  /** Confirms under way, by paymentKey: a page that is loaded twice confirms once. */
  readonly confirming: Map<string, Promise<Answer>>;
  /** Why the last cancel was refused; null when it was not. */
  cancelRefusal: Refusal | null;
}

/** What the checkout page sends. */
export interface Basket {
  /** How many of each product. */
  readonly quantities: Readonly<Record<string, unknown>>;
  readonly hasCoupon: boolean;
}

const MOST_NAME_CHARACTERS = 100;

/** `첫 상품 외 n건`, as long as the payment window takes it. */
function nameOf(lines: readonly Line[]): string {
  const rest = lines.length > 1 ? ` 외 ${lines.length - 1}건` : '';
  return (lines[0]?.product.name ?? '').slice(0, MOST_NAME_CHARACTERS - rest.length) + rest;
}

/** The orders, kept for as long as the shop runs. */
export class OrderBook {
  readonly #products: readonly Product[];
  readonly #orders = new Map<string, Order>();

  constructor(products: readonly Product[]) {
    this.#products = products;
  }

  /** Takes an order; null when the basket holds nothing that can be ordered. */
  take(basket: Basket): Order | null {
    const lines = this.#products.flatMap((product): Line[] => {
      const quantity = basket.quantities[product.productId];
      if (typeof quantity !== 'number' || !Number.isInteger(quantity)) return [];
      return quantity > 0 && quantity <= MOST_OF_ONE ? [{ product, quantity }] : [];
    });
    if (lines.length === 0) return null;
    const order: Order = {
      orderId: `order-${randomBytes(8).toString('hex')}`,
      orderName: nameOf(lines),
      lines,
      amount: priceOf(lines, basket.hasCoupon).total,
      paymentKey: null,
      confirming: new Map(),
      cancelRefusal: null,
    };
    this.#orders.set(order.orderId, order);
    return order;
  }

  find(orderId: string): Order | undefined {
    return this.#orders.get(orderId);
  }

  /** Every order, oldest first. */
  all(): Order[] {
    return [...this.#orders.values()];
  }
}
