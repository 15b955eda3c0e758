import type { VNode } from 'preact';
import type { FrameHost, Payment } from '../../domain/payment.ts';
import type { CardChoice } from '../../wire/choice.ts';
import { type Brand, brandOf, CARD_BRANDS, EASY_PAY_BRANDS, POPULAR_CARD_COUNT } from './brands.ts';
import { Page, TestBadge } from './layout.tsx';
import { monthsOf, monthsText } from './months.ts';
import { ChoiceFields, Dot, Order, stepAddress, Top } from './parts.tsx';

function Tiles(props: {
  brands: readonly Brand[];
  name: 'cardCompany' | 'easyPay';
  chosen: string | null;
  frame: FrameHost | null;
}): VNode {
  return (
    <ul class="grid">
      {props.brands.map((brand) => (
        <li key={brand.id}>
          <a
            class="tile"
            href={stepAddress(props.frame, { [props.name]: brand.id })}
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
  choice: CardChoice | null;
  frame: FrameHost | null;
}): VNode {
  const { payment, choice, frame } = props;
  const cards = CARD_BRANDS.filter(
    ({ id }) => payment.window.cardCompany === null || id === payment.window.cardCompany,
  );
  const chosenCard = choice?.easyPay === null ? choice.cardCompany : null;
  const moreIsOpen = cards.slice(POPULAR_CARD_COUNT).some(({ id }) => id === chosenCard);
  return (
    <Page title="결제하기 · 토스페이먼츠 샌드박스" isFramed={frame !== null}>
      <TestBadge />
      <Top />
      <div class="body">
        <Order payment={payment} merchantName={props.merchantName} />
        {payment.window.cardCompany === null && (
          <>
            <h2>간편결제</h2>
            <Tiles brands={EASY_PAY_BRANDS} name="easyPay" chosen={choice?.easyPay ?? null} frame={frame} />
          </>
        )}
        <h2>신용·체크카드</h2>
        <Tiles
          brands={cards.slice(0, POPULAR_CARD_COUNT)}
          name="cardCompany"
          chosen={chosenCard}
          frame={frame}
        />
        {cards.length > POPULAR_CARD_COUNT && (
          <details open={moreIsOpen}>
            <summary>다른 카드사 더 보기</summary>
            <Tiles
              brands={cards.slice(POPULAR_CARD_COUNT)}
              name="cardCompany"
              chosen={chosenCard}
              frame={frame}
            />
          </details>
        )}
      </div>
      {choice !== null && <PlanForm payment={payment} choice={choice} frame={frame} />}
    </Page>
  );
}

function PlanForm(props: { payment: Payment; choice: CardChoice; frame: FrameHost | null }): VNode {
  const { payment, choice } = props;
  const months = monthsOf(payment);
  const brand = brandOf(choice);
  return (
    <form method="get" class="dock">
      <input type="hidden" name="step" value="authenticate" />
      <ChoiceFields choice={choice} />
      {props.frame !== null && <input type="hidden" name="frame" value={props.frame.nonce} />}
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
