import assert from 'node:assert/strict';
import type { DrainEvent } from '../../src/core/history/events.js';
import { stepSentence } from '../../src/core/text/steps/step-sentence.js';
import { translator } from '../../src/core/text/translate.js';
import { rowsOf } from '../../src/core/timeline/folds.js';
import type { PartitionLog } from '../../src/core/timeline/log-entry.js';
import { partitionAt } from '../../src/core/timeline/partition-state.js';
import { readTimeline, type Timeline } from '../../src/core/timeline/timeline.js';
import type { RunReport } from '../../src/runner/run.js';

type Phase = RunReport['fault'];

const t = translator({});

/** Holds what the timeline shows against what the history recorded, whoever the broker was. */
export function assertTimelineTrue({ scenario, control, fault }: RunReport): void {
  for (const phase of [control, fault]) {
    const timeline = readTimeline(phase.history, phase.verdict);
    assertRowsCoverSteps(timeline);
    assertSentences(timeline);
    assertLogsAsRead(phase, timeline);
    assertEndsAsTold(timeline);
  }
  assertStrikes(scenario.id, control, fault);
}

/** Folded or opened, every step is on one row and in order. */
function assertRowsCoverSteps({ steps, folds }: Timeline): void {
  for (const opened of [new Set<number>(), new Set(folds.map(({ first }) => first))]) {
    const rows = rowsOf(steps.length, folds, opened).filter(({ kind }) => kind !== 'opened');
    const covered = rows.flatMap(({ first, last }) =>
      Array.from({ length: last - first + 1 }, (_, at) => first + at),
    );
    assert.deepEqual(covered, [...steps.keys()]);
  }
}

function assertSentences({ steps }: Timeline): void {
  for (const step of steps) assert.match(stepSentence(step, t), /^[^{}]+\.$|: .+$/, step.event.type);
}

/** At every moment at which a reader read a partition, it shows the records that he was given. */
function assertLogsAsRead({ history }: Phase, { logs }: Timeline): void {
  const drains = history.filter((event) => event.type === 'drain');
  assert.ok(drains.length > 0);
  for (const drain of drains) {
    const log = logs.find(({ topic, partition }) => topic === drain.topic && partition === drain.partition);
    assert.ok(log, drain.topic);
    assert.deepEqual(visible(log, drain), records(drain), `${drain.label} ${drain.isolation}`);
  }
}

function visible(
  log: PartitionLog,
  { seq, isolation }: DrainEvent & { readonly seq: number },
): readonly string[] {
  const { cells } = partitionAt(log, { moment: seq, isolation, limit: Infinity });
  return cells
    .filter(({ isVisible }) => isVisible)
    .map(
      ({ entry }) => `${entry.offset} ${entry.content.kind === 'record' ? entry.content.value : 'marker'}`,
    );
}

function records({ records: read }: DrainEvent): readonly string[] {
  return read.map(({ offset, value }) => `${offset} ${value}`);
}

/** Where the broker told of its watermarks, the entries alone give the same ones. */
function assertEndsAsTold({ logs }: Timeline): void {
  for (const log of logs) {
    const untold = { ...log, watermarks: [] };
    for (const { at, highWatermark, lastStableOffset } of log.watermarks) {
      const found = partitionAt(untold, { moment: at, isolation: 'read_committed', limit: 0 });
      assert.deepEqual(
        [found.endOffset, found.lastStableOffset],
        [highWatermark, lastStableOffset],
        `at event ${at}`,
      );
    }
  }
}

function assertStrikes(id: string, control: Phase, fault: Phase): void {
  const calm = readTimeline(control.history, control.verdict);
  const struck = readTimeline(fault.history, fault.verdict);
  assert.equal(calm.jumps.fault, undefined, id);
  const step = struck.steps[struck.jumps.fault ?? -1];
  assert.equal(step?.fault?.event, 'fired', id);
  assert.equal(struck.steps.filter((one) => one.fault !== undefined).length, 1, id);
}
