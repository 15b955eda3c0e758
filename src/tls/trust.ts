import { type Identity, TRUSTSTORE_PASSWORD } from './authority.ts';

/** How each kind of client comes to trust the authority: a line for each, the kind first. */
export function waysToTrust({ caFile, truststoreFile }: Identity): string {
  const [ca, truststore] = [quoted(caFile), quoted(truststoreFile)];
  const ways = [
    ['Node', `NODE_EXTRA_CA_CERTS=${ca}`],
    [
      'JVM',
      `-Djavax.net.ssl.trustStore=${truststore} -Djavax.net.ssl.trustStorePassword=${TRUSTSTORE_PASSWORD}`,
    ],
    ['Python', `SSL_CERT_FILE=${ca} REQUESTS_CA_BUNDLE=${ca}`],
    ['PHP', `php -d openssl.cafile=${ca} -d curl.cainfo=${ca}`],
    ['Ruby, Go', `SSL_CERT_FILE=${ca}`],
    ['curl', `curl --cacert ${ca}`],
    ['browsers', `import ${ca} as an authority`],
  ];
  return ways.map(([kind = '', way]) => `    ${kind.padEnd(10)}${way}`).join('\n');
}

/** As a shell takes it. */
const quoted = (path: string): string =>
  /^[\w./:\\-]+$/.test(path) ? path : `'${path.replaceAll("'", "'\\''")}'`;
