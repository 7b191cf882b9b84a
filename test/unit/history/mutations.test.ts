import assert from 'node:assert/strict';
import { check } from '../../../src/core/history/check.js';
import type { History, HistoryEvent } from '../../../src/core/history/events.js';
import { scenarioById } from '../../../src/core/scenario/catalogue.js';
import { simulate } from '../scenario/simulation.js';
import { mutated } from './build.js';
import { cleanConsumerRun, cleanPipelineRun, cleanProducerRun, cleanTransaction } from './samples.js';

type Drain = Extract<HistoryEvent, { type: 'drain' }>;

/** Everything that a verdict complains of: anomalies and doubts, by name. */
function complaints(history: History): readonly string[] {
  const { anomalies, doubts } = check(history);
  return [...anomalies.map(({ name }) => name), ...doubts.map(({ guard }) => guard)];
}

function changeDrains(history: History, change: (drain: Drain) => Drain): History {
  return mutated(history, (event) => [event.type === 'drain' ? change(event) : event]);
}

function withoutRecord(history: History, value: string): History {
  return changeDrains(history, (drain) => ({
    ...drain,
    records: drain.records.filter((record) => record.value !== value),
  }));
}

function cleanEmbeddedRun(id: string): History {
  const scenario = scenarioById(id);
  assert.ok(scenario);
  return simulate(scenario, 'control');
}

const cleanRuns: Readonly<Record<string, () => History>> = {
  'a producer': cleanProducerRun,
  'a transaction': cleanTransaction,
  'a consumer': cleanConsumerRun,
  'a pipeline': cleanPipelineRun,
};

describe('a clean history in which', () => {
  it('a record was dropped shows a silent loss', () => {
    const dropped = withoutRecord(cleanProducerRun(), 'm4');
    assert.deepEqual(complaints(dropped), ['silent-loss', 'lost-in-log', 'lost-write', 'drain-incomplete']);
  });

  it('a record of a transaction was dropped shows that it is torn', () => {
    assert.ok(complaints(withoutRecord(cleanTransaction(), 'm4')).includes('torn-transaction'));
  });

  it('the broker’s append was dropped shows that reader and broker disagree', () => {
    const clean = cleanEmbeddedRun('producer.at-least-once.response-lost');
    const dropped = mutated(clean, (event) =>
      event.type === 'append' && event.baseOffset === 4 ? [] : [event],
    );
    assert.deepEqual(complaints(clean), []);
    assert.deepEqual(complaints(dropped), ['broker-disagrees']);
  });

  it('an effect was doubled shows a duplicate effect', () => {
    let operation = 1000;
    const doubled = mutated(cleanConsumerRun(), (event) =>
      (event.type === 'invoke' || event.type === 'ok') && event.f === 'effect' && event.value === 'm4'
        ? [event, { ...event, operation: event.type === 'invoke' ? ++operation : operation }]
        : [event],
    );
    assert.deepEqual(complaints(doubled), ['duplicate-effect']);
  });

  it('an effect was dropped shows a skipped value', () => {
    const dropped = mutated(cleanConsumerRun(), (event) =>
      (event.type === 'invoke' || event.type === 'ok') && event.f === 'effect' && event.value === 'm4'
        ? []
        : [event],
    );
    assert.deepEqual(complaints(dropped), ['skipped']);
  });

  it('a delivery was dropped shows a skipped poll and an unseen value', () => {
    const operations = new Set(
      cleanConsumerRun().flatMap((event) =>
        event.type === 'ok' && event.result && 'record' in event.result && event.result.record.offset === 4
          ? [event.operation]
          : [],
      ),
    );
    const dropped = mutated(cleanConsumerRun(), (event) =>
      (event.type === 'invoke' || event.type === 'ok') &&
      event.f === 'poll' &&
      operations.has(event.operation)
        ? []
        : [event],
    );
    assert.deepEqual(complaints(dropped), ['unseen', 'poll-skip']);
  });

  it('the offsets of two records were swapped shows that they were reordered and do not fit', () => {
    const places = new Map([
      [4, 5],
      [5, 4],
    ]);
    const swapped = changeDrains(cleanProducerRun(), (drain) => ({
      ...drain,
      records: drain.records.map((one) => ({ ...one, offset: places.get(one.offset) ?? one.offset })),
    }));
    assert.deepEqual(complaints(swapped), ['inconsistent-offsets']);
  });

  it('two acknowledged offsets were swapped shows that sends were reordered', () => {
    const swapped = mutated(cleanProducerRun(), (event) =>
      event.type === 'ok' && event.f === 'send' && (event.value === 'm4' || event.value === 'm5')
        ? [{ ...event, result: { offset: event.value === 'm4' ? 5 : 4 } }]
        : [event],
    );
    assert.ok(complaints(swapped).includes('nonmonotonic-send'));
    assert.ok(complaints(swapped).includes('inconsistent-offsets'));
  });

  it('a record was doubled shows a duplicate', () => {
    const doubled = changeDrains(cleanProducerRun(), (drain) => ({
      ...drain,
      highWatermark: 11,
      lastStableOffset: 11,
      records: [...drain.records, { offset: 10, value: 'm4' }],
    }));
    assert.deepEqual(complaints(doubled), ['duplicate']);
  });

  it('a commit marker became an abort marker shows a loss and an aborted read', () => {
    const turned = changeDrains(cleanTransaction(), (drain) => ({
      ...drain,
      markers: (drain.markers ?? []).map((marker) => ({ ...marker, commit: false })),
    }));
    assert.ok(complaints(turned).includes('aborted-read'));
  });

  it('an output lost its visibility shows a lost output', () => {
    const hidden = changeDrains(cleanPipelineRun(), (drain) =>
      drain.isolation === 'read_committed'
        ? { ...drain, records: drain.records.filter(({ value }) => value !== 'M4') }
        : drain,
    );
    assert.deepEqual(complaints(hidden), ['silent-loss', 'lost-write', 'lost-output']);
  });

  it('two outputs swapped their sources is still clean: each input has its output', () => {
    const places = new Map([
      [4, 5],
      [5, 4],
    ]);
    const swapped = mutated(cleanPipelineRun(), (event) =>
      event.type === 'invoke' && event.f === 'send' && event.source
        ? [
            {
              ...event,
              source: { ...event.source, offset: places.get(event.source.offset) ?? event.source.offset },
            },
          ]
        : [event],
    );
    assert.deepEqual(complaints(swapped), []);
  });

  it('two outputs got one source shows a duplicate and a lost output', () => {
    const merged = mutated(cleanPipelineRun(), (event) =>
      event.type === 'invoke' && event.f === 'send' && event.source?.offset === 5
        ? [{ ...event, source: { ...event.source, offset: 4 } }]
        : [event],
    );
    assert.deepEqual(complaints(merged), ['lost-output', 'duplicate-output']);
  });

  for (const [what, clean] of Object.entries(cleanRuns)) {
    it(`any one ending of ${what}’s operations was lost is never taken for clean`, () => {
      const history = clean();
      const endings = history.filter(({ type }) => type === 'ok');
      assert.ok(endings.length >= 10);
      for (const ending of endings) {
        const cut = mutated(history, (event) => (event === ending ? [] : [event]));
        assert.ok(complaints(cut).includes('operations-unaccounted'), `seq ${ending.seq}`);
      }
    });

    it(`any one invocation of ${what}’s operations was lost is never taken for clean`, () => {
      const history = clean();
      for (const invoke of history.filter(({ type }) => type === 'invoke')) {
        const cut = mutated(history, (event) => (event === invoke ? [] : [event]));
        assert.ok(complaints(cut).includes('operations-unaccounted'), `seq ${invoke.seq}`);
      }
    });

    it(`any one event of ${what} is missing shows a gap, unless it was the last`, () => {
      const history = clean();
      for (const event of history.slice(0, -1)) {
        const { doubts } = check(history.filter((one) => one !== event));
        assert.ok(
          doubts.some(({ guard }) => guard === 'sequence-gap'),
          `seq ${event.seq}`,
        );
      }
    });

    it(`any one drain of ${what} is missing shows that it was not read to the end`, () => {
      const history = clean();
      for (const drain of history.filter(({ type }) => type === 'drain')) {
        const cut = mutated(history, (event) => (event === drain ? [] : [event]));
        assert.ok(complaints(cut).includes('drain-incomplete'), `seq ${drain.seq}`);
      }
    });
  }
});
