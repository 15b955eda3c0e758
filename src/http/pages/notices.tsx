import type { VNode } from 'preact';
import type { Payment, PaymentStatus } from '../../domain/payment.ts';
import { REDIRECT_TEXTS, type RedirectCode } from '../../wire/redirect.ts';
import { Page } from './layout.tsx';
import { GoodMark, PlainMark, Top } from './parts.tsx';

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

/**
 * In place of the window, when there is nothing left to pay (browser-sdk.md 4.9 [I]): no redirect. In a frame it can be
 * closed.
 */
export function ClosedNotice(props: { payment: Payment | null; isFramed?: boolean }): VNode {
  const { payment, isFramed = false } = props;
  return (
    <Page title="결제할 수 없어요 · 토스페이먼츠 샌드박스" isFramed={isFramed}>
      {isFramed && <Top />}
      <div class="body">
        <PlainMark />
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
export const BadFormNotice = (props: { isFramed?: boolean }): VNode => (
  <Page title="잘못된 요청 · 토스페이먼츠 샌드박스" isFramed={props.isFramed === true}>
    {props.isFramed === true && <Top />}
    <div class="body">
      <PlainMark />
      <h1>잘못된 요청이에요</h1>
      <p class="sub">결제창을 다시 열어 주세요.</p>
    </div>
  </Page>
);

/** When a visit ends and no address of the merchant leads on: promise mode, opened as a page of its own. */
export const EndedNotice = (props: { failure: RedirectCode | null }): VNode => (
  <Page title="결제창 · 토스페이먼츠 샌드박스">
    <div class="body">
      {props.failure === null ? <GoodMark /> : <PlainMark />}
      <h1>{props.failure === null ? '인증이 끝났어요' : '결제하지 않았어요'}</h1>
      <p class="sub" data-testid="ended">
        {props.failure === null ? '이 창을 닫고 상점 화면으로 돌아가 주세요.' : REDIRECT_TEXTS[props.failure]}
      </p>
    </div>
  </Page>
);
