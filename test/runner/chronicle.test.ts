import assert from 'node:assert/strict';
import { monotonicMs } from '../../src/clients/monotonic.js';
import type { Observation } from '../../src/core/history/events.js';
import { Chronicle } from '../../src/runner/chronicle.js';

describe('The chronicle of a run', () => {
  it('orders the events of all writers by the clock they share', () => {
    const chronicle = new Chronicle();
    const now = monotonicMs();
    chronicle.add('b', 0, now + 2, note('second'));
    chronicle.add('a', 0, now + 1, note('first'));
    chronicle.add('b', 1, now + 3, note('third'));
    assert.deepEqual(told(chronicle), ['0 first', '1 second', '2 third']);
  });

  it('keeps a writer’s own order where the clock did not move between two events', () => {
    const chronicle = new Chronicle();
    const now = monotonicMs();
    chronicle.add('a', 1, now, note('second'));
    chronicle.add('a', 0, now, note('first'));
    assert.deepEqual(told(chronicle), ['0 first', '1 second']);
  });

  it('leaves a number out where a writer’s event is missing, so that the checker sees the gap', () => {
    const chronicle = new Chronicle();
    const now = monotonicMs();
    chronicle.add('a', 0, now, note('first'));
    chronicle.add('a', 2, now + 1, note('third'));
    assert.deepEqual(told(chronicle), ['0 first', '2 third']);
  });

  it('records an operation of the runner’s own as invoked and answered', async () => {
    const chronicle = new Chronicle();
    const send = { f: 'send', topic: 't', partition: 0, value: 'm0' } as const;
    await chronicle.perform('seeder', send, () => Promise.resolve({ offset: 3 }));
    const [invoke, ok] = chronicle.history();
    assert.equal(invoke?.type, 'invoke');
    assert.deepEqual(ok?.type === 'ok' && [ok.process, ok.operation, ok.result], [
      'seeder',
      0,
      { offset: 3 },
    ]);
  });
});

function note(detail: string): Observation {
  return { type: 'note', about: 'warm-up', detail };
}

function told(chronicle: Chronicle): readonly string[] {
  return chronicle.history().map((event) => `${event.seq} ${event.type === 'note' ? event.detail : ''}`);
}
