import { randomUUID } from 'node:crypto';
import * as vscode from 'vscode';
import { isLabError } from '../core/lab-error.js';
import type { Scenario } from '../core/scenario/scenario.js';
import type { Lab } from '../runner/lab.js';
import type { RunReport, WorkerFiles } from '../runner/run.js';
import type { LabReport } from '../shared/lab-report.js';
import type { RunStage } from '../shared/page.js';
import type { BrokerChoice, ClusterChoice } from './broker-choice.js';
import type { KnownClusters } from './clusters/known-clusters.js';
import type { EmbeddedCluster } from './clusters/embedded-cluster.js';
import type { OpenRuns } from './open-runs.js';
import type { Outcomes } from './outcomes.js';
import { sentenceOf } from './say.js';

/** How a series of runs ended; the reports of single scenarios are in `Outcomes`. */
export type SeriesEnd =
  { readonly kind: 'done' | 'stopped' | 'busy' } | { readonly kind: 'failed'; readonly error: unknown };

export interface RunsParts {
  readonly workers: WorkerFiles;
  readonly embedded: EmbeddedCluster;
  readonly known: KnownClusters;
  readonly outcomes: Outcomes;
  readonly openRuns: OpenRuns;
  readonly log: vscode.LogOutputChannel;
}

interface Series {
  readonly abort: AbortController;
  readonly stages: Map<string, RunStage>;
  readonly ended: Promise<SeriesEnd>;
}

/** The one place that runs scenarios: one series at a time, observed by tree, page and status bar. */
export class Runs implements vscode.Disposable {
  private current: Series | undefined;
  private readonly changed = new vscode.EventEmitter<void>();
  readonly onDidChange = this.changed.event;

  constructor(private readonly parts: RunsParts) {}

  get busy(): boolean {
    return this.current !== undefined;
  }

  /** Where a scenario's run stands; `undefined` when it is not running. */
  stageOf(scenario: string): RunStage | undefined {
    return this.current?.stages.get(scenario);
  }

  /** Ids of the scenarios that are running now. */
  running(): readonly string[] {
    return [...(this.current?.stages.keys() ?? [])];
  }

  /** Runs the scenarios and resolves when the last one ended; it never rejects. */
  run(scenarios: readonly Scenario[], broker: BrokerChoice): Promise<SeriesEnd> {
    if (this.current !== undefined) return Promise.resolve({ kind: 'busy' });
    const abort = new AbortController();
    const stages = new Map<string, RunStage>();
    const [only] = scenarios;
    if (scenarios.length === 1 && only !== undefined) stages.set(only.id, 'preparing');
    const ended = this.series(scenarios, broker, abort.signal, stages);
    this.current = { abort, stages, ended };
    this.changed.fire();
    return ended;
  }

  /** Resolves when what was running has ended and cleaned up after itself. */
  async stop(): Promise<void> {
    this.current?.abort.abort();
    await this.current?.ended;
  }

  dispose(): void {
    this.changed.dispose();
  }

  private async series(
    scenarios: readonly Scenario[],
    broker: BrokerChoice,
    signal: AbortSignal,
    stages: Map<string, RunStage>,
  ): Promise<SeriesEnd> {
    // What an earlier window stored is what this run may be laid beside.
    await this.parts.outcomes.restore(scenarios.map(({ id }) => id));
    const end = await this.attempt(scenarios, broker, signal, stages);
    for (const id of stages.keys()) this.unfinished(id, end);
    this.current = undefined;
    this.changed.fire();
    return end;
  }

  private async attempt(
    scenarios: readonly Scenario[],
    broker: BrokerChoice,
    signal: AbortSignal,
    stages: Map<string, RunStage>,
  ): Promise<SeriesEnd> {
    try {
      const work = (lab: Lab): Promise<void> => this.runAll(lab, scenarios, broker, signal, stages);
      await (broker.kind === 'embedded'
        ? this.onEmbedded(signal, work)
        : this.onCluster(broker, signal, work));
      return { kind: signal.aborted ? 'stopped' : 'done' };
    } catch (error) {
      if (signal.aborted || (isLabError(error) && error.code === 'cancelled')) return { kind: 'stopped' };
      this.parts.log.error(error instanceof Error ? error : String(error));
      return { kind: 'failed', error };
    }
  }

  /** What the last run left there to be looked at makes room for this one's. */
  private async onEmbedded(signal: AbortSignal, work: (lab: Lab) => Promise<void>): Promise<void> {
    const { openLab } = await import('#runner');
    const { target, release } = await this.parts.embedded.use();
    try {
      const lab = await openLab({ target, workers: this.parts.workers, signal });
      try {
        if (target.keepsTopics === true) await lab.removeLeftovers(await lab.findLeftovers());
        await work(lab);
      } finally {
        await lab.dispose();
      }
    } finally {
      await release();
    }
  }

  /**
   * On a real cluster the run is noted before anything is created there, and crossed off when all is removed; when the
   * removal fails the note stays, and the next start offers it.
   */
  private async onCluster(
    broker: ClusterChoice,
    signal: AbortSignal,
    work: (lab: Lab) => Promise<void>,
  ): Promise<void> {
    const { openLab } = await import('#runner');
    const connection = await this.parts.known.connectionOf(broker.clusterId);
    const note = await this.parts.openRuns.begin(broker);
    let clean = true;
    try {
      const lab = await openLab({
        target: { kind: 'kafka', connection },
        workers: this.parts.workers,
        signal,
      });
      clean = false;
      await work(lab).finally(async () => {
        await lab.dispose();
        clean = true;
      });
    } finally {
      if (clean) await this.parts.openRuns.end(note);
    }
  }

  private async runAll(
    lab: Lab,
    scenarios: readonly Scenario[],
    broker: BrokerChoice,
    signal: AbortSignal,
    stages: Map<string, RunStage>,
  ): Promise<void> {
    await lab.runAll(scenarios, {
      signal,
      onProgress: ({ scenario, stage }) => {
        stages.set(scenario, stage);
        this.parts.log.debug(`${scenario}: ${stage}`);
        this.changed.fire();
      },
      onReport: (report) => {
        stages.delete(report.scenario.id);
        this.parts.log.info(summary(report));
        this.parts.outcomes.set(report.scenario.id, { kind: 'done', report: labReport(report, broker) });
        this.changed.fire();
      },
    });
  }

  private unfinished(scenario: string, end: SeriesEnd): void {
    if (end.kind === 'failed')
      this.parts.outcomes.set(scenario, { kind: 'failed', sentence: sentenceOf(end.error) });
    else if (end.kind === 'stopped') this.parts.outcomes.set(scenario, { kind: 'stopped' });
  }
}

/** The page has the scenario already; everything else of the report travels as it is. */
function labReport(report: RunReport, broker: BrokerChoice): LabReport {
  const { control, fault, conclusive, asExpected, inconclusiveBecause, differences, durationMs } = report;
  return {
    id: randomUUID(),
    broker: report.broker,
    ...(broker.kind === 'kafka' && { servers: broker.servers }),
    control,
    fault,
    conclusive,
    asExpected,
    inconclusiveBecause,
    differences,
    durationMs,
  };
}

function summary({ scenario, broker, conclusive, asExpected, durationMs }: RunReport): string {
  const standing = conclusive ? (asExpected ? 'as expected' : 'not as expected') : 'inconclusive';
  return `${scenario.id} on ${broker}: ${standing}, ${durationMs.toFixed(0)} ms`;
}
