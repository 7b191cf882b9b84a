import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { check } from '../../../src/core/history/check.js';
import type { History, HistoryEvent } from '../../../src/core/history/events.js';
import { parseHistory } from '../../../src/core/history/jsonl.js';
import { polledRecords } from '../../../src/core/history/polled-records.js';
import { summarised } from '../../../src/core/history/summarised.js';
import { knowledgeLines } from '../../../src/core/report/knowledge-lines.js';
import { translator } from '../../../src/core/text/translate.js';
import { focusOf } from '../../../src/core/timeline/focus.js';
import { readTimeline } from '../../../src/core/timeline/timeline.js';

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
      const about = history.filter((event) => event.type === 'drain' || isAbout(event, focus));
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
        compared += 1;
      }
      assert.ok(compared > 1);
    });
  }

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

function isAbout(event: HistoryEvent, focus: ReadonlySet<string>): boolean {
  if ('value' in event) return focus.has(event.value);
  if (event.type === 'ok' && event.f === 'poll')
    return polledRecords(event.result).some(({ value }) => focus.has(value));
  if (event.type !== 'request' && event.type !== 'response') return false;
  return event.fate !== undefined || (event.detail?.values ?? []).some((value) => focus.has(value));
}
