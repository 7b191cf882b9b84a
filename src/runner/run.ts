import type { History } from '../core/history/events.js';
import type { Difference } from '../core/history/judge.js';
import type { Doubt, Verdict } from '../core/history/verdict.js';
import type { Scenario } from '../core/scenario/scenario.js';
import type { EmbeddedBroker } from '../broker/start-worker.js';
import type { ConnectionSettings } from '../clients/connection-settings.js';

export type { Difference } from '../core/history/judge.js';

/** Where a scenario runs. */
export type Target = EmbeddedTarget | { readonly kind: 'kafka'; readonly connection: ConnectionSettings };

export interface EmbeddedTarget {
  readonly kind: 'embedded';
  /** One that is running already, and goes on running. Without it a broker is started, and stopped at the end. */
  readonly broker?: EmbeddedBroker;
  /** Leaves each run's topics and groups on it, to be looked at. */
  readonly keepsTopics?: boolean;
}

/** The bundled scripts that worker threads start from: absolute paths. */
export interface WorkerFiles {
  readonly actor: string;
  readonly broker: string;
}

export interface RunOptions {
  readonly target: Target;
  readonly workers: WorkerFiles;
  /** Ends the run within a second; topics and groups are removed all the same. */
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: RunProgress) => void;
}

export interface RunProgress {
  readonly scenario: string;
  readonly stage: 'preparing' | 'control' | 'fault' | 'reading' | 'cleaning-up';
}

/** A scenario is always run twice: the control with the fault off, then with the fault. */
export interface RunReport {
  readonly scenario: Scenario;
  readonly broker: 'embedded' | 'kafka';
  readonly control: PhaseReport;
  readonly fault: PhaseReport;
  readonly conclusive: boolean;
  readonly asExpected: boolean;
  readonly inconclusiveBecause: readonly Doubt[];
  readonly differences: readonly Difference[];
  readonly durationMs: number;
}

export interface PhaseReport {
  readonly history: History;
  readonly verdict: Verdict;
}
