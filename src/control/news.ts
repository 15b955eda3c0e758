import type { Delivery } from '../domain/delivery.ts';
import type { PaymentEvent } from '../domain/event.ts';
import type { Work } from '../gateway/work.ts';
import type { LoggedRequest } from '../store/request-log.ts';
import type { Whom } from './core.ts';

/** Something that has just happened, to be watched. `id` grows over the whole sandbox. */
export type Piece = { readonly id: number; readonly mId: string | null } & (
  | { readonly kind: 'payment'; readonly event: PaymentEvent; readonly orderId: string }
  | { readonly kind: 'delivery'; readonly delivery: Delivery }
  | { readonly kind: 'request'; readonly request: LoggedRequest }
);

type WithoutId<P> = P extends unknown ? Omit<P, 'id'> : never;

interface Listener {
  /** Null hears everything. */
  readonly mId: string | null;
  readonly hear: (piece: Piece) => void;
}

/** Tells those who watch what happens. Nothing is kept for who comes later. */
export class News {
  readonly #listeners = new Set<Listener>();
  #id = 0;

  /** How many are watching. */
  get size(): number {
    return this.#listeners.size;
  }

  /** Watches a merchant, or everything. @returns how to stop */
  watch(whom: Whom, hear: (piece: Piece) => void): () => void {
    const listener = { mId: whom?.merchant.mId ?? null, hear };
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  /** What a unit of work has changed, after it was committed. */
  readonly tellWork = (work: Work): void => {
    if (this.#listeners.size === 0) return;
    const { mId } = work.merchant;
    for (const [index, event] of work.events.entries()) {
      const orderId = work.payments[index]?.order.orderId ?? '';
      this.#tell({ kind: 'payment', mId, event, orderId });
    }
    for (const delivery of work.deliveries) this.#tell({ kind: 'delivery', mId, delivery });
  };

  readonly tellRequest = (request: LoggedRequest): void => {
    if (this.#listeners.size > 0) this.#tell({ kind: 'request', mId: request.mId, request });
  };

  #tell(news: WithoutId<Piece>): void {
    const piece = { ...news, id: ++this.#id } as Piece;
    for (const { mId, hear } of this.#listeners) if (mId === null || mId === piece.mId) hear(piece);
  }
}
