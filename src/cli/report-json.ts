import type { AnomalyName, CountName, Doubt, Verdict, Witness } from '../core/history/verdict.js';
import type { RunReport } from '../runner/run.js';

/** One line of `run --json`; the field names are a contract with whoever reads them. */
export interface RunLine extends VerdictFields {
  readonly scenario: string;
  readonly broker: 'embedded' | 'kafka';
  readonly asExpected: boolean;
  readonly durationMs: number;
}

/** What `check --json` and `run --json` share. */
export interface VerdictFields {
  readonly conclusive: boolean;
  /** A look in the middle of the run stands beside the end, with its label: `while-open.readCommitted`. */
  readonly counts: Readonly<Record<string, number>>;
  readonly anomalies: readonly AnomalyLine[];
  readonly inconclusiveBecause: readonly Doubt[];
}

export interface AnomalyLine {
  readonly name: AnomalyName;
  readonly count: number;
  readonly witnesses: readonly Witness[];
}

export function runLine(report: RunReport): RunLine {
  return {
    scenario: report.scenario.id,
    broker: report.broker,
    conclusive: report.conclusive,
    asExpected: report.asExpected,
    counts: countsOf(report.fault.verdict),
    anomalies: anomaliesOf(report.fault.verdict),
    inconclusiveBecause: report.inconclusiveBecause,
    durationMs: Math.round(report.durationMs),
  };
}

export function verdictFields(verdict: Verdict): VerdictFields {
  return {
    conclusive: verdict.doubts.length === 0,
    counts: countsOf(verdict),
    anomalies: anomaliesOf(verdict),
    inconclusiveBecause: verdict.doubts,
  };
}

function countsOf({ counts, observed }: Verdict): Readonly<Record<string, number>> {
  const inTheMiddle = Object.entries(observed).flatMap(([label, seen]) =>
    (Object.entries(seen) as [CountName, number][]).map(
      ([name, count]) => [`${label}.${name}`, count] as const,
    ),
  );
  return { ...counts, ...Object.fromEntries(inTheMiddle) };
}

function anomaliesOf({ anomalies }: Verdict): readonly AnomalyLine[] {
  return anomalies.map(({ name, count, witnesses }) => ({ name, count, witnesses }));
}
