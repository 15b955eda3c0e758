import type { VNode } from 'preact';
import type { CashReceiptType } from '../../domain/method.ts';
import type { Payment } from '../../domain/payment.ts';
import { REFUND_BANKS } from '../../wire/banks.ts';
import { field, shownValue } from './fields.ts';
import { Chips, type FormState, marks, Problem, TextField } from './inputs.tsx';
import { RECEIPT_NUMBERS } from './read-fields.ts';

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
export function ReceiptFields(props: { form: FormState; payment: Payment }): VNode {
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
export function RefundFields(props: { form: FormState; payment: Payment }): VNode {
  const { form } = props;
  const known = props.payment.window.account?.refundReceiveAccount ?? null;
  const picked = shownValue(form.fields, 'refundBank', known?.bankCode ?? null);
  const names = ['refundBank', 'refundNumber', 'refundHolder'];
  const isOpen = known !== null || names.some((name) => name in form.problems || field(form.fields, name));
  return (
    <details class="field" open={isOpen}>
      <summary data-testid="refund">환불 계좌 미리 적기 (선택)</summary>
      <div class="field">
        <label for="refundBank">환불받을 은행</label>
        <select id="refundBank" name="refundBank" data-testid="refund-bank" {...marks(form, 'refundBank')}>
          <option value="">고르지 않음</option>
          {REFUND_BANKS.map(({ code, name }) => (
            <option key={code} value={code} selected={code === picked}>
              {name}
            </option>
          ))}
        </select>
        <Problem form={form} name="refundBank" />
      </div>
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
