import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { sayNo } from './say.ts';

/** Is the address one of the sandbox's own API? What is wrong with it is said in our own words then. */
export const isSandboxUrl = (url: string): boolean => /^\/sandbox(?:[/?]|$)/.test(url);

/**
 * Notes which methods each path of the sandbox's own API takes, from now on.
 *
 * @returns how a call is answered that none of them takes: 404 NO_SUCH_PATH, or 405 METHOD_NOT_ALLOWED with `allow`
 */
export function sandboxNowhere(
  app: FastifyInstance,
): (request: FastifyRequest, reply: FastifyReply) => FastifyReply {
  const taken: { readonly pattern: RegExp; readonly method: string }[] = [];
  app.addHook('onRoute', ({ method, url }) => {
    if (!isSandboxUrl(url)) return;
    const pattern = new RegExp(`^${url.replace(/:\w+/g, '[^/]+')}$`);
    for (const each of [method].flat()) taken.push({ pattern, method: each });
  });
  return (request, reply) => {
    const path = request.url.split('?', 1)[0] ?? '';
    const methods = taken.filter(({ pattern }) => pattern.test(path)).map(({ method }) => method);
    if (methods.length === 0) return sayNo(reply, 404, 'NO_SUCH_PATH', `There is no ${path} here.`);
    const allowed = methods.toSorted().join(', ');
    const message = `${path} takes ${allowed}, and not ${request.method}.`;
    return sayNo(reply.header('allow', allowed), 405, 'METHOD_NOT_ALLOWED', message);
  };
}
