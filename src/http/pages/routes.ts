import { readFile } from 'node:fs/promises';
import formbody from '@fastify/formbody';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { VNode } from 'preact';
import { documentationKeysOf } from '../../control/merchants.ts';
import { endVisit } from '../../control/payments.ts';
import type { ErrorCode } from '../../domain/error-code.ts';
import type { Payment } from '../../domain/payment.ts';
import type { World } from '../../store/store.ts';
import { cardCompanyOf, easyPayOf } from '../../wire/codes.ts';
import { type Choice, DEFAULT_CARD_COMPANY, type Ending } from '../../wire/ending.ts';
import { confirmErrors } from '../../wire/errors.ts';
import type { Desk } from '../desk.ts';
import { sendBug, sendFrameworkError } from '../failure.ts';
import { Home } from './home.tsx';
import { renderPage } from './layout.tsx';
import { BadFormNotice, ClosedNotice, Receipt } from './notices.tsx';
import { AuthenticateScreen, monthsOf, SelectScreen } from './window.tsx';

/**
 * Nothing is fetched, nothing is run, nothing is kept: the back button asks again and sees the payment as it is.
 * Any page may frame the window (browser-sdk.md 4.1), so nothing is said about ancestors.
 */
const PAGE_HEADERS = {
  'content-type': 'text/html; charset=utf-8',
  'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'",
  'cache-control': 'no-store',
  'referrer-policy': 'no-referrer-when-downgrade',
  'x-content-type-options': 'nosniff',
} as const;

const sendPage = (reply: FastifyReply, page: VNode, status = 200): FastifyReply =>
  reply.code(status).headers(PAGE_HEADERS).send(renderPage(page));

type Fields = Readonly<Record<string, unknown>>;

const field = (fields: Fields, name: string): string | null => {
  const value = fields[name];
  return typeof value === 'string' && value !== '' ? value : null;
};

/** What the shopper picked, as the address or the form says it; null when nothing is picked yet. */
function choiceOf(payment: Payment, fields: Fields): Choice | null {
  const { window } = payment;
  // What the merchant fixed is not the shopper's to choose; `easyPay` counts only in DIRECT (browser-sdk.md 2.4).
  const fixedEasyPay = window.flowMode === 'DIRECT' ? window.easyPay : null;
  const fixed = window.cardCompany ?? fixedEasyPay;
  const easyPay = easyPayOf(fixed === null ? (field(fields, 'easyPay') ?? '') : (fixedEasyPay ?? ''));
  const company = cardCompanyOf(
    fixed === null ? (field(fields, 'cardCompany') ?? '') : (window.cardCompany ?? ''),
  );
  if (easyPay === undefined && company === undefined) return null;
  const offered = monthsOf(payment);
  const months = Number(field(fields, 'months') ?? 0);
  const point =
    field(fields, 'point') !== null || (field(fields, 'step') === null && window.useCardPoint === true);
  return {
    cardCompany: company?.code ?? DEFAULT_CARD_COMPANY,
    easyPay: easyPay?.en ?? null,
    installmentPlanMonths: offered.includes(months) ? months : (offered[0] ?? 0),
    useCardPoint: easyPay === undefined && point,
  };
}

/** What a form of the window says; null when no form of ours says that. */
function endingOf(payment: Payment, fields: Fields): Ending | null {
  const outcome = field(fields, 'outcome');
  if (outcome === 'LEFT' || outcome === 'REFUSED') return { outcome };
  const choice = choiceOf(payment, fields);
  if (choice === null) return null;
  if (outcome === 'AUTHENTICATED') return { outcome, choice, confirmRefusal: null };
  const code = field(fields, 'confirmCode');
  if (outcome !== 'REFUSED_AT_CONFIRM' || !confirmErrors.some((error) => error.code === code)) return null;
  return {
    outcome: 'AUTHENTICATED',
    choice,
    confirmRefusal: code as ErrorCode,
  };
}

/** Mounts the pages: the payment window, the receipt, the page at `/`. Forms are read here and nowhere else. */
export async function pageRoutes(app: FastifyInstance, desk: Desk): Promise<void> {
  const { core } = desk;
  await app.register(formbody);
  app.setErrorHandler((error, request, reply) => {
    const { statusCode = 500 } = error as { statusCode?: number };
    if (statusCode >= 500) return sendBug(error as never, request, reply);
    if (request.headers.accept?.includes('text/html') !== true)
      return sendFrameworkError(error as never, request, reply);
    return sendPage(reply, BadFormNotice(), 400);
  });

  /** The payment as it stands now, whosever it is: a browser brings no key. */
  const find = (paymentKey: string): { world: World; payment: Payment } | null => {
    for (const world of core.store.worlds()) {
      if (world.payment(paymentKey) === undefined) continue;
      core.clocks.of(world.merchant.mId).catchUp();
      const payment = world.payment(paymentKey);
      if (payment !== undefined) return { world, payment };
    }
    return null;
  };

  interface WindowRequest {
    Params: { paymentKey: string };
    Querystring: Fields;
    Body: Fields | undefined;
  }
  const url = '/v1/payments/:paymentKey/checkout';

  app.get<WindowRequest>(url, (request, reply) => {
    const found = find(request.params.paymentKey);
    if (found === null) return sendPage(reply, ClosedNotice({ payment: null }), 404);
    const { payment, world } = found;
    if (payment.status !== 'READY') return sendPage(reply, ClosedNotice({ payment }), 410);
    const merchantName = world.merchant.name;
    const choice = choiceOf(payment, request.query);
    const isDirect = payment.window.flowMode === 'DIRECT';
    const agreed = field(request.query, 'step') === 'authenticate' && field(request.query, 'terms') !== null;
    if (choice === null || !(isDirect || agreed)) {
      return sendPage(reply, SelectScreen({ payment, merchantName, choice }));
    }
    const back = isDirect
      ? null
      : `?${choice.easyPay === null ? `cardCompany=${choice.cardCompany}` : `easyPay=${choice.easyPay}`}`;
    return sendPage(
      reply,
      AuthenticateScreen({
        payment,
        merchantName,
        choice,
        confirmCodes: confirmErrors,
        back,
      }),
    );
  });

  app.post<WindowRequest>(url, (request, reply) => {
    const found = find(request.params.paymentKey);
    if (found === null) return sendPage(reply, ClosedNotice({ payment: null }), 404);
    const { payment, world } = found;
    const ending = endingOf(payment, request.body ?? {});
    if (ending === null) return sendPage(reply, BadFormNotice(), 400);
    const location = endVisit(core, world, payment.paymentKey, ending);
    if (location === null) return sendPage(reply, ClosedNotice({ payment }), 410);
    return reply.header('cache-control', 'no-store').redirect(location, 303);
  });

  app.get<{ Querystring: { transactionId?: unknown } }>('/receipt/redirection', (request, reply) => {
    const { transactionId } = request.query;
    const found = typeof transactionId === 'string' ? find(transactionId) : null;
    if (found === null || found.payment.approvedAt === null)
      return sendPage(reply, ClosedNotice({ payment: null }), 404);
    return sendPage(
      reply,
      Receipt({
        payment: found.payment,
        merchantName: found.world.merchant.name,
      }),
    );
  });

  app.get('/', (_request: FastifyRequest, reply) => {
    return sendPage(
      reply,
      Home({
        version: desk.version,
        demoUrl: desk.demoUrl,
        ...documentationKeysOf(core),
      }),
    );
  });

  app.get('/sandbox/readme', async (_request, reply) =>
    reply.type('text/markdown; charset=utf-8').send(await readFile(desk.readmePath)),
  );

  app.get('/v2/standard', async (_request, reply) => {
    const script = await readFile(desk.sdkPaths.standard);
    return reply
      .type('text/javascript; charset=utf-8')
      .header('access-control-allow-origin', '*')
      .header('cache-control', 'no-cache')
      .send(script);
  });
}
