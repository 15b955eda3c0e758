/**
 * `NODE_OPTIONS='--import toss-sandbox/register'`: points the Toss hosts of `fetch`, `http` and `https` at the sandbox
 * that `TOSS_SANDBOX_URL` names, and lets nothing else through to them.
 */
import { fenceSockets } from './fence.ts';
import { pointFetch } from './fetch.ts';
import { pointHttp } from './http.ts';
import { fenceProxies } from './proxies.ts';
import { readSandboxAddress } from './sandbox-address.ts';

const sandbox = readSandboxAddress(process.env['TOSS_SANDBOX_URL']);
fenceSockets(sandbox);
fenceProxies(sandbox);
pointHttp(sandbox);
pointFetch(sandbox);
