import type { VNode } from 'preact';
import type { Payment } from '../../domain/payment.ts';
import type { CardChoice } from '../../wire/choice.ts';
import { brandOf } from './brands.ts';
import { moneyText, Page, TestBadge } from './layout.tsx';
import { monthsText } from './months.ts';
import { ChoiceFields, Order, Top } from './parts.tsx';

/**
 * The second screen, in place of the card company's own: approve, decline, leave, or approve now and be refused at
 * confirm with a code.
 */
export function AuthenticateScreen(props: {
  payment: Payment;
  merchantName: string;
  choice: CardChoice;
  confirmCodes: readonly { code: string; message: string }[];
  back: string | null;
  isFramed: boolean;
}): VNode {
  const { payment, choice } = props;
  const brand = brandOf(choice);
  return (
    <Page title={`${brand?.name ?? '카드'} 인증 · 토스페이먼츠 샌드박스`} isFramed={props.isFramed}>
      <TestBadge />
      <Top {...(props.back === null ? {} : { back: props.back })} />
      <div class="body">
        <Order payment={payment} merchantName={props.merchantName} />
        <dl class="facts">
          <dt>결제수단</dt>
          <dd>{brand?.name ?? ''}</dd>
          <dt>할부</dt>
          <dd>{monthsText(choice.installmentPlanMonths)}</dd>
          <dt>주문번호</dt>
          <dd>{payment.order.orderId}</dd>
        </dl>
        <form method="post">
          <ChoiceFields choice={choice} />
          <input type="hidden" name="months" value={choice.installmentPlanMonths} />
          {choice.useCardPoint && <input type="hidden" name="point" value="on" />}
          <button type="submit" class="button" name="outcome" value="AUTHENTICATED" data-testid="approve">
            {moneyText(payment.order.totalAmount, payment.order.currency)} 결제하기
          </button>
          <div class="pair">
            <button type="submit" class="button danger" name="outcome" value="REFUSED" data-testid="decline">
              카드사 거절
            </button>
            <button type="submit" class="button quiet" name="outcome" value="LEFT" data-testid="leave">
              결제 그만두기
            </button>
          </div>
          <div class="panel">
            <h2>인증은 성공, 승인은 실패</h2>
            <p>successUrl로 돌아간 뒤, 서버의 승인 요청이 고른 코드로 거절돼요.</p>
            <label class="field">
              <span>에러 코드</span>
              <select name="confirmCode" data-testid="confirm-code">
                {props.confirmCodes.map(({ code, message }) => (
                  <option key={code} value={code} selected={code === 'REJECT_CARD_PAYMENT'}>
                    {code} · {message}
                  </option>
                ))}
              </select>
            </label>
            <button
              type="submit"
              class="button quiet"
              name="outcome"
              value="REFUSED_AT_CONFIRM"
              data-testid="approve-then-refuse"
            >
              인증하고 승인에서 실패하기
            </button>
          </div>
        </form>
      </div>
    </Page>
  );
}
