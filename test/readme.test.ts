import { readFileSync } from 'node:fs';
import t from 'tap';
import { USAGE } from '../src/options.ts';
import { createSandbox } from '../src/sandbox.ts';

const read = (name: string): string => readFileSync(new URL(`../${name}`, import.meta.url), 'utf8');
const english = read('README.md');
const korean = read('README.ko.md');
const BOTH = [
  ['README.md', english],
  ['README.ko.md', korean],
] as const;

const BLOCK = /^```(\w+)\n([\s\S]*?)^```$/gm;
const prose = (readme: string): string => readme.replace(BLOCK, '');
const setOf = (text: string, pattern: RegExp): string[] => [...new Set(text.match(pattern))].toSorted();

/** What is in backticks; the one word of prose among it is read in English. */
const spans = (readme: string): string[] =>
  setOf(prose(readme).replaceAll('" 또는 "', '" or "'), /`[^`\n]+`/g);

/** Code blocks with their language. A comment stands after a space or alone, which `http://` does not. */
const blocks = (readme: string): string[] =>
  [...readme.matchAll(BLOCK)].map(([, language = '', code = '']) => {
    const comment = ['sh', 'yaml', 'python'].includes(language)
      ? /(?<!\S)# .*$/gm
      : /\/\*[\s\S]*?\*\/|(?<!\S)\/\/ .*$/gm;
    return `${language}\n${code.replace(comment, '').replace(/ +$/gm, '')}`;
  });

/** The same reading of both. */
function same(t: Tap, least: number, reading: (readme: string) => string[]): void {
  const read = reading(english);
  t.ok(read.length >= least, 'it is read right');
  t.strictSame(reading(korean), read);
}
type Tap = Pick<typeof t, 'ok' | 'strictSame'>;

t.test('each README leads to the other under its title', async (t) => {
  t.match(english, /^# toss-sandbox\n\n\[한국어\]\(README\.ko\.md\)\n/);
  t.match(korean, /^# toss-sandbox\n\n\[English\]\(README\.md\)\n/);
});

t.test('both have the same headings, in level and order', async (t) => {
  same(t, 10, (readme) => prose(readme).match(/^#+(?= )/gm) ?? []);
});

t.test('both have the same tables, row for row', async (t) => {
  same(t, 50, (readme) => (prose(readme).match(/^\|.*$/gm) ?? []).map((row) => row.replace(/[^|]/g, '')));
});

t.test('both name the same paths of the API and of the sandbox', async (t) => {
  same(t, 20, (readme) => setOf(readme, /\/(?:sandbox|v1)\/[\w/{}*-]*/g));
});

t.test('both name the same flags', async (t) => {
  same(t, 8, (readme) => setOf(readme, /(?<![\w-])--[a-z][\w-]*/g));
});

t.test('both name the same environment variables, codes and events', async (t) => {
  same(t, 30, (readme) => setOf(readme, /\b[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+\b/g));
});

t.test('both have the same in backticks: codes, data-testids, verbs and fields', async (t) => {
  same(t, 150, spans);
});

t.test('both lead to the same addresses', async (t) => {
  same(t, 5, (readme) => setOf(readme, /https?:\/\/[\w.:/-]+/g));
});

t.test('both show the same code, comments aside', async (t) => {
  same(t, 10, blocks);
});

t.test('both show the ten-line test letter for letter', async (t) => {
  const shown = (readme: string) =>
    (readme.match(BLOCK) ?? []).filter((block) => block.includes("from 'toss-sandbox'"));
  t.equal(shown(english).length, 1);
  t.strictSame(shown(korean), shown(english));
});

t.test('both name every flag of the usage that sets something, and its variable', async (t) => {
  // --help and --version say something and end: they set nothing.
  const flags = setOf(USAGE, /(?<=^ {2})--[\w-]+(?: \S+)?(?= {2})/gm);
  const variables = setOf(USAGE, /\bTOSS_SANDBOX_[A-Z_]+/g);
  t.ok(flags.length >= 6 && variables.length >= 7, 'the usage is read right');
  for (const [name, readme] of BOTH) {
    for (const flag of flags) t.ok(readme.includes(`| \`${flag}\``), `${name} has ${flag}`);
    for (const variable of variables) t.ok(readme.includes(`\`${variable}`), `${name} has ${variable}`);
  }
});

/** Method and path of every route, read off the tree that Fastify draws; parameters as in the README. */
function routesOf(tree: string): string[] {
  const above: string[] = [];
  return tree.split('\n').flatMap((line) => {
    const [, indent, part, methods] = /^(.*)(?:├|└)── (\S+)(?: \((.*)\))?$/.exec(line) ?? [];
    if (indent === undefined || part === undefined) return [];
    above.splice(indent.length / 4, above.length, part.replace(/:(\w+)/g, '{$1}'));
    return (methods?.split(', ') ?? []).map((method) => `${method} ${above.join('')}`);
  });
}

/** Method and path of every call in the table; `…/{name}` goes below the path before it, `…/name` beside it. */
function callsOf(readme: string): string[] {
  const cells = [...prose(readme).matchAll(/^\| (`[^|]*\/sandbox\/[^|]*)\|/gm)];
  return cells.flatMap(([, cell = '']) => {
    const calls: string[] = [];
    let [methods, path, isTold]: [string[], string, boolean] = [[], '', true];
    for (const [, method, place] of cell.matchAll(/`([A-Z]+)?(?: ?([/…][^`]*))?`/g)) {
      if (method !== undefined) methods = isTold ? [method] : [...methods, method];
      isTold = place !== undefined;
      if (place === undefined) continue;
      const parent = place.startsWith('…/{') ? path : path.replace(/\/[^/]*$/, '');
      path = place.replace('…', parent);
      calls.push(...methods.map((each) => `${each} ${path}`));
    }
    return calls;
  });
}

t.test('both list the routes under /sandbox that are there, and no others', async (t) => {
  const { app, close } = await createSandbox();
  t.teardown(close);
  const mounted = routesOf(app.printRoutes({ commonPrefix: false }))
    // HEAD comes with every GET; the last one serves the README itself, to the sandbox's first page.
    .filter((route) => /^(?!HEAD )\w+ \/sandbox\//.test(route) && route !== 'GET /sandbox/readme');
  t.ok(mounted.includes('DELETE /sandbox/webhooks/{webhookId}'), 'the tree is read right');
  for (const [name, readme] of BOTH) t.strictSame(callsOf(readme).toSorted(), mounted.toSorted(), name);
});
