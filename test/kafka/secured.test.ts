import assert from 'node:assert/strict';
import type { ConnectionSettings } from '../../src/clients/connection-settings.js';
import { isLabError, type LabErrorCode } from '../../src/core/lab-error.js';
import { scenarioById } from '../../src/core/scenario/catalogue.js';
import { openLab } from '../../src/runner/open-lab.js';
import { startKafka, type RealKafka, type SecuredListeners } from '../harness/kafka.js';
import { admin, alice } from '../harness/kafka-security.js';
import { assertAsExpected } from '../runner/found.js';
import { workers } from '../runner/workers.js';

describe('A secured Apache Kafka', function () {
  this.timeout(120_000);
  let kafka: RealKafka;
  let secured: SecuredListeners;

  before(async () => {
    kafka = await startKafka({ version: '4.2.0', secured: true });
    assert.ok(kafka.secured);
    secured = kafka.secured;
  });

  after(() => kafka.stop());

  const saslSsl = (user: { readonly name: string; readonly password: string }): ConnectionSettings => ({
    bootstrapServers: [secured.saslSsl],
    tls: { certificateAuthority: secured.certificateAuthority },
    sasl: { mechanism: 'scram-sha-512', username: user.name, password: user.password },
  });

  it('is used with TLS and SCRAM: the wire tap sits above TLS and strikes as in plaintext', async () => {
    await run('producer.at-most-once.request-lost', saslSsl(admin));
    await run('producer.at-least-once.response-lost', saslSsl(admin));
    await run('pipeline.exactly-once', saslSsl(admin));
  });

  it('is used with a client certificate', async () => {
    await run('producer.at-least-once.response-lost', {
      bootstrapServers: [secured.mutualTls],
      tls: {
        certificateAuthority: secured.certificateAuthority,
        certificate: secured.clientCertificate,
        key: secured.clientKey,
      },
    });
  });

  it('is used with a token that a command prints, in every actor', async () => {
    const claims = { sub: 'admin', iat: 0, exp: Math.floor(Date.now() / 1000) + 600 };
    const parts = [{ alg: 'none' }, claims].map((part) =>
      Buffer.from(JSON.stringify(part)).toString('base64url'),
    );
    const tls = { certificateAuthority: secured.certificateAuthority };
    const sasl = { mechanism: 'oauthbearer', tokenCommand: `echo ${parts.join('.')}.` } as const;
    const report = await run('pipeline.exactly-once', { bootstrapServers: [secured.saslSsl], tls, sasl });
    assert.ok(!JSON.stringify([report.control.history, report.fault.history]).includes(parts[1] ?? '?'));
  });

  it('keeps passwords out of histories', async () => {
    const report = await run('producer.at-least-once.response-lost', saslSsl(admin));
    assert.ok(!JSON.stringify([report.control.history, report.fault.history]).includes(admin.password));
  });

  it('refuses a wrong password', async () => {
    await refused(saslSsl({ ...admin, password: 'wrong' }), 'authentication-failed');
  });

  it('does not allow a user without rights to create topics', async () => {
    await refused(saslSsl(alice), 'not-authorised');
  });

  it('shows a certificate that is not trusted without its authority', async () => {
    await refused({ ...saslSsl(admin), tls: {} }, 'certificate-not-trusted');
  });

  it('expects TLS where it is spoken to in plaintext', async () => {
    await refused({ bootstrapServers: [secured.saslSsl] }, 'tls-expected');
  });

  it('does not understand TLS on its plaintext listener', async () => {
    await refused({ bootstrapServers: kafka.bootstrapServers, tls: {} }, 'plaintext-expected');
  });

  it('asks for a client certificate', async () => {
    const tls = { certificateAuthority: secured.certificateAuthority };
    await refused({ bootstrapServers: [secured.mutualTls], tls }, 'client-certificate-refused');
  });
});

async function run(id: string, connection: ConnectionSettings) {
  const scenario = scenarioById(id);
  assert.ok(scenario);
  const lab = await openLab({ target: { kind: 'kafka', connection }, workers });
  try {
    const report = await lab.run(scenario);
    assertAsExpected(report);
    return report;
  } finally {
    await lab.dispose();
  }
}

async function refused(connection: ConnectionSettings, code: LabErrorCode): Promise<void> {
  await assert.rejects(run('producer.at-least-once.response-lost', connection), (error: unknown) => {
    assert.ok(isLabError(error), String(error));
    assert.equal(error.code, code, error.message);
    return true;
  });
}
