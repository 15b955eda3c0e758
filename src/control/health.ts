import type { Figures } from '../store/store.ts';
import type { Core } from './core.ts';

/** How much is kept, over all merchants. */
export interface Health extends Figures {
  readonly status: 'ok';
  readonly merchants: number;
}

/** Looks around. */
export function readHealth(core: Core): Health {
  const figures = [...core.store.worlds()].map((world) => world.figures());
  const sum = (name: keyof Figures): number => figures.reduce((total, figure) => total + figure[name], 0);
  return {
    status: 'ok',
    merchants: figures.length,
    payments: sum('payments'),
    journalEntries: sum('journalEntries'),
    deliveries: sum('deliveries'),
    idempotentReplies: sum('idempotentReplies'),
    plannedJobs: sum('plannedJobs'),
  };
}
