import type { VNode } from 'preact';
import type { CardChoice } from '../../wire/choice.ts';
import {
  type Brand,
  brandOf,
  CARD_BRANDS,
  EASY_PAY_BRANDS,
  methodBrand,
  POPULAR_CARD_COUNT,
} from './brands.ts';
import { HiddenFields, Terms } from './inputs.tsx';
import { Page, TestBadge } from './layout.tsx';
import { monthsOf, monthsText } from './months.ts';
import { otherMethodsOf } from './offer.ts';
import { Dot, Order, stepAddress, Tiles, Top } from './parts.tsx';
import type { Visit } from './visit.ts';

/** The first screen: which card company or easy pay, how many months, terms (browser-sdk.md 4.3). */
export function SelectScreen(props: { visit: Visit; choice: CardChoice | null }): VNode {
  const { visit, choice } = props;
  const { payment, frame } = visit;
  const cards = CARD_BRANDS.filter(
    ({ id }) => payment.window.cardCompany === null || id === payment.window.cardCompany,
  );
  const chosenCard = choice?.easyPay === null ? choice.cardCompany : null;
  const moreIsOpen = cards.slice(POPULAR_CARD_COUNT).some(({ id }) => id === chosenCard);
  const otherMethods = otherMethodsOf(payment);
  const cardTiles = (brands: readonly Brand[]): VNode => (
    <Tiles
      brands={brands}
      chosen={chosenCard}
      addressOf={({ id }) => stepAddress(frame, { cardCompany: id })}
      testId="card"
    />
  );
  return (
    <Page title="결제하기 · 토스페이먼츠 샌드박스" isFramed={frame !== null}>
      <TestBadge />
      <Top />
      <div class="body">
        <Order payment={payment} merchantName={visit.merchantName} />
        {payment.window.cardCompany === null && (
          <>
            <h2>간편결제</h2>
            <Tiles
              brands={EASY_PAY_BRANDS}
              chosen={choice?.easyPay ?? null}
              addressOf={({ id }) => stepAddress(frame, { easyPay: id })}
              testId="easypay"
            />
          </>
        )}
        <h2>신용·체크카드</h2>
        {cardTiles(cards.slice(0, POPULAR_CARD_COUNT))}
        {cards.length > POPULAR_CARD_COUNT && (
          <details open={moreIsOpen}>
            <summary>다른 카드사 더 보기</summary>
            {cardTiles(cards.slice(POPULAR_CARD_COUNT))}
          </details>
        )}
        {otherMethods.length > 0 && (
          <>
            <h2>다른 결제수단</h2>
            <Tiles
              brands={otherMethods.map(methodBrand)}
              chosen={null}
              addressOf={({ id }) => stepAddress(frame, { method: id })}
              testId="method"
            />
          </>
        )}
      </div>
      {choice !== null && <PlanForm visit={visit} choice={choice} />}
    </Page>
  );
}

function PlanForm(props: { visit: Visit; choice: CardChoice }): VNode {
  const { visit, choice } = props;
  const months = monthsOf(visit.payment);
  const brand = brandOf(choice);
  const { easyPay, cardCompany } = choice;
  return (
    <form method="get" class="dock">
      <input type="hidden" name="step" value="authenticate" />
      <HiddenFields fields={easyPay === null ? { cardCompany } : { easyPay }} />
      {visit.frame !== null && <input type="hidden" name="frame" value={visit.frame.nonce} />}
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
      {easyPay === null && (
        <label class="check">
          <input type="checkbox" name="point" value="on" checked={choice.useCardPoint} data-testid="point" />
          카드 포인트 사용
        </label>
      )}
      <Terms form={visit.form} />
      <button type="submit" class="button" data-testid="next">
        {easyPay === null ? '다음' : `다음-${brand?.name ?? ''} 결제`}
      </button>
    </form>
  );
}
