import type { VNode } from 'preact';
import type { FrameHost, Payment } from '../../domain/payment.ts';
import type { Brand } from './brands.ts';
import { moneyText } from './layout.tsx';

/** What stands above every screen: the way back, and the X. Without `back`, the word for paying. */
export function Top(props: { back?: string }): VNode {
  return (
    <div class="top">
      {props.back === undefined ? (
        <span class="brand">결제</span>
      ) : (
        <a class="back" href={props.back}>
          ‹ 뒤로가기
        </a>
      )}
      <form method="post">
        <button
          type="submit"
          class="close"
          name="outcome"
          value="CLOSED"
          aria-label="결제 취소"
          data-testid="close"
        >
          ✕
        </button>
      </form>
    </div>
  );
}

/** Whose order it is, what it costs, and that it is held back (virtual-accounts.md 14). */
export function Order(props: { payment: Payment; merchantName: string }): VNode {
  const { order } = props.payment;
  return (
    <>
      <p class="sub" data-testid="merchant">
        {props.merchantName}
      </p>
      <h1 data-testid="order-name">{order.orderName}</h1>
      <p class="amount" data-testid="amount">
        {moneyText(order.totalAmount, order.currency)}
      </p>
      {order.useEscrow && (
        <p class="note" data-testid="escrow-note">
          에스크로 결제예요. 물건을 받고 구매를 확정하면 상점에 돈이 가요.
        </p>
      )}
    </>
  );
}

/** The badge of a brand. */
export const Dot = (props: { brand: Brand }): VNode => (
  <span class="dot" style={`background:${props.brand.colour}`} aria-hidden="true">
    {props.brand.letter}
  </span>
);

/** Stands above what went well. */
export const GoodMark = (): VNode => (
  <div class="mark good" aria-hidden="true">
    <svg
      aria-hidden="true"
      width="26"
      height="20"
      viewBox="0 0 26 20"
      fill="none"
      stroke="currentColor"
      stroke-width="3.6"
    >
      <path d="m3 10 7 7L23 3" stroke-linecap="round" stroke-linejoin="round" />
    </svg>
  </div>
);

/** Stands above what did not. */
export const PlainMark = (): VNode => (
  <div class="mark" aria-hidden="true">
    !
  </div>
);

/** Tiles to pick from. */
export function Tiles(props: {
  brands: readonly Brand[];
  chosen: string | null;
  addressOf: (brand: Brand) => string;
  /** Before the id of the brand. */
  testId: string;
}): VNode {
  return (
    <ul class="grid">
      {props.brands.map((brand) => (
        <li key={brand.id}>
          <a
            class="tile"
            href={props.addressOf(brand)}
            data-testid={`${props.testId}-${brand.id}`}
            {...(props.chosen === brand.id ? { 'aria-current': 'true' } : {})}
          >
            <Dot brand={brand} />
            {brand.name}
          </a>
        </li>
      ))}
    </ul>
  );
}

/**
 * The address of a step of the window. In a frame its nonce is carried along; forms that are posted go to the address
 * they stand at, and carry it there.
 */
export const stepAddress = (frame: FrameHost | null, fields: Readonly<Record<string, string>>): string =>
  `?${new URLSearchParams({ ...fields, ...(frame === null ? {} : { frame: frame.nonce }) })}`;
