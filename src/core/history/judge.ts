import type { Expectation, Scenario } from '../scenario/scenario.js';
import { faultDoubts } from './guards/fault.js';
import type { History } from './events.js';
import type { Counts, Doubt, Verdict } from './verdict.js';

/** One of the two runs of a scenario. */
export interface Phase {
  readonly history: History;
  readonly verdict: Verdict;
}

/** What the two runs together prove: nothing, the expectation, or that it was wrong. */
export interface Judgement {
  readonly conclusive: boolean;
  readonly asExpected: boolean;
  readonly inconclusiveBecause: readonly Doubt[];
  readonly differences: readonly Difference[];
}

/** Where the run differs from the expectation: a count or an anomaly, expected and found. */
export interface Difference {
  readonly phase: 'control' | 'fault';
  /** Label of an observe cue, or absent for the end. */
  readonly observed?: string;
  /** A `CountName` or an `AnomalyName`. */
  readonly what: string;
  readonly expected: number;
  readonly found: number;
}

/**
 * Holds both runs against what the scenario expects. The run is conclusive when no guard doubts it: a control that was
 * not clean, a fault that did not strike where it should, and every doubt that the histories themselves give.
 */
export function judge(scenario: Scenario, control: Phase, fault: Phase): Judgement {
  const ofControl = differencesFrom(scenario.expected.control, control.verdict, 'control');
  const ofFault = differencesFrom(scenario.expected.fault, fault.verdict, 'fault');
  const inconclusiveBecause = withoutRepetition([
    ...controlDoubts(ofControl),
    ...control.verdict.doubts,
    ...faultDoubts(scenario.fault, control.history, fault.history),
    ...fault.verdict.doubts,
  ]);
  const differences = [...ofControl, ...ofFault];
  return {
    conclusive: inconclusiveBecause.length === 0,
    asExpected: differences.length === 0,
    inconclusiveBecause,
    differences,
  };
}

/** Every named count must be met, every anomaly found must be named, and every named one found: all exactly. */
export function differencesFrom(
  expectation: Expectation,
  verdict: Verdict,
  phase: Difference['phase'],
): readonly Difference[] {
  return [
    ...countDifferences(expectation.counts, verdict.counts).map((one) => ({ phase, ...one })),
    ...anomalyDifferences(expectation, verdict).map((one) => ({ phase, ...one })),
    ...Object.entries(expectation.observed ?? {}).flatMap(([observed, counts]) =>
      countDifferences(counts, verdict.observed[observed] ?? {}).map((one) => ({ phase, observed, ...one })),
    ),
  ];
}

type Deviation = Pick<Difference, 'what' | 'expected' | 'found'>;

/** A count that was not taken at all is reported as −1: it cannot be confused with any count. */
function countDifferences(expected: Partial<Counts>, found: Partial<Counts>): readonly Deviation[] {
  const foundByName: Readonly<Record<string, number>> = found;
  return Object.entries(expected)
    .map(([what, count]) => ({ what, expected: count, found: foundByName[what] ?? -1 }))
    .filter((one) => one.expected !== one.found);
}

function anomalyDifferences({ anomalies }: Expectation, verdict: Verdict): readonly Deviation[] {
  const expected = new Map<string, number>(Object.entries(anomalies));
  const found = new Map<string, number>(verdict.anomalies.map(({ name, count }) => [name, count]));
  return [...new Set([...expected.keys(), ...found.keys()])]
    .map((what) => ({ what, expected: expected.get(what) ?? 0, found: found.get(what) ?? 0 }))
    .filter((one) => one.expected !== one.found);
}

/** One doubt is enough, however many counts of the control deviate: the differences list them all. */
function controlDoubts(differences: readonly Difference[]): readonly Doubt[] {
  const [first] = differences;
  return first === undefined
    ? []
    : [
        {
          guard: 'control-not-clean',
          detail: { what: first.what, expected: first.expected, found: first.found },
        },
      ];
}

/** The history's own guards and the scenario's may find the same thing; the learner reads it once. */
function withoutRepetition(doubts: readonly Doubt[]): readonly Doubt[] {
  const seen = new Map(doubts.map((doubt) => [JSON.stringify(doubt), doubt]));
  return [...seen.values()];
}
