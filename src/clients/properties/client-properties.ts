import type { ConnectionSettings, PasswordLogin, SaslSettings, TlsSettings } from '../connection-settings.js';
import type { Translate } from '../../core/text/translate.js';
import { ToldError } from '../../core/told-error.js';
import type { Property } from './properties.js';
import { serversOf } from './servers.js';

export type Properties = ReadonlyMap<string, Property>;

/** Reads a file that a property names (`ssl.truststore.location`); passed in, so that this stays testable. */
export type ReadText = (path: string) => Promise<string>;

/**
 * Kafka's client properties → connection settings. Properties that do not concern the connection are left alone: it may be
 * the file of an application (`acks`, `group.id` …). What concerns it and cannot be honoured is refused by name, never ignored.
 * @throws ToldError naming the key
 */
export async function connectionOf(
  properties: Properties,
  bootstrap: readonly string[] | undefined,
  read: ReadText,
  t: Translate,
): Promise<ConnectionSettings> {
  refuseUnsupported(properties, t);
  const protocol = securityProtocol(properties, t);
  const tls = protocol.endsWith('SSL') ? await tlsOf(properties, read, t) : undefined;
  const sasl = protocol.startsWith('SASL') ? saslOf(properties, t) : undefined;
  return {
    bootstrapServers: bootstrap ?? bootstrapOf(properties, t),
    ...(tls === undefined ? {} : { tls }),
    ...(sasl === undefined ? {} : { sasl }),
  };
}

function bootstrapOf(properties: Properties, t: Translate): readonly string[] {
  const value = valueOf(properties, 'bootstrap.servers');
  if (value === undefined)
    throw new ToldError(
      t('No bootstrap servers: give --bootstrap host:port, or bootstrap.servers in the file.'),
    );
  return serversOf(value, t);
}

const protocols = ['PLAINTEXT', 'SSL', 'SASL_PLAINTEXT', 'SASL_SSL'] as const;

function securityProtocol(properties: Properties, t: Translate): (typeof protocols)[number] {
  const value = valueOf(properties, 'security.protocol') ?? 'PLAINTEXT';
  const found = protocols.find((protocol) => protocol === value.toUpperCase());
  return found ?? refuse('security.protocol', value, protocols.join(', '), t);
}

/** Keys that change how the connection is made and that this program cannot follow. */
const unsupportedKeys =
  /^(ssl\.(engine\.factory\.class|provider|cipher\.suites|keymanager\.algorithm|trustmanager\.algorithm)|sasl\.(client\.callback\.handler\.class|login\..+|kerberos\..+|oauthbearer\..+)|socks\..+)$/;

function refuseUnsupported(properties: Properties, t: Translate): void {
  for (const [key, { line }] of properties)
    if (unsupportedKeys.test(key))
      throw new ToldError(
        t('Line {line}: {key} is not supported here; take it out to connect without it.', { line, key }),
      );
  for (const key of ['ssl.truststore.type', 'ssl.keystore.type']) {
    const type = valueOf(properties, key);
    if (type !== undefined && type.toUpperCase() !== 'PEM') refuse(key, type, 'PEM', t);
  }
}

const mechanisms: Readonly<Record<string, PasswordLogin['mechanism']>> = {
  PLAIN: 'plain',
  'SCRAM-SHA-256': 'scram-sha-256',
  'SCRAM-SHA-512': 'scram-sha-512',
};

/** Kafka has a Java class fetch the token; here a command prints it. A key of our own, which other programs leave alone. */
const tokenCommandKey = 'kafka.lab.token.command';

function saslOf(properties: Properties, t: Translate): SaslSettings {
  // Kafka's own default is GSSAPI, which needs Kerberos.
  const name = valueOf(properties, 'sasl.mechanism') ?? 'GSSAPI';
  const tokenCommand = valueOf(properties, tokenCommandKey);
  if (name === 'OAUTHBEARER' && tokenCommand !== undefined) return { mechanism: 'oauthbearer', tokenCommand };
  const mechanism = mechanisms[name] ?? refuse('sasl.mechanism', name, Object.keys(mechanisms).join(', '), t);
  const login = valueOf(properties, 'sasl.jaas.config') ?? missing('sasl.jaas.config', t);
  const username = jaasOption(login, 'username');
  const password = jaasOption(login, 'password');
  if (username === undefined || password === undefined)
    throw new ToldError(t('sasl.jaas.config must hold username="…" and password="…".'));
  return { mechanism, username, password };
}

/** `…LoginModule required username="alice" password="a \"quoted\" word";` */
function jaasOption(login: string, name: string): string | undefined {
  const match = new RegExp(`\\b${name}\\s*=\\s*(?:"((?:\\\\.|[^"\\\\])*)"|([^\\s;"]+))`).exec(login);
  return match?.[1]?.replace(/\\(.)/g, '$1') ?? match?.[2];
}

async function tlsOf(properties: Properties, read: ReadText, t: Translate): Promise<TlsSettings> {
  const authority = await pem(properties, 'ssl.truststore.certificates', 'ssl.truststore.location', read, t);
  const store = await pem(properties, 'ssl.keystore.certificate.chain', 'ssl.keystore.location', read, t);
  const inlineKey = valueOf(properties, 'ssl.keystore.key');
  const key = inlineKey === undefined ? (isKey(store) ? store : undefined) : inLines(inlineKey);
  if (store !== undefined && key === undefined) missing('ssl.keystore.key', t);
  const passphrase = valueOf(properties, 'ssl.key.password');
  return {
    ...(authority === undefined ? {} : { certificateAuthority: authority }),
    ...(store === undefined ? {} : { certificate: store }),
    ...(key === undefined ? {} : { key }),
    ...(passphrase === undefined ? {} : { passphrase }),
    // Kafka: an empty value switches the check off; absent means https.
    verifyHostName: properties.get('ssl.endpoint.identification.algorithm')?.value.trim() !== '',
  };
}

/** A PEM store given in the file itself, or in a file of its own; a Java key store there is binary and is refused. */
async function pem(
  properties: Properties,
  inline: string,
  location: string,
  read: ReadText,
  t: Translate,
): Promise<string | undefined> {
  const text = valueOf(properties, inline);
  if (text !== undefined) return inLines(text);
  const path = valueOf(properties, location);
  if (path === undefined) return undefined;
  const content = await read(path).catch(() => {
    throw new ToldError(t('{key}: the file {path} cannot be read.', { key: location, path }));
  });
  if (!content.includes('-----BEGIN '))
    throw new ToldError(
      t('{key}: {path} is not a PEM file; convert a JKS or PKCS12 store to PEM first.', {
        key: location,
        path,
      }),
    );
  return content;
}

/** In a properties file a PEM text is often one long line (continued lines lose their breaks); OpenSSL needs the breaks. */
function inLines(text: string): string {
  return text.replace(
    /-----BEGIN ([A-Z ]+)-----([\s\S]*?)-----END \1-----/g,
    (_whole, label: string, base64: string) =>
      `-----BEGIN ${label}-----\n${base64.trim().split(/\s+/).join('\n')}\n-----END ${label}-----\n`,
  );
}

function isKey(text: string | undefined): boolean {
  return text !== undefined && /-----BEGIN [A-Z ]*PRIVATE KEY-----/.test(text);
}

function valueOf(properties: Properties, key: string): string | undefined {
  const value = properties.get(key)?.value.trim();
  return value === '' ? undefined : value;
}

function missing(key: string, t: Translate): never {
  throw new ToldError(t('The properties file lacks {key}.', { key }));
}

function refuse(key: string, value: string, supported: string, t: Translate): never {
  throw new ToldError(
    t('{key}={value} is not supported here; supported: {supported}.', { key, value, supported }),
  );
}
