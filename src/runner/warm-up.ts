import type { ClusterConnection } from '../clients/cluster-connection.js';
import { coordinatorOf, initialiseTransactionalId } from '../clients/groups.js';
import { LabError } from '../core/lab-error.js';
import type { Scenario } from '../core/scenario/scenario.js';
import { warmUpName } from './names.js';

/**
 * A cluster makes the internal topics of groups and transactions at their first use, which takes a second or two: it must not
 * happen inside a run. Each is made ready once, and only when a scenario needs it;
 * after a failure the next run tries again.
 */
export class WarmUp {
  private groups: Promise<unknown> | undefined;
  private transactions: Promise<unknown> | undefined;

  constructor(
    private readonly cluster: ClusterConnection,
    private readonly runId: string,
  ) {}

  /** @returns what is ready now, in words for the history; undefined when the scenario needs neither. */
  async for({ cast }: Scenario, signal: AbortSignal): Promise<string | undefined> {
    const actors = Object.values(cast);
    const name = warmUpName(this.runId);
    const needed: string[] = [];
    if (actors.some(({ consumer }) => consumer !== undefined)) {
      this.groups ??= coordinatorOf(this.cluster, 'group', name).catch((error: unknown) => {
        this.groups = undefined;
        throw error;
      });
      needed.push('groups');
    }
    if (actors.some(({ producer }) => producer?.transactionalId !== undefined)) {
      this.transactions ??= initialiseTransactionalId(this.cluster, name).catch((error: unknown) => {
        this.transactions = undefined;
        throw error;
      });
      needed.push('transactions');
    }
    await unlessAborted(Promise.all([this.groups, this.transactions]), signal);
    return needed.length === 0
      ? undefined
      : `the coordinators of ${needed.join(' and ')} were used once before, so that no first use falls into the run`;
  }
}

async function unlessAborted(work: Promise<unknown>, signal: AbortSignal): Promise<void> {
  signal.throwIfAborted();
  let stop: () => void = () => undefined;
  const aborted = new Promise<never>((_resolve, reject) => {
    const cancel = (): void => reject(new LabError('cancelled'));
    signal.addEventListener('abort', cancel, { once: true });
    stop = () => signal.removeEventListener('abort', cancel);
  });
  try {
    await Promise.race([work, aborted]);
  } finally {
    stop();
  }
}
