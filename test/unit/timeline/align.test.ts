import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { check } from '../../../src/core/history/check.js';
import type { History } from '../../../src/core/history/events.js';
import { parseHistory } from '../../../src/core/history/jsonl.js';
import { diagramWords } from '../../../src/core/text/steps/diagram-words.js';
import { translator } from '../../../src/core/text/translate.js';
import { alignRuns, type Run } from '../../../src/core/timeline/align.js';
import { rowsOf } from '../../../src/core/timeline/folds.js';
import { readTimeline } from '../../../src/core/timeline/timeline.js';

describe('Two runs beside each other', () => {
  const lost = recorded('producer.at-least-once.response-lost');

  it('are the same line by line when they are the same', () => {
    const { rows: aligned } = alignRuns(runOf(lost), runOf(lost));
    assert.ok(aligned.length > 8);
    assert.deepEqual(new Set(aligned.map(({ kind }) => kind)), new Set(['same']));
  });

  it('show what only one of them did, in its place', () => {
    const { rows: aligned } = alignRuns(runOf(lost), runOf(withoutRetry(lost)));
    const only = aligned.filter(({ kind }) => kind === 'only-left').map(({ left }) => left);
    assert.deepEqual(only, ['Produce m4, again', 'm4 → offset 5', 'ok, offset 5']);
    assert.equal(
      aligned.some(({ kind }) => kind === 'only-right'),
      false,
    );
  });

  it('are the same when brokers give other producer ids, and not when the epoch is another', () => {
    const pipeline = recorded('pipeline.exactly-once');
    const withNumbers = (change: { readonly producerId?: number; readonly epoch?: number }) =>
      pipeline.map((event) =>
        event.type === 'response' && event.api === 'InitProducerId'
          ? { ...event, detail: { ...event.detail, ...change } }
          : event,
      );
    const differing = (other: History) =>
      alignRuns(runOf(pipeline), runOf(other)).rows.filter(({ kind }) => kind !== 'same').length;
    assert.equal(differing(withNumbers({ producerId: 4711 })), 0);
    assert.ok(differing(withNumbers({ epoch: 7 })) > 0);
  });

  it('show what both did with another result', () => {
    const moved = lost.map((event) =>
      event.type === 'append'
        ? { ...event, baseOffset: event.baseOffset + 7, lastOffset: event.lastOffset + 7 }
        : event,
    );
    const changed = alignRuns(runOf(lost), runOf(moved)).rows.filter(({ kind }) => kind === 'changed');
    assert.deepEqual(
      changed.map(({ left, right }) => [left, right]),
      [
        ['m4 → offset 4', 'm4 → offset 11'],
        ['m4 → offset 5', 'm4 → offset 12'],
      ],
    );
  });
});

/** As if the producer had given up: the events of the second attempt are taken out. */
function withoutRetry(history: History): History {
  const again = history.findLast((event) => event.type === 'request' && event.detail?.values?.[0] === 'm4');
  const told = history.find((event) => event.type === 'ok' && event.seq > (again?.seq ?? 0));
  return history.filter(({ seq }) => seq < (again?.seq ?? 0) || seq > (told?.seq ?? 0));
}

function runOf(history: History): Run {
  const timeline = readTimeline(history, check(history));
  const rows = rowsOf(timeline.steps.length, timeline.folds, new Set());
  return { timeline, rows, words: diagramWords(timeline, translator({})) };
}

function recorded(name: string): History {
  const parsed = parseHistory(
    readFileSync(path.join('test', 'unit', 'timeline', 'histories', `${name}.jsonl`), 'utf8'),
  );
  assert.ok(parsed.ok);
  return parsed.history;
}
