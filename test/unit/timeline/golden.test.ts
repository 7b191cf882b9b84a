import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { check } from '../../../src/core/history/check.js';
import { parseHistory } from '../../../src/core/history/jsonl.js';
import { cellWords, pointersOf } from '../../../src/core/text/steps/strip-words.js';
import { diagramWords } from '../../../src/core/text/steps/diagram-words.js';
import { translator, type Bundle } from '../../../src/core/text/translate.js';
import { rowOfStep, rowsOf } from '../../../src/core/timeline/folds.js';
import { layOut } from '../../../src/core/timeline/layout.js';
import { partitionAt } from '../../../src/core/timeline/partition-state.js';
import { actorAt } from '../../../src/core/timeline/places.js';
import { drawStrip } from '../../../src/core/timeline/strip-svg.js';
import { layOutStrip } from '../../../src/core/timeline/strip.js';
import { drawSvg } from '../../../src/core/timeline/svg.js';
import { readTimeline, type Timeline } from '../../../src/core/timeline/timeline.js';

const folder = path.join('test', 'unit', 'timeline');
const french = JSON.parse(readFileSync('l10n/bundle.l10n.fr.json', 'utf8')) as Bundle;

/** Recorded by runs of this lab, at the step where the fault strikes. After a wanted change: BLESS=1, and look at the pictures. */
const drawings = [
  { history: 'producer.at-least-once.response-lost', language: 'en', bundle: {} },
  { history: 'producer.at-least-once.response-lost', language: 'fr', bundle: french },
  { history: 'consumer.at-most-once.crash-after-commit', language: 'en', bundle: {} },
  { history: 'pipeline.exactly-once', language: 'en', bundle: {} },
] as const;

describe('The drawings of a run', () => {
  for (const { history, language, bundle } of drawings) {
    it(`${history} (${language}): the sequence diagram at the strike`, () => {
      assertGolden(`${history}.${language}.svg`, diagramAtStrike(timelineOf(history), bundle));
    });
  }

  for (const history of new Set(drawings.map((drawing) => drawing.history))) {
    it(`${history}: the log in the end`, () => {
      const timeline = timelineOf(history);
      for (const { topic } of timeline.logs)
        assertGolden(`${history}.${topic}.svg`, stripAtEnd(timeline, topic));
    });
  }
});

function timelineOf(name: string): Timeline {
  const parsed = parseHistory(readFileSync(path.join(folder, 'histories', `${name}.jsonl`), 'utf8'));
  assert.ok(parsed.ok);
  return readTimeline(parsed.history, check(parsed.history));
}

function diagramAtStrike(timeline: Timeline, bundle: Bundle): string {
  const rows = rowsOf(timeline.steps.length, timeline.folds, new Set());
  const current = rowOfStep(rows, timeline.jumps.fault ?? -1);
  const words = diagramWords(timeline, translator(bundle));
  const diagram = layOut({ timeline, rows, current, from: 0, to: rows.length, words });
  return drawSvg(diagram, { id: 'golden', title: 'title', description: 'description' });
}

function stripAtEnd(timeline: Timeline, topic: string): string {
  const t = translator({});
  const log = timeline.logs.find((one) => one.topic === topic);
  assert.ok(log);
  const moment = timeline.steps.at(-1)?.until ?? 0;
  const state = partitionAt(log, { moment, isolation: 'read_committed', limit: 44 });
  const process = actorAt(timeline.steps, timeline.steps.length - 1);
  const strip = layOutStrip({
    state,
    pointers: pointersOf(timeline, log, state, { moment, process }, t),
    missing: [],
    cellsInLine: 11,
    markerLabel: (commit) => (commit ? 'commit' : 'abort'),
    newSince: moment,
  });
  return drawStrip(strip, { id: 'golden', title: 'title', description: 'description' }, (cell) =>
    cellWords(cell, t),
  );
}

/** One element a line, so that a difference is a line too. */
function assertGolden(name: string, svg: string): void {
  const file = path.join(folder, 'golden', name);
  const text = `${svg.replaceAll('><', '>\n<')}\n`;
  if (process.env['BLESS'] === '1') writeFileSync(file, text);
  assert.equal(text, readFileSync(file, 'utf8'));
}
