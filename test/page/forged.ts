import type { History, Observation } from '../../src/core/history/events.js';
import type { Anomaly, Counts, Verdict } from '../../src/core/history/verdict.js';
import { scenarioById } from '../../src/core/scenario/catalogue.js';
import type { LabPhase, LabReport, ScenarioCard } from '../../src/shared/lab-report.js';
import type { Page, PageRun } from '../../src/shared/page.js';

/** Observations as a history: numbered, a millisecond apart. */
export function historyOf(...observations: readonly Observation[]): History {
  return observations.map((observation, seq) => ({ ...observation, seq, timeMs: seq }));
}

export const topic = 'lab.forged.output';

export const run: Observation = {
  type: 'run',
  phase: 'fault',
  layer: 'producer-to-log',
  topics: [{ role: 'output', topic, partitions: 1 }],
};

export function sent(value: string): Observation {
  return { type: 'invoke', f: 'send', process: 'producer', operation: 0, topic, partition: 0, value };
}

export const strike: Observation = {
  type: 'fault',
  event: 'fired',
  point: 'P2',
  process: 'producer',
  api: 'Produce',
  message: 'm4',
  action: 'lose-response',
};

/** What a reader found: `undefined` stands for a place that an application does not see. */
export function drain(
  isolation: 'read_committed' | 'read_uncommitted',
  values: readonly (string | undefined)[],
): Observation {
  const records = values.flatMap((value, offset) => (value === undefined ? [] : [{ offset, value }]));
  const end = values.length;
  return {
    ...{ type: 'drain', label: 'end', isolation, topic, partition: 0, records },
    ...{ logStart: 0, highWatermark: end, lastStableOffset: end, complete: true },
  };
}

const nothing: Counts = {
  ...{ sent: 0, ok: 0, failed: 0, unknown: 0, readUncommitted: 0, readCommitted: 0, endOffset: 0 },
  ...{ lastStableOffset: 0, deduplicated: 0, deliveries: 0, effects: 0, lost: 0, duplicates: 0 },
};

export function verdictOf(...anomalies: readonly Anomaly[]): Verdict {
  return { counts: nothing, observed: {}, anomalies, layers: [], doubts: [] };
}

export function anomaly(
  name: Anomaly['name'],
  value: string,
  events: readonly number[] = [],
  informational = false,
): Anomaly {
  return { name, count: 1, informational, witnesses: [{ value, events }] };
}

const empty: LabPhase = { history: [], verdict: verdictOf() };

export function report(id: string, fault: LabPhase = empty): LabReport {
  return {
    ...{ id, broker: 'embedded', control: empty, fault, conclusive: true, asExpected: true },
    ...{ inconclusiveBecause: [], differences: [], durationMs: 400 },
  };
}

const text = { title: '', short: '', question: '', strikes: '', why: '', misconception: '', sources: [] };

export function card(id: string): ScenarioCard {
  const scenario = scenarioById(id);
  if (scenario === undefined) throw new Error(`no scenario ${id}`);
  return { scenario, text, semantics: { title: '', guarantees: '', doesNotGuarantee: '' } };
}

export const responseLost = 'producer.at-least-once.response-lost';

export function page(current: PageRun, id = responseLost): Page {
  return { card: card(id), run: current, catalogue: [], busy: current.kind === 'running' };
}
