import type { VNode } from 'preact';
import { koreanTime } from '../../domain/instant.ts';
import { balanceOf, type Payment } from '../../domain/payment.ts';
import { moneyText, Page } from './layout.tsx';
import { GoodMark } from './parts.tsx';

/** Behind `receipt.url`. The real test environment's receipts show no data; this one shows what is known. */
export function Receipt(props: { payment: Payment; merchantName: string }): VNode {
  const { payment } = props;
  const { order } = payment;
  return (
    <Page title="매출전표 · 토스페이먼츠 샌드박스">
      <div class="body">
        <GoodMark />
        <h1>매출전표</h1>
        <p class="sub">테스트 결제라 세금 신고에 쓸 수 없어요.</p>
        <dl class="facts">
          <dt>상점</dt>
          <dd>{props.merchantName}</dd>
          <dt>주문</dt>
          <dd>{order.orderName}</dd>
          <dt>주문번호</dt>
          <dd>{order.orderId}</dd>
          <dt>승인 시각</dt>
          <dd>
            {payment.approvedAt === null
              ? '–'
              : koreanTime(payment.approvedAt).slice(0, 19).replace('T', ' ')}
          </dd>
          <dt>결제 금액</dt>
          <dd>{moneyText(order.totalAmount, order.currency)}</dd>
          <dt>남은 금액</dt>
          <dd>{moneyText(balanceOf(payment).balanceAmount, order.currency)}</dd>
        </dl>
      </div>
    </Page>
  );
}
