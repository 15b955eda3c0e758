/** A webhook as it came in, reduced to what the shop shows. */
export interface Arrival {
  readonly transmissionId: string;
  readonly eventType: string;
  readonly createdAt: string;
  readonly orderId: string | null;
  readonly paymentKey: string | null;
  readonly status: string | null;
  /** What is left of the payment, in won. */
  readonly balanceAmount: number | null;
}

const MOST_KEPT = 200;

type Fields = Readonly<Record<string, unknown>>;

const fieldsOf = (value: unknown): Fields =>
  typeof value === 'object' && value !== null ? (value as Fields) : {};

const textOf = (value: unknown): string | null => (typeof value === 'string' ? value : null);

/** Reads a webhook's body. A deposit has no `eventType`, and its fields stand at the top. */
function read(transmissionId: string, body: unknown): Arrival {
  const top = fieldsOf(body);
  const data = top['data'] === undefined ? top : fieldsOf(top['data']);
  const balance = data['balanceAmount'];
  return {
    transmissionId,
    eventType: textOf(top['eventType']) ?? 'DEPOSIT_CALLBACK',
    createdAt: textOf(top['createdAt']) ?? '',
    orderId: textOf(data['orderId']),
    paymentKey: textOf(data['paymentKey']),
    status: textOf(data['status']),
    balanceAmount: typeof balance === 'number' ? balance : null,
  };
}

/** The webhooks that have arrived, for as long as the shop runs. */
export class WebhookLog {
  readonly #arrivals: Arrival[] = [];
  readonly #listeners = new Set<(arrival: Arrival) => void>();

  /** Takes one down. A retry carries the transmission id of the first attempt and counts once. */
  add(transmissionId: string, body: unknown): void {
    if (this.#arrivals.some((known) => known.transmissionId === transmissionId)) return;
    const arrival = read(transmissionId, body);
    this.#arrivals.unshift(arrival);
    this.#arrivals.splice(MOST_KEPT);
    for (const listener of this.#listeners) listener(arrival);
  }

  /** Newest first; of one order, if one is named. */
  list(orderId?: string): readonly Arrival[] {
    return orderId === undefined
      ? this.#arrivals
      : this.#arrivals.filter((arrival) => arrival.orderId === orderId);
  }

  /** Calls back with each arrival from now on; returns how to call it off. */
  onArrival(listener: (arrival: Arrival) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
}
