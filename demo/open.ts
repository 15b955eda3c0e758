import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { WEBHOOK_EVENTS } from '../src/domain/event.ts';
import { createSandbox, type Sandbox } from '../src/sandbox.ts';
import type { Product } from './products.ts';
import { createShop, type Shop } from './shop.ts';

/** A sandbox and a shop that talk to each other. */
export interface Demo {
  readonly shop: Shop;
  readonly shopUrl: string;
  readonly sandbox: Sandbox;
  readonly sandboxUrl: string;
  /** Stops both, and waits for the webhooks under way. */
  close(): Promise<void>;
}

const HOST = '127.0.0.1';

const listen = (server: Server, port: number): Promise<string> =>
  new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, HOST, () => resolve(`http://${HOST}:${(server.address() as AddressInfo).port}`));
  });

/**
 * Starts both. Each has to know the other's address, so the shop's is taken first, and the shop moves in last.
 *
 * @param wish ports, 0 taking a free one; and what the shop sells, if not the usual
 * @throws {Error} with code EADDRINUSE and the `port`, when one is taken
 */
export async function openDemo(wish: {
  sandboxPort: number;
  shopPort: number;
  products?: readonly Product[];
}): Promise<Demo> {
  const server = createServer();
  const shopUrl = await listen(server, wish.shopPort);
  const sandbox = await createSandbox({
    demoUrl: shopUrl,
    webhooks: [{ url: `${shopUrl}/webhooks/toss`, events: WEBHOOK_EVENTS }],
  });
  const close = async (): Promise<void> => {
    // The shop last: webhooks that are under way still find it.
    await sandbox.close();
    server.close();
    server.closeAllConnections();
  };
  try {
    const sandboxUrl = await sandbox.listen({ host: HOST, port: wish.sandboxPort });
    const shop = createShop({
      apiUrl: sandboxUrl,
      sdkUrl: `${sandboxUrl}/v2/standard`,
      ...sandbox.documentationKeys,
      ...(wish.products === undefined ? {} : { products: wish.products }),
    });
    server.on('request', shop.app);
    return { shop, shopUrl, sandbox, sandboxUrl, close };
  } catch (error) {
    await close();
    throw error;
  }
}
