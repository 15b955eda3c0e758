import type { ErrorText } from './call.ts';
import type { Interruption } from './claims.ts';

const WHY: Readonly<Record<Interruption, string>> = {
  closed: 'toss-sandbox is closing',
  reset: 'the sandbox was reset',
  removed: 'the merchant was removed',
};

/** What a request is answered that was being processed when that came to an end. Ours, and said to be. */
export const interruptionError = (why: Interruption): ErrorText => ({
  status: 503,
  code: 'SANDBOX_INTERRUPTED',
  message: `Nothing was done: ${WHY[why]} while this request was being processed. This is not an answer of Toss Payments.`,
});
