import assert from 'node:assert/strict';
import { check } from '../../../src/core/history/check.js';
import type { History, WireDetail } from '../../../src/core/history/events.js';
import type { LayerVerdict, Verdict } from '../../../src/core/history/verdict.js';
import { scenarioById } from '../../../src/core/scenario/catalogue.js';
import { simulate } from '../scenario/simulation.js';
import { ForgedHistory, mutated } from './build.js';
import { ForgedLog } from './forged-log.js';
import { cleanConsumerRun, cleanPipelineRun } from './samples.js';

function verdictOf(id: string): Verdict {
  const scenario = scenarioById(id);
  assert.ok(scenario);
  return check(simulate(scenario, 'fault'));
}

function layerOf(id: string): LayerVerdict {
  const [layer] = verdictOf(id).layers;
  assert.ok(layer);
  return layer;
}

describe('counts', () => {
  it('tell sends by their outcome: ok, failed, unknown', () => {
    const log = new ForgedLog();
    const { counts } = check(
      new ForgedHistory()
        .send('producer', 'a', { offset: log.append('a') })
        .send('producer', 'b', { ending: 'fail' })
        .send('producer', 'c', { ending: 'info' })
        .send('producer', 'd', { ending: 'pending' })
        .process('producer', 'crash')
        .drain(log)
        .history(),
    );
    assert.deepEqual([counts.sent, counts.ok, counts.failed, counts.unknown], [4, 1, 1, 2]);
  });

  it('are those of the measured topic: a pipeline’s output, a consumer’s input', () => {
    assert.equal(check(cleanPipelineRun()).counts.endOffset, 20);
    assert.equal(check(cleanConsumerRun()).counts.endOffset, 10);
  });

  it('sum records and offsets over partitions', () => {
    const logs = [new ForgedLog('output', 0), new ForgedLog('output', 1)] as const;
    logs[0].append('a');
    logs[1].append('b');
    logs[1].append('c');
    const run = { topics: [{ role: 'output', topic: 'output', partitions: 2 }] } as const;
    const { counts } = check(new ForgedHistory(run).drain(logs[0]).drain(logs[1]).history());
    assert.deepEqual([counts.readUncommitted, counts.readCommitted, counts.endOffset], [3, 3, 3]);
  });

  it('find a recognised retry on the wire, without the broker’s word', () => {
    const scenario = scenarioById('producer.exactly-once.response-lost');
    assert.ok(scenario);
    const clusterLike = simulate(scenario, 'fault', { broker: false });
    assert.equal(check(clusterLike).counts.deduplicated, 1);
    const wireless = mutated(simulate(scenario, 'fault'), (event) =>
      event.type === 'request' || event.type === 'response' ? [] : [event],
    );
    assert.equal(check(wireless).counts.deduplicated, 1);
    const answered = (detail: WireDetail): History =>
      mutated(clusterLike, (event) =>
        event.type === 'response' && event.fate === 'lost'
          ? [{ ...event, detail: { ...event.detail, ...detail } }]
          : [event],
      );
    assert.equal(check(answered({ errorCode: 7 })).counts.deduplicated, 1, 'an error after the append');
    const refused = answered({ errorCode: 19, baseOffset: -1 });
    assert.equal(check(refused).counts.deduplicated, 0, 'an error before it');
  });

  it('do not take a second append for a recognised retry', () => {
    assert.equal(verdictOf('producer.at-least-once.response-lost').counts.deduplicated, 0);
  });

  it('keep what an observation in the middle of the plot saw', () => {
    assert.deepEqual(verdictOf('producer.exactly-once.crash-then-other-writer').observed, {
      'while-open': { readUncommitted: 6, readCommitted: 0, endOffset: 6, lastStableOffset: 0 },
    });
  });

  it('name who held the log back, and since when', () => {
    const { anomalies } = verdictOf('producer.exactly-once.crash-then-other-writer');
    const witness = anomalies.find(({ name }) => name === 'blocked')?.witnesses[0];
    assert.equal(witness?.process, 'producer');
    assert.equal(witness.transaction, 'producer/1');
    assert.equal(witness.producerId, 1000);
    assert.equal(witness.observed, 'while-open');
    assert.ok((witness.ageMs ?? 0) > 0);
  });
});

describe('layers', () => {
  const rows: readonly (readonly [string, Omit<LayerVerdict, 'layer'>])[] = [
    [
      'producer.at-most-once.request-lost',
      { entered: 10, found: 9, lost: 1, duplicated: 0, atMostOnce: true, atLeastOnce: false },
    ],
    [
      'producer.at-least-once.response-lost',
      { entered: 10, found: 11, lost: 0, duplicated: 1, atMostOnce: false, atLeastOnce: true },
    ],
    [
      'producer.exactly-once.response-lost',
      { entered: 10, found: 10, lost: 0, duplicated: 0, atMostOnce: true, atLeastOnce: true },
    ],
    [
      'producer.exactly-once.abort',
      { entered: 0, found: 0, lost: 0, duplicated: 0, atMostOnce: true, atLeastOnce: true },
    ],
    [
      'consumer.at-most-once.crash-after-commit',
      { entered: 10, found: 9, lost: 1, duplicated: 0, atMostOnce: true, atLeastOnce: false },
    ],
    [
      'consumer.at-least-once.crash-before-commit',
      { entered: 10, found: 11, lost: 0, duplicated: 1, atMostOnce: false, atLeastOnce: true },
    ],
    [
      'consumer.exactly-once.idempotent-effect',
      { entered: 10, found: 10, lost: 0, duplicated: 0, atMostOnce: true, atLeastOnce: true },
    ],
    [
      'pipeline.commit-then-produce',
      { entered: 10, found: 9, lost: 1, duplicated: 0, atMostOnce: true, atLeastOnce: false },
    ],
    [
      'pipeline.exactly-once',
      { entered: 10, found: 10, lost: 0, duplicated: 0, atMostOnce: true, atLeastOnce: true },
    ],
  ];
  for (const [id, expected] of rows) {
    it(`of ${id} say which guarantees its run kept`, () => {
      const { layer: _, ...found } = layerOf(id);
      assert.deepEqual(found, expected);
    });
  }

  it('begin with the one that the run measures', () => {
    assert.equal(layerOf('consumer.exactly-once.course').layer, 'log-to-effect');
    assert.equal(layerOf('pipeline.exactly-once').layer, 'input-to-output');
  });

  it('are inferred where another tool’s history does not name them', () => {
    const anonymous = (history: ReturnType<typeof cleanConsumerRun>): string | undefined =>
      check(mutated(history, (event) => (event.type === 'run' ? [] : [event]))).layers[0]?.layer;
    assert.equal(anonymous(cleanConsumerRun()), 'log-to-effect');
    assert.equal(anonymous(cleanPipelineRun()), 'input-to-output');
  });

  it('without a run event still give the same verdict', () => {
    for (const history of [cleanConsumerRun(), cleanPipelineRun()]) {
      const told = check(history);
      const untold = check(mutated(history, (event) => (event.type === 'run' ? [] : [event])));
      assert.deepEqual(untold.counts, told.counts);
      assert.deepEqual(untold.anomalies, told.anomalies);
      assert.deepEqual(untold.doubts, told.doubts);
    }
  });
});
