import type { FastifyInstance } from 'fastify';
import { endVisit, redirectUrlOf } from '../../control/payments.ts';
import { confirmErrors } from '../../wire/errors.ts';
import { reportOf } from '../../wire/report.ts';
import type { Desk } from '../desk.ts';
import { sendPage, sendPageWithScript } from './answer.ts';
import { AuthenticateScreen } from './authenticate.tsx';
import { choiceOf, endingOf, type Fields, field, frameOf, frameOfNobody } from './forms.ts';
import { BadFormNotice, ClosedNotice, EndedNotice } from './notices.tsx';
import { stepAddress } from './parts.tsx';
import { REPORT_SCRIPT, ReportPage } from './report.tsx';
import { findShown } from './shown-payment.ts';
import { SelectScreen } from './window.tsx';

interface WindowVisit {
  Params: { paymentKey: string };
  Querystring: Fields;
  Body: Fields | undefined;
}

const URL_OF_WINDOW = '/v1/payments/:paymentKey/checkout';

/** Mounts the payment window: its screens, and where its forms go. Forms and links work without a script. */
export function windowRoutes(app: FastifyInstance, { core }: Desk): void {
  app.get<WindowVisit>(URL_OF_WINDOW, ({ params, query }, reply) => {
    const found = findShown(core, params.paymentKey);
    if (found === null) {
      const isFramed = frameOfNobody(query) !== null;
      return sendPage(reply, ClosedNotice({ payment: null, isFramed }), 404);
    }
    const { payment, world } = found;
    const frame = frameOf(payment, query);
    const isFramed = frame !== null;
    if (payment.status !== 'READY') return sendPage(reply, ClosedNotice({ payment, isFramed }), 410);
    const merchantName = world.merchant.name;
    const choice = choiceOf(payment, query);
    const isDirect = payment.window.flowMode === 'DIRECT';
    const agreed = field(query, 'step') === 'authenticate' && field(query, 'terms') !== null;
    if (choice === null || !(isDirect || agreed))
      return sendPage(reply, SelectScreen({ payment, merchantName, choice, frame }));
    const picked: Record<string, string> =
      choice.easyPay === null ? { cardCompany: choice.cardCompany } : { easyPay: choice.easyPay };
    const back = isDirect ? null : stepAddress(frame, picked);
    const screen = { payment, merchantName, choice, confirmCodes: confirmErrors, back, isFramed };
    return sendPage(reply, AuthenticateScreen(screen));
  });

  app.post<WindowVisit>(URL_OF_WINDOW, ({ params, query, body = {} }, reply) => {
    const found = findShown(core, params.paymentKey);
    const frame = found === null ? frameOfNobody(query) : frameOf(found.payment, query);
    const isFramed = frame !== null;
    // The overlay goes and the page stays: the shopper may open the window anew (browser-sdk.md 4.8).
    if (isFramed && field(body, 'outcome') === 'CLOSED')
      return sendPageWithScript(reply, ReportPage({ frame, report: { type: 'closed' } }), REPORT_SCRIPT);
    if (found === null) return sendPage(reply, ClosedNotice({ payment: null, isFramed }), 404);
    const { payment, world } = found;
    const ending = endingOf(payment, body);
    if (ending === null) return sendPage(reply, BadFormNotice({ isFramed }), 400);
    const end = endVisit(core, world, payment.paymentKey, ending);
    if (end === null) return sendPage(reply, ClosedNotice({ payment, isFramed }), 410);
    if (isFramed) {
      const report = reportOf(end.payment, end.failure);
      return sendPageWithScript(reply, ReportPage({ frame, report }), REPORT_SCRIPT);
    }
    const location = redirectUrlOf(end);
    if (location === null) return sendPage(reply, EndedNotice(end));
    return reply.header('cache-control', 'no-store').redirect(location, 303);
  });
}
