import type * as vscode from 'vscode';
import type { Cluster } from '../../cluster/cluster.js';
import type { KnownClusters } from './known-clusters.js';

/** Longer than the rarest automatic refresh: whoever looks at a cluster keeps it open. */
const idleAfterMs = 90_000;

/** Connections to clusters, opened at first use, shared by everything that looks at them, and closed when nobody has for a while. */
export class OpenClusters implements vscode.Disposable {
  private readonly open = new Map<string, Promise<Cluster>>();
  private readonly timers = new Map<string, NodeJS.Timeout>();

  constructor(
    private readonly known: KnownClusters,
    private readonly log: Pick<vscode.LogOutputChannel, 'debug'>,
    private readonly idleMs = idleAfterMs,
  ) {}

  /** Rejects with a LabError that says what is wrong; the next call tries again. */
  get(id: string): Promise<Cluster> {
    this.closeWhenIdle(id);
    const found = this.open.get(id);
    if (found !== undefined) return found;
    const opening = this.connect(id);
    this.open.set(id, opening);
    opening.catch(() => {
      if (this.open.get(id) === opening) this.open.delete(id);
    });
    return opening;
  }

  /** Resolves when its connections are gone. */
  async close(id: string): Promise<void> {
    const opening = this.open.get(id);
    this.open.delete(id);
    clearTimeout(this.timers.get(id));
    this.timers.delete(id);
    // One that never came to be has nothing to close, and whoever waited for it was told why.
    const cluster = await opening?.catch(() => undefined);
    await cluster?.close();
  }

  async closeAll(): Promise<void> {
    await Promise.all([...this.open.keys()].map((id) => this.close(id)));
  }

  dispose(): void {
    void this.closeAll();
  }

  private closeWhenIdle(id: string): void {
    clearTimeout(this.timers.get(id));
    this.timers.set(
      id,
      setTimeout(() => void this.close(id), this.idleMs),
    );
  }

  private async connect(id: string): Promise<Cluster> {
    const connection = await this.known.connectionOf(id);
    const { openCluster } = await import('#cluster');
    return openCluster({ connection, log: (line: string) => this.log.debug(`${id}: ${line}`) });
  }
}
