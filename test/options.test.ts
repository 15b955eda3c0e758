import { join } from 'node:path';
import t from 'tap';
import { type CommandOptions, OptionError, readOptions, USAGE } from '../src/options.ts';

const ALL_EVENTS = [
  'PAYMENT_STATUS_CHANGED',
  'DEPOSIT_CALLBACK',
  'CANCEL_STATUS_CHANGED',
  'BILLING_DELETED',
  'METHOD_UPDATED',
  'CUSTOMER_STATUS_CHANGED',
  'ORDER_PAYMENT_STATUS_CHANGED',
  'payout.changed',
  'seller.changed',
  'ars-reservation.changed',
  'PAYOUT_STATUS_CHANGED',
  'SUBMALL_STATUS_CHANGED',
];

const DEFAULTS: CommandOptions = {
  host: '127.0.0.1',
  port: 8677,
  publicUrl: null,
  webhooks: [],
  merchants: [],
  rateLimit: null,
  adoptKeys: false,
  allowHosts: [],
  allowOrigins: [],
  log: 'info',
  tls: null,
  httpsPort: null,
  httpPort: null,
  proxyOthers: false,
  data: null,
};

t.test('told nothing, it listens on 127.0.0.1:8677', async (t) => {
  t.strictSame(readOptions([], {}), DEFAULTS);
});

const OPTIONS = [
  ['--port', 'TOSS_SANDBOX_PORT', '4000', { port: 4000 }],
  ['--port', 'TOSS_SANDBOX_PORT', '0', { port: 0 }],
  ['--port', 'TOSS_SANDBOX_PORT', '65535', { port: 65535 }],
  ['--host', 'TOSS_SANDBOX_HOST', '0.0.0.0', { host: '0.0.0.0' }],
  ['--host', 'TOSS_SANDBOX_HOST', '::1', { host: '::1' }],
  [
    '--public-url',
    'TOSS_SANDBOX_PUBLIC_URL',
    'https://pay.shop.example:8443',
    { publicUrl: 'https://pay.shop.example:8443' },
  ],
  // A slash at its end would be doubled in every address.
  [
    '--public-url',
    'TOSS_SANDBOX_PUBLIC_URL',
    'http://localhost:8677//',
    { publicUrl: 'http://localhost:8677' },
  ],
  ['--rate-limit', 'TOSS_SANDBOX_RATE_LIMIT', '100', { rateLimit: 100 }],
  ['--rate-limit', 'TOSS_SANDBOX_RATE_LIMIT', '1', { rateLimit: 1 }],
  ['--allow-host', 'TOSS_SANDBOX_ALLOW_HOST', 'Pay.Shop.example', { allowHosts: ['pay.shop.example'] }],
  ['--allow-host', 'TOSS_SANDBOX_ALLOW_HOST', '*.shop.example', { allowHosts: ['*.shop.example'] }],
  ['--allow-host', 'TOSS_SANDBOX_ALLOW_HOST', '*', { allowHosts: ['*'] }],
  [
    '--allow-origin',
    'TOSS_SANDBOX_ALLOW_ORIGIN',
    'http://localhost:3000',
    { allowOrigins: ['http://localhost:3000'] },
  ],
  // As a browser writes it.
  [
    '--allow-origin',
    'TOSS_SANDBOX_ALLOW_ORIGIN',
    'HTTPS://Shop.example:443/',
    { allowOrigins: ['https://shop.example'] },
  ],
  ['--https-port', 'TOSS_SANDBOX_HTTPS_PORT', '443', { httpsPort: 443 }],
  ['--http-port', 'TOSS_SANDBOX_HTTP_PORT', '80', { httpPort: 80 }],
  ['--data', 'TOSS_SANDBOX_DATA', '/data', { data: '/data' }],
  ['--log', 'TOSS_SANDBOX_LOG', 'silent', { log: 'silent' }],
  ['--log', 'TOSS_SANDBOX_LOG', 'debug', { log: 'debug' }],
  [
    '--webhook',
    'TOSS_SANDBOX_WEBHOOK',
    'http://localhost:3000/hook',
    { webhooks: [{ url: 'http://localhost:3000/hook', events: ALL_EVENTS, wrapDepositCallback: false }] },
  ],
  [
    '--webhook',
    'TOSS_SANDBOX_WEBHOOK',
    'http://localhost:3000/hook=PAYMENT_STATUS_CHANGED,payout.changed',
    {
      webhooks: [
        {
          url: 'http://localhost:3000/hook',
          events: ['PAYMENT_STATUS_CHANGED', 'payout.changed'],
          wrapDepositCallback: false,
        },
      ],
    },
  ],
  [
    '--webhook',
    'TOSS_SANDBOX_WEBHOOK',
    'http://localhost:3000/hook?token=a1B2=',
    {
      webhooks: [
        { url: 'http://localhost:3000/hook?token=a1B2=', events: ALL_EVENTS, wrapDepositCallback: false },
      ],
    },
  ],
  [
    '--webhook',
    'TOSS_SANDBOX_WEBHOOK',
    'http://localhost:3000/hook?token=a1B2=DEPOSIT_CALLBACK',
    {
      webhooks: [
        {
          url: 'http://localhost:3000/hook?token=a1B2',
          events: ['DEPOSIT_CALLBACK'],
          wrapDepositCallback: false,
        },
      ],
    },
  ],
] as const;

t.test('each option can be said on the command line or in the environment', async (t) => {
  for (const [flag, variable, value, told] of OPTIONS) {
    const expected = { ...DEFAULTS, ...told };
    // A port for TLS is refused without TLS.
    const more = flag === '--https-port' ? ['--tls'] : [];
    if (more.length > 0) Object.assign(expected, { tls: { names: [] } });
    t.strictSame(readOptions([...more, flag, value], {}), expected, `${flag} ${value}`);
    t.strictSame(readOptions([...more, `${flag}=${value}`], {}), expected, `${flag}=${value}`);
    t.strictSame(readOptions(more, { [variable]: value }), expected, `${variable}=${value}`);
    t.match(USAGE, flag);
    t.match(USAGE, variable);
  }
});

t.test('what is on or off is a flag alone, or a variable that is 1 or 0', async (t) => {
  for (const [flag, variable, name] of [['--adopt-keys', 'TOSS_SANDBOX_ADOPT_KEYS', 'adoptKeys']] as const) {
    t.strictSame(readOptions([flag], {}), { ...DEFAULTS, [name]: true }, flag);
    for (const on of ['1', 'true'])
      t.strictSame(readOptions([], { [variable]: on }), { ...DEFAULTS, [name]: true }, on);
    for (const off of ['0', 'false', ''])
      t.strictSame(readOptions([], { [variable]: off }), DEFAULTS, `'${off}'`);
    t.strictSame(readOptions([flag], { [variable]: '0' }), { ...DEFAULTS, [name]: true }, 'the line wins');
    t.equal(saidOf([], { [variable]: 'yes' }), `${variable} must be true or false, not yes`);
    t.match(USAGE, flag);
    t.match(USAGE, `${variable}=1`);
  }
});

t.test('TLS and passing on are switched on by a flag, or by true in the environment', async (t) => {
  const tls = { tls: { names: [] } };
  const SWITCHES = [
    ['--tls', 'TOSS_SANDBOX_TLS', tls],
    ['--proxy-others', 'TOSS_SANDBOX_PROXY_OTHERS', { proxyOthers: true }],
  ] as const;
  for (const [flag, variable, told] of SWITCHES) {
    t.strictSame(readOptions([flag], {}), { ...DEFAULTS, ...told });
    t.strictSame(readOptions([flag], { [variable]: 'false' }), { ...DEFAULTS, ...told }, 'the flag wins');
    t.strictSame(readOptions([], { [variable]: 'true' }), { ...DEFAULTS, ...told });
    for (const off of ['false', '']) t.strictSame(readOptions([], { [variable]: off }), DEFAULTS);
    t.equal(saidOf([], { [variable]: 'on' }), `${variable} must be true or false, not on`);
    t.match(USAGE, flag);
    t.match(USAGE, variable);
  }
});

t.test(
  'the names of the certificate: the flag more than once, the variable with spaces between',
  async (t) => {
    const names = ['sandbox', '*.shop.test', '10.1.2.3', 'fe80::1'];
    const expected = { ...DEFAULTS, tls: { names } };
    const flags = ['Sandbox', '*.shop.test', '10.1.2.3', 'fe80::1'].flatMap((name) => ['--tls-name', name]);
    t.strictSame(readOptions(['--tls', ...flags], {}), expected);
    t.strictSame(
      readOptions(['--tls'], { TOSS_SANDBOX_TLS_NAME: ' sandbox *.shop.test  10.1.2.3\nfe80::1' }),
      expected,
    );
    for (const name of [
      'http://shop.test',
      'shop.test:443',
      'a b',
      '*',
      'a.*.test',
      '[::1]',
      '-a',
      'fe80::1%eth0',
    ]) {
      t.equal(
        saidOf(['--tls', `--tls-name=${name}`]),
        `--tls-name must be a host name or an IP address, not ${name}`,
      );
    }
  },
);

t.test('the command line wins over the environment', async (t) => {
  const environment = {
    TOSS_SANDBOX_PORT: '1',
    TOSS_SANDBOX_HOST: '0.0.0.0',
    TOSS_SANDBOX_PUBLIC_URL: 'http://environment.example',
    TOSS_SANDBOX_WEBHOOK: 'http://environment.example/hook',
    TOSS_SANDBOX_RATE_LIMIT: '10',
    TOSS_SANDBOX_ALLOW_HOST: 'environment.example',
    TOSS_SANDBOX_ALLOW_ORIGIN: 'http://environment.example',
    TOSS_SANDBOX_TLS_NAME: 'environment.example',
    TOSS_SANDBOX_HTTPS_PORT: '3',
    TOSS_SANDBOX_HTTP_PORT: '4',
    TOSS_SANDBOX_DATA: '/environment',
    TOSS_SANDBOX_LOG: 'silent',
  };
  const line = [
    ...['--port', '2', '--host', '::1', '--public-url', 'http://line.example', '--log', 'warn'],
    ...['--webhook', 'http://line.example/hook=DEPOSIT_CALLBACK', '--rate-limit', '20'],
    ...['--allow-host', 'line.example', '--allow-origin', 'http://line.example'],
    ...['--tls', '--tls-name', 'line.example', '--https-port', '5', '--http-port', '6', '--data', '/line'],
  ];
  t.strictSame(readOptions(line, environment), {
    host: '::1',
    port: 2,
    publicUrl: 'http://line.example',
    webhooks: [{ url: 'http://line.example/hook', events: ['DEPOSIT_CALLBACK'], wrapDepositCallback: false }],
    merchants: [],
    rateLimit: 20,
    adoptKeys: false,
    allowHosts: ['line.example'],
    allowOrigins: ['http://line.example'],
    log: 'warn',
    tls: { names: ['line.example'] },
    httpsPort: 5,
    httpPort: 6,
    proxyOthers: false,
    data: '/line',
  });
});

t.test('what is empty counts as not said', async (t) => {
  // As when a script or a compose file hands on a variable that nobody has set.
  const unset = {
    TOSS_SANDBOX_PORT: '',
    TOSS_SANDBOX_HOST: '',
    TOSS_SANDBOX_PUBLIC_URL: '',
    TOSS_SANDBOX_WEBHOOK: '',
    TOSS_SANDBOX_WRAP_DEPOSIT_CALLBACK: '',
    TOSS_SANDBOX_MERCHANTS: '',
    TOSS_SANDBOX_KEYS: '',
    TOSS_SANDBOX_RATE_LIMIT: '',
    TOSS_SANDBOX_ADOPT_KEYS: '',
    TOSS_SANDBOX_ALLOW_HOST: '',
    TOSS_SANDBOX_ALLOW_ORIGIN: '',
    TOSS_SANDBOX_TLS: '',
    TOSS_SANDBOX_TLS_NAME: '',
    TOSS_SANDBOX_HTTPS_PORT: '',
    TOSS_SANDBOX_HTTP_PORT: '',
    TOSS_SANDBOX_PROXY_OTHERS: '',
    TOSS_SANDBOX_DATA: '',
    TOSS_SANDBOX_LOG: '',
  };
  const line = [
    ...['port', 'host', 'public-url', 'webhook', 'merchants', 'rate-limit', 'log'],
    ...['allow-host', 'allow-origin', 'tls-name', 'https-port', 'http-port', 'data'],
  ].map((flag) => `--${flag}=`);
  t.strictSame(readOptions([], unset), DEFAULTS);
  t.strictSame(readOptions(line, {}), DEFAULTS);
  t.strictSame(readOptions(line, { TOSS_SANDBOX_PORT: '4000' }), { ...DEFAULTS, port: 4000 });
});

t.test('several receivers: the flag more than once, the variable with spaces between', async (t) => {
  const webhooks = [
    { url: 'http://a.example/hook', events: ALL_EVENTS, wrapDepositCallback: false },
    {
      url: 'http://b.example/hook?x=1',
      events: ['PAYMENT_STATUS_CHANGED', 'DEPOSIT_CALLBACK'],
      wrapDepositCallback: false,
    },
  ];
  const [a, b] = [
    'http://a.example/hook',
    'http://b.example/hook?x=1=PAYMENT_STATUS_CHANGED,DEPOSIT_CALLBACK',
  ];
  t.strictSame(readOptions(['--webhook', a, '--webhook', b], {}), { ...DEFAULTS, webhooks });
  t.strictSame(readOptions([], { TOSS_SANDBOX_WEBHOOK: `  ${a}\n  ${b} ` }), { ...DEFAULTS, webhooks });
});

t.test('several hosts and origins: the flag more than once, the variable with spaces between', async (t) => {
  const [hosts, origins] = [
    ['a.example', 'b.example'],
    ['http://a.example', 'http://b.example:81'],
  ];
  const told = { ...DEFAULTS, allowHosts: hosts, allowOrigins: origins };
  const line = [
    ...hosts.flatMap((host) => ['--allow-host', host]),
    ...origins.flatMap((origin) => ['--allow-origin', origin]),
  ];
  t.strictSame(readOptions(line, {}), told);
  const environment = {
    TOSS_SANDBOX_ALLOW_HOST: ` a.example  b.example`,
    TOSS_SANDBOX_ALLOW_ORIGIN: 'http://a.example\nhttp://b.example:81 ',
  };
  t.strictSame(readOptions([], environment), told);
});

t.test('--wrap-deposit-callback is for every receiver of the command line', async (t) => {
  const webhooks = [
    { url: 'http://a.example/hook', events: ALL_EVENTS, wrapDepositCallback: true },
    { url: 'http://b.example/hook', events: ['DEPOSIT_CALLBACK'], wrapDepositCallback: true },
  ];
  const line = [
    '--webhook=http://a.example/hook',
    '--webhook=http://b.example/hook=DEPOSIT_CALLBACK',
    '--wrap-deposit-callback',
  ];
  const environment = {
    TOSS_SANDBOX_WEBHOOK: 'http://a.example/hook http://b.example/hook=DEPOSIT_CALLBACK',
    TOSS_SANDBOX_WRAP_DEPOSIT_CALLBACK: 'true',
  };
  t.strictSame(readOptions(line, {}), { ...DEFAULTS, webhooks });
  t.strictSame(readOptions([], environment), { ...DEFAULTS, webhooks });
  t.strictSame(readOptions([], { ...environment, TOSS_SANDBOX_WRAP_DEPOSIT_CALLBACK: 'false' }), {
    ...DEFAULTS,
    webhooks: webhooks.map((webhook) => ({ ...webhook, wrapDepositCallback: false })),
  });
  t.equal(
    saidOf([], { TOSS_SANDBOX_WRAP_DEPOSIT_CALLBACK: 'yes' }),
    'TOSS_SANDBOX_WRAP_DEPOSIT_CALLBACK must be true or false, not yes',
  );
});

t.test('--help and --version come before everything else', async (t) => {
  t.equal(readOptions(['--help', '--port', 'none'], {}), 'help');
  t.equal(readOptions(['--version', '--port', 'none'], { TOSS_SANDBOX_KEYS: 'none' }), 'version');
});

/** What a caller is told, when it is told in one line. */
function saidOf(args: readonly string[], env: Readonly<Record<string, string>> = {}): string {
  try {
    readOptions(args, env);
  } catch (error) {
    if (!(error instanceof OptionError)) throw error;
    return error.message.includes('\n') ? `more than a line: ${error.message}` : error.message;
  }
  return 'nothing';
}

const PORT = '--port must be a number from 0 to 65535, not';
const LEVEL = '--log must be one of silent, error, warn, info, debug, not';
const RATE = '--rate-limit must be a whole number from 1 on, not';
const PUBLIC_URL = '--public-url must be an http or https address, not';
const PUBLIC_URL_ENDS = '--public-url must have no query and no fragment, not';
const WEBHOOK = '--webhook must be an http or https address, not';

const ALLOW_HOST = '--allow-host must be a host name, *.NAME or *, not';
const ALLOW_ORIGIN = '--allow-origin must be an origin as http://localhost:3000, not';

const MISTAKES = [
  [['--port', 'eighty'], `${PORT} eighty`],
  [['--port', '65536'], `${PORT} 65536`],
  [['--port=-1'], `${PORT} -1`],
  [['--port', '80.5'], `${PORT} 80.5`],
  [['--port', '0x50'], `${PORT} 0x50`],
  [['--port', '8e3'], `${PORT} 8e3`],
  [['--port', ' '], `${PORT}  `],
  [['--rate-limit', '0'], `${RATE} 0`],
  [['--rate-limit', 'none'], `${RATE} none`],
  [['--rate-limit', '1.5'], `${RATE} 1.5`],
  [['--rate-limit=-100'], `${RATE} -100`],
  [['--rate-limit', '9007199254740992'], `${RATE} 9007199254740992`],
  [['--allow-host', 'shop.example:8443'], `${ALLOW_HOST} shop.example:8443`],
  [['--allow-host', 'http://shop.example'], `${ALLOW_HOST} http://shop.example`],
  [['--allow-host', 'shop.*.example'], `${ALLOW_HOST} shop.*.example`],
  [['--allow-host', '*.'], `${ALLOW_HOST} *.`],
  [['--allow-origin', '*'], `${ALLOW_ORIGIN} *`],
  [['--allow-origin', 'null'], `${ALLOW_ORIGIN} null`],
  [['--allow-origin', 'localhost:3000'], `${ALLOW_ORIGIN} localhost:3000`],
  [['--allow-origin', 'http://shop.example/test'], `${ALLOW_ORIGIN} http://shop.example/test`],
  [['--allow-origin', 'http://me@shop.example'], `${ALLOW_ORIGIN} http://me@shop.example`],
  [['--allow-origin', 'http://shop.example:port'], `${ALLOW_ORIGIN} http://shop.example:port`],
  [['--https-port', '0', '--tls'], '--https-port must be a number from 1 to 65535, not 0'],
  [['--http-port', 'web'], '--http-port must be a number from 1 to 65535, not web'],
  [['--https-port', '443'], '--https-port needs --tls'],
  [['--tls-name', 'shop.test'], '--tls-name needs --tls'],
  [['--tls=yes'], "Option '--tls' does not take an argument"],
  [['--log', 'loud'], `${LEVEL} loud`],
  [['--log', 'INFO'], `${LEVEL} INFO`],
  [['--public-url', 'pay.shop.example'], `${PUBLIC_URL} pay.shop.example`],
  [['--public-url', 'ftp://shop.example'], `${PUBLIC_URL} ftp://shop.example`],
  [['--public-url', 'http://'], `${PUBLIC_URL} http://`],
  [['--public-url', 'http://a.example/?x=1'], `${PUBLIC_URL_ENDS} http://a.example/?x=1`],
  [['--public-url', 'http://a.example?'], `${PUBLIC_URL_ENDS} http://a.example?`],
  [['--public-url', 'http://a.example/pay#top'], `${PUBLIC_URL_ENDS} http://a.example/pay#top`],
  [['--public-url', 'http://a.example#'], `${PUBLIC_URL_ENDS} http://a.example#`],
  [['--webhook', 'localhost:3000/hook'], `${WEBHOOK} localhost:3000/hook`],
  [['--webhook', 'PAYMENT_STATUS_CHANGED'], `${WEBHOOK} PAYMENT_STATUS_CHANGED`],
  [['--webhook', '=PAYMENT_STATUS_CHANGED'], `${WEBHOOK} `],
  [
    ['--webhook', 'http://a.example/hook=PAYMENT_STATUS_CHANGED,PAYMENT_STATE_CHANGED'],
    `--webhook: PAYMENT_STATE_CHANGED is no event. The events are ${ALL_EVENTS.join(', ')}`,
  ],
  [['--prot', '80'], "Unknown option '--prot'"],
  [['-p', '80'], "Unknown option '-p'"],
  [['8677'], "Unexpected argument '8677'"],
  [['--port'], "Option '--port <value>' argument missing"],
  [['--port', '-1'], "Option '--port' argument is ambiguous"],
  [['--port', '--host'], "Option '--port' argument is ambiguous"],
  [['--help=yes'], "Option '--help' does not take an argument"],
] as const;

t.test('each mistake is said in one line', async (t) => {
  for (const [args, message] of MISTAKES) t.equal(saidOf(args), message, args.join(' '));
});

const CLIENT_KEY = 'test_ck_0123456789ABCDEFGHIJKLMNOPQR';
const SECRET_KEY = 'test_sk_0123456789ABCDEFGHIJKLMNOPQR';
const WIDGET_CLIENT_KEY = 'test_gck_0123456789ABCDEFGHIJKLMNOPQR';
const WIDGET_SECRET_KEY = 'test_gsk_0123456789ABCDEFGHIJKLMNOPQR';
const NO_SECURITY_KEY = '0000000000000000000000000000000000000000000000000000000000000000';

t.test('TOSS_SANDBOX_KEYS declares the keys of one merchant', async (t) => {
  const merchant = {
    mId: 'tenvironment',
    name: '내 상점',
    securityKey: NO_SECURITY_KEY,
    apiVersion: '2022-11-16',
  };
  const individual = { product: 'individual', clientKey: CLIENT_KEY, secretKeys: [SECRET_KEY] };
  const widget = { product: 'widget', clientKey: WIDGET_CLIENT_KEY, secretKeys: [WIDGET_SECRET_KEY] };
  t.strictSame(readOptions([], { TOSS_SANDBOX_KEYS: `${CLIENT_KEY}:${SECRET_KEY}` }), {
    ...DEFAULTS,
    merchants: [{ ...merchant, keyPairs: [individual] }],
  });
  const both = `${CLIENT_KEY}:${SECRET_KEY}, ${WIDGET_CLIENT_KEY}:${WIDGET_SECRET_KEY}`;
  t.strictSame(readOptions([], { TOSS_SANDBOX_KEYS: both }), {
    ...DEFAULTS,
    merchants: [{ ...merchant, keyPairs: [individual, widget] }],
  });
});

// payments.md 1.3. Live keys have no business here.
const BAD_KEYS = [
  CLIENT_KEY,
  `${CLIENT_KEY}:`,
  `:${SECRET_KEY}`,
  `${SECRET_KEY}:${CLIENT_KEY}`,
  `${CLIENT_KEY}:${SECRET_KEY},`,
  `${CLIENT_KEY}:${SECRET_KEY};${WIDGET_CLIENT_KEY}:${WIDGET_SECRET_KEY}`,
  'live_ck_0123456789ABCDEFGHIJKLMNOPQR:live_sk_0123456789ABCDEFGHIJKLMNOPQR',
  `${CLIENT_KEY}:live_sk_0123456789ABCDEFGHIJKLMNOPQR`,
  'ck:sk',
];

t.test('TOSS_SANDBOX_KEYS takes test keys, in pairs, and says so', async (t) => {
  for (const keys of BAD_KEYS) {
    t.equal(
      saidOf([], { TOSS_SANDBOX_KEYS: keys }),
      'TOSS_SANDBOX_KEYS must be test_ck_…:test_sk_…, more pairs after commas',
      keys,
    );
  }
});

t.test('--merchants reads a list of merchants', async (t) => {
  const folder = t.testdir({
    'merchants.json': JSON.stringify([
      {
        mId: 'tcoffee',
        keyPairs: [{ product: 'individual', clientKey: CLIENT_KEY, secretKeys: [SECRET_KEY] }],
      },
      {
        mId: 'tteahouse',
        name: '찻집',
        note: 'unknown fields are left alone',
        securityKey: 'f'.repeat(64),
        keyPairs: [
          { product: 'widget', secretKeys: [WIDGET_SECRET_KEY] },
          { product: 'individual', clientKey: null, secretKeys: [] },
        ],
      },
    ]),
  });
  const file = join(folder, 'merchants.json');
  const expected = {
    ...DEFAULTS,
    merchants: [
      {
        mId: 'tcoffee',
        name: 'tcoffee',
        keyPairs: [{ product: 'individual', clientKey: CLIENT_KEY, secretKeys: [SECRET_KEY] }],
        securityKey: NO_SECURITY_KEY,
        apiVersion: '2022-11-16',
      },
      {
        mId: 'tteahouse',
        name: '찻집',
        keyPairs: [
          { product: 'widget', clientKey: null, secretKeys: [WIDGET_SECRET_KEY] },
          { product: 'individual', clientKey: null, secretKeys: [] },
        ],
        securityKey: 'ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff',
        apiVersion: '2022-11-16',
      },
    ],
  };
  t.strictSame(readOptions(['--merchants', file], {}), expected);
  t.strictSame(readOptions([], { TOSS_SANDBOX_MERCHANTS: file }), expected);
  const { merchants } = readOptions(['--merchants', file], {
    TOSS_SANDBOX_KEYS: `${CLIENT_KEY}:${SECRET_KEY}`,
  }) as CommandOptions;
  t.strictSame(
    merchants.map(({ mId }) => mId),
    ['tcoffee', 'tteahouse', 'tenvironment'],
  );
});

const pairOf = (clientKey: string, secretKey: string) => [
  { mId: 'tcoffee', keyPairs: [{ product: 'individual', clientKey, secretKeys: [secretKey] }] },
];

// What is in the file, and what is said about it.
const BAD_FILES = [
  ['not JSON', '[\n  {"mId": tcoffee}\n]', /is not valid JSON$/],
  ['nothing', '', /^--merchants \S+: Unexpected end of JSON input$/],
  ['no list', '{"mId": "tcoffee"}', /expected array/],
  ['no keys', '[{"mId": "tcoffee"}]', /→ at \[0\]\.keyPairs$/],
  ['an mId too long', JSON.stringify([{ mId: 'tcoffee_roasters', keyPairs: [] }]), /5 to 14 letters/],
  [
    'a live client key',
    JSON.stringify(pairOf('live_ck_0123456789ABCDEFGHIJKLMNOPQR', SECRET_KEY)),
    /not a test client key → at \[0\]\.keyPairs\[0\]\.clientKey$/,
  ],
  [
    'a live secret key',
    JSON.stringify(pairOf(CLIENT_KEY, 'live_sk_0123456789ABCDEFGHIJKLMNOPQR')),
    /not a test secret key → at \[0\]\.keyPairs\[0\]\.secretKeys\[0\]$/,
  ],
  [
    'keys the wrong way round',
    JSON.stringify(pairOf(SECRET_KEY, CLIENT_KEY)),
    /not a test client key .* not a test secret key /,
  ],
] as const;

t.test('a list of merchants that is none is said to be none, in one line', async (t) => {
  for (const [name, text, message] of BAD_FILES) {
    const file = join(t.testdir({ 'merchants.json': text }), 'merchants.json');
    const said = saidOf(['--merchants', file]);
    t.match(said, message, name);
    t.ok(said.startsWith(`--merchants ${file}: `), name);
  }
  t.match(saidOf(['--merchants', 'nowhere.json']), /^--merchants nowhere\.json: ENOENT: no such file/);
});
