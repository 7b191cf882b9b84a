import type { History } from '../core/history/events.js';
import type { AnomalyName, CountName, Doubt, Verdict } from '../core/history/verdict.js';
import type { Scenario } from '../core/scenario/scenario.js';
import type { ScenarioText, SemanticsText } from '../core/text/lessons.js';

/** What the page is about: the scenario, and its texts in the learner's language. */
export interface ScenarioCard {
  readonly scenario: Scenario;
  readonly text: ScenarioText;
  readonly semantics: SemanticsText;
}

/**
 * A run as the page needs it: the runner's report without its scenario, which the card holds, plus where it ran. The page
 * may not import the runner; the compiler holds the two shapes together where the host makes one from the other.
 */
export interface LabReport {
  /** Tells one run from another of the same scenario. */
  readonly id: string;
  readonly broker: 'embedded' | 'kafka';
  /** Bootstrap servers of a Kafka cluster; absent for the embedded broker. */
  readonly servers?: readonly string[];
  readonly control: LabPhase;
  readonly fault: LabPhase;
  readonly conclusive: boolean;
  readonly asExpected: boolean;
  readonly inconclusiveBecause: readonly Doubt[];
  readonly differences: readonly LabDifference[];
  readonly durationMs: number;
}

export interface LabPhase {
  readonly history: History;
  readonly verdict: Verdict;
}

export interface LabDifference {
  readonly phase: Phase;
  readonly observed?: string;
  /** A count or an anomaly. */
  readonly what: CountName | AnomalyName | (string & {});
  readonly expected: number;
  readonly found: number;
}

export type Phase = 'control' | 'fault';

/** Whether a run said what the catalogue foresees; colour and icon everywhere follow from this one word. */
export type Standing = 'as-expected' | 'differs' | 'inconclusive';

export function standingOf(report: Pick<LabReport, 'conclusive' | 'asExpected'>): Standing {
  if (!report.conclusive) return 'inconclusive';
  return report.asExpected ? 'as-expected' : 'differs';
}
