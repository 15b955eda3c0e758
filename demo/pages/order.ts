import { cardName } from '../card-names.ts';
import { type Content, type Html, html } from '../html.ts';
import type { Order } from '../orders.ts';
import type { Payment } from '../toss.ts';
import type { Arrival } from '../webhook-log.ts';
import { page, statusWord, timeText, won } from './layout.ts';
import { BACK_MARK, GOOD_MARK, LEFT_MARK } from './marks.ts';
import { arrivalList } from './webhooks.ts';

function titleOf({ status, balanceAmount }: Payment): string {
  if (status === 'DONE') return '결제를 완료했어요';
  if (balanceAmount === 0) return '결제를 모두 취소했어요';
  return status === 'PARTIAL_CANCELED' ? '결제를 일부 취소했어요' : statusWord(status);
}

const monthsText = (months: number): string => (months === 0 ? '일시불' : `${months}개월`);

function methodText({ method, card, easyPay }: Payment): string {
  const means = easyPay?.provider ?? (card === null ? '' : cardName(card.issuerCode));
  return [method, means].filter(Boolean).join(' · ');
}

const fact = (name: string, value: Content): Html => html`<dt>${name}</dt><dd>${value}</dd>`;

const paymentFacts = (payment: Payment): Html => {
  const { card, cancels, receipt } = payment;
  return html`<div id="payment" data-live>
${payment.balanceAmount > 0 ? GOOD_MARK : BACK_MARK}
<h1 data-testid="title">${titleOf(payment)}</h1>
<p class="lead" data-testid="order-name">${payment.orderName}</p>
<p class="status-line"><span class="chip" data-status="${payment.status}">${statusWord(payment.status)}</span><code data-testid="status">${payment.status}</code></p>
<dl class="facts">
${fact('결제 금액', html`<span data-testid="total">${won(payment.totalAmount)}</span>`)}
${fact('남은 금액', html`<strong data-testid="balance">${won(payment.balanceAmount)}</strong>`)}
${fact('결제수단', html`<span data-testid="method">${methodText(payment)}</span>`)}
${card !== null && fact('카드번호', html`<span data-testid="card-number">${card.number}</span>`)}
${card !== null && fact('할부', html`<span data-testid="months">${monthsText(card.installmentPlanMonths)}</span>`)}
${payment.approvedAt !== null && fact('승인 시각', timeText(payment.approvedAt))}
${fact('주문번호', html`<span data-testid="order-id">${payment.orderId}</span>`)}
${fact('paymentKey', html`<code data-testid="payment-key">${payment.paymentKey}</code>`)}
</dl>
${
  cancels !== null &&
  html`<h2>취소 내역</h2>
<ul class="cancels" data-testid="cancels">${cancels.map(
    ({ canceledAt, cancelReason, cancelAmount }) =>
      html`<li><span>${timeText(canceledAt)}<small>${cancelReason}</small></span><b>−${won(cancelAmount)}</b></li>`,
  )}</ul>`
}
${receipt !== null && html`<a class="button quiet" href="${receipt.url}" target="_blank" rel="noopener" data-testid="receipt">영수증 보기</a>`}
</div>`;
};

/** The same key goes with both buttons: a form that is sent twice cancels once. */
const cancelForms = (order: Order, payment: Payment, cancelKey: string): Html => html`<section class="card">
<h2>결제 취소</h2>
${
  order.cancelRefusal !== null &&
  html`<p class="problem" role="alert"><span data-testid="cancel-message">${order.cancelRefusal.message}</span> <code data-testid="cancel-code">${order.cancelRefusal.code}</code></p>`
}
${
  payment.balanceAmount === 0
    ? html`<p class="muted">더 취소할 금액이 없어요.</p>`
    : html`<form method="post" action="/orders/${order.orderId}/cancel" class="cancel-part">
<input type="hidden" name="cancelKey" value="${cancelKey}">
<label class="field">취소할 금액<span class="money"><input name="cancelAmount" type="text" inputmode="numeric" pattern="[0-9]+" title="숫자만 입력해 주세요" required autocomplete="off" placeholder="${payment.balanceAmount}" data-testid="cancel-amount"><span aria-hidden="true">원</span></span></label>
<button type="submit" class="button quiet" name="extent" value="part" data-testid="cancel-part">일부 취소</button>
</form>
<form method="post" action="/orders/${order.orderId}/cancel">
<input type="hidden" name="cancelKey" value="${cancelKey}">
<button type="submit" class="button danger" name="extent" value="all" data-testid="cancel-all">남은 ${won(payment.balanceAmount)} 모두 취소</button>
</form>`
}
</section>`;

const arrivalCard = (arrivals: readonly Arrival[]): Html => html`<section class="card">
<h2>이 주문의 웹훅</h2>
${arrivalList(arrivals, false)}
</section>`;

const LIVE = html`<script src="/live.js" defer></script>`;

/** The approved payment, with what can be done about it. */
export const orderPage = (props: {
  order: Order;
  payment: Payment;
  arrivals: readonly Arrival[];
  cancelKey: string;
}): Html =>
  page({
    title: titleOf(props.payment),
    head: LIVE,
    main: html`<div class="columns">
<section class="card">${paymentFacts(props.payment)}</section>
<div>
${cancelForms(props.order, props.payment, props.cancelKey)}
${arrivalCard(props.arrivals)}
</div>
</div>`,
  });

/** An order that was taken, and for which nothing was paid. */
export const unpaidOrderPage = (props: { order: Order; arrivals: readonly Arrival[] }): Html =>
  page({
    title: '결제하지 않은 주문이에요',
    head: LIVE,
    main: html`<div class="columns">
<section class="card">
${LEFT_MARK}
<h1 data-testid="title">결제하지 않은 주문이에요</h1>
<p class="lead" data-testid="order-name">${props.order.orderName}</p>
<dl class="facts">
${fact('주문 금액', won(props.order.amount))}
${fact('주문번호', html`<span data-testid="order-id">${props.order.orderId}</span>`)}
</dl>
<a class="button" href="/">다시 주문하기</a>
</section>
<div>${arrivalCard(props.arrivals)}</div>
</div>`,
  });
