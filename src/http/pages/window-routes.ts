import type { FastifyInstance } from 'fastify';
import { endVisit, redirectUrlOf } from '../../control/payments.ts';
import { reportOf } from '../../wire/report.ts';
import type { Desk } from '../desk.ts';
import { sendPage, sendPageWithScript } from './answer.ts';
import { type Fields, field } from './fields.ts';
import { endingOf, frameOf, frameOfNobody } from './forms.ts';
import { BadFormNotice, ClosedNotice, EndedNotice } from './notices.tsx';
import { pickedMethod } from './offer.ts';
import { readChoice } from './read-choice.ts';
import { REPORT_SCRIPT, ReportPage } from './report.tsx';
import { screenOf } from './screens.ts';
import { findShown } from './shown-payment.ts';

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
    const { page, status } = screenOf(payment, world.merchant.name, frame, query);
    return sendPage(reply, page, status);
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
    const reading = readChoice(payment, pickedMethod(payment, body), body);
    const ending = endingOf(payment, body, reading);
    if (ending === null) {
      if (payment.status !== 'READY') return sendPage(reply, ClosedNotice({ payment, isFramed }), 410);
      if (Object.keys(reading.problems).length === 0)
        return sendPage(reply, BadFormNotice({ isFramed }), 400);
      // Whoever came that far has agreed to the terms.
      const fields = { ...body, step: 'authenticate', terms: 'on' };
      return sendPage(reply, screenOf(payment, world.merchant.name, frame, fields).page, 400);
    }
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
