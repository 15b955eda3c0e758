import {
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  randomBytes,
  webcrypto,
  X509Certificate,
} from 'node:crypto';
import * as asn1js from 'asn1js';
import * as pkijs from 'pkijs';
import { authorityExtensions, namesBeyond, serverExtensions } from './extensions.ts';

/*
 * Makes what is kept in the folder. This file and those it imports are the only ones that need the library: whoever
 * finds everything made already does not load it.
 */

const engine = new pkijs.CryptoEngine({ name: 'node', crypto: webcrypto as Crypto });

const DAY_MS = 86_400_000;
/** The clock of a container or a virtual machine may be slow. */
const BACKDATED_MS = DAY_MS;
const AUTHORITY_DAYS = 3650;
/** Browsers take no longer ones from public authorities, Apple's no more than 825 days from any. */
const SERVER_DAYS = 397;

const COMMON_NAME = '2.5.4.3';
const FRIENDLY_NAME = '1.2.840.113549.1.9.20';
const CERTIFICATE_BAG = '1.2.840.113549.1.12.10.1.3';
/** Oracle's mark of a certificate that the JVM is to trust, and for what: anything. A JVM sees no other. */
const TRUSTED_KEY_USAGE = '2.16.840.1.113894.746875.1.1';
const ANY_EXTENDED_KEY_USAGE = '2.5.29.37.0';

/** A certificate and its key, both PEM. */
export interface Issued {
  readonly certificate: string;
  readonly privateKey: string;
}

/** Who signs. */
export interface Signer {
  readonly certificate: X509Certificate;
  readonly key: KeyObject;
}

const bytesOf = (data: Uint8Array): ArrayBuffer => new Uint8Array(data).buffer;

const nameOf = (text: string): pkijs.RelativeDistinguishedNames => {
  const value = new asn1js.Utf8String({ value: text });
  const commonName = new pkijs.AttributeTypeAndValue({ type: COMMON_NAME, value });
  return new pkijs.RelativeDistinguishedNames({ typesAndValues: [commonName] });
};

/** Sixteen random bytes that make a positive number (RFC 5280 4.1.2.2). */
function newSerial(): asn1js.Integer {
  const [first = 0, ...rest] = randomBytes(16);
  return new asn1js.Integer({ valueHex: new Uint8Array([0x40 | (first & 0x3f), ...rest]).buffer });
}

const newKey = (): KeyObject => generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey;

const readCertificate = ({ raw }: X509Certificate): pkijs.Certificate =>
  pkijs.Certificate.fromBER(bytesOf(raw));

async function sign(parts: {
  readonly subject: pkijs.RelativeDistinguishedNames;
  readonly issuer: pkijs.RelativeDistinguishedNames;
  readonly key: KeyObject;
  readonly signingKey: KeyObject;
  readonly extensions: pkijs.Extension[];
  readonly now: number;
  readonly days: number;
}): Promise<Issued> {
  const publicKey = createPublicKey(parts.key).export({ type: 'spki', format: 'der' });
  const certificate = new pkijs.Certificate({
    version: 2,
    serialNumber: newSerial(),
    subject: parts.subject,
    issuer: parts.issuer,
    notBefore: new pkijs.Time({ type: 0, value: new Date(parts.now - BACKDATED_MS) }),
    notAfter: new pkijs.Time({ type: 0, value: new Date(parts.now + parts.days * DAY_MS) }),
    subjectPublicKeyInfo: pkijs.PublicKeyInfo.fromBER(bytesOf(publicKey)),
    extensions: parts.extensions,
  });
  const pkcs8 = parts.signingKey.export({ type: 'pkcs8', format: 'der' });
  const algorithm = { name: 'ECDSA', namedCurve: 'P-256' };
  const signingKey = await webcrypto.subtle.importKey('pkcs8', pkcs8, algorithm, false, ['sign']);
  await certificate.sign(signingKey, 'SHA-256', engine);
  const der = Buffer.from(certificate.toSchema(true).toBER());
  return {
    certificate: new X509Certificate(der).toString(),
    privateKey: parts.key.export({ type: 'pkcs8', format: 'pem' }) as string,
  };
}

/**
 * Makes an authority that may speak for the names given, and what is below them, and for nobody else: whoever comes by
 * its key can forge nothing of the rest of the web.
 *
 * @param now milliseconds since the epoch
 */
export async function issueAuthority(names: readonly string[], now: number): Promise<Issued> {
  const key = newKey();
  // Told apart in a list of authorities: two of the same name with different keys confuse every client.
  const name = nameOf(`toss-sandbox ${randomBytes(4).toString('hex')}`);
  const extensions = authorityExtensions(key, names);
  return sign({ subject: name, issuer: name, key, signingKey: key, extensions, now, days: AUTHORITY_DAYS });
}

/** Makes a server's certificate, good for the names given. */
export async function issueServer(signer: Signer, names: readonly string[], now: number): Promise<Issued> {
  const key = newKey();
  return sign({
    subject: nameOf('toss-sandbox'),
    issuer: readCertificate(signer.certificate).subject,
    key,
    signingKey: signer.key,
    extensions: serverExtensions(key, signer.key, names),
    now,
    days: SERVER_DAYS,
  });
}

/** Which of the names an authority may not speak for. */
export const namesRefused = (authority: X509Certificate, names: readonly string[]): string[] =>
  namesBeyond(readCertificate(authority), names);

/**
 * The truststore of a JVM: PKCS #12 that holds the authority and marks it as trusted. The certificate is no secret and
 * not encrypted; the password guards against damage only, by SHA-1, because Java before 8u301 knows nothing newer.
 */
export async function issueTruststore(authority: X509Certificate, password: string): Promise<Buffer> {
  const safeBag = new pkijs.SafeBag({
    bagId: CERTIFICATE_BAG,
    bagValue: new pkijs.CertBag({ parsedValue: readCertificate(authority) }),
    bagAttributes: [
      new pkijs.Attribute({
        type: FRIENDLY_NAME,
        values: [new asn1js.BmpString({ value: 'toss-sandbox' })],
      }),
      new pkijs.Attribute({
        type: TRUSTED_KEY_USAGE,
        values: [new asn1js.ObjectIdentifier({ value: ANY_EXTENDED_KEY_USAGE })],
      }),
    ],
  });
  const content = { privacyMode: 0, value: new pkijs.SafeContents({ safeBags: [safeBag] }) };
  const authenticatedSafe = new pkijs.AuthenticatedSafe({ parsedValue: { safeContents: [content] } });
  await authenticatedSafe.makeInternalValues({ safeContents: [{}] }, engine);
  const store = new pkijs.PFX({ parsedValue: { integrityMode: 0, authenticatedSafe } });
  const guard = { iterations: 2048, pbkdf2HashAlgorithm: 'SHA-1', hmacHashAlgorithm: 'SHA-1' };
  await store.makeInternalValues({ password: bytesOf(Buffer.from(password)), ...guard }, engine);
  return Buffer.from(store.toSchema().toBER());
}
