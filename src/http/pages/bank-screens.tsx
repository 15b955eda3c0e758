import type { VNode } from 'preact';
import type { Bank } from '../../wire/banks.ts';
import { METHOD_NAMES } from '../../wire/payment.ts';
import { ReceiptFields, RefundFields } from './account-fields.tsx';
import { bankBrands } from './bank-brands.ts';
import type { Brand } from './brands.ts';
import { deadlineText } from './choice-texts.ts';
import { field } from './fields.ts';
import { Problem, TextField } from './inputs.tsx';
import { MethodForm, MethodPage } from './method-form.tsx';
import { type BankMethod, banksOf } from './offer.ts';
import { Dot, stepAddress, Tiles } from './parts.tsx';
import type { Visit } from './visit.ts';

/** How many banks are shown before "more". */
const POPULAR_COUNT = 15;

const BESIDE_THE_BANK = [
  'customerName',
  'receipt',
  'receiptPhone',
  'receiptBusiness',
  'refundBank',
  'refundNumber',
  'refundHolder',
];

/** What was typed besides the bank goes along when another one is picked. */
function typedFields({ form }: Visit): Record<string, string> {
  const typed: Record<string, string> = {};
  for (const name of BESIDE_THE_BANK) {
    const value = field(form.fields, name);
    if (value !== null) typed[name] = value;
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
