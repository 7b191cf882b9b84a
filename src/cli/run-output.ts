import { assertNever } from '../core/assert-never.js';
import type { Scenario } from '../core/scenario/scenario.js';
import type { Translate } from '../core/text/translate.js';
import type { RunProgress, RunReport } from '../runner/run.js';
import { writeLine, type Context } from './context.js';
import { runLine } from './report-json.js';
import { Table } from './table.js';
import { StatusLine } from './status-line.js';

/** How a run is told, while it goes on and at its end. */
export interface RunOutput {
  /** The broker answers; the first run begins. */
  begin(): void;
  progress(progress: RunProgress): void;
  report(report: RunReport): void;
  /** All have been told. */
  end(reports: readonly RunReport[]): void;
  /** Also after an error: nothing transient stays on the terminal. */
  close(): void;
}

/** One object a line and nothing else. */
export function jsonOutput({ terminal }: Context): RunOutput {
  const nothing = (): void => undefined;
  return {
    begin: nothing,
    progress: nothing,
    report: (report) => {
      writeLine(terminal.out, JSON.stringify(runLine(report)));
    },
    end: nothing,
    close: nothing,
  };
}

export interface TableOutputSettings {
  readonly context: Context;
  readonly scenarios: readonly Scenario[];
  readonly broker: 'embedded' | 'kafka';
}

export function tableOutput({ context, scenarios, broker }: TableOutputSettings): RunOutput {
  const { terminal, wording } = context;
  const { t } = wording;
  let startedMs = performance.now();
  const status = new StatusLine(terminal);
  const table = new Table({ columns: terminal.columns, style: terminal.style, wording, scenarios });
  return {
    begin: () => {
      startedMs = performance.now();
      writeLine(terminal.out, terminal.style.dim(opening(scenarios.length, broker, t)));
    },
    progress: (progress) => {
      status.show(
        t('{scenario}: {stage} …', { scenario: progress.scenario, stage: stageName(progress.stage, t) }),
      );
    },
    report: (report) => {
      status.clear();
      for (const line of table.rows(report)) writeLine(terminal.out, line);
    },
    end: (reports) => {
      status.clear();
      writeLine(terminal.out, '');
      writeLine(terminal.out, closing(reports, performance.now() - startedMs, context));
    },
    close: () => {
      status.clear();
    },
  };
}

function opening(count: number, broker: 'embedded' | 'kafka', t: Translate): string {
  if (broker === 'embedded')
    return count === 1
      ? t('One scenario on the embedded broker, after its control run without the fault')
      : t('{count} scenarios on the embedded broker, each after its control run without the fault', {
          count,
        });
  return count === 1
    ? t('One scenario on your Kafka cluster, after its control run without the fault')
    : t('{count} scenarios on your Kafka cluster, each after its control run without the fault', { count });
}

/** "✓ 14 as expected · ✗ 1 not as expected · 7.4 s": what did not occur is left out. */
function closing(reports: readonly RunReport[], durationMs: number, { terminal, wording }: Context): string {
  const { t, language } = wording;
  const { style } = terminal;
  const inconclusive = reports.filter(({ conclusive }) => !conclusive).length;
  const expected = reports.filter(({ conclusive, asExpected }) => conclusive && asExpected).length;
  const different = reports.length - inconclusive - expected;
  const seconds = new Intl.NumberFormat(language, { maximumFractionDigits: 1, minimumFractionDigits: 1 });
  return [
    ...(expected > 0
      ? [style.good(t('✓ {expected} of {count} as expected', { expected, count: reports.length }))]
      : []),
    ...(different > 0
      ? [style.bad(t('✗ {different} of {count} not as expected', { different, count: reports.length }))]
      : []),
    ...(inconclusive > 0
      ? [
          style.doubtful(
            t('? {inconclusive} of {count} inconclusive', { inconclusive, count: reports.length }),
          ),
        ]
      : []),
    t('{seconds} s', { seconds: seconds.format(durationMs / 1000) }),
  ].join(' · ');
}

function stageName(stage: RunProgress['stage'], t: Translate): string {
  switch (stage) {
    case 'preparing':
      return t('preparing');
    case 'control':
      return t('control run');
    case 'fault':
      return t('run with the fault');
    case 'reading':
      return t('reading the logs');
    case 'cleaning-up':
      return t('cleaning up');
    default:
      return assertNever(stage);
  }
}
