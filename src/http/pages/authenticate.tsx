import type { VNode } from 'preact';
import type { Payment } from '../../domain/payment.ts';
import type { CardChoice, Choice } from '../../wire/choice.ts';
import { easyPayOf } from '../../wire/codes.ts';
import { confirmErrors } from '../../wire/errors.ts';
import { fieldsOfChoice } from './choice-fields.ts';
import { factsOf, payerTexts } from './choice-texts.ts';
import { Chips, type FormState, HiddenFields, ProblemSummary, TextField } from './inputs.tsx';
import { moneyText, Page, TestBadge } from './layout.tsx';
import { Order, stepAddress, Top } from './parts.tsx';
import type { Visit } from './visit.ts';

/** What is behind an easy pay: a card or money of its own, and points with some (payments.md 2.5). */
function EasyPayFields(props: { form: FormState; payment: Payment; easyPay: string }): VNode {
  const { totalAmount, currency } = props.payment.order;
  return (
    <>
      <Chips
        form={props.form}
        name="easyPayBy"
        legend="무엇으로 낼까요?"
        options={[
          { value: 'CARD', label: '등록한 카드', testId: 'by-CARD' },
          { value: 'MONEY', label: '계좌 · 머니', testId: 'by-MONEY' },
        ]}
        known="CARD"
      />
      {easyPayOf(props.easyPay)?.supportsPoints === true && (
        <TextField
          form={props.form}
          name="points"
          label="포인트 사용"
          hint={`${moneyText(totalAmount, currency)}까지 쓸 수 있어요.`}
          testId="points"
          input={{ inputmode: 'decimal', autocomplete: 'off', placeholder: '0' }}
        />
      )}
    </>
  );
}

/** Approves, and is refused at confirm. */
function RefusalPanel(props: { confirmCode: string }): VNode {
  return (
    <div class="panel">
      <h2>인증은 성공, 승인은 실패</h2>
      <p>successUrl로 돌아간 뒤, 서버의 승인 요청이 고른 코드로 거절돼요.</p>
      <label class="field">
        <span>에러 코드</span>
        <select name="confirmCode" data-testid="confirm-code">
          {confirmErrors.map(({ code, message }) => (
            <option key={code} value={code} selected={code === props.confirmCode}>
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
  );
}

const easyPayOfChoice = (choice: Choice): CardChoice['easyPay'] =>
  choice.method === 'CARD' ? choice.easyPay : null;

/**
 * The second screen, in place of the card company's own, the bank's or whoever is to pay: approve, decline, leave, or
 * approve now and be refused at confirm with a code.
 */
export function AuthenticateScreen(props: { visit: Visit; choice: Choice }): VNode {
  const { visit, choice } = props;
  const { payment, form, frame } = visit;
  const fields = fieldsOfChoice(choice);
  const texts = payerTexts(choice, payment);
  const easyPay = easyPayOfChoice(choice);
  return (
    <Page title={`${texts.title} · 토스페이먼츠 샌드박스`} isFramed={frame !== null}>
      <TestBadge />
      <Top {...(payment.window.flowMode !== 'DIRECT' && { back: stepAddress(frame, fields) })} />
      <div class="body">
        <Order payment={payment} merchantName={visit.merchantName} />
        <dl class="facts">
          {[...factsOf(choice, payment), ['주문번호', payment.order.orderId] as const].flatMap(
            ([name, value]) => [<dt key={name}>{name}</dt>, <dd key={value}>{value}</dd>],
          )}
        </dl>
        {choice.method === 'VIRTUAL_ACCOUNT' && (
          <p class="note" data-testid="number-note">
            계좌번호는 상점 서버가 결제를 승인하면 나와요.
          </p>
        )}
        <form method="post" novalidate>
          <HiddenFields fields={fields} />
          <ProblemSummary form={form} />
          {easyPay !== null && <EasyPayFields form={form} payment={payment} easyPay={easyPay} />}
          <button type="submit" class="button" name="outcome" value="AUTHENTICATED" data-testid="approve">
            {texts.approve}
          </button>
          <div class="pair">
            <button type="submit" class="button danger" name="outcome" value="REFUSED" data-testid="decline">
              {texts.decline}
            </button>
            <button type="submit" class="button quiet" name="outcome" value="LEFT" data-testid="leave">
              결제 그만두기
            </button>
          </div>
          <RefusalPanel confirmCode={texts.confirmCode} />
        </form>
      </div>
    </Page>
  );
}
