import { readFile } from 'node:fs/promises';
import { check as verdictOf } from '../core/history/check.js';
import type { History, RunEvent } from '../core/history/events.js';
import { parseHistory } from '../core/history/jsonl.js';
import { differencesFrom, type Difference } from '../core/history/judge.js';
import { groupProgress } from '../core/history/progress.js';
import type { Anomaly, Verdict } from '../core/history/verdict.js';
import { scenarioById } from '../core/scenario/catalogue.js';
import { ascending } from '../core/sorted.js';
import { anomalyName } from '../core/text/anomaly-name.js';
import { anomalySentence } from '../core/text/anomaly-sentence.js';
import { countsSentence } from '../core/text/counts-sentence.js';
import { differenceSentence } from '../core/text/difference-sentence.js';
import { doubtSentence } from '../core/text/doubt-sentence.js';
import { historyProblemSentence } from '../core/text/history-problem-sentence.js';
import type { Translate } from '../core/text/translate.js';
import { verdictSentence } from '../core/text/verdict-sentence.js';
import { witnesses } from '../core/text/witness.js';
import { brokerView, isBrokersOwn } from './broker-view.js';
import { CliError, exit, type ExitCode } from './cli-error.js';
import { writeLine, type Context } from './context.js';
import { fileProblem } from './file-problem.js';
import { verdictFields } from './report-json.js';

/**
 * The verdict of a recorded history. As expected: what its scenario expects where it names one of ours; of anybody else's history
 * it is expected that no guarantee is violated.
 */
export async function check(
  { file, json }: { readonly file: string; readonly json: boolean },
  context: Context,
): Promise<ExitCode> {
  const { terminal, wording } = context;
  const history = await readHistory(file, wording.t);
  const verdict = verdictOf(history);
  const run = history.find((event) => event.type === 'run');
  const differences = differencesOf(run, verdict);
  const lines = json
    ? [JSON.stringify({ ...verdictFields(verdict), durationMs: durationOf(history), ...groupsOf(history) })]
    : [
        ...told(verdict, { run, differences: differences ?? [], context }),
        ...brokerView(history, wording.t).map(terminal.style.dim),
      ];
  for (const line of lines) writeLine(terminal.out, line);
  const asExpected = differences === undefined ? !isViolated(verdict) : differences.length === 0;
  return verdict.doubts.length === 0 && asExpected ? exit.expected : exit.different;
}

/** Only where nobody but the broker can tell how far the groups got. */
function groupsOf(history: History): object {
  return isBrokersOwn(history) ? { observer: 'broker', groups: groupProgress(history) } : {};
}

/** As long as the recorded run took. */
function durationOf(history: History): number {
  return Math.round(history.at(-1)?.timeMs ?? 0);
}

async function readHistory(file: string, t: Translate): Promise<History> {
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    const reason = fileProblem(error, t);
    throw new CliError(t('The history {file} cannot be read: {reason}.', { file, reason }));
  });
  const parsed = parseHistory(text);
  if (parsed.ok) return parsed.history;
  throw new CliError(`${file}: ${historyProblemSentence(parsed.problem, t)}`);
}

function differencesOf(run: RunEvent | undefined, verdict: Verdict): readonly Difference[] | undefined {
  const scenario = scenarioById(run?.scenario ?? '');
  const phase = run?.phase;
  if (scenario === undefined || phase === undefined) return undefined;
  return differencesFrom(scenario.expected[phase], verdict, phase);
}

function isViolated({ anomalies }: Verdict): boolean {
  return anomalies.some(({ informational }) => !informational);
}

interface Told {
  readonly run: RunEvent | undefined;
  readonly differences: readonly Difference[];
  readonly context: Context;
}

function told(verdict: Verdict, { run, differences, context }: Told): readonly string[] {
  const { wording, terminal } = context;
  const { t } = wording;
  const { style } = terminal;
  const headline = headlineOf(verdict, run, context);
  const of = [run?.scenario, run?.phase, run?.broker].filter((word) => word !== undefined);
  return [
    ...(of.length > 0 ? [style.dim(of.join(' · '))] : []),
    headline,
    countsSentence(verdict.counts, run?.layer ?? 'producer-to-log', t),
    ...verdict.anomalies.flatMap((anomaly) => ['', ...anomalyLines(anomaly, context)]),
    ...spaced(
      verdict.doubts.map((doubt) =>
        style.doubtful(t('inconclusive: {reason}', { reason: doubtSentence(doubt, t) })),
      ),
    ),
    ...spaced(
      [...new Set(differences.map((difference) => differenceSentence(difference, t)))].map((difference) =>
        style.bad(t('not as expected: {difference}', { difference })),
      ),
    ),
    '',
    style.dim(t('A clean run proves no guarantee; a violation disproves one.')),
  ];
}

/** What could not have shown a violation is not called clean. */
function headlineOf(verdict: Verdict, run: RunEvent | undefined, { wording, terminal }: Context): string {
  const { t } = wording;
  const { style } = terminal;
  const said = verdictSentence(verdict, run?.layer, t);
  if (isViolated(verdict)) return style.finding(said);
  return verdict.doubts.length > 0 ? style.doubtful(t('inconclusive')) : said;
}

/** A block of lines after an empty one, or nothing. */
function spaced(lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : ['', ...lines];
}

function anomalyLines(anomaly: Anomaly, { wording, terminal }: Context): readonly string[] {
  const { t } = wording;
  const { heading, dim } = terminal.style;
  const learnersName = anomalyName(anomaly.name, t);
  const stableName = learnersName === anomaly.name ? '' : ` ${dim(anomaly.name)}`;
  const who = witnesses(anomaly, t);
  const events = ascending(anomaly.witnesses.flatMap((witness) => witness.events));
  return [
    `${heading(learnersName)}${stableName}  ${who}`.trimEnd(),
    `  ${anomalySentence(anomaly, t)}`,
    ...(events.length === 0 ? [] : [`  ${dim(t('events {events}', { events: events.join(', ') }))}`]),
  ];
}
