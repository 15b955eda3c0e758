import type { VNode } from 'preact';
import type { CashReceiptType } from '../../domain/method.ts';
import type { Payment } from '../../domain/payment.ts';
import { type Bank, TRANSFER_BANKS } from '../../wire/banks.ts';
import { METHOD_NAMES } from '../../wire/payment.ts';
import { bankBrands } from './bank-brands.ts';
import type { Brand } from './brands.ts';
import { deadlineText } from './choice-texts.ts';
import { field, shownValue } from './fields.ts';
import { Chips, type FormState, Problem, TextField } from './inputs.tsx';
import { MethodForm, MethodPage } from './method-form.tsx';
import { type BankMethod, banksOf } from './offer.ts';
import { Dot, stepAddress, Tiles } from './parts.tsx';
import { RECEIPT_NUMBERS } from './read-fields.ts';
import type { Visit } from './visit.ts';

/** How many banks are shown before "more". */
const POPULAR_COUNT = 15;

/** What was typed besides the bank goes along when another one is picked. */
function typedFields({ form }: Visit): Record<string, string> {
  const typed: Record<string, string> = {};
  for (const name of Object.keys(form.fields)) {
    const value = field(form.fields, name);
    if (value !== null && !['bankCode', 'step', 'terms', 'frame'].includes(name)) typed[name] = value;
  }
  return typed;
}

/** Which bank: its code stands in the address (browser-sdk.md 4.10). */
export function BankScreen(props: { visit: Visit; method: BankMethod }): VNode {
  const { visit, method } = props;
  const brands = bankBrands(banksOf(method));
  const fields = { ...typedFields(visit), method };
  const tiles = (some: readonly Brand[]): VNode => (
    <Tiles
      brands={some}
      chosen={null}
      addressOf={({ id }) => stepAddress(visit.frame, { ...fields, bankCode: id })}
      testId="bank"
    />
  );
  const more = brands.slice(POPULAR_COUNT);
  return (
    <MethodPage visit={visit} heading={method === 'TRANSFER' ? '출금할 은행' : '입금할 은행'}>
      <Problem form={visit.form} name="bankCode" />
      {tiles(brands.slice(0, POPULAR_COUNT))}
      {more.length > 0 && (
        <details>
          <summary>다른 은행 더 보기</summary>
          {tiles(more)}
        </details>
      )}
    </MethodPage>
  );
}

/** The bank that was picked, and the way to another one. */
function PickedBank(props: { visit: Visit; method: BankMethod; bank: Bank }): VNode | null {
  const [brand] = bankBrands([props.bank]);
  if (brand === undefined) return null;
  const elsewhere = stepAddress(props.visit.frame, { ...typedFields(props.visit), method: props.method });
  return (
    <p class="picked boxed" data-testid="picked">
      <Dot brand={brand} />
      {brand.name}
      <a href={elsewhere} class="change" data-testid="change-bank">
        은행 바꾸기
      </a>
    </p>
  );
}

const RECEIPTS = [
  { value: '소득공제', label: '소득공제', testId: 'receipt-income' },
  { value: '지출증빙', label: '지출증빙', testId: 'receipt-business' },
  { value: '미발행', label: '발행하지 않음', testId: 'receipt-none' },
];

const ReceiptNumber = (props: {
  form: FormState;
  type: CashReceiptType;
  label: string;
  hint: string;
  known: string | null;
  testId: string;
}): VNode => (
  <div class={`only-${props.testId}`}>
    <TextField
      form={props.form}
      name={RECEIPT_NUMBERS[props.type].name}
      label={props.label}
      known={props.known}
      hint={props.hint}
      testId={props.testId}
      input={{ inputmode: 'numeric', autocomplete: 'off', 'aria-label': props.label }}
    />
  </div>
);

/** The cash receipt: preselected by the merchant, for the phone number of the order (browser-sdk.md 4.6). */
function ReceiptFields(props: { form: FormState; payment: Payment }): VNode {
  const { form } = props;
  const { account, customerMobilePhone } = props.payment.window;
  return (
    <Chips
      form={form}
      name="receipt"
      legend="현금영수증"
      id="vbankCashReceiptView"
      options={RECEIPTS}
      known={account?.cashReceiptType ?? '미발행'}
    >
      <ReceiptNumber
        form={form}
        type="소득공제"
        label="휴대폰번호"
        hint="현금영수증 카드번호도 쓸 수 있어요."
        known={customerMobilePhone}
        testId="receipt-phone"
      />
      <ReceiptNumber
        form={form}
        type="지출증빙"
        label="사업자등록번호"
        hint="숫자 10자리"
        known={null}
        testId="receipt-number"
      />
    </Chips>
  );
}

/** Where a refund is to go, told beforehand (virtual-accounts.md 10). */
function RefundFields(props: { form: FormState; payment: Payment }): VNode {
  const { form } = props;
  const known = props.payment.window.account?.refundReceiveAccount ?? null;
  const picked = shownValue(form.fields, 'refundBank', known?.bankCode ?? null);
  const names = ['refundBank', 'refundNumber', 'refundHolder'];
  const isOpen = known !== null || names.some((name) => name in form.problems || field(form.fields, name));
  return (
    <details class="field" open={isOpen}>
      <summary data-testid="refund">환불 계좌 미리 적기 (선택)</summary>
      <label class="field">
        <span>환불받을 은행</span>
        <select
          name="refundBank"
          data-testid="refund-bank"
          {...(form.problems['refundBank'] !== undefined && {
            'aria-invalid': 'true',
            'aria-describedby': 'refundBank-problem',
          })}
        >
          <option value="">고르지 않음</option>
          {TRANSFER_BANKS.map(({ code, name }) => (
            <option key={code} value={code} selected={code === picked}>
              {name}
            </option>
          ))}
        </select>
        <Problem form={form} name="refundBank" />
      </label>
      <TextField
        form={form}
        name="refundNumber"
        label="환불 계좌번호"
        known={known?.accountNumber ?? null}
        testId="refund-number"
        input={{ inputmode: 'numeric', autocomplete: 'off' }}
      />
      <TextField
        form={form}
        name="refundHolder"
        label="예금주"
        known={known?.holderName ?? null}
        testId="refund-holder"
        input={{ autocomplete: 'name' }}
      />
    </details>
  );
}

/** The first screen of a virtual account, once the bank is picked (browser-sdk.md 4.6). */
export function AccountScreen(props: { visit: Visit; bank: Bank }): VNode {
  const { visit, bank } = props;
  const { payment, form } = visit;
  const deadline = deadlineText(payment);
  return (
    <MethodPage
      visit={visit}
      heading={METHOD_NAMES.VIRTUAL_ACCOUNT}
      back={stepAddress(visit.frame, { ...typedFields(visit), method: 'VIRTUAL_ACCOUNT' })}
    >
      <PickedBank visit={visit} method="VIRTUAL_ACCOUNT" bank={bank} />
      {deadline !== null && (
        <dl class="facts">
          <dt>입금 기한</dt>
          <dd data-testid="deadline">{deadline}</dd>
        </dl>
      )}
      <MethodForm visit={visit} fields={{ method: 'VIRTUAL_ACCOUNT', bankCode: bank.code }}>
        <TextField
          form={form}
          name="customerName"
          label="입금자명"
          known={payment.window.customerName}
          testId="depositor"
          input={{ autocomplete: 'name', maxlength: 100, required: true }}
        />
        <ReceiptFields form={form} payment={payment} />
        <RefundFields form={form} payment={payment} />
      </MethodForm>
    </MethodPage>
  );
}

/** The first screen of a transfer, once the bank is picked (browser-sdk.md 4.7). */
export function TransferScreen(props: { visit: Visit; bank: Bank }): VNode {
  const { visit, bank } = props;
  return (
    <MethodPage
      visit={visit}
      heading={METHOD_NAMES.TRANSFER}
      back={stepAddress(visit.frame, { ...typedFields(visit), method: 'TRANSFER' })}
    >
      <PickedBank visit={visit} method="TRANSFER" bank={bank} />
      <MethodForm visit={visit} fields={{ method: 'TRANSFER', bankCode: bank.code }}>
        <ReceiptFields form={visit.form} payment={visit.payment} />
      </MethodForm>
    </MethodPage>
  );
}
