import assert from 'node:assert/strict';
import { ToldError } from '../../src/core/told-error.js';
import { connectionOf } from '../../src/clients/properties/client-properties.js';
import { parseProperties } from '../../src/clients/properties/properties.js';
import type { ConnectionSettings } from '../../src/clients/connection-settings.js';
import { translator } from '../../src/core/text/translate.js';

const certificate = '-----BEGIN CERTIFICATE-----\nMIIB\nAAAA\n-----END CERTIFICATE-----\n';
const key = '-----BEGIN PRIVATE KEY-----\nMIIE\n-----END PRIVATE KEY-----\n';
const files: Readonly<Record<string, string>> = {
  'ca.pem': certificate,
  'both.pem': key + certificate,
  'store.jks': '\uFFFD\u0001binary',
};

describe('connection settings from a file of Kafka’s client properties', () => {
  it('are only the servers when nothing else is said', async () => {
    assert.deepEqual(await read('bootstrap.servers=one:9092, two:9093\nacks=all'), {
      bootstrapServers: ['one:9092', 'two:9093'],
    });
  });

  it('take the servers of the command line before those of the file', async () => {
    assert.deepEqual(await read('bootstrap.servers=one:9092', ['other:9092']), {
      bootstrapServers: ['other:9092'],
    });
  });

  it('hold user and password of a JAAS line, with its escapes', async () => {
    const { sasl, tls } = await read(
      'security.protocol=SASL_PLAINTEXT\nsasl.mechanism=SCRAM-SHA-512\nbootstrap.servers=a:1\n' +
        'sasl.jaas.config=org.apache.kafka.common.security.scram.ScramLoginModule required \\\n' +
        '  username="alice" \\\n  password="a \\\\"quoted\\\\" word";',
    );
    assert.deepEqual(sasl, { mechanism: 'scram-sha-512', username: 'alice', password: 'a "quoted" word' });
    assert.equal(tls, undefined);
  });

  it('hold the command that prints a token, a key of our own', async () => {
    const { sasl } = await read(
      'security.protocol=SASL_PLAINTEXT\nsasl.mechanism=OAUTHBEARER\nbootstrap.servers=a:1\n' +
        'kafka.lab.token.command=get-token --audience kafka',
    );
    assert.deepEqual(sasl, { mechanism: 'oauthbearer', tokenCommand: 'get-token --audience kafka' });
  });

  it('read a PEM trust store and key store from the files that are named', async () => {
    const { tls } = await read(
      'security.protocol=SSL\nbootstrap.servers=a:1\nssl.truststore.type=PEM\nssl.truststore.location=ca.pem\n' +
        'ssl.keystore.type=PEM\nssl.keystore.location=both.pem\nssl.key.password=secret',
    );
    assert.deepEqual(tls, {
      certificateAuthority: certificate,
      certificate: key + certificate,
      key: key + certificate,
      passphrase: 'secret',
      verifyHostName: true,
    });
  });

  it('give a PEM text its line breaks back when it stands in one line', async () => {
    const { tls } = await read(
      'security.protocol=SSL\nbootstrap.servers=a:1\n' +
        'ssl.truststore.certificates=-----BEGIN CERTIFICATE----- \\\n MIIB \\\n AAAA \\\n -----END CERTIFICATE-----',
    );
    assert.equal(tls?.certificateAuthority, certificate);
  });

  it('check the host name, unless the algorithm is empty', async () => {
    const ssl = 'security.protocol=SSL\nbootstrap.servers=a:1\n';
    assert.equal((await read(ssl)).tls?.verifyHostName, true);
    assert.equal((await read(`${ssl}ssl.endpoint.identification.algorithm=https`)).tls?.verifyHostName, true);
    assert.equal((await read(`${ssl}ssl.endpoint.identification.algorithm=`)).tls?.verifyHostName, false);
  });
});

describe('a properties file that cannot be followed', () => {
  const refused: Readonly<Record<string, readonly [string, RegExp]>> = {
    'has a Java trust store': [
      'security.protocol=SSL\nssl.truststore.type=JKS',
      /ssl\.truststore\.type=JKS.*PEM/,
    ],
    'names a binary store': [
      'security.protocol=SSL\nssl.truststore.location=store.jks',
      /store\.jks is not a PEM file/,
    ],
    'names a file that is not there': [
      'security.protocol=SSL\nssl.truststore.location=no.pem',
      /no\.pem cannot be read/,
    ],
    'asks for Kerberos': [
      'security.protocol=SASL_SSL\nsasl.mechanism=GSSAPI',
      /sasl\.mechanism=GSSAPI.*PLAIN/,
    ],
    'leaves the mechanism at Kafka’s default': ['security.protocol=SASL_SSL', /sasl\.mechanism=GSSAPI/],
    'has no login': ['security.protocol=SASL_SSL\nsasl.mechanism=PLAIN', /lacks sasl\.jaas\.config/],
    'has a login without a password': [
      'security.protocol=SASL_SSL\nsasl.mechanism=PLAIN\nsasl.jaas.config=x required username="a";',
      /username="…" and password="…"/,
    ],
    'has an unknown protocol': ['security.protocol=TLS', /security\.protocol=TLS.*SASL_SSL/],
    'uses a callback class': [
      'acks=all\nsasl.login.callback.handler.class=X',
      /Line 3: sasl\.login\.callback/,
    ],
    'has a certificate without its key': [
      `security.protocol=SSL\nssl.keystore.certificate.chain=-----BEGIN CERTIFICATE----- A -----END CERTIFICATE-----`,
      /lacks ssl\.keystore\.key/,
    ],
  };
  for (const [what, [text, sentence]] of Object.entries(refused))
    it(`is refused by the name of the key when it ${what}`, async () => {
      await assert.rejects(read(`bootstrap.servers=a:1\n${text}`), (error) => refusal(error, sentence));
    });

  it('is refused when it names no servers and the command line names none either', async () => {
    await assert.rejects(read('acks=all'), (error) => refusal(error, /bootstrap\.servers/));
  });

  it('is refused when a server is no host and port', async () => {
    await assert.rejects(read('bootstrap.servers=one'), (error) => refusal(error, /host:port, not “one”/));
  });
});

function refusal(error: unknown, sentence: RegExp): boolean {
  assert.ok(error instanceof ToldError);
  assert.match(error.message, sentence);
  return true;
}

function read(text: string, bootstrap?: readonly string[]): Promise<ConnectionSettings> {
  const readText = (file: string): Promise<string> => {
    const content = files[file];
    return content === undefined ? Promise.reject(new Error('ENOENT')) : Promise.resolve(content);
  };
  return connectionOf(parseProperties(text), bootstrap, readText, translator({}));
}
