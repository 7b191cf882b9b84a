import { ClusterConnection } from '../clients/cluster-connection.js';
import type { EmbeddedBroker } from '../broker/start-worker.js';
import type { ConnectionSettings } from '../clients/connection-settings.js';
import type { Scenario } from '../core/scenario/scenario.js';
import { ActorPool } from './actor-pool.js';
import { startBroker, watchBroker } from './embedded.js';
import type { Lab, LabSettings } from './lab.js';
import type { LabParts, PhaseWatch } from './lab-parts.js';
import { newRunId } from './names.js';
import { OpenLab } from './running-lab.js';
import type { RunOptions, RunReport } from './run.js';
import { timings } from './timing.js';
import { WarmUp } from './warm-up.js';

/** Threads that wait, loaded: one for each core of a small machine. */
const SPARE_THREADS = 2;

/** Starts the embedded broker or connects to the cluster. @throws LabError that says what is wrong with the address. */
export async function openLab({ target, workers, signal, log = () => undefined }: LabSettings): Promise<Lab> {
  const timing = timings[target.kind];
  const pool = new ActorPool(workers.actor, SPARE_THREADS);
  pool.fill();
  const running = target.kind === 'embedded' ? target.broker : undefined;
  let started: EmbeddedBroker | undefined;
  try {
    if (target.kind === 'embedded' && running === undefined) started = await startBroker(workers.broker, log);
    const broker = running ?? started;
    const connection = target.kind === 'kafka' ? target.connection : connectionTo(broker);
    const cluster = await ClusterConnection.open({
      clientId: 'lab-runner',
      connection,
      requestTimeoutMs: timing.adminRequestMs,
      connectionTimeoutMs: timing.adminConnectionMs,
      log: ({ message }) => log(`runner: ${message}`),
      ...(signal && { signal }),
    });
    const keepsTopics = target.kind === 'embedded' && target.keepsTopics === true;
    return new OpenLab(
      partsOf({ cluster, connection, pool, log, keepsTopics }, target.kind, broker),
      started,
    );
  } catch (error) {
    await Promise.all([pool.close(), started?.stop()]);
    throw error;
  }
}

/** One scenario in a lab of its own. */
export async function runScenario(scenario: Scenario, options: RunOptions): Promise<RunReport> {
  const lab = await openLab(options);
  try {
    return await lab.run(scenario, options);
  } finally {
    await lab.dispose();
  }
}

function connectionTo(broker: EmbeddedBroker | undefined): ConnectionSettings {
  return { bootstrapServers: broker?.bootstrapServers ?? [] };
}

const nothingToWatch: PhaseWatch = { flush: async () => undefined, stop: () => undefined };

function partsOf(
  shared: Pick<LabParts, 'cluster' | 'connection' | 'pool' | 'log' | 'keepsTopics'>,
  kind: LabParts['broker'],
  broker: EmbeddedBroker | undefined,
): LabParts {
  const warmUp = new WarmUp(shared.cluster, newRunId());
  return {
    ...shared,
    broker: kind,
    timing: timings[kind],
    inUse: new Set(),
    cleanUps: new Set(),
    // The embedded broker has its coordinators at once.
    warmUp: (scenario: Scenario, signal) =>
      broker ? Promise.resolve(undefined) : warmUp.for(scenario, signal),
    watch: (names, chronicle) => (broker ? watchBroker(broker, names, chronicle) : nothingToWatch),
  };
}
