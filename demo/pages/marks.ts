import { type Html, html } from '../html.ts';

const svg = (path: string): Html =>
  html`<svg width="28" height="28" viewBox="0 0 28 28" fill="none" stroke="currentColor" stroke-width="3.4" stroke-linecap="round" stroke-linejoin="round"><path d="${path}"/></svg>`;

const mark = (kind: string, path: string): Html =>
  html`<div class="mark ${kind}" aria-hidden="true">${svg(path)}</div>`;

/** The sign at the head of a page: it went well. */
export const GOOD_MARK = mark('good', 'm6 14.5 6 6L23 8.500');
/** It went wrong. */
export const BAD_MARK = mark('bad', 'M14 6v9.500M14 21.600v.1');
/** It came to nothing. */
export const LEFT_MARK = mark('', 'M8 14h12');
/** It was taken back. */
export const BACK_MARK = mark('', 'M10 5 5 10l5 5M5.500 10H17a6 6 0 0 1 0 12h-6');
