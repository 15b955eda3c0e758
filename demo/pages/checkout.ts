import { type Html, html } from '../html.ts';
import { COUPON, MOST_OF_ONE, type Product, priceOf } from '../products.ts';
import { page, won } from './layout.ts';

const productRow = ({
  productId,
  name,
  detail,
  price,
  picture,
}: Product): Html => html`<li class="product" data-product="${productId}" data-price="${price}">
<span class="picture"><img src="/${picture}" alt="" width="72" height="72"></span>
<span class="words"><strong>${name}</strong><small>${detail}</small></span>
<span class="price">${won(price)}</span>
<span class="stepper">
<button type="button" data-step="-1" aria-label="${name} 하나 빼기">−</button>
<output aria-label="${name} 수량" data-testid="quantity-${productId}">1</output>
<button type="button" data-step="1" aria-label="${name} 하나 더하기">+</button>
</span>
</li>`;

/** What is ordered, by whom, and the button that opens the payment window. */
export function checkoutPage(props: {
  products: readonly Product[];
  sdkUrl: string;
  clientKey: string;
}): Html {
  const { subtotal } = priceOf(
    props.products.map((product) => ({ product, quantity: 1 })),
    false,
  );
  return page({
    title: '주문서',
    at: 'shop',
    head: html`<script src="${props.sdkUrl}"></script>
<script src="/checkout.js" defer></script>`,
    main: html`<h1>주문서</h1>
<form id="checkout" class="columns" data-client-key="${props.clientKey}" data-coupon-amount="${COUPON.amount}" data-coupon-from="${COUPON.from}" data-most="${MOST_OF_ONE}">
<div>
<section class="card">
<h2>상품</h2>
<ul class="products">${props.products.map(productRow)}</ul>
</section>
<section class="card">
<h2>쿠폰</h2>
<label class="check"><input type="checkbox" name="coupon" data-testid="coupon"><span><strong>첫 주문 ${won(COUPON.amount)} 할인</strong><small>${won(COUPON.from)} 이상 주문할 때 쓸 수 있어요</small></span></label>
</section>
<section class="card">
<h2>주문하는 분</h2>
<div class="pair">
<label class="field">이름<input name="customerName" value="김토스" autocomplete="name" maxlength="100" required></label>
<label class="field">이메일<input name="customerEmail" type="email" value="customer123@gmail.com" autocomplete="email" maxlength="100" required></label>
</div>
</section>
</div>
<aside class="card summary">
<h2>결제 금액</h2>
<dl class="sums">
<dt>상품 금액</dt><dd data-testid="subtotal">${won(subtotal)}</dd>
<dt>쿠폰 할인</dt><dd data-testid="discount">0원</dd>
</dl>
<div class="pay-bar">
<p class="total"><span>총 결제 금액</span><strong data-testid="total">${won(subtotal)}</strong></p>
<p class="problem" role="alert" data-testid="problem" hidden></p>
<noscript><p class="problem">결제하려면 자바스크립트를 켜 주세요.</p></noscript>
<button type="submit" class="button" data-testid="pay">결제하기</button>
</div>
<p class="muted small">카드와 간편결제로 결제할 수 있어요.</p>
</aside>
</form>`,
  });
}
