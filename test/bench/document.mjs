import { readFileSync } from 'node:fs';

/** The card payment of the public documentation, DONE: what the yardsticks answer with. */
export const PAYMENT = JSON.parse(
  readFileSync(new URL('../../fixtures/examples/card-done.json', import.meta.url), 'utf8'),
);
