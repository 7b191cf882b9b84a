import type { Scenario } from '../core/scenario/scenario.js';
import type { Lab } from '../runner/lab.js';
import type { RunReport, Target } from '../runner/run.js';
import type { RunCommand } from './arguments.js';
import { chosenScenarios } from './chosen-scenarios.js';
import { exit, type ExitCode } from './cli-error.js';
import { writeLine, type Context } from './context.js';
import { historyFolder, type KeepHistory } from './history-files.js';
import { inOrder } from './in-order.js';
import { jsonOutput, tableOutput, type RunOutput } from './run-output.js';
import { targetOf } from './target.js';

/** Runs what was asked for; each scenario is printed as soon as it and all before it have ended. */
export async function run(command: RunCommand, context: Context): Promise<ExitCode> {
  const { t } = context.wording;
  const scenarios = chosenScenarios(command.scenarios, t);
  const target = await targetOf(command.connection, t);
  const keep = await historyFolder(command.history, t);
  const output = command.json
    ? jsonOutput(context)
    : tableOutput({ context, scenarios, broker: target.kind });
  try {
    const reports = await runAll(scenarios, target, { context, output, keep });
    output.end(reports);
    const good = reports.every(({ conclusive, asExpected }) => conclusive && asExpected);
    return good ? exit.expected : exit.different;
  } finally {
    output.close();
  }
}

interface Doing {
  readonly context: Context;
  readonly output: RunOutput;
  readonly keep: KeepHistory;
}

/** On stderr: what a killed run left behind is not part of this one's result. */
async function tellOfLeftovers(lab: Lab, { terminal, wording }: Context): Promise<void> {
  const { topics, groups } = await lab.findLeftovers();
  if (topics.length + groups.length === 0) return;
  const note = wording.t(
    'Earlier runs that were killed (or others still in progress) have topics and groups on this cluster: {topics} and {groups}. The command “clean” lists and removes them.',
    { topics: topics.length, groups: groups.length },
  );
  writeLine(terminal.error, note);
}

/** The runner, and kafkajs with it, is loaded only here: `list` and `check` start without. */
async function runAll(
  scenarios: readonly Scenario[],
  target: Target,
  { context, output, keep }: Doing,
): Promise<readonly RunReport[]> {
  const { signal, installation } = context;
  const { openLab } = await import('#runner');
  const lab = await openLab({ target, workers: installation.workers, signal });
  try {
    if (target.kind === 'kafka') await tellOfLeftovers(lab, context);
    output.begin();
    const kept: Promise<void>[] = [];
    const print = inOrder(scenarios, (report: RunReport) => {
      output.report(report);
    });
    const reports = await lab.runAll(scenarios, {
      signal,
      onProgress: (progress) => {
        output.progress(progress);
      },
      onReport: (report) => {
        const writing = keep(report);
        // A failure is told by Promise.all below; until then it must not count as unhandled.
        writing.catch(() => undefined);
        kept.push(writing);
        print(report);
      },
    });
    await Promise.all(kept);
    return reports;
  } finally {
    await lab.dispose();
  }
}
