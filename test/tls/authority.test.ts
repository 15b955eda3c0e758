import { X509Certificate } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import t from 'tap';
import { FolderError, openIdentity } from '../../src/tls/authority.ts';
import { userDataFolder } from '../../src/tls/folder.ts';
import { lacking, run } from '../fixtures/ways-in.ts';

/** 2026-03-05T10:15:30+09:00 */
const NOW = 1_772_673_330_000;
const DAY_MS = 86_400_000;

type Files = Readonly<Record<string, string>>;

/** Every file of a folder with its bytes. */
const filesOf = (folder: string): Files =>
  Object.fromEntries(
    readdirSync(folder)
      .toSorted()
      .map((name) => [name, readFileSync(join(folder, name), 'base64')]),
  );

const certificateIn = (folder: string, name: string): X509Certificate =>
  new X509Certificate(readFileSync(join(folder, name)));

const isoOf = (text: string): string => new Date(text).toISOString();

t.test(
  'the first start makes an authority, a certificate and a truststore, the keys for the owner alone',
  async (t) => {
    const folder = join(t.testdir(), 'data', 'tls');
    const identity = await openIdentity(folder, [], NOW);
    t.strictSame(
      [identity.caFile, identity.truststoreFile],
      [join(folder, 'ca.pem'), join(folder, 'truststore.p12')],
    );
    const modes = readdirSync(folder)
      .toSorted()
      .map((name) => [name, (statSync(join(folder, name)).mode & 0o777).toString(8)]);
    t.strictSame(modes, [
      ['ca-key.pem', '600'],
      ['ca.pem', '644'],
      ['server.pem', '600'],
      ['truststore.p12', '644'],
    ]);
    t.equal((statSync(folder).mode & 0o777).toString(8), '755', 'other containers get at the certificate');
    t.strictSame(readdirSync(join(folder, '..')), ['tls'], 'nothing is left beside it');
  },
);

t.test(
  'the certificate is good for the hosts of Toss Payments, this machine and the names given',
  async (t) => {
    const folder = join(t.testdir(), 'tls');
    await openIdentity(folder, ['sandbox', '*.shop.test', '10.1.2.3', 'fe80::1'], NOW);
    const [ca, server] = [certificateIn(folder, 'ca.pem'), certificateIn(folder, 'server.pem')];
    t.ok(ca.ca);
    t.notOk(server.ca);
    t.ok(server.checkIssued(ca));
    t.ok(server.verify(ca.publicKey));
    t.match(ca.subject, /^CN=toss-sandbox [0-9a-f]{8}$/);
    t.equal(
      server.subjectAltName,
      'DNS:tosspayments.com, DNS:*.tosspayments.com, DNS:localhost, DNS:host.docker.internal, ' +
        'IP Address:127.0.0.1, IP Address:0:0:0:0:0:0:0:1, DNS:sandbox, DNS:*.shop.test, ' +
        'IP Address:10.1.2.3, IP Address:FE80:0:0:0:0:0:0:1',
    );
    t.strictSame(server.keyUsage, ['1.3.6.1.5.5.7.3.1'], 'for servers, and for nothing else');
    t.strictSame(
      [isoOf(ca.validFrom), isoOf(ca.validTo)],
      ['2026-03-04T01:15:30.000Z', '2036-03-02T01:15:30.000Z'],
    );
    t.strictSame(
      [isoOf(server.validFrom), isoOf(server.validTo)],
      ['2026-03-04T01:15:30.000Z', '2027-04-06T01:15:30.000Z'],
    );
  },
);

t.test('a restart keeps every file byte for byte', async (t) => {
  const folder = join(t.testdir(), 'tls');
  await openIdentity(folder, ['sandbox'], NOW);
  const before = filesOf(folder);
  await openIdentity(folder, ['sandbox'], NOW + 367 * DAY_MS - 1000);
  t.strictSame(filesOf(folder), before);
  await openIdentity(folder, [], NOW);
  t.strictSame(filesOf(folder), before, 'a name that is no longer asked for does no harm');
});

t.test(
  'a certificate that is good for less than 30 days more is made anew; the authority stays',
  async (t) => {
    const folder = join(t.testdir(), 'tls');
    await openIdentity(folder, [], NOW);
    const { 'server.pem': old, ...others } = filesOf(folder);
    await openIdentity(folder, [], NOW + 367 * DAY_MS);
    const { 'server.pem': renewed, ...stayed } = filesOf(folder);
    t.not(renewed, old);
    t.strictSame(stayed, others);
    const server = certificateIn(folder, 'server.pem');
    t.equal(isoOf(server.validTo), '2028-04-07T01:15:30.000Z');
    t.ok(server.verify(certificateIn(folder, 'ca.pem').publicKey));
  },
);

t.test('a new name makes a new certificate, if the authority may speak for it', async (t) => {
  const folder = join(t.testdir(), 'tls');
  await openIdentity(folder, ['shop.test', '10.1.2.3'], NOW);
  const authority = filesOf(folder)['ca.pem'];
  await openIdentity(folder, ['www.shop.test', '10.1.2.3'], NOW);
  t.match(certificateIn(folder, 'server.pem').subjectAltName, /DNS:www\.shop\.test/);
  const before = filesOf(folder);
  t.equal(before['ca.pem'], authority);
  for (const name of ['bank.example', 'notshop.test', '10.1.2.4', '::2']) {
    await t.rejects(
      openIdentity(folder, [name], NOW),
      new FolderError(
        `the authority in ${folder} was made without ${name}, and may not speak for it. ` +
          'Remove the folder to have a new one made, which clients must be told to trust anew',
      ),
      name,
    );
    t.strictSame(filesOf(folder), before, 'nothing has changed');
  }
});

t.test('two sandboxes that start together have one authority', async (t) => {
  const folder = join(t.testdir(), 'tls');
  const started = await Promise.all(Array.from({ length: 5 }, () => openIdentity(folder, [], NOW)));
  const ca = certificateIn(folder, 'ca.pem');
  for (const { certificate } of started) t.ok(new X509Certificate(certificate).verify(ca.publicKey));
  t.strictSame(readdirSync(folder).toSorted(), ['ca-key.pem', 'ca.pem', 'server.pem', 'truststore.p12']);
  t.strictSame(readdirSync(join(folder, '..')), ['tls'], 'the others have tidied up');
});

t.test('what was removed is made again', async (t) => {
  const folder = join(t.testdir(), 'tls');
  await openIdentity(folder, [], NOW);
  const before = filesOf(folder);
  for (const name of ['server.pem', 'truststore.p12']) {
    rmSync(join(folder, name));
    await openIdentity(folder, [], NOW);
    t.strictSame(Object.keys(filesOf(folder)), Object.keys(before));
  }
  t.equal(filesOf(folder)['ca.pem'], before['ca.pem']);
});

t.test("a file that is broken or somebody else's is named, and left as it was", async (t) => {
  const base = t.testdir();
  await openIdentity(join(base, 'other'), [], NOW);
  /** A file of another authority. */
  const of = (name: string): Buffer => readFileSync(join(base, 'other', name));
  // What is put there, and what is said of it.
  const FILES: readonly (readonly [string, string | Buffer | null, RegExp])[] = [
    ['ca.pem', 'not a certificate', /ca\.pem holds no certificate\. Remove \S+ to have a new authority made/],
    ['ca.pem', '', /ca\.pem holds no certificate/],
    ['ca.pem', null, /ca\.pem holds no certificate/],
    ['ca.pem', of('ca.pem'), /ca-key\.pem is not the key of .*ca\.pem/],
    ['ca.pem', of('server.pem'), /ca\.pem is no authority of toss-sandbox/],
    ['ca-key.pem', 'not a key', /ca-key\.pem holds no key/],
    ['ca-key.pem', null, /ca-key\.pem holds no key/],
    ['ca-key.pem', of('ca-key.pem'), /ca-key\.pem is not the key of .*ca\.pem/],
    ['server.pem', 'half a certif', /server\.pem does not hold a certificate and its key\. Remove it/],
    ['server.pem', of('ca.pem'), /server\.pem does not hold a certificate and its key/],
    ['server.pem', of('server.pem'), /server\.pem is not of the authority beside it\. Remove it/],
    ['truststore.p12', 'jks', /truststore\.p12 does not hold the authority beside it\. Remove it/],
    ['truststore.p12', of('truststore.p12'), /truststore\.p12 does not hold the authority beside it/],
  ];
  for (const [at, [name, content, message]] of FILES.entries()) {
    const folder = join(base, String(at));
    await openIdentity(folder, [], NOW);
    if (content === null) rmSync(join(folder, name));
    else writeFileSync(join(folder, name), content);
    const before = filesOf(folder);
    const error = await openIdentity(folder, [], NOW).catch((thrown: unknown) => thrown);
    t.ok(error instanceof FolderError, `${name}: ${error}`);
    t.match((error as Error).message, message);
    t.strictSame(filesOf(folder), before);
  }
});

t.test('an authority that has lapsed is said to have, and so is a folder of something else', async (t) => {
  const folder = join(t.testdir(), 'tls');
  await openIdentity(folder, [], NOW);
  await t.rejects(openIdentity(folder, [], NOW + 3651 * DAY_MS), {
    message: /ca\.pem was good until Mar {2}2 01:15:30 2036 GMT/,
  });
  const photos = join(folder, '..', 'photos');
  mkdirSync(photos);
  writeFileSync(join(photos, 'cat.jpg'), '');
  await t.rejects(openIdentity(photos, [], NOW), { message: /photos\/ca\.pem holds no certificate/ });
  t.strictSame(readdirSync(photos), ['cat.jpg']);
  await t.rejects(openIdentity(join(photos, 'cat.jpg', 'tls'), [], NOW), {
    message: /^the folder for certificates cannot be used: ENOTDIR/,
  });
});

t.test("the folder is where the user's programs keep their data", async (t) => {
  t.equal(userDataFolder({}, 'linux'), join(homedir(), '.local/share/toss-sandbox'));
  t.equal(userDataFolder({ XDG_DATA_HOME: '' }, 'linux'), join(homedir(), '.local/share/toss-sandbox'));
  t.equal(userDataFolder({ XDG_DATA_HOME: '/data/kim' }, 'linux'), '/data/kim/toss-sandbox');
  t.equal(userDataFolder({}, 'darwin'), join(homedir(), 'Library/Application Support/toss-sandbox'));
  t.equal(userDataFolder({ LOCALAPPDATA: '/local' }, 'win32'), '/local/toss-sandbox');
});

t.test(
  'OpenSSL takes the chain, and not what the authority may not speak for',
  { skip: await lacking('openssl', 'version') },
  async (t) => {
    const folder = join(t.testdir(), 'tls');
    await openIdentity(folder, [], Date.now());
    const [ca, server] = [join(folder, 'ca.pem'), join(folder, 'server.pem')];
    const { stdout } = await run('openssl', [
      ...['verify', '-x509_strict', '-CAfile', ca, '-verify_hostname', 'js.tosspayments.com', server],
    ]);
    t.equal(stdout, `${server}: OK\n`);
    const { stdout: text } = await run('openssl', ['x509', '-in', ca, '-noout', '-text']);
    t.match(text, /Basic Constraints: critical\s+CA:TRUE, pathlen:0/);
    t.match(text, /Key Usage: critical\s+Certificate Sign, CRL Sign/);
    t.match(text, /Name Constraints: critical\s+Permitted:\s+DNS:tosspayments\.com\s+DNS:localhost\s+/);

    // Somebody who has come by the key makes a certificate for a bank.
    const [key, request, bank] = ['k.pem', 'r.pem', 'bank.pem'].map((name) => join(folder, '..', name)) as [
      string,
      string,
      string,
    ];
    await run('openssl', [
      ...[
        'req',
        '-newkey',
        'ec',
        '-pkeyopt',
        'ec_paramgen_curve:P-256',
        '-nodes',
        '-keyout',
        key,
        '-out',
        request,
      ],
      ...['-subj', '/CN=bank', '-addext', 'subjectAltName=DNS:bank.example'],
    ]);
    const signer = [
      '-CA',
      ca,
      '-CAkey',
      join(folder, 'ca-key.pem'),
      '-CAcreateserial',
      '-copy_extensions',
      'copy',
    ];
    await run('openssl', ['x509', '-req', '-in', request, ...signer, '-out', bank]);
    const forged = await run('openssl', ['verify', '-CAfile', ca, bank]);
    t.match(forged.stdout + forged.stderr, /permitted subtree violation/);
  },
);

t.test(
  'the JVM finds the authority in the truststore, as one that it trusts',
  { skip: await lacking('keytool', '-help') },
  async (t) => {
    const folder = join(t.testdir(), 'tls');
    const { truststoreFile } = await openIdentity(folder, [], NOW);
    const listed = await run('keytool', ['-list', '-keystore', truststoreFile, '-storepass', 'changeit']);
    t.match(listed.stdout, /Your keystore contains 1 entry\s+toss-sandbox, .* trustedCertEntry/);
    const { fingerprint256 } = certificateIn(folder, 'ca.pem');
    t.match(listed.stdout, fingerprint256);
    // anyExtendedKeyUsage, 2.5.29.37.0: trusted for whatever it is used for.
    t.ok(readFileSync(truststoreFile).includes(Buffer.from('0604551d2500', 'hex')));
    const wrong = await run('keytool', ['-list', '-keystore', truststoreFile, '-storepass', 'changeme']);
    t.match(wrong.stdout, /Integrity check failed/);
  },
);
