import { createHash } from 'node:crypto';
import type { FastifyReply } from 'fastify';
import type { VNode } from 'preact';
import { renderPage } from './layout.tsx';

const POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'";

/**
 * Nothing is fetched, nothing is run, nothing is kept: the back button asks again and sees the payment as it is.
 * Any page may frame the window (browser-sdk.md 4.1), so nothing is said about ancestors.
 * Where the window leads is told where the shopper comes from, and not what was typed there.
 */
const PAGE_HEADERS = {
  'content-type': 'text/html; charset=utf-8',
  'content-security-policy': POLICY,
  'cache-control': 'no-store',
  'referrer-policy': 'strict-origin-when-cross-origin',
  'x-content-type-options': 'nosniff',
} as const;

/** Answers with a page. */
export const sendPage = (reply: FastifyReply, page: VNode, status = 200): FastifyReply =>
  reply.code(status).headers(PAGE_HEADERS).send(renderPage(page));

/** Answers with a page that runs one script of ours: the browser runs that text and no other. */
export function sendPageWithScript(reply: FastifyReply, page: VNode, script: string): FastifyReply {
  const hash = createHash('sha256').update(script).digest('base64');
  return reply
    .headers({ ...PAGE_HEADERS, 'content-security-policy': `${POLICY}; script-src 'sha256-${hash}'` })
    .send(renderPage(page));
}
