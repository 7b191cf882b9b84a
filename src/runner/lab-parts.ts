import type { ClusterConnection } from '../clients/cluster-connection.js';
import type { ConnectionSettings } from '../clients/connection-settings.js';
import type { Scenario } from '../core/scenario/scenario.js';
import type { ActorPool } from './actor-pool.js';
import type { Chronicle } from './chronicle.js';
import type { RunNames } from './names.js';
import type { PhaseRun } from './phase-run.js';
import type { Timing } from './timing.js';

/** What the runs of one lab share. */
export interface LabParts {
  readonly broker: 'embedded' | 'kafka';
  readonly cluster: ClusterConnection;
  readonly connection: ConnectionSettings;
  readonly pool: ActorPool;
  readonly timing: Timing;
  readonly log: (line: string) => void;
  /** Whether a run's topics and groups stay, to be looked at. */
  readonly keepsTopics: boolean;
  /** Runs whose topics and groups are not leftovers. */
  readonly inUse: Set<PhaseRun>;
  /** Removals that a cancelled run did not wait for. */
  readonly cleanUps: Set<Promise<void>>;
  /** Makes the coordinators that the scenario needs ready, once per lab; tells what was made ready, if anything. */
  warmUp(scenario: Scenario, signal: AbortSignal): Promise<string | undefined>;
  /** Lets the broker's own events about this run's names flow into its chronicle, where the broker tells. */
  watch(names: RunNames, chronicle: Chronicle): PhaseWatch;
}

export interface PhaseWatch {
  /** Resolves when every event up to now has arrived. */
  flush(): Promise<void>;
  stop(): void;
}
