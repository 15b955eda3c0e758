import type { ComponentChildren, JSX, VNode } from 'preact';
import { type Fields, field, type Problems, shownValue } from './fields.ts';

/** A form as it came, and what is wrong with it; the first thing wrong gets the focus. */
export interface FormState {
  readonly fields: Fields;
  readonly problems: Problems;
}

const problemId = (name: string): string => `${name}-problem`;

/** What ties an input to what is wrong with it, for the eye, the keyboard and the screen reader. */
export const marks = ({ problems }: FormState, name: string) =>
  problems[name] === undefined
    ? {}
    : {
        'aria-invalid': 'true' as const,
        'aria-describedby': problemId(name),
        autofocus: Object.keys(problems)[0] === name,
      };

/** What is wrong with a field, below it. */
export function Problem(props: { form: FormState; name: string }): VNode | null {
  const message = props.form.problems[props.name];
  if (message === undefined) return null;
  return (
    <span class="problem" id={problemId(props.name)} data-testid={problemId(props.name)}>
      {message}
    </span>
  );
}

/** Stands above a form that was sent and is not good: a screen reader reads it out. */
export function ProblemSummary({ form }: { form: FormState }): VNode | null {
  if (Object.keys(form.problems).length === 0) return null;
  return (
    <p class="alert" role="alert" data-testid="problems">
      입력한 내용을 확인해 주세요.
    </p>
  );
}

/** One line to type into. What is wrong and what helps stand outside of the label: they are no part of its name. */
export function TextField(props: {
  form: FormState;
  name: string;
  label: string;
  /** What is known before anything is typed. */
  known?: string | null;
  hint?: string;
  testId: string;
  input?: JSX.IntrinsicElements['input'];
}): VNode {
  const { form, name, hint } = props;
  const isHinted = hint !== undefined && form.problems[name] === undefined;
  return (
    <div class="field">
      <label for={name}>{props.label}</label>
      <input
        type="text"
        id={name}
        name={name}
        value={shownValue(form.fields, name, props.known ?? null)}
        data-testid={props.testId}
        {...(isHinted && { 'aria-describedby': `${name}-hint` })}
        {...marks(form, name)}
        {...props.input}
      />
      <Problem form={form} name={name} />
      {isHinted && <small id={`${name}-hint`}>{hint}</small>}
    </div>
  );
}

/** Typed and never sent: an input without a name stays in the browser. */
export const UnsentField = (props: {
  label: string;
  testId: string;
  input: JSX.IntrinsicElements['input'];
}): VNode => (
  <label class="field">
    <span>{props.label}</span>
    <input data-testid={props.testId} {...props.input} />
  </label>
);

/** A few things to pick one of, side by side. */
export function Chips(props: {
  form: FormState;
  name: string;
  legend: string;
  id?: string;
  options: readonly { readonly value: string; readonly label: string; readonly testId: string }[];
  /** What is picked before anybody has. */
  known: string | null;
  children?: ComponentChildren;
}): VNode {
  const { form, name, options } = props;
  const picked = field(form.fields, name) ?? props.known;
  return (
    <fieldset class="field" id={props.id}>
      <legend>{props.legend}</legend>
      <div class={options.length === 2 ? 'chips two' : 'chips'}>
        {options.map(({ value, label, testId }, index) => (
          <label class="chip" key={value}>
            <input
              type="radio"
              name={name}
              value={value}
              checked={value === picked}
              data-testid={testId}
              {...(index === 0 && marks(form, name))}
            />
            <span>{label}</span>
          </label>
        ))}
      </div>
      <Problem form={form} name={name} />
      {props.children}
    </fieldset>
  );
}

/** The terms that every window asks for (browser-sdk.md 4.3). */
export function Terms({ form }: { form: FormState }): VNode {
  return (
    <>
      <label class="check">
        <input
          type="checkbox"
          name="terms"
          value="on"
          required
          checked={field(form.fields, 'terms') !== null}
          data-testid="terms"
          {...marks(form, 'terms')}
        />
        [필수] 서비스 이용 약관, 개인정보 처리 동의
      </label>
      <Problem form={form} name="terms" />
    </>
  );
}

/** Fields that a form carries on. */
export const HiddenFields = (props: { fields: Readonly<Record<string, string>> }): VNode => (
  <>
    {Object.entries(props.fields).map(([name, value]) => (
      <input key={name} type="hidden" name={name} value={value} />
    ))}
  </>
);
