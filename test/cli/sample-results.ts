import type { Anomaly, AnomalyName, CountName, Counts, Witness } from '../../src/core/history/verdict.js';
import { coreScenarios } from '../../src/core/scenario/catalogue.js';
import type { Expectation, Scenario } from '../../src/core/scenario/scenario.js';
import type { Result } from '../../src/cli/table.js';

/** Results to lay out, as if every core scenario had gone as the catalogue says; only their layout is under test. */
export function sampleResults(): readonly Result[] {
  return coreScenarios.map(sampleResult);
}

export function sampleResult(scenario: Scenario): Result {
  return {
    scenario,
    fault: { verdict: verdictFrom(scenario.expected.fault) },
    conclusive: true,
    asExpected: true,
    inconclusiveBecause: [],
    differences: [],
  };
}

function verdictFrom({ counts, anomalies, observed = {} }: Expectation): Result['fault']['verdict'] {
  return {
    counts: { ...noCounts, ...counts },
    observed,
    anomalies: (Object.entries(anomalies) as [AnomalyName, number][]).map(anomaly),
    layers: [],
    doubts: [],
  };
}

const noCounts: Counts = Object.fromEntries(
  (
    [
      'sent',
      'ok',
      'failed',
      'unknown',
      'readUncommitted',
      'readCommitted',
      'endOffset',
      'lastStableOffset',
      'deduplicated',
      'deliveries',
      'effects',
      'lost',
      'duplicates',
    ] satisfies CountName[]
  ).map((name) => [name, 0]),
) as Counts;

const informational: ReadonlySet<AnomalyName> = new Set(['aborted-visible', 'duplicate-delivery', 'blocked']);

function anomaly([name, count]: [AnomalyName, number]): Anomaly {
  return {
    name,
    count,
    witnesses: Array.from({ length: count }, (_, index) => witness(name, index)),
    informational: informational.has(name),
  };
}

function witness(name: AnomalyName, index: number): Witness {
  if (name === 'aborted-visible') return { value: `m${index}`, offsets: [index], events: [index] };
  if (name === 'duplicate' || name === 'duplicate-output')
    return { value: 'm4', topic: 'output', partition: 0, offsets: [4, 5], events: [20, 24] };
  return { value: 'm4', events: [20] };
}
