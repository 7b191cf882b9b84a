import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { ConnectionSettings, SaslSettings } from '../../src/clients/connection-settings.js';
import type { Cluster } from '../../src/cluster/cluster.js';
import { openCluster } from '../../src/cluster/connected-cluster.js';
import { isLabError } from '../../src/core/lab-error.js';
import { errorSentence } from '../../src/core/text/error-sentence.js';
import { translator } from '../../src/core/text/translate.js';
import { startKafka, type RealKafka, type SecuredListeners } from '../harness/kafka.js';
import { admin, alice } from '../harness/kafka-security.js';
import { removeFolder, temporaryFolder } from '../harness/temporary-folder.js';

describe('a cluster with logins, as the view Clusters connects to it', function () {
  this.timeout(60_000);
  let kafka: RealKafka;
  let secured: SecuredListeners;
  let folder: string;

  before(async () => {
    kafka = await startKafka({ version: '4.2.0', secured: true });
    assert.ok(kafka.secured);
    secured = kafka.secured;
    folder = await temporaryFolder('lab-tokens');
    await inCluster(overTls(password('plain', admin)), (cluster) =>
      cluster.createTopic({ name: 'seen', partitions: 1 }),
    );
  });
  after(async () => {
    await kafka.stop();
    await removeFolder(folder);
  });

  for (const mechanism of ['plain', 'scram-sha-256', 'scram-sha-512'] as const)
    it(`takes user and password over ${mechanism.toUpperCase()}`, async () => {
      assert.deepEqual(await topicsSeen(overTls(password(mechanism, admin))), ['seen']);
    });

  it('takes a token that a command prints', async () => {
    assert.deepEqual(await topicsSeen(overTls(await token('admin', 600))), ['seen']);
  });

  it('takes a client certificate, and no login', async () => {
    const { certificateAuthority, clientCertificate: certificate, clientKey: key } = secured;
    const tls = { certificateAuthority, certificate, key };
    assert.deepEqual(await topicsSeen({ bootstrapServers: [secured.mutualTls], tls }), ['seen']);
  });

  it('shows nothing to a user without rights, and says what they may not do', async () => {
    const connection = overTls(password('plain', alice));
    assert.deepEqual(await topicsSeen(connection), []);
    await told(/does not allow this user to do that \(CreateTopics\)/, () =>
      inCluster(connection, (cluster) => cluster.createTopic({ name: 'hers', partitions: 1 })),
    );
    await told(/The topic “seen” cannot be read \(TOPIC_AUTHORIZATION_FAILED\)/, () =>
      inCluster(connection, (cluster) => cluster.partitions('seen')),
    );
  });

  const mistakes: readonly (readonly [
    string,
    () => ConnectionSettings | Promise<ConnectionSettings>,
    RegExp,
  ])[] = [
    [
      'a wrong password',
      () => overTls({ ...password('plain', admin), password: 'wrong' }),
      /refuses the login \(PLAIN\)/,
    ],
    [
      'a token that has expired',
      async () => overTls(await token('admin', -600)),
      /refuses the token \(OAUTHBEARER\)/,
    ],
    ['a command that prints no token', () => overTls(command('true')), /printed nothing/],
    ['a command that fails', () => overTls(command('exit 3')), /failed with exit code 3/],
    [
      'a certificate that nobody vouches for',
      () => ({ ...overTls(password('plain', admin)), tls: {} }),
      /not signed by a trusted authority/,
    ],
    ['no TLS where there is some', () => ({ bootstrapServers: [secured.saslSsl] }), /expects TLS/],
    [
      'TLS where there is none',
      () => ({ bootstrapServers: kafka.bootstrapServers, tls: {} }),
      /does not speak TLS/,
    ],
    ['no login where one is asked for', () => withoutLogin(), /closed the connection before any answer/],
  ];
  for (const [what, connection, sentence] of mistakes)
    it(`says in one sentence what is wrong with ${what}`, async () => {
      const settings = await connection();
      await told(sentence, () => topicsSeen(settings));
    });

  function overTls(sasl: SaslSettings): ConnectionSettings {
    return { ...withoutLogin(), sasl };
  }

  function withoutLogin(): ConnectionSettings {
    const { certificateAuthority } = secured;
    return { bootstrapServers: [secured.saslSsl], tls: { certificateAuthority } };
  }

  /** A token that nobody has signed, as Kafka's validator for developers takes it, printed by a program of its own. */
  async function token(subject: string, secondsLeft: number): Promise<SaslSettings> {
    const now = Math.floor(Date.now() / 1000);
    const claims = { sub: subject, iat: now - 3600, exp: now + secondsLeft };
    const [head, body] = [{ alg: 'none' }, claims].map((part) =>
      Buffer.from(JSON.stringify(part)).toString('base64url'),
    );
    const file = path.join(folder, `token${secondsLeft}.cjs`);
    await writeFile(file, `console.log('${head ?? ''}.${body ?? ''}.');`);
    return command(`"${process.execPath}" "${file}"`);
  }
});

function password(
  mechanism: 'plain' | 'scram-sha-256' | 'scram-sha-512',
  user: { readonly name: string; readonly password: string },
) {
  return { mechanism, username: user.name, password: user.password };
}

function command(tokenCommand: string): SaslSettings {
  return { mechanism: 'oauthbearer', tokenCommand };
}

async function inCluster<Value>(
  connection: ConnectionSettings,
  act: (cluster: Cluster) => Promise<Value>,
): Promise<Value> {
  const cluster = await openCluster({ connection });
  return act(cluster).finally(() => cluster.close());
}

function topicsSeen(connection: ConnectionSettings): Promise<readonly string[]> {
  return inCluster(connection, async (cluster) =>
    (await cluster.topics()).filter(({ isInternal }) => !isInternal).map(({ name }) => name),
  );
}

async function told(sentence: RegExp, act: () => Promise<unknown>): Promise<void> {
  await assert.rejects(act, (error) => {
    assert.ok(isLabError(error), String(error));
    assert.match(errorSentence(error, translator({})), sentence);
    return true;
  });
}
