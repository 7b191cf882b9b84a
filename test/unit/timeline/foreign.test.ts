import assert from 'node:assert/strict';
import type { HistoryEvent, Observation } from '../../../src/core/history/events.js';
import { check } from '../../../src/core/history/check.js';
import { parseHistory } from '../../../src/core/history/jsonl.js';
import { diagramWords } from '../../../src/core/text/steps/diagram-words.js';
import { translator } from '../../../src/core/text/translate.js';
import { rowsOf } from '../../../src/core/timeline/folds.js';
import { knowledgeAt } from '../../../src/core/timeline/knowledge.js';
import { layOut } from '../../../src/core/timeline/layout.js';
import { partitionAt } from '../../../src/core/timeline/partition-state.js';
import { layOutStrip } from '../../../src/core/timeline/strip.js';
import { readTimeline, type Timeline } from '../../../src/core/timeline/timeline.js';

const topic = 't';
const place = { topic, partition: 0 };
const end = { label: 'end', logStart: 0, complete: true, ...place } as const;

/** What other tools and real clusters record, and the lab's own runs do not. */
describe('Histories of others', () => {
  it('have a record aborted whose neighbour only the reader knew of, on a cluster', () => {
    const frame = { process: 'p', connection: 0, version: 1, bytes: 1 };
    const records = [
      { offset: 0, value: 'r1', producerId: 7, epoch: 0, transactional: true },
      { offset: 1, value: 'r2', producerId: 7, epoch: 0, transactional: true },
      { offset: 3, value: 'r3', producerId: 7, epoch: 1, transactional: true },
    ];
    const markers = [
      { offset: 2, producerId: 7, epoch: 1, commit: false },
      { offset: 4, producerId: 7, epoch: 1, commit: true },
    ];
    const detail = { ...place, transactionalId: 'x', producerId: 7, epoch: 0 };
    const { logs, steps } = timelineOf(
      {
        type: 'request',
        ...frame,
        api: 'Produce',
        correlationId: 1,
        detail: { ...detail, values: ['r1'], sequence: 0 },
      },
      {
        type: 'response',
        ...frame,
        api: 'Produce',
        correlationId: 1,
        detail: { baseOffset: 0, errorCode: 0 },
      },
      {
        type: 'request',
        ...frame,
        api: 'Produce',
        correlationId: 2,
        detail: { ...detail, values: ['r2'], sequence: 1 },
      },
      { type: 'process', process: 'p', actor: 'p', event: 'crash' },
      { type: 'request', ...frame, process: 'p#2', api: 'InitProducerId', correlationId: 1 },
      {
        type: 'response',
        ...frame,
        process: 'p#2',
        api: 'InitProducerId',
        correlationId: 1,
        detail: { producerId: 7, epoch: 1 },
      },
      {
        type: 'request',
        ...frame,
        process: 'p#2',
        api: 'Produce',
        correlationId: 2,
        detail: { ...detail, epoch: 1, values: ['r3'], sequence: 0 },
      },
      {
        type: 'response',
        ...frame,
        process: 'p#2',
        api: 'Produce',
        correlationId: 2,
        detail: { baseOffset: 3, errorCode: 0 },
      },
      {
        type: 'request',
        ...frame,
        process: 'p#2',
        api: 'EndTxn',
        correlationId: 3,
        detail: { producerId: 7, commit: true },
      },
      {
        type: 'response',
        ...frame,
        process: 'p#2',
        api: 'EndTxn',
        correlationId: 3,
        detail: { errorCode: 0 },
      },
      {
        type: 'drain',
        ...end,
        isolation: 'read_uncommitted',
        records,
        markers,
        highWatermark: 5,
        lastStableOffset: 5,
      },
    );
    const [log] = logs;
    assert.ok(log);
    const moment = steps.at(-1)?.until ?? 0;
    const { cells } = partitionAt(log, { moment, isolation: 'read_committed', limit: 10 });
    assert.deepEqual(
      cells.map(({ state }) => state),
      ['aborted', 'aborted', 'marker', 'committed', 'marker'],
    );
  });

  it('end every offset of a transaction, in all its partitions and also without frames', () => {
    const commit = (partition: number, offset: number, operation: number): readonly Observation[] => {
      const operationOf = {
        f: 'commit-offset',
        group: 'g',
        topic,
        partition,
        offset,
        process: 'c',
        operation,
      } as const;
      return [
        { type: 'invoke', ...operationOf, transaction: 'c/1' },
        { type: 'ok', ...operationOf, transaction: 'c/1' },
      ];
    };
    const ending = { f: 'commit', transaction: 'c/1', process: 'c', operation: 9 } as const;
    const timeline = timelineOf(
      ...commit(0, 3, 1),
      ...commit(1, 5, 2),
      { type: 'invoke', ...ending },
      { type: 'ok', ...ending },
    );
    const { offsets, committed } = knowledgeAt(timeline, timeline.history.length - 1, 'c');
    assert.deepEqual(
      offsets.map(({ partition, offset, state }) => [partition, offset, state]),
      [
        [0, 3, 'committed'],
        [1, 5, 'committed'],
      ],
    );
    assert.deepEqual(
      committed.map(({ partition, offset }) => [partition, offset]),
      [
        [0, 3],
        [1, 5],
      ],
    );
  });

  it('do not take a commit back when several were under way together', () => {
    const commit = (offset: number) =>
      ({ f: 'commit-offset', group: 'g', ...place, offset, process: 'c', operation: offset }) as const;
    const frame = (correlationId: number) =>
      ({ process: 'c', connection: 0, api: 'OffsetCommit', version: 7, correlationId, bytes: 1 }) as const;
    const both = [5, 6];
    const { offsets } = timelineOf(
      ...both.map((offset): Observation => ({ type: 'invoke', ...commit(offset) })),
      ...both.map((offset): Observation => ({
        ...{ type: 'request', ...frame(offset) },
        detail: { ...place, group: 'g', offset },
      })),
      ...both.map((offset): Observation => ({
        type: 'response',
        ...frame(offset),
        detail: { errorCode: 0 },
      })),
      ...both.map((offset): Observation => ({ type: 'ok', ...commit(offset) })),
    );
    assert.deepEqual(
      offsets.map(({ offset }) => offset),
      [5, 6],
    );
  });

  it('keep the commits of clients of which only some frames were recorded', () => {
    const commit = (offset: number): readonly Observation[] => {
      const operation = { f: 'commit-offset', group: 'g', ...place, offset, process: 'c', operation: offset };
      return [{ type: 'invoke', ...operation } as Observation, { type: 'ok', ...operation } as Observation];
    };
    const frame = {
      process: 'c',
      connection: 0,
      api: 'OffsetCommit',
      version: 7,
      correlationId: 1,
      bytes: 1,
    };
    const { offsets } = timelineOf(
      ...commit(1),
      { type: 'request', ...frame, fate: 'lost', detail: { ...place, group: 'g', offset: 2 } },
      ...commit(2),
    );
    assert.deepEqual(
      offsets.map(({ offset }) => offset),
      [1, 2],
    );
  });

  it('name the values of an idempotent batch though no frame was recorded', () => {
    const { logs } = timelineOf(
      ...['a', 'b'].map((value, operation): Observation => ({
        type: 'invoke',
        f: 'send',
        ...place,
        value,
        process: 'c1',
        operation,
      })),
      {
        type: 'append',
        ...place,
        baseOffset: 0,
        lastOffset: 1,
        producerId: 3,
        epoch: 0,
        sequence: 0,
        transactional: false,
      },
    );
    assert.deepEqual(
      logs[0]?.entries.map(({ content }) => content.kind === 'record' && content.value),
      ['a', 'b'],
    );
  });

  it('are drawn in a strip as wide as their records, whatever the gaps between the offsets', () => {
    const records = [0, 100_000].map((offset) => ({ offset, value: `v${offset}` }));
    const { logs, steps } = timelineOf({
      ...{ type: 'drain', ...end, isolation: 'read_uncommitted', records },
      ...{ highWatermark: 100_001, lastStableOffset: 100_001 },
    });
    const [log] = logs;
    assert.ok(log);
    const state = partitionAt(log, {
      moment: steps.at(-1)?.until ?? 0,
      isolation: 'read_uncommitted',
      limit: 44,
    });
    const pointers = [{ offset: 100_001, kind: 'end', label: 'end' }] as const;
    const strip = layOutStrip({
      state,
      pointers,
      missing: [],
      cellsInLine: 11,
      markerLabel: String,
      newSince: 99,
    });
    assert.ok(strip.height < 120, String(strip.height));
    assert.deepEqual(
      strip.cells.map(({ x, offset }) => [x, offset]),
      [
        [1, 0],
        [51, 100_000],
      ],
    );
  });

  it('tell the acts of a process that has no lane by its name, and draw nothing of it on another’s', () => {
    const names = Array.from({ length: 8 }, (_, index) => `p${index}`);
    const timeline = timelineOf(
      ...names.map((process): Observation => ({ type: 'process', process, actor: process, event: 'start' })),
    );
    const rows = rowsOf(timeline.steps.length, timeline.folds, new Set());
    const words = diagramWords(timeline, translator({}));
    const drawing = layOut({ timeline, rows, current: 0, from: 0, to: rows.length, words });
    const bands = drawing.rows.flatMap(({ mark }) => (mark.kind === 'band' ? [mark.label] : []));
    assert.deepEqual(bands, ['p5: starts', 'p6: starts', 'p7: starts']);
  });

  it('may not say of an effect that it was not skipped: it is written only where it was', () => {
    const effect = { f: 'effect', group: 'g', value: 'm', ...place, offset: 0, process: 'c', operation: 0 };
    const line = JSON.stringify({ seq: 0, timeMs: 0, type: 'ok', ...effect, result: { skipped: false } });
    const parsed = parseHistory(line);
    assert.deepEqual(parsed, {
      ok: false,
      problem: { line: 1, reason: 'wrong-field', field: 'result.skipped', expected: 'true' },
    });
  });
});

function timelineOf(...observations: readonly Observation[]): Timeline {
  const history = observations.map((observation, seq): HistoryEvent => ({
    ...observation,
    seq,
    timeMs: seq,
  }));
  return readTimeline(history, check(history));
}
