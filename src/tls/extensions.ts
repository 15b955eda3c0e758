import { createHash, createPublicKey, type KeyObject } from 'node:crypto';
import { isIP, isIPv4 } from 'node:net';
import * as asn1js from 'asn1js';
import * as pkijs from 'pkijs';

/* What a certificate says beside name and key: RFC 5280 4.2. */

const OID = {
  subjectKeyIdentifier: '2.5.29.14',
  keyUsage: '2.5.29.15',
  subjectAltName: '2.5.29.17',
  basicConstraints: '2.5.29.19',
  nameConstraints: '2.5.29.30',
  authorityKeyIdentifier: '2.5.29.35',
  extKeyUsage: '2.5.29.37',
  serverAuth: '1.3.6.1.5.5.7.3.1',
} as const;

/** The bits of KeyUsage, and how many of the byte are not meant. */
const DIGITAL_SIGNATURE = { bits: 0b1000_0000, unusedBits: 7 };
const CERTIFICATE_AND_LIST_SIGNING = { bits: 0b0000_0110, unusedBits: 1 };

/** The kinds of GeneralName that are used here. */
const DNS_NAME = 2;
const IP_ADDRESS = 7;

const extension = (extnID: string, critical: boolean, value: { toBER(): ArrayBuffer }): pkijs.Extension =>
  new pkijs.Extension({ extnID, critical, extnValue: value.toBER() });

const octets = (bytes: Iterable<number>): asn1js.OctetString =>
  new asn1js.OctetString({ valueHex: new Uint8Array(bytes).buffer });

function keyUsage({ bits, unusedBits }: typeof DIGITAL_SIGNATURE): pkijs.Extension {
  const value = new asn1js.BitString({ valueHex: new Uint8Array([bits]).buffer, unusedBits });
  return extension(OID.keyUsage, true, value);
}

/** SHA-1 of the key's bits: a name for the key, not a safeguard (RFC 5280 4.2.1.2). */
function identifierOf(key: KeyObject): asn1js.OctetString {
  const { x = '', y = '' } = createPublicKey(key).export({ format: 'jwk' });
  const point = [Buffer.from([4]), Buffer.from(x, 'base64url'), Buffer.from(y, 'base64url')];
  return octets(createHash('sha1').update(Buffer.concat(point)).digest());
}

/** The bytes of an address: 4 or 16. */
function addressBytes(address: string): number[] {
  if (isIPv4(address)) return address.split('.').map(Number);
  // Read by the URL parser it has groups of hexadecimal digits, and one `::` at most.
  const [head = '', tail = ''] = new URL(`http://[${address}]`).hostname.slice(1, -1).split('::');
  const groupsOf = (text: string): string[] => (text === '' ? [] : text.split(':'));
  const [before, after] = [groupsOf(head), groupsOf(tail)];
  const zeros = Array.from({ length: 8 - before.length - after.length }, () => '0');
  return [...before, ...zeros, ...after].flatMap((group) => {
    const value = Number.parseInt(group, 16);
    return [value >> 8, value & 0xff];
  });
}

const generalName = (name: string): pkijs.GeneralName =>
  isIP(name) > 0
    ? new pkijs.GeneralName({ type: IP_ADDRESS, value: octets(addressBytes(name)) })
    : new pkijs.GeneralName({ type: DNS_NAME, value: name });

/** What may be spoken for: a name and all below it; or one address, with a mask of ones (RFC 5280 4.2.1.10). */
function subtreeOf(name: string): pkijs.GeneralName {
  if (isIP(name) === 0) return generalName(name.replace(/^\*\./, ''));
  const address = addressBytes(name);
  return new pkijs.GeneralName({
    type: IP_ADDRESS,
    value: octets([...address, ...address.map(() => 0xff)]),
  });
}

/** Of an authority that signs servers' certificates for these names and what is below them. */
export const authorityExtensions = (key: KeyObject, names: readonly string[]): pkijs.Extension[] => {
  const constraints = new pkijs.BasicConstraints({ cA: true, pathLenConstraint: 0 });
  const permittedSubtrees = names.map((name) => new pkijs.GeneralSubtree({ base: subtreeOf(name) }));
  return [
    extension(OID.basicConstraints, true, constraints.toSchema()),
    keyUsage(CERTIFICATE_AND_LIST_SIGNING),
    extension(OID.nameConstraints, true, new pkijs.NameConstraints({ permittedSubtrees }).toSchema()),
    extension(OID.subjectKeyIdentifier, false, identifierOf(key)),
  ];
};

/** Of a server's certificate, good for exactly these names. */
export const serverExtensions = (
  key: KeyObject,
  authorityKey: KeyObject,
  names: readonly string[],
): pkijs.Extension[] => {
  const authority = new pkijs.AuthorityKeyIdentifier({ keyIdentifier: identifierOf(authorityKey) });
  const altNames = new pkijs.GeneralNames({ names: names.map(generalName) });
  return [
    extension(OID.basicConstraints, true, new pkijs.BasicConstraints({ cA: false }).toSchema()),
    keyUsage(DIGITAL_SIGNATURE),
    extension(OID.extKeyUsage, false, new pkijs.ExtKeyUsage({ keyPurposes: [OID.serverAuth] }).toSchema()),
    extension(OID.subjectAltName, false, altNames.toSchema()),
    extension(OID.subjectKeyIdentifier, false, identifierOf(key)),
    extension(OID.authorityKeyIdentifier, false, authority.toSchema()),
  ];
};

/** Which of the names an authority's certificate does not let it speak for. */
export function namesBeyond(authority: pkijs.Certificate, names: readonly string[]): string[] {
  const constraints = authority.extensions?.find(({ extnID }) => extnID === OID.nameConstraints)?.parsedValue;
  if (!(constraints instanceof pkijs.NameConstraints)) return [];
  const bases = (constraints.permittedSubtrees ?? []).map(({ base }) => base);
  return names.filter((name) => {
    const wanted = subtreeOf(name);
    return !bases.some((base) => base.type === wanted.type && permits(base, wanted));
  });
}

/** Both are names, or both are addresses with a mask. */
function permits(base: pkijs.GeneralName, wanted: pkijs.GeneralName): boolean {
  if (base.type === DNS_NAME) return wanted.value === base.value || wanted.value.endsWith(`.${base.value}`);
  return base.value.isEqual(wanted.value);
}
