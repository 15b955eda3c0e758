import type { VNode } from 'preact';
import type { Payment } from '../../domain/payment.ts';
import type { Choice } from '../../wire/ending.ts';
import { type Brand, brandOf, CARD_BRANDS, EASY_PAY_BRANDS, POPULAR_CARD_COUNT } from './brands.ts';
import { moneyText, Page, TestBadge } from './layout.tsx';

/** Instalments are offered from 50,000 won (browser-sdk.md 4.3). */
const INSTALLMENT_MINIMUM = 50_000;
const MOST_MONTHS = 12;

/** The months to choose from: what the merchant fixed or capped, 0 being a lump sum. */
export function monthsOf(payment: Payment): readonly number[] {
  const { cardInstallmentPlan, maxCardInstallmentPlan } = payment.window;
  if (payment.order.currency !== 'KRW' || payment.order.totalAmount < INSTALLMENT_MINIMUM) return [0];
  if (cardInstallmentPlan !== null) return [cardInstallmentPlan];
  const most = maxCardInstallmentPlan ?? MOST_MONTHS;
  return [0, ...Array.from({ length: Math.max(most - 1, 0) }, (_, index) => index + 2)];
}

const monthsText = (months: number): string => (months === 0 ? '일시불' : `${months}개월`);

function Top(props: { back?: string }): VNode {
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
          value="LEFT"
          aria-label="결제 취소"
          data-testid="close"
        >
          ✕
        </button>
      </form>
    </div>
  );
}

function Order(props: { payment: Payment; merchantName: string }): VNode {
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
    </>
  );
}

const Dot = (props: { brand: Brand }): VNode => (
  <span class="dot" style={`background:${props.brand.colour}`} aria-hidden="true">
    {props.brand.letter}
  </span>
);

function Tiles(props: {
  brands: readonly Brand[];
  name: 'cardCompany' | 'easyPay';
  chosen: string | null;
}): VNode {
  return (
    <ul class="grid">
      {props.brands.map((brand) => (
        <li key={brand.id}>
          <a
            class="tile"
            href={`?${props.name}=${brand.id}`}
            data-testid={`${props.name === 'easyPay' ? 'easypay' : 'card'}-${brand.id}`}
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

/** The first screen: which card company or easy pay, how many months, terms (browser-sdk.md 4.3). */
export function SelectScreen(props: {
  payment: Payment;
  merchantName: string;
  choice: Choice | null;
}): VNode {
  const { payment, choice } = props;
  const cards = CARD_BRANDS.filter(
    ({ id }) => payment.window.cardCompany === null || id === payment.window.cardCompany,
  );
  const chosenCard = choice?.easyPay === null ? choice.cardCompany : null;
  const moreIsOpen = cards.slice(POPULAR_CARD_COUNT).some(({ id }) => id === chosenCard);
  return (
    <Page title="결제하기 · 토스페이먼츠 샌드박스">
      <TestBadge />
      <Top />
      <div class="body">
        <Order payment={payment} merchantName={props.merchantName} />
        {payment.window.cardCompany === null && (
          <>
            <h2>간편결제</h2>
            <Tiles brands={EASY_PAY_BRANDS} name="easyPay" chosen={choice?.easyPay ?? null} />
          </>
        )}
        <h2>신용·체크카드</h2>
        <Tiles brands={cards.slice(0, POPULAR_CARD_COUNT)} name="cardCompany" chosen={chosenCard} />
        {cards.length > POPULAR_CARD_COUNT && (
          <details open={moreIsOpen}>
            <summary>다른 카드사 더 보기</summary>
            <Tiles brands={cards.slice(POPULAR_CARD_COUNT)} name="cardCompany" chosen={chosenCard} />
          </details>
        )}
      </div>
      {choice !== null && <PlanForm payment={payment} choice={choice} />}
    </Page>
  );
}

function PlanForm(props: { payment: Payment; choice: Choice }): VNode {
  const { payment, choice } = props;
  const months = monthsOf(payment);
  const brand = brandOf(choice);
  return (
    <form method="get" class="dock">
      <input type="hidden" name="step" value="authenticate" />
      <ChoiceFields choice={choice} />
      {brand !== undefined && (
        <p class="picked" data-testid="picked">
          <Dot brand={brand} />
          {brand.name}
        </p>
      )}
      {months.length > 1 && (
        <label class="field">
          <span>할부 개월</span>
          <select name="months" data-testid="months">
            {months.map((count) => (
              <option key={count} value={count} selected={count === choice.installmentPlanMonths}>
                {monthsText(count)}
              </option>
            ))}
          </select>
        </label>
      )}
      {months.length === 1 && <input type="hidden" name="months" value={months[0]} />}
      {choice.easyPay === null && (
        <label class="check">
          <input type="checkbox" name="point" value="on" checked={choice.useCardPoint} data-testid="point" />
          카드 포인트 사용
        </label>
      )}
      <label class="check">
        <input type="checkbox" name="terms" value="on" required data-testid="terms" />
        [필수] 서비스 이용 약관, 개인정보 처리 동의
      </label>
      <button type="submit" class="button" data-testid="next">
        {choice.easyPay === null ? '다음' : `다음-${brand?.name ?? ''} 결제`}
      </button>
    </form>
  );
}

function ChoiceFields(props: { choice: Choice }): VNode {
  const { choice } = props;
  return choice.easyPay === null ? (
    <input type="hidden" name="cardCompany" value={choice.cardCompany} />
  ) : (
    <input type="hidden" name="easyPay" value={choice.easyPay} />
  );
}

/**
 * The second screen, in place of the card company's own: approve, decline, leave, or approve now and be refused at
 * confirm with a code.
 */
export function AuthenticateScreen(props: {
  payment: Payment;
  merchantName: string;
  choice: Choice;
  confirmCodes: readonly { code: string; message: string }[];
  back: string | null;
}): VNode {
  const { payment, choice } = props;
  const brand = brandOf(choice);
  return (
    <Page title={`${brand?.name ?? '카드'} 인증 · 토스페이먼츠 샌드박스`}>
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
