import { type FastifyInstance, type FastifyRequest, fastify, LogController } from 'fastify';
import type { ErrorCode } from '../domain/error-code.ts';
import { API } from '../wire/api.ts';
import type { Desk } from './desk.ts';
import { refuseGarbage, sendError, sendFrameworkError } from './failure.ts';
import { newGuard } from './guard.ts';
import { setAnswerHeaders } from './headers.ts';
import { newLogbook } from './logbook.ts';
import { pageRoutes } from './pages/routes.ts';
import { paymentRoutes } from './routes/payments.ts';
import { isSandboxUrl, sandboxNowhere } from './routes/sandbox/nowhere.ts';
import { sandboxRoutes } from './routes/sandbox/routes.ts';
import { sayNo } from './routes/sandbox/say.ts';
import { newTraceId } from './trace-id.ts';

/** Payment keys may have 200 characters (payments.md 2.2); a longer one is simply not found. */
const MAX_PARAMETER_LENGTH = 16_384;

/** The largest body that is read: 1 MiB. */
const BODY_LIMIT = 1024 * 1024;

/** Where one of the API's paths leads, whatever the method; the payment window is one of them (payments.md 4). */
const API_PATHS = [...Object.values(API).map(({ path }) => path), '/v1/payments/{paymentKey}/checkout'].map(
  (path) => new RegExp(`^${path.replace(/\{\w+\}/g, '[^/]+')}$`),
);

/** Is nothing there? The router takes `/v1/payments/` for a payment whose key is empty: that is no path either. */
function leadsNowhere(request: FastifyRequest): boolean {
  if (request.is404) return true;
  const parameters = request.params as Readonly<Record<string, string>>;
  for (const name in parameters) if (parameters[name] === '') return true;
  return false;
}

/** What is no path, as `*`, is nowhere. Whole addresses are paths by now: the proxy sees to them. */
const pathOf = (target: string): string => (target.startsWith('/') ? target : `/${target}`);

/** What is wrong with a request whatever its body says; null when there is somebody to read that. */
function strayCodeOf(request: FastifyRequest): ErrorCode | null {
  const { headers, raw, url } = request;
  // RFC 9112 3.2: without a Host it is no request of HTTP/1.1.
  if (headers.host === undefined && raw.httpVersion === '1.1') return 'INVALID_REQUEST';
  if (!leadsNowhere(request)) return null;
  const path = url.split('?', 1)[0] ?? '';
  // A known path with the wrong method: payments.md 4.8.
  return API_PATHS.some((pattern) => pattern.test(path)) ? 'NOT_FOUND_HTTP_METHOD' : 'NOT_FOUND';
}

/** Puts the HTTP side together. Listens on nothing yet. */
export async function buildServer(desk: Desk): Promise<FastifyInstance> {
  const logbook = newLogbook(desk);
  const app = fastify({
    loggerInstance: desk.log,
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: BODY_LIMIT,
    routerOptions: { maxParamLength: MAX_PARAMETER_LENGTH },
    frameworkErrors: (error, request, reply) => {
      if (isSandboxUrl(request.url)) {
        sayNo(reply, 400, 'INVALID_CONTROL_REQUEST', error.message);
        return;
      }
      if (request.url.startsWith('/v1/')) logbook.open(request);
      setAnswerHeaders(request, reply, newTraceId());
      sendFrameworkError(error, request, reply);
    },
    clientErrorHandler: (_error, socket) => refuseGarbage(socket),
    // Node would refuse a request without Host by itself, with an empty answer.
    http: { requireHostHeader: false },
    rewriteUrl: ({ url = '/' }) => pathOf(url),
    forceCloseConnections: true,
  });
  // The same goes for an expectation other than `100-continue`: RFC 9110 10.1.1 lets it be ignored.
  app.server.on('checkExpectation', (request, response) => app.server.emit('request', request, response));

  app.decorateRequest('caller', null);
  app.decorateRequest('traceId', '');
  app.decorateRequest('logbook', null);
  app.decorateRequest('arrivedAt', 0);
  app.setErrorHandler(sendFrameworkError);
  app.addHook('onRequest', newGuard(desk));
  const answerSandboxNowhere = sandboxNowhere(app);
  // Before the body is read: where nothing is, it does not matter what is wrong with it.
  app.addHook('onRequest', (request, reply, done) => {
    if (request.url.startsWith('/v1/')) logbook.open(request);
    const code = strayCodeOf(request);
    if (code === null) return done();
    if (isSandboxUrl(request.url) && code !== 'INVALID_REQUEST') {
      answerSandboxNowhere(request, reply);
      return;
    }
    setAnswerHeaders(request, reply, newTraceId());
    sendError(request, reply, code);
  });

  await app.register(paymentRoutes, desk);
  await app.register(pageRoutes, desk);
  await app.register(sandboxRoutes, desk);
  return app;
}
