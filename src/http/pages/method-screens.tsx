import type { VNode } from 'preact';
import type { GiftCertificateMethod } from '../../domain/method.ts';
import { METHOD_NAMES } from '../../wire/payment.ts';
import { foreignBrand } from './brands.ts';
import { Chips, TextField, UnsentField } from './inputs.tsx';
import { moneyText, Page, TestBadge } from './layout.tsx';
import { MethodForm, MethodPage } from './method-form.tsx';
import { carriersOf } from './offer.ts';
import { Top } from './parts.tsx';
import type { Visit } from './visit.ts';

const UNSENT = '샌드박스는 적은 내용을 보내지도, 남기지도 않아요.';

/** The first screen of a mobile phone: carrier, number, birth date (browser-sdk.md 4.7). */
export function PhoneScreen({ visit }: { visit: Visit }): VNode {
  const { payment, form } = visit;
  const carriers = carriersOf(payment);
  const [first] = carriers;
  return (
    <MethodPage visit={visit} heading="휴대폰 결제">
      <MethodForm visit={visit} fields={{ method: 'MOBILE_PHONE' }}>
        <Chips
          form={form}
          name="carrier"
          legend="통신사"
          options={carriers.map(({ code, name }) => ({
            value: code,
            label: name,
            testId: `carrier-${code}`,
          }))}
          known={carriers.length === 1 && first !== undefined ? first.code : null}
        />
        <TextField
          form={form}
          name="customerMobilePhone"
          label="휴대폰번호"
          known={payment.window.customerMobilePhone}
          testId="phone"
          input={{ type: 'tel', inputmode: 'tel', autocomplete: 'tel', required: true }}
        />
        <UnsentField
          label="생년월일 6자리"
          testId="birth-date"
          input={{
            type: 'text',
            inputmode: 'numeric',
            autocomplete: 'off',
            maxlength: 6,
            placeholder: '990101',
          }}
        />
        <p class="sub">생년월일은 적지 않아도 돼요. {UNSENT}</p>
      </MethodForm>
    </MethodPage>
  );
}

/** Where the certificates are logged in to (browser-sdk.md 4.7). */
const GIFT_SITES: Readonly<Record<GiftCertificateMethod['kind'], string>> = {
  CULTURE_GIFT_CERTIFICATE: '컬쳐랜드',
  BOOK_GIFT_CERTIFICATE: '북앤라이프',
  GAME_GIFT_CERTIFICATE: '게임문화',
};

/** The first screen of a gift certificate: a login that takes whatever is typed. */
export function GiftScreen(props: { visit: Visit; method: GiftCertificateMethod['kind'] }): VNode {
  const { visit, method } = props;
  const site = GIFT_SITES[method];
  return (
    <MethodPage visit={visit} heading={METHOD_NAMES[method]}>
      <p class="sub">{`${site} 아이디로 로그인해요. ${UNSENT}`}</p>
      <MethodForm visit={visit} fields={{ method }}>
        <UnsentField
          label={`${site} 아이디`}
          testId="gift-id"
          input={{ type: 'text', autocomplete: 'off', autocapitalize: 'none', spellcheck: false }}
        />
        <UnsentField
          label="비밀번호"
          testId="gift-password"
          input={{ type: 'password', autocomplete: 'off' }}
        />
      </MethodForm>
    </MethodPage>
  );
}

/** The login of a foreign easy pay, a page of its own; the amount is in its currency (browser-sdk.md 4.7). */
export function ForeignScreen(props: { visit: Visit; provider: string }): VNode {
  const { visit } = props;
  const { order } = visit.payment;
  const { name, colour } = foreignBrand(props.provider);
  return (
    <Page title={`${name} 로그인 · 토스페이먼츠 샌드박스`} isFramed={visit.frame !== null}>
      <TestBadge />
      <Top />
      <div class="body provider" style={`--provider:${colour}`}>
        <p class="wordmark" data-testid="provider">
          {name}
        </p>
        <p class="sub" data-testid="merchant">
          {visit.merchantName}
        </p>
        <h1 data-testid="order-name">{order.orderName}</h1>
        <p class="amount" data-testid="amount">
          {moneyText(order.totalAmount, order.currency)}
        </p>
        <MethodForm
          visit={visit}
          fields={{ method: 'FOREIGN_EASY_PAY' }}
          hasTerms={false}
          next={`${name} 로그인`}
        >
          <UnsentField
            label="이메일 또는 휴대폰번호"
            testId="provider-id"
            input={{ type: 'text', autocomplete: 'off', autocapitalize: 'none', spellcheck: false }}
          />
          <UnsentField
            label="비밀번호"
            testId="provider-password"
            input={{ type: 'password', autocomplete: 'off' }}
          />
          <p class="sub">{UNSENT}</p>
        </MethodForm>
      </div>
    </Page>
  );
}
