import assert from 'node:assert/strict';
import { outcomeOf, rootOf } from '../../src/clients/outcome.js';

const once = { endsTransaction: false, transmissions: 1 };

describe('The outcome of an operation that did not succeed', () => {
  for (const [name, code] of [
    ['unknown topic', 3],
    ['topic authorization', 29],
    ['out of order sequence', 45],
    ['invalid producer epoch', 47],
    ['fenced', 90],
    ['not enough replicas, said before the append', 19],
  ] as const) {
    it(`is a definite failure for ${name} (${code})`, () => {
      assert.deepEqual(outcomeOf(answer(code), once), { type: 'fail', error: `code ${code}`, code });
    });
  }

  for (const [name, code] of [
    ['a time-out at the broker, after the append', 7],
    ['a leader that moved: KAFKA-13574', 6],
    ['too few replicas after the append', 20],
    ['an unknown server error', -1],
  ] as const) {
    it(`is unknown for ${name} (${code})`, () => {
      assert.equal(outcomeOf(answer(code), once).type, 'info');
    });
  }

  it('is unknown when the connection was lost: no broker answered', () => {
    assert.deepEqual(outcomeOf(new Error('Connection error'), once), {
      type: 'info',
      error: 'Connection error',
    });
  });

  it('is unknown for a definite answer to a repeated request: the first may have been applied', () => {
    assert.equal(outcomeOf(answer(3), { ...once, transmissions: 2 }).type, 'info');
  });

  it('is unknown for EndTxn, unless the producer itself was refused', () => {
    const ending = { endsTransaction: true, transmissions: 1 };
    assert.equal(outcomeOf(answer(48), ending).type, 'info');
    assert.equal(outcomeOf(answer(47), ending).type, 'fail');
  });

  it('is read from the cause that kafkajs wrapped', () => {
    const wrapped = new Error('retries exceeded', {
      cause: new Error('non-retriable', { cause: answer(29) }),
    });
    assert.deepEqual(rootOf(wrapped), { message: 'code 29', code: 29, type: 'T29' });
  });

  it('does not take the code of a system error for one of Kafka', () => {
    const refused = Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' });
    assert.deepEqual(rootOf(refused), { message: 'connect ECONNREFUSED' });
  });
});

function answer(code: number): Error {
  return Object.assign(new Error(`code ${code}`), { code, type: `T${code}` });
}
