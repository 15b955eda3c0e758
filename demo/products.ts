/** Something the shop sells. */
export interface Product {
  readonly productId: string;
  readonly name: string;
  readonly detail: string;
  /** In won. */
  readonly price: number;
  /** A file in `public/`. */
  readonly picture: string;
}

/** What stands on the shelf when nobody says otherwise. */
export const PRODUCTS: readonly Product[] = [
  {
    productId: 'beans',
    name: '아침 블렌드 원두 200g',
    detail: '볶은 지 사흘 안에 보내요',
    price: 15_000,
    picture: 'beans.svg',
  },
  {
    productId: 'mugs',
    name: '도자기 머그 2개 세트',
    detail: '손으로 빚어 모양이 조금씩 달라요',
    price: 35_000,
    picture: 'mugs.svg',
  },
];

/** How many of one product fit into an order. */
export const MOST_OF_ONE = 9;

/** The coupon: so much off, from so much on. In won. */
export const COUPON = { amount: 5000, from: 30_000 } as const;

/** One product of an order. */
export interface Line {
  readonly product: Product;
  readonly quantity: number;
}

/** What the lines cost, what the coupon takes off, and what is left to pay. In won. */
export function priceOf(
  lines: readonly Line[],
  hasCoupon: boolean,
): { subtotal: number; discount: number; total: number } {
  const subtotal = lines.reduce((sum, { product, quantity }) => sum + product.price * quantity, 0);
  const discount = hasCoupon && subtotal >= COUPON.from ? COUPON.amount : 0;
  return { subtotal, discount, total: subtotal - discount };
}
