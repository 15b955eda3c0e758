import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Wall } from '../clock/wall.ts';
import type { ListenOptions, ReceivedWebhook, Receiver } from './api.ts';
import { nameWebhook, readWebhook } from './received.ts';
import { SandboxError } from './refusing.ts';

type Match = (webhook: ReceivedWebhook) => boolean;

/** A `next()` that nothing has come for yet. */
interface Waiter {
  readonly match: Match;
  readonly hand: (webhook: ReceivedWebhook) => void;
  readonly refuse: (error: unknown) => void;
}

const DEFAULT_TIMEOUT_MS = 5000;

/** How a receiver stands on the list of webhooks. */
export interface Registration {
  readonly webhookId: string;
  isThere(): boolean;
  remove(): void;
}

/** A real HTTP server that takes webhooks, and hands them to whoever waits for one. */
export class WebhookReceiver implements Receiver {
  readonly received: ReceivedWebhook[] = [];
  readonly #wall: Wall;
  readonly #answer: NonNullable<ListenOptions['answer']>;
  readonly #server = createServer((request, response) => void this.#take(request, response));
  readonly #untaken: ReceivedWebhook[] = [];
  readonly #waiters = new Set<Waiter>();
  #registration: Registration | undefined;
  #closed = false;

  readonly #onClose: (receiver: WebhookReceiver) => void;

  constructor(
    wall: Wall,
    answer: ListenOptions['answer'],
    onClose: (receiver: WebhookReceiver) => void = () => {},
  ) {
    this.#wall = wall;
    this.#onClose = onClose;
    this.#answer = answer ?? 200;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo | null)?.port}/webhooks`;
  }

  get webhookId(): string {
    return this.#registration?.webhookId ?? '';
  }

  /** Listens on a free port, and has itself registered there. */
  async open(register: (url: string) => Registration): Promise<void> {
    await new Promise<void>((resolve, reject) => {
      this.#server.once('error', reject).listen(0, '127.0.0.1', resolve);
    });
    this.#registration = register(this.url);
  }

  next(
    match: Match = () => true,
    { timeoutMs = DEFAULT_TIMEOUT_MS }: { readonly timeoutMs?: number } = {},
  ): Promise<ReceivedWebhook> {
    const next = new Promise<ReceivedWebhook>((resolve, reject) => {
      const index = this.#untaken.findIndex(match);
      const [already] = index < 0 ? [] : this.#untaken.splice(index, 1);
      if (already !== undefined) return resolve(already);
      if (this.#closed) return reject(new SandboxError('RECEIVER_CLOSED', 'The receiver is closed.'));
      const end = (): void => {
        callOff();
        this.#waiters.delete(waiter);
      };
      const waiter: Waiter = {
        match,
        hand: (webhook) => {
          end();
          resolve(webhook);
        },
        refuse: (error) => {
          end();
          reject(error);
        },
      };
      const callOff = this.#wall.after(timeoutMs, () =>
        waiter.refuse(new SandboxError('WEBHOOK_TIMEOUT', this.#lament(timeoutMs))),
      );
      this.#waiters.add(waiter);
    });
    // A test that fails before it awaits this one is to be told of its own failure only.
    next.catch(() => {});
    return next;
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    this.#onClose(this);
    if (this.#registration?.isThere() === true) this.#registration.remove();
    for (const { refuse } of this.#waiters) {
      refuse(new SandboxError('RECEIVER_CLOSED', 'The receiver was closed before a webhook came.'));
    }
    await new Promise((resolve) => {
      this.#server.close(resolve);
      this.#server.closeAllConnections();
    });
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  async #take(request: IncomingMessage, response: ServerResponse): Promise<void> {
    try {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk);
      const webhook = readWebhook(request.headers, Buffer.concat(chunks).toString());
      this.received.push(webhook);
      this.#pass(webhook);
      response.statusCode = typeof this.#answer === 'number' ? this.#answer : await this.#answer(webhook);
    } catch {
      // No webhook, or an answer that failed: both are the sender's to see.
      response.statusCode = 500;
    }
    response.end();
  }

  /** To the first who waits for such a one, or kept until somebody does. */
  #pass(webhook: ReceivedWebhook): void {
    for (const { match, hand, refuse } of this.#waiters) {
      try {
        if (!match(webhook)) continue;
        hand(webhook);
        return;
      } catch (error) {
        refuse(error);
      }
    }
    this.#untaken.push(webhook);
  }

  /** What a test wants to know that waited in vain. */
  #lament(timeoutMs: number): string {
    const others = this.#untaken.map(nameWebhook).join(', ');
    return [
      others === ''
        ? `No webhook came within ${timeoutMs} ms.`
        : `No webhook that matches came within ${timeoutMs} ms, but: ${others}.`,
      ...(this.#registration?.isThere() === true
        ? []
        : ['The receiver is not registered any more: listen again after a reset.']),
    ].join(' ');
  }
}
