import type { EmbeddedBroker } from '../broker/start-worker.js';
import { diagnose } from '../clients/diagnose.js';
import { LabError } from '../core/lab-error.js';
import type { Scenario } from '../core/scenario/scenario.js';
import type { Lab, LabRunAllOptions, LabRunOptions } from './lab.js';
import type { LabParts } from './lab-parts.js';
import { linkedSignal } from './linked-signal.js';
import { findLeftovers, remove, type Leftovers } from './leftovers.js';
import type { RunReport } from './run.js';
import { runOneScenario } from './scenario-run.js';

/** A lab over an open connection. Runs that are under way when it is disposed end as cancelled, cleaned up. */
export class OpenLab implements Lab {
  private readonly closing = new AbortController();
  private readonly runs = new Set<Promise<unknown>>();
  private disposal: Promise<void> | undefined;

  constructor(
    private readonly parts: LabParts,
    /** Started with the lab, and stopped with it. */
    private readonly embedded: EmbeddedBroker | undefined,
  ) {}

  get broker(): 'embedded' | 'kafka' {
    return this.parts.broker;
  }

  run(scenario: Scenario, options: LabRunOptions = {}): Promise<RunReport> {
    const { signal, release } = linkedSignal([this.closing.signal, options.signal]);
    const run = this.plainly(signal, () =>
      runOneScenario(this.parts, scenario, { signal, onProgress: options.onProgress ?? (() => undefined) }),
    );
    this.runs.add(run);
    const forget = (): void => {
      this.runs.delete(run);
      release();
    };
    run.then(forget, forget);
    return run;
  }

  async runAll(
    scenarios: readonly Scenario[],
    options: LabRunAllOptions = {},
  ): Promise<readonly RunReport[]> {
    const { signal, abort, release } = linkedSignal([options.signal]);
    const reports: RunReport[] = [];
    const waiting = [...scenarios.entries()];
    const work = async (): Promise<void> => {
      for (let next = waiting.shift(); next; next = waiting.shift()) {
        const [index, scenario] = next;
        const report = await this.run(scenario, { ...options, signal });
        reports[index] = report;
        options.onReport?.(report);
      }
    };
    const count = options.concurrency ?? this.parts.timing.concurrency;
    const workers = Array.from({ length: Math.max(1, count) }, () =>
      work().catch((error: unknown) => {
        abort();
        throw error;
      }),
    );
    const ended = await Promise.allSettled(workers);
    release();
    const failures = ended.flatMap((one) => (one.status === 'rejected' ? [one.reason as unknown] : []));
    // The first failure stops the others, which then end as cancelled: the reason is the one that is not.
    if (failures.length > 0) throw failures.find((error) => !isCancelled(error)) ?? failures[0];
    return reports;
  }

  findLeftovers(): Promise<Leftovers> {
    const used = [...this.parts.inUse].map(({ resources }) => resources);
    return this.plainly(this.closing.signal, () =>
      findLeftovers(this.parts.cluster, {
        topics: used.flatMap(({ topics }) => topics),
        groups: used.flatMap(({ groups }) => groups),
      }),
    );
  }

  removeLeftovers(leftovers: Leftovers): Promise<void> {
    return this.plainly(this.closing.signal, () => remove(this.parts.cluster, leftovers));
  }

  dispose(): Promise<void> {
    this.disposal ??= this.close();
    return this.disposal;
  }

  private async close(): Promise<void> {
    this.closing.abort();
    await Promise.allSettled(this.runs);
    await Promise.allSettled(this.parts.cleanUps);
    await Promise.all([this.parts.pool.close(), this.parts.cluster.close()]);
    await this.embedded?.stop();
  }

  /** Whatever goes wrong is told as one `LabError`; what a cancel tore apart is told as the cancel. */
  private async plainly<T>(signal: AbortSignal, act: () => Promise<T>): Promise<T> {
    try {
      signal.throwIfAborted();
      return await act();
    } catch (error) {
      if (signal.aborted) throw new LabError('cancelled', {}, { cause: error });
      const [server = ''] = this.parts.connection.bootstrapServers;
      const { sasl } = this.parts.connection;
      throw diagnose(error, { server, hasAnswered: true, ...(sasl && { sasl }) });
    }
  }
}

function isCancelled(error: unknown): boolean {
  return error instanceof LabError && error.code === 'cancelled';
}
