import { createPrivateKey, randomBytes, X509Certificate } from 'node:crypto';
import { chmod, mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { isIP } from 'node:net';
import { dirname, join } from 'node:path';
import type { Issued, Signer } from './issue.ts';
import { AUTHORITY_NAMES, CERTIFICATE_NAMES } from './names.ts';

/** The folder cannot be used as it is: said in one line, with the file that is meant. */
export class FolderError extends Error {}

/** Of the JVM's truststore, which holds no secret. `changeit` is what Java's own has. */
export const TRUSTSTORE_PASSWORD = 'changeit';

/** What a server that speaks TLS needs, and where its clients find whom to trust. */
export interface Identity {
  /** PEM. */
  readonly certificate: string;
  readonly privateKey: string;
  /** The authority's certificate: PEM, and the JVM's truststore. */
  readonly caFile: string;
  readonly truststoreFile: string;
}

const CA = 'ca.pem';
const CA_KEY = 'ca-key.pem';
/** Certificate and key in one file, so that no start finds one without the other. */
const SERVER = 'server.pem';
const TRUSTSTORE = 'truststore.p12';

/** A certificate that is good for less than 30 days more is made anew at the next start. */
const RENEWAL_MS = 30 * 86_400_000;

/** For the owner alone; for everybody. */
const SECRET = 0o600;
const PUBLIC = 0o644;

/**
 * Reads authority and certificate out of a folder, and makes what is not there yet. The authority is made once, and
 * stays; the certificate is made anew when it is about to lapse or a name is missing in it.
 *
 * @param folder holds these files and nothing else; it is made where it is not there
 * @param names host names and addresses beside those of Toss Payments and this machine
 * @param now milliseconds since the epoch
 * @throws {FolderError} where a file is not what it should be; it is left as it was
 */
export async function openIdentity(folder: string, names: readonly string[], now: number): Promise<Identity> {
  try {
    await foundAuthority(folder, names, now);
    const signer = await readAuthority(folder, now);
    const issued = await serverOf(folder, signer, [...CERTIFICATE_NAMES, ...names], now);
    const truststoreFile = await truststoreOf(folder, signer);
    return { ...issued, caFile: join(folder, CA), truststoreFile };
  } catch (error) {
    const { syscall, message } = error as NodeJS.ErrnoException;
    if (syscall === undefined) throw error;
    throw new FolderError(`the folder for certificates cannot be used: ${message}`);
  }
}

const issuing = () => import('./issue.ts');

/** What is in a file; null when there is none. */
const readIfThere = (file: string): Promise<Buffer | null> =>
  readFile(file).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw error;
  });

/**
 * Makes the folder with an authority in it, unless it is there. Both files come at once, by renaming a folder: of two
 * sandboxes that start together one makes it, and the other uses that.
 */
async function foundAuthority(folder: string, names: readonly string[], now: number): Promise<void> {
  const [certificate, key] = [await readIfThere(join(folder, CA)), await readIfThere(join(folder, CA_KEY))];
  if (certificate !== null || key !== null) return;
  await mkdir(dirname(folder), { recursive: true });
  const draft = await mkdtemp(`${folder}-`);
  try {
    const { issueAuthority } = await issuing();
    const issued = await issueAuthority([...AUTHORITY_NAMES, ...names], now);
    await writeFile(join(draft, CA_KEY), issued.privateKey, { mode: SECRET });
    await writeFile(join(draft, CA), issued.certificate, { mode: PUBLIC });
    // Whoever is to trust the authority must get at its certificate: other users, other containers.
    await chmod(draft, 0o755);
    await rename(draft, folder);
  } catch (error) {
    await rm(draft, { recursive: true, force: true });
    if (!isThere(error)) throw error;
  }
}

/** Renaming onto a folder with something in it; the second is what Windows calls it. */
const isThere = (error: unknown): boolean =>
  ['ENOTEMPTY', 'EEXIST', 'EPERM'].includes((error as NodeJS.ErrnoException).code ?? '');

async function readAuthority(folder: string, now: number): Promise<Signer> {
  const [caFile, keyFile] = [join(folder, CA), join(folder, CA_KEY)];
  const advice = `Remove ${folder} to have a new authority made, which clients must be told to trust anew`;
  const certificate = parse(await readIfThere(caFile), (pem) => new X509Certificate(pem));
  if (certificate === null) throw new FolderError(`${caFile} holds no certificate. ${advice}`);
  const key = parse(await readIfThere(keyFile), (pem) => createPrivateKey(pem));
  if (key === null) throw new FolderError(`${keyFile} holds no key. ${advice}`);
  const isOurs = certificate.ca && key.asymmetricKeyDetails?.namedCurve === 'prime256v1';
  if (!isOurs) throw new FolderError(`${caFile} is no authority of toss-sandbox. ${advice}`);
  if (!certificate.checkPrivateKey(key)) {
    throw new FolderError(`${keyFile} is not the key of ${caFile}. ${advice}`);
  }
  if (Date.parse(certificate.validTo) < now) {
    throw new FolderError(`${caFile} was good until ${certificate.validTo}. ${advice}`);
  }
  return { certificate, key };
}

/** Reads the server's certificate, or makes one. */
async function serverOf(
  folder: string,
  signer: Signer,
  names: readonly string[],
  now: number,
): Promise<Issued> {
  const file = join(folder, SERVER);
  const there = await readIfThere(file);
  if (there !== null) {
    const certificate = parse(there, (pem) => new X509Certificate(pem));
    const key = parse(there, (pem) => createPrivateKey(pem));
    if (certificate === null || key === null || !certificate.checkPrivateKey(key)) {
      throw new FolderError(
        `${file} does not hold a certificate and its key. Remove it to have a new one made`,
      );
    }
    if (!certificate.checkIssued(signer.certificate) || !certificate.verify(signer.certificate.publicKey)) {
      throw new FolderError(`${file} is not of the authority beside it. Remove it to have a new one made`);
    }
    const isLasting = Date.parse(certificate.validTo) - now > RENEWAL_MS;
    if (isLasting && names.every((name) => isGoodFor(certificate, name))) {
      const text = there.toString();
      return { certificate: text, privateKey: text };
    }
  }
  const { issueServer, namesRefused } = await issuing();
  const refused = namesRefused(signer.certificate, names);
  if (refused.length > 0) {
    throw new FolderError(
      `the authority in ${folder} was made without ${refused.join(', ')}, and may not speak for it. ` +
        `Remove the folder to have a new one made, which clients must be told to trust anew`,
    );
  }
  const issued = await issueServer(signer, names, now);
  await replace(file, issued.certificate + issued.privateKey, SECRET);
  return issued;
}

async function truststoreOf(folder: string, signer: Signer): Promise<string> {
  const file = join(folder, TRUSTSTORE);
  const there = await readIfThere(file);
  if (there === null) {
    const { issueTruststore } = await issuing();
    await replace(file, await issueTruststore(signer.certificate, TRUSTSTORE_PASSWORD), PUBLIC);
  } else if (!there.includes(signer.certificate.raw)) {
    throw new FolderError(`${file} does not hold the authority beside it. Remove it to have a new one made`);
  }
  return file;
}

/** A wildcard is good when any name below it is. */
const isGoodFor = (certificate: X509Certificate, name: string): boolean =>
  (isIP(name) > 0 ? certificate.checkIP(name) : certificate.checkHost(name.replace('*', 'any'))) !==
  undefined;

/** What a file says; null when it is not there or says nothing of the kind. */
function parse<T>(text: Buffer | null, read: (text: Buffer) => T): T | null {
  if (text === null) return null;
  try {
    return read(text);
  } catch {
    return null;
  }
}

/** Puts a file into its place whole. */
async function replace(file: string, data: string | Buffer, mode: number): Promise<void> {
  const draft = `${file}.${randomBytes(4).toString('hex')}`;
  await writeFile(draft, data, { mode });
  await rename(draft, file);
}
