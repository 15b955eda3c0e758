import { type Html, html } from '../html.ts';
import type { Arrival } from '../webhook-log.ts';
import { page, statusWord, timeText, won } from './layout.ts';

/** The others have nothing left that was ever paid. */
const PAID = ['DONE', 'PARTIAL_CANCELED', 'CANCELED'];

const balanceOf = ({ status, balanceAmount }: Arrival): Html | false =>
  balanceAmount !== null &&
  PAID.includes(status ?? '') &&
  html` 남은 금액 <span data-testid="webhook-balance">${won(balanceAmount)}</span>`;

const arrivalRow = (
  arrival: Arrival,
  linksOrder: boolean,
): Html => html`<li class="arrival" data-testid="webhook">
<span class="chip" data-status="${arrival.status ?? ''}">${statusWord(arrival.status ?? '')}</span>
<span class="words">
<strong data-testid="webhook-event">${arrival.eventType}</strong>
<small><code data-testid="webhook-status">${arrival.status ?? '–'}</code>${balanceOf(arrival)}</small>
${linksOrder && arrival.orderId !== null && html`<small><a href="/orders/${encodeURIComponent(arrival.orderId)}">${arrival.orderId}</a></small>`}
</span>
<time>${timeText(arrival.createdAt)}</time>
</li>`;

/** Webhooks, newest first. `live.js` keeps the list fresh. */
export const arrivalList = (arrivals: readonly Arrival[], linksOrder: boolean): Html =>
  html`<div id="arrivals" data-live data-testid="webhooks">${
    arrivals.length === 0
      ? html`<p class="empty">아직 도착한 웹훅이 없어요.</p>`
      : html`<ul class="arrivals">${arrivals.map((arrival) => arrivalRow(arrival, linksOrder))}</ul>`
  }</div>`;

/** Everything the receiver has been sent. */
export const webhooksPage = (arrivals: readonly Arrival[]): Html =>
  page({
    title: '웹훅',
    at: 'webhooks',
    head: html`<script src="/live.js" defer></script>`,
    main: html`<h1>웹훅</h1>
<section class="card">
<p class="muted"><code>POST /webhooks/toss</code>로 도착한 이벤트예요. 새 이벤트가 오면 바로 보여요.</p>
${arrivalList(arrivals, true)}
</section>`,
  });
