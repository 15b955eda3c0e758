import { type Html, html } from '../html.ts';
import { page } from './layout.ts';
import { BAD_MARK, LEFT_MARK } from './marks.ts';

const LEFT = 'PAY_PROCESS_CANCELED';

/** The way back from a payment that came to nothing. Everything on it comes from the address. */
export function failPage(props: { code: string; message: string; orderId: string }): Html {
  const title = props.code === LEFT ? '결제를 그만두었어요' : '결제하지 못했어요';
  return page({
    title,
    main: html`<section class="card narrow">
${props.code === LEFT ? LEFT_MARK : BAD_MARK}
<h1 data-testid="title">${title}</h1>
<p class="lead" data-testid="message">${props.message === '' ? '이유를 받지 못했어요.' : props.message}</p>
<dl class="facts">
<dt>에러 코드</dt><dd><code data-testid="code">${props.code === '' ? '없음' : props.code}</code></dd>
${props.orderId !== '' && html`<dt>주문번호</dt><dd data-testid="order-id">${props.orderId}</dd>`}
</dl>
<a class="button" href="/" data-testid="again">다시 주문하기</a>
</section>`,
  });
}
