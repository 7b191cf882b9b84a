import type { Scenario } from '../core/scenario/scenario.js';
import type { Leftovers } from './leftovers.js';
import type { RunProgress, RunReport, Target, WorkerFiles } from './run.js';

/** A broker and one connection to it, kept for as many scenarios as wanted; every run gets topics and groups of its own. */
export interface Lab {
  readonly broker: 'embedded' | 'kafka';
  /** Runs one scenario, control first. Rejects with a `LabError` (code `cancelled` when the signal fired). */
  run(scenario: Scenario, options?: LabRunOptions): Promise<RunReport>;
  /** Runs several, some at a time; `onReport` is told of each as it ends, the result has the order of `scenarios`. */
  runAll(scenarios: readonly Scenario[], options?: LabRunAllOptions): Promise<readonly RunReport[]>;
  /** Topics and groups named `lab.…` that a killed process left on the cluster and that no run of this lab uses. */
  findLeftovers(): Promise<Leftovers>;
  removeLeftovers(leftovers: Leftovers): Promise<void>;
  /** Cancels what runs, removes its topics and groups, closes connections and the embedded broker. */
  dispose(): Promise<void>;
}

export interface LabRunOptions {
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: RunProgress) => void;
}

export interface LabRunAllOptions extends LabRunOptions {
  readonly onReport?: (report: RunReport) => void;
  /** How many scenarios may overlap; their topics, groups and histories are apart. */
  readonly concurrency?: number;
}

export interface LabSettings {
  readonly target: Target;
  readonly workers: WorkerFiles;
  /** Ends the attempt to start or connect; a lab that is open is ended by `dispose`. */
  readonly signal?: AbortSignal;
  /** What clients and the broker say of themselves, for a log; never a secret. */
  readonly log?: (line: string) => void;
}
