import assert from 'node:assert/strict';
import type { Observation, Operation, OperationResult } from '../../src/core/history/events.js';
import { RunState } from '../../src/runner/run-state.js';

describe('What a run knows of its logs', () => {
  it('expects the high watermark behind the last acknowledged offset', () => {
    const state = new RunState();
    state.observe(ok('producer', send('m0'), { offset: 4 }));
    assert.equal(state.leastHighWatermark('t', 0), 5);
    assert.equal(state.leastHighWatermark('t', 1), 0);
  });

  it('expects with acks=0 as many records as were really transmitted', () => {
    const state = new RunState();
    for (const value of ['m0', 'm1', 'm2']) {
      state.observe(produceRequest(value, value === 'm1' ? 'lost' : undefined));
      state.observe(ok('producer', send(value), { offset: -1 }));
    }
    assert.equal(state.leastHighWatermark('t', 0), 2);
  });

  it('expects a plain commit at once, and one in a transaction when that has committed', () => {
    const state = new RunState();
    state.observe(ok('consumer', commitOffset(3)));
    assert.equal(state.leastCommitted('g', 't', 0), 3);
    state.observe(ok('consumer', commitOffset(4, 'consumer/1')));
    assert.equal(state.leastCommitted('g', 't', 0), 3);
    state.observe(ok('consumer', { f: 'commit', transaction: 'consumer/1' }));
    assert.equal(state.leastCommitted('g', 't', 0), 4);
  });

  it('forgets the offsets of a transaction that was aborted', () => {
    const state = new RunState();
    state.observe(ok('consumer', commitOffset(4, 'consumer/1')));
    state.observe(ok('consumer', { f: 'abort', transaction: 'consumer/1' }));
    assert.equal(state.leastCommitted('g', 't', 0), -1);
  });

  it('knows a transaction as open from its first record on, until it is ended', () => {
    const state = new RunState();
    state.started('producer', 'id');
    state.observe(ok('producer', { f: 'begin', transaction: 'producer/1' }));
    assert.equal(state.hasOpenTransaction, false);
    state.observe(invoke('producer', send('m0', 'producer/1')));
    assert.equal(state.hasOpenTransaction, true);
    state.observe(ok('producer', { f: 'commit', transaction: 'producer/1' }));
    assert.equal(state.hasOpenTransaction, false);
  });

  it('knows that a successor with the same id ends what was left open, and one with another id does not', () => {
    const state = new RunState();
    state.started('producer', 'id');
    state.observe(invoke('producer', send('m0', 'producer/1')));
    state.started('other', 'other-id');
    state.observe(ok('other', { f: 'init', transactionalId: 'other-id' }));
    assert.equal(state.hasOpenTransaction, true);
    state.started('producer#2', 'id');
    state.observe(ok('producer#2', { f: 'init', transactionalId: 'id' }));
    assert.equal(state.hasOpenTransaction, false);
  });
});

function send(value: string, transaction?: string): Operation {
  return { f: 'send', topic: 't', partition: 0, value, ...(transaction !== undefined && { transaction }) };
}

function commitOffset(offset: number, transaction?: string): Operation {
  const subject = { f: 'commit-offset', group: 'g', topic: 't', partition: 0, offset } as const;
  return { ...subject, ...(transaction !== undefined && { transaction }) };
}

function invoke(process: string, operation: Operation): Observation {
  return { type: 'invoke', ...operation, process, operation: 0 };
}

function ok(process: string, operation: Operation, result?: OperationResult): Observation {
  return { type: 'ok', ...operation, process, operation: 0, ...(result && { result }) };
}

function produceRequest(value: string, fate: 'lost' | undefined): Observation {
  const frame = { connection: 0, api: 'Produce', version: 7, correlationId: 0, bytes: 0 };
  return {
    type: 'request',
    process: 'producer',
    ...frame,
    ...(fate && { fate }),
    detail: { topic: 't', partition: 0, values: [value] },
  };
}
