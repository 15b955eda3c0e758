import type { ComponentChildren, VNode } from 'preact';
import { HiddenFields, ProblemSummary, Terms } from './inputs.tsx';
import { Page, TestBadge } from './layout.tsx';
import { Order, stepAddress, Top } from './parts.tsx';
import type { Visit } from './visit.ts';

/** The frame of the first screen of every method but cards. The way back leads to the methods, if there is a choice. */
export function MethodPage(props: {
  visit: Visit;
  heading: string;
  /** Instead of the methods; null is nowhere. */
  back?: string | null;
  children: ComponentChildren;
}): VNode {
  const { payment, merchantName, frame } = props.visit;
  const toMethods = payment.window.method === null ? stepAddress(frame, {}) : null;
  const back = props.back ?? toMethods;
  return (
    <Page title={`${props.heading} · 토스페이먼츠 샌드박스`} isFramed={frame !== null}>
      <TestBadge />
      <Top {...(back !== null && { back })} />
      <div class="body">
        <Order payment={payment} merchantName={merchantName} />
        <h2>{props.heading}</h2>
        {props.children}
      </div>
    </Page>
  );
}

/** A form that leads to the second screen. Its checks are the server's, which names what is wrong in Korean. */
export function MethodForm(props: {
  visit: Visit;
  /** Carried along. */
  fields: Readonly<Record<string, string>>;
  next?: string;
  hasTerms?: boolean;
  children?: ComponentChildren;
}): VNode {
  const { form, frame } = props.visit;
  const carried = { step: 'authenticate', ...props.fields, ...(frame !== null && { frame: frame.nonce }) };
  return (
    <form method="get" novalidate>
      <HiddenFields fields={carried} />
      <ProblemSummary form={form} />
      {props.children}
      {props.hasTerms !== false && <Terms form={form} />}
      <button type="submit" class="button" data-testid="next">
        {props.next ?? '다음'}
      </button>
    </form>
  );
}
