import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { check } from '../../../src/core/history/check.js';
import type { History, HistoryEvent, Observation } from '../../../src/core/history/events.js';
import { parseHistory } from '../../../src/core/history/jsonl.js';
import { polledRecords } from '../../../src/core/history/polled-records.js';
import { summarised } from '../../../src/core/history/summarised.js';
import { knowledgeLines } from '../../../src/core/report/knowledge-lines.js';
import { translator } from '../../../src/core/text/translate.js';
import { focusOf } from '../../../src/core/timeline/focus.js';
import { partitionAt } from '../../../src/core/timeline/partition-state.js';
import { readTimeline, type Timeline } from '../../../src/core/timeline/timeline.js';

const folder = path.join('test', 'unit', 'timeline', 'histories');
const t = translator({});

describe('A history that is too long to be shown whole', () => {
  for (const file of readdirSync(folder)) {
    const history = historyIn(path.join(folder, file));
    const verdict = check(history);
    const focus = focusOf(history, verdict);

    it(`never holds more than it may (${file})`, () => {
      const left = new Set<string>();
      for (let most = history.length; most > 2; most -= 1) {
        const summary = summarised(history, verdict, most);
        left.add(summary.leftOut);
        assert.ok(summary.history.length <= most, `${summary.history.length} of ${most}`);
        assert.ok(summary.history.every(({ seq }, index, all) => seq > (all[index - 1]?.seq ?? -1)));
        assert.equal(summary.history[0]?.type, 'run');
      }
      assert.deepEqual([...left], ['nothing', 'frames', 'messages', 'more']);
    });

    it(`holds all about the message that matters, and the readers’ findings (${file})`, () => {
      const messages = withOutputs(history, focus);
      const about = history.filter((event) => event.type === 'drain' || isAbout(event, messages));
      assert.ok(about.length > 3);
      for (const leftOut of ['frames', 'messages'] as const) {
        const shown = new Set(summaryWith(history, leftOut));
        assert.deepEqual(
          about.filter((event) => !shown.has(event)),
          [],
          leftOut,
        );
      }
    });

    it(`tells the same truth at each operation’s end without the frames of others (${file})`, () => {
      const whole = readTimeline(history, verdict);
      const shown = readTimeline(summaryWith(history, 'frames'), verdict, focus);
      let compared = 0;
      for (const step of shown.steps) {
        if (step.event.type !== 'ok' && step.event.type !== 'drain') continue;
        const there = whole.steps.findLast(({ event }) => event.seq <= step.event.seq);
        assert.ok(there);
        const [expected, found] = [
          knowledgeLines(whole, there.index, t),
          knowledgeLines(shown, step.index, t),
        ];
        assert.deepEqual(found.truth, expected.truth, `event ${step.event.seq}`);
        assert.deepEqual(endsAt(shown, step.until), endsAt(whole, step.until));
        compared += 1;
      }
      assert.ok(compared > 1);
    });
  }

  it('is not filled with what others did after an operation that a crash cut off', () => {
    const place = { topic: 't', partition: 0 };
    const send = (process: string, operation: number): Observation => ({
      ...{ type: 'invoke', f: 'send', ...place, value: `m${operation}`, process, operation },
    });
    const append = (offset: number): Observation => ({
      ...{ type: 'append', ...place, baseOffset: offset, lastOffset: offset },
      ...{ producerId: -1, epoch: -1, sequence: -1, transactional: false },
    });
    const history = historyOf(
      { type: 'run', topics: [{ role: 'output', topic: 't', partitions: 1 }] },
      { type: 'fault', event: 'fired', point: 'P2', process: 'p', message: 'm0', action: 'crash' },
      send('p', 0),
      { type: 'process', process: 'p', actor: 'p', event: 'crash' },
      ...Array.from({ length: 40 }, (_, index) => [send('q', index + 1), append(index)]).flat(),
    );
    const { history: shown, leftOut } = summarised(history, check(history), 20);
    assert.equal(leftOut, 'messages');
    assert.deepEqual(
      shown.map(({ type }) => type),
      ['run', 'fault', 'invoke', 'process'],
    );
  });

  it('tells also at its shortest that records are gone', () => {
    const records = Array.from({ length: 9 }, (_, offset) => ({ offset, value: `m${offset}` }));
    const end = {
      topic: 't',
      partition: 0,
      logStart: 0,
      highWatermark: 9,
      lastStableOffset: 9,
      complete: true,
    };
    const history = historyOf(
      { type: 'run', topics: [{ role: 'output', topic: 't', partitions: 1 }] },
      { type: 'drain', label: 'before', isolation: 'read_uncommitted', records, ...end },
      { type: 'truncated', topic: 't', partition: 0, endOffset: 4 },
      { type: 'note', about: 'clean-up', detail: '' },
    );
    const { history: shown } = summarised(history, check(history), 3);
    assert.deepEqual(
      shown.map(({ type }) => type),
      ['run', 'drain', 'truncated'],
    );
  });

  function summaryWith(history: History, leftOut: string): History {
    const verdict = check(history);
    for (let most = history.length; most > 0; most -= 1) {
      const summary = summarised(history, verdict, most);
      if (summary.leftOut === leftOut) return summary.history;
    }
    return assert.fail(`nothing leaves out ${leftOut}`);
  }
});

function historyIn(file: string): History {
  const parsed = parseHistory(readFileSync(file, 'utf8'));
  assert.ok(parsed.ok);
  return parsed.history;
}

function historyOf(...observations: readonly Observation[]): History {
  return observations.map((observation, seq) => ({ ...observation, seq, timeMs: seq }));
}

function endsAt({ logs }: Timeline, moment: number): readonly unknown[] {
  return logs.map((log) => {
    const { cells: _, ...ends } = partitionAt(log, { moment, isolation: 'read_committed', limit: 0 });
    return ends;
  });
}

/** The messages, and what the pipeline of these histories makes of them. */
function withOutputs(history: History, focus: ReadonlySet<string>): ReadonlySet<string> {
  const isPipeline = history.some((event) => event.type === 'invoke' && event.f === 'send' && event.source);
  return new Set([...focus, ...(isPipeline ? [...focus].map((value) => value.toUpperCase()) : [])]);
}

function isAbout(event: HistoryEvent, focus: ReadonlySet<string>): boolean {
  if ('value' in event) return focus.has(event.value);
  if (event.type === 'ok' && event.f === 'poll')
    return polledRecords(event.result).some(({ value }) => focus.has(value));
  if (event.type !== 'request' && event.type !== 'response') return false;
  return event.fate !== undefined || (event.detail?.values ?? []).some((value) => focus.has(value));
}
