import assert from 'node:assert/strict';
import { diagnose } from '../../src/clients/diagnose.js';
import { LabError } from '../../src/core/lab-error.js';

const server = 'kafka:9092';

describe('The diagnosis of a client’s error', () => {
  for (const [what, error, code] of [
    ['a refused connection', named('KafkaJSConnectionError', { code: 'ECONNREFUSED' }), 'broker-unreachable'],
    [
      'a name without an address',
      named('KafkaJSConnectionError', { code: 'ENOTFOUND' }),
      'broker-unreachable',
    ],
    ['a connection that was closed', named('KafkaJSConnectionClosedError', {}), 'connection-closed'],
    [
      'a certificate',
      named('KafkaJSConnectionError', { code: 'DEPTH_ZERO_SELF_SIGNED_CERT' }),
      'certificate-not-trusted',
    ],
    ['a missing right', named('KafkaJSProtocolError', { code: 29 }), 'not-authorised'],
    ['anything else', named('KafkaJSNonRetriableError', {}), 'client-failed'],
  ] as const) {
    it(`tells ${what}, also where kafkajs has wrapped it`, () => {
      assert.equal(diagnose(error, { server }).code, code);
      assert.equal(diagnose(new Error('retries exceeded', { cause: error }), { server }).code, code);
    });
  }

  it('tells a refused login', () => {
    const sasl = { mechanism: 'scram-sha-256', username: 'u', password: 'p' } as const;
    const { code, args } = diagnose(named('KafkaJSSASLAuthenticationError', {}), { server, sasl });
    assert.deepEqual({ code, args }, { code: 'authentication-failed', args: { mechanism: 'SCRAM-SHA-256' } });
  });

  it('tells a broker that had answered before as gone', () => {
    const error = named('KafkaJSConnectionError', { code: 'ECONNRESET' });
    assert.equal(diagnose(error, { server, hasAnswered: true }).code, 'broker-unreachable');
  });

  it('leaves what is plain already as it is', () => {
    const error = new LabError('cancelled');
    assert.equal(diagnose(error, { server }), error);
  });
});

function named(name: string, fields: object, message = 'said the client'): Error {
  return Object.assign(new Error(message), { name, ...fields });
}
