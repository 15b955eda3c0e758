import t from 'tap';
import { namelessness, readSources, timeAndChance, upwardImports } from './fixtures/floors.ts';

const sources = readSources(new URL('../src/', import.meta.url));

t.test('the whole of src is looked at', async (t) => {
  for (const path of ['domain/payment.ts', 'http/pages/window.tsx', 'browser/standard/index.ts', 'cli.ts']) {
    t.ok(sources.has(path), path);
  }
});

t.test('imports go down and never up', async (t) => {
  t.strictSame(upwardImports(sources), []);
});

t.test('only the clock and the composition root know the time, wait, or throw dice', async (t) => {
  t.strictSame(timeAndChance(sources), []);
});

t.test('files and exports have names of their own', async (t) => {
  t.strictSame(namelessness(sources), []);
});

const planted = (path: string, text: string): string[] => upwardImports(new Map([[path, text]]));

// What may not be: who, what it says, and what is reported.
const UPWARD = [
  [
    'domain/tax.ts',
    "import type { Gateway } from '../gateway/gateway.ts';",
    'domain/tax.ts imports ../gateway/gateway.ts: domain is on floor 1, gateway on floor 3',
  ],
  [
    'clock/clock.ts',
    "import { MemoryStore } from '../store/memory-store.ts';",
    'clock/clock.ts imports ../store/memory-store.ts: clock is on floor 2, store on floor 2',
  ],
  [
    'domain/keys.ts',
    "import { randomBytes } from 'node:crypto';",
    'domain/keys.ts imports node:crypto: the domain imports nothing',
  ],
  [
    'domain/keys.ts',
    "import { nanoid } from 'nanoid';",
    'domain/keys.ts imports nanoid: the domain imports nothing',
  ],
  [
    'domain/error-code.ts',
    "import errors from '../../fixtures/errors.json' with { type: 'json' };",
    'domain/error-code.ts imports ../../fixtures/errors.json: the domain imports nothing',
  ],
  [
    'gateway/work.ts',
    "import {\n  presentPayment,\n  renderPayment,\n} from '../wire/payment.ts';",
    'gateway/work.ts imports ../wire/payment.ts: gateway is on floor 3, wire on floor 4',
  ],
  [
    'webhooks/send.ts',
    "export * from '../http/server.ts';",
    'webhooks/send.ts imports ../http/server.ts: webhooks is on floor 6, http on floor 6',
  ],
  [
    'http/routes/payments.ts',
    "import '../../webhooks/send.ts';",
    'http/routes/payments.ts imports ../../webhooks/send.ts: http is on floor 6, webhooks on floor 6',
  ],
  [
    'store/store.ts',
    "const late = await import('../wire/api.ts');",
    'store/store.ts imports ../wire/api.ts: store is on floor 2, wire on floor 4',
  ],
  [
    'http/server.ts',
    "import { createSandbox } from '../sandbox.ts';",
    'http/server.ts imports ../sandbox.ts: sandbox.ts is on no floor below',
  ],
  [
    'wire/api.ts',
    "import type { LogLevel } from '../options.ts';",
    'wire/api.ts imports ../options.ts: options.ts is on no floor below',
  ],
  [
    'options.ts',
    "import { API } from './wire/api.ts';",
    'options.ts imports ./wire/api.ts: options.ts may not',
  ],
  ['sandbox.ts', "import { USAGE } from './cli.ts';", 'sandbox.ts imports ./cli.ts: sandbox.ts may not'],
  [
    'cli.ts',
    "import { buildServer } from './http/server.ts';",
    'cli.ts imports ./http/server.ts: cli.ts may not',
  ],
  [
    'browser/standard/index.ts',
    "import { API } from '../../wire/api.ts';",
    'browser/standard/index.ts imports ../../wire/api.ts: browser imports only itself, and types of wire',
  ],
  [
    'browser/standard/index.ts',
    "import type { Payment } from '../../domain/payment.ts';",
    'browser/standard/index.ts imports ../../domain/payment.ts: browser imports only itself, and types of wire',
  ],
  [
    'wire/api.ts',
    "import { createPayment } from '../browser/standard/payment.ts';",
    'wire/api.ts imports ../browser/standard/payment.ts: browser is on no floor below',
  ],
  [
    'library/verbs.ts',
    "import { say } from '../http/routes/sandbox/say.ts';",
    'library/verbs.ts imports ../http/routes/sandbox/say.ts: library is on floor 6, http on floor 6',
  ],
  [
    'library/sandbox.ts',
    "import { createSandbox } from '../sandbox.ts';",
    'library/sandbox.ts imports ../sandbox.ts: sandbox.ts is on no floor below',
  ],
  [
    'library/api.ts',
    "import type { WebhookEvent } from '../domain/event.ts';",
    'library/api.ts imports ../domain/event.ts: the published types import nothing',
  ],
  [
    'index.ts',
    "import { Gateway } from './gateway/gateway.ts';",
    'index.ts imports ./gateway/gateway.ts: index.ts may not',
  ],
  [
    'register/http.ts',
    "import { DEFAULT_PORT } from '../options.ts';",
    'register/http.ts imports ../options.ts: register may not',
  ],
  [
    'sandbox.ts',
    "import { pointHttp } from './register/http.ts';",
    'sandbox.ts imports ./register/http.ts: sandbox.ts may not',
  ],
  [
    'helpers/text.ts',
    "import { refuse } from '../domain/refusal.ts';",
    'helpers/text.ts imports ../domain/refusal.ts: helpers is on no floor',
  ],
] as const;

t.test('an upward import that is planted is reported by name', async (t) => {
  for (const [path, text, report] of UPWARD) t.strictSame(planted(path, text), [report]);
});

// What may be.
const DOWNWARD = [
  ['domain/tax.ts', "import { toMinor } from './money.ts';"],
  [
    'gateway/work.ts',
    "import type { Store } from '../store/store.ts';\nimport { Clock } from '../clock/clock.ts';",
  ],
  ['wire/errors.ts', "import errors from '../../fixtures/errors.json' with { type: 'json' };"],
  [
    'http/pages/window.tsx',
    "import { Page } from './layout.tsx';\nimport { sendJson } from '../failure.ts';",
  ],
  ['webhooks/send.ts', "import { request } from 'node:http';\nimport { pino } from 'pino';"],
  ['browser/standard/index.ts', "import type { PaymentWire } from '../../wire/payment-schema.ts';"],
  [
    'sandbox.ts',
    "import { Clock } from './clock/clock.ts';\nimport { buildServer } from './http/server.ts';",
  ],
  ['register/http.ts', "import { isTossHost } from '../domain/toss-hosts.ts';\nimport './agent.ts';"],
  ['index.ts', "export { createSandbox } from './sandbox.ts';\nexport type * from './library/api.ts';"],
  ['library/verbs.ts', "import { reset } from '../control/reset.ts';\nimport type * as api from './api.ts';"],
  [
    'domain/tax.ts',
    "/**\n * import { Gateway } from '../gateway/gateway.ts'\n */\nexport const from = 'node:fs';",
  ],
] as const;

t.test('a downward import is left alone', async (t) => {
  for (const [path, text] of DOWNWARD) t.strictSame(planted(path, text), [], text);
});

const DICE = [
  ['const now = Date.now();', ['Date.now']],
  ['const now = new Date();', ['new Date()']],
  ['const now = new Date ( );', ['new Date()']],
  ['const then = new Date(at + 9);', []],
  ['setTimeout(() => {}, 10);', ['setTimeout']],
  ["import { setInterval } from 'node:timers/promises';", ['setInterval', 'node:timers']],
  ['const { setImmediate: soon } = globalThis;', ['setImmediate']],
  ['const dice = Math.random();', ['Math.random']],
  ['const start = performance.now();', ['performance.now']],
  ['// Date.now is not for us\n/* nor is Math.random() */\nconst url = "http://shop.example";', []],
] as const;

t.test('a look at the time that is planted is reported, except where it belongs', async (t) => {
  for (const [text, words] of DICE) {
    t.strictSame(
      timeAndChance(new Map([['gateway/work.ts', text]])),
      words.map((word) => `gateway/work.ts uses ${word}`),
    );
    for (const path of ['clock/wall.ts', 'sandbox.ts', 'browser/standard/index.ts']) {
      t.strictSame(timeAndChance(new Map([[path, text]])), []);
    }
  }
});

const NAMES = [
  ['domain/utils.ts', '', ['domain/utils.ts is no name']],
  ['wire/payment-util.ts', '', ['wire/payment-util.ts is no name']],
  ['common/money.ts', '', ['common/money.ts is no name']],
  ['http/session-manager.ts', '', ['http/session-manager.ts is no name']],
  ['gateway/payment.service.ts', '', ['gateway/payment.service.ts is no name']],
  ['domain/money.ts', 'export default 1;', ['domain/money.ts has a default export']],
  ['domain/money.ts', 'const a = 1;\nexport { a as default };', ['domain/money.ts has a default export']],
  ['domain/money.ts', '// as default\nexport const a = 1;', []],
] as const;

t.test('a name that says nothing is reported', async (t) => {
  for (const [path, text, reports] of NAMES) t.strictSame(namelessness(new Map([[path, text]])), reports);
});
