import { type Demo, openDemo } from './open.ts';

const SANDBOX_VARIABLE = 'TOSS_SANDBOX_PORT';
const SHOP_VARIABLE = 'DEMO_PORT';

function giveUp(message: string): never {
  process.stderr.write(`demo: ${message}\n`);
  process.exit(1);
}

function portOf(variable: string, usual: number): number {
  const text = process.env[variable] ?? '';
  if (text === '') return usual;
  if (/^\d+$/.test(text) && Number(text) <= 65_535) return Number(text);
  return giveUp(`${variable} must be a number from 0 to 65535, not ${text}`);
}

const sandboxPort = portOf(SANDBOX_VARIABLE, 8677);
const shopPort = portOf(SHOP_VARIABLE, 8678);

async function openOrGiveUp(): Promise<Demo> {
  try {
    return await openDemo({ sandboxPort, shopPort });
  } catch (error) {
    const { code, port } = error as NodeJS.ErrnoException & { port?: number };
    if (code !== 'EADDRINUSE') throw error;
    const variable = port === sandboxPort ? SANDBOX_VARIABLE : SHOP_VARIABLE;
    return giveUp(`port ${port} is in use. Choose another with ${variable}=NUMBER, 0 taking a free one.`);
  }
}

const demo = await openOrGiveUp();
const stop = async (): Promise<void> => {
  await demo.close();
  process.exit(0);
};
process.once('SIGINT', stop);
process.once('SIGTERM', stop);

process.stdout.write(`
  Demo shop     ${demo.shopUrl}
  Its webhooks  ${demo.shopUrl}/webhooks
  toss-sandbox  ${demo.sandboxUrl}

  Open the shop and pay: no money moves. Ctrl+C ends both.

`);
