import type { VNode } from 'preact';
import { koreanTime } from '../../domain/instant.ts';
import { balanceOf, type Payment, type PaymentStatus } from '../../domain/payment.ts';
import { moneyText, Page } from './layout.tsx';

const WHY: Readonly<Record<PaymentStatus, string>> = {
  READY: '결제를 이어갈 수 없어요.',
  IN_PROGRESS: '이미 인증이 끝난 결제예요. 상점 화면으로 돌아가 주세요.',
  WAITING_FOR_DEPOSIT: '이미 끝난 결제예요.',
  DONE: '이미 끝난 결제예요.',
  CANCELED: '취소된 결제예요.',
  PARTIAL_CANCELED: '취소된 결제예요.',
  ABORTED: '승인에 실패한 결제예요. 상점에서 다시 결제해 주세요.',
  EXPIRED: '결제 시간이 지났어요. 상점에서 다시 결제해 주세요.',
};

/** In place of the window, when there is nothing left to pay (browser-sdk.md 4.9 [I]): no redirect. */
export function ClosedNotice(props: { payment: Payment | null }): VNode {
  const { payment } = props;
  return (
    <Page title="결제할 수 없어요 · 토스페이먼츠 샌드박스">
      <div class="body">
        <div class="mark" aria-hidden="true">
          !
        </div>
        <h1>결제할 수 없어요</h1>
        <p class="sub" data-testid="closed">
          {payment === null ? '이런 결제가 없어요. 주소를 확인해 주세요.' : WHY[payment.status]}
        </p>
        {payment !== null && (
          <dl class="facts">
            <dt>주문</dt>
            <dd>{payment.order.orderName}</dd>
            <dt>상태</dt>
            <dd data-testid="status">{payment.status}</dd>
          </dl>
        )}
      </div>
    </Page>
  );
}

/** When a form of the window came with something that no form of ours sends. */
export const BadFormNotice = (): VNode => (
  <Page title="잘못된 요청 · 토스페이먼츠 샌드박스">
    <div class="body">
      <div class="mark" aria-hidden="true">
        !
      </div>
      <h1>잘못된 요청이에요</h1>
      <p class="sub">결제창을 다시 열어 주세요.</p>
    </div>
  </Page>
);

/** Behind `receipt.url`. The real test environment's receipts show no data; this one shows what is known. */
export function Receipt(props: { payment: Payment; merchantName: string }): VNode {
  const { payment } = props;
  const { order } = payment;
  return (
    <Page title="매출전표 · 토스페이먼츠 샌드박스">
      <div class="body">
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
