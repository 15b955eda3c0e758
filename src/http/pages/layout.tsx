import type { ComponentChildren, VNode } from 'preact';
import { renderToString } from 'preact-render-to-string';
import type { Currency } from '../../domain/money.ts';
import { STYLE } from './style.ts';

/** The frame of every page. Its text is escaped unless it is our own style sheet. */
export function Page(props: {
  title: string;
  children: ComponentChildren;
  footer?: ComponentChildren;
  /** It stands in a frame of the merchant's page and fills it. */
  isFramed?: boolean;
}): VNode {
  return (
    <html lang="ko" class={props.isFramed === true ? 'framed' : undefined}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="robots" content="noindex" />
        <title>{props.title}</title>
        <link rel="icon" href="data:," />
        <style dangerouslySetInnerHTML={{ __html: STYLE }} />
      </head>
      <body>
        <main>{props.children}</main>
        <footer>{props.footer ?? 'toss-sandbox · 이 컴퓨터에서만 도는 모의 결제창이에요'}</footer>
      </body>
    </html>
  );
}

/** The badge that test keys show in the real window (browser-sdk.md 4.2). */
export const TestBadge = (): VNode => (
  <p class="badge" data-testid="test-badge">
    실제 결제가 안되는 테스트입니다
  </p>
);

/** An amount as Koreans write it: `15,000원`, `US$12.50`. */
export const moneyText = (amount: number, currency: Currency): string =>
  currency === 'KRW'
    ? `${amount.toLocaleString('ko-KR')}원`
    : amount.toLocaleString('ko-KR', { style: 'currency', currency });

/** The text of a page. */
export const renderPage = (page: VNode): string => `<!doctype html>${renderToString(page)}`;
