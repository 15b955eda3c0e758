import { type Content, type Html, html } from '../html.ts';
import { BAD_MARK } from './marks.ts';

/** The shop's name. */
export const SHOP_NAME = '느린아침';

/** An amount as Koreans write it. */
export const won = (amount: number): string => `${amount.toLocaleString('ko-KR')}원`;

/** `2026-11-21T09:45:33+09:00` as people read it; times from the gateway are Korean times already. */
export const timeText = (dateTime: string): string => dateTime.slice(0, 19).replace('T', ' ');

const STATUS_WORDS: Readonly<Record<string, string>> = {
  READY: '결제 전',
  IN_PROGRESS: '승인 전',
  WAITING_FOR_DEPOSIT: '입금 대기',
  DONE: '결제 완료',
  PARTIAL_CANCELED: '부분 취소',
  CANCELED: '전액 취소',
  ABORTED: '승인 실패',
  EXPIRED: '시간 만료',
};

/** A payment's status in Korean. */
export const statusWord = (status: string): string => STATUS_WORDS[status] ?? status;

/** The frame of every page. */
export const page = (props: {
  title: string;
  main: Content;
  head?: Content;
  at?: 'shop' | 'webhooks';
}): Html =>
  html`<!doctype html>
<html lang="ko">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${props.title} · ${SHOP_NAME}</title>
<link rel="icon" href="/mark.svg">
<link rel="stylesheet" href="/shop.css">
<link rel="stylesheet" href="/checkout.css">
<link rel="stylesheet" href="/payment.css">
${props.head ?? null}
</head>
<body>
<header class="bar">
<a class="shop-name" href="/" data-testid="home"><img src="/mark.svg" alt="" width="28" height="28">${SHOP_NAME}</a>
<nav><a href="/" ${props.at === 'shop' && html`aria-current="page"`}>주문하기</a><a href="/webhooks" ${props.at === 'webhooks' && html`aria-current="page"`} data-testid="to-webhooks">웹훅</a></nav>
</header>
<main>${props.main}</main>
<footer><span>결제 연동을 보여 주는 데모 상점이에요.</span> <span>물건도 돈도 오가지 않아요.</span></footer>
</body>
</html>
`;

/** A page that only says something. */
export const noticePage = (title: string, text: string): Html =>
  page({
    title,
    main: html`<section class="card narrow">
${BAD_MARK}
<h1 data-testid="title">${title}</h1>
<p class="muted">${text}</p>
<a class="button" href="/">상점으로 가기</a>
</section>`,
  });
