import * as vscode from 'vscode';
import type { EmbeddedBroker } from '../../broker/start-worker.js';
import type { ConnectionSettings } from '../../clients/connection-settings.js';
import type { EmbeddedTarget } from '../../runner/run.js';
import type { ClusterEntry, ClusterSource } from './known-clusters.js';

const key = 'kafkaLab.embeddedPinned';

/** A run's use of the broker. */
export interface EmbeddedUse {
  readonly target: EmbeddedTarget;
  /** Stops the broker, unless it is pinned or was running before. */
  readonly release: () => Promise<void>;
}

/**
 * The embedded broker of this window. It starts at first use: a run, or a look at it. One that a run started ends with that run,
 * unless it is pinned: then it goes on, with the run's topics and groups on it until the next run. One that was started by looking
 * at it goes on until it is stopped.
 */
export class EmbeddedCluster implements ClusterSource, vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<void>();
  readonly onDidChange = this.changed.event;
  private starting: Promise<EmbeddedBroker> | undefined;
  private running: EmbeddedBroker | undefined;
  private stops = 0;

  constructor(
    private readonly workerFile: string,
    private readonly state: vscode.Memento,
    private readonly log: vscode.LogOutputChannel,
  ) {}

  get isPinned(): boolean {
    return this.state.get<boolean>(key, false);
  }

  async pin(isPinned: boolean): Promise<void> {
    await this.state.update(key, isPinned);
    this.changed.fire();
  }

  entries(): readonly ClusterEntry[] {
    const name = vscode.l10n.t('Embedded broker');
    return [{ id: 'embedded', name, servers: this.running?.bootstrapServers ?? [], revision: this.stops }];
  }

  connectionOf(id: string): Promise<ConnectionSettings> | undefined {
    if (id !== 'embedded') return undefined;
    return this.start().then(({ bootstrapServers }) => ({ bootstrapServers }));
  }

  /** The broker for a run. */
  async use(): Promise<EmbeddedUse> {
    const wasRunning = this.starting !== undefined;
    const broker = await this.start();
    const target = { kind: 'embedded', broker, keepsTopics: this.isPinned } as const;
    return { target, release: async () => (wasRunning || this.isPinned ? undefined : this.stop()) };
  }

  /** Its topics and groups are gone with it. */
  async stop(): Promise<void> {
    const starting = this.starting;
    this.starting = undefined;
    this.running = undefined;
    this.stops += 1;
    // At once: whoever looks at it while it ends must not start another.
    this.changed.fire();
    // Whoever asked for it was told why it did not start.
    const broker = await starting?.catch(() => undefined);
    await broker?.stop();
  }

  dispose(): void {
    this.changed.dispose();
  }

  private start(): Promise<EmbeddedBroker> {
    this.starting ??= this.startNow();
    return this.starting;
  }

  private async startNow(): Promise<EmbeddedBroker> {
    try {
      const { startBroker } = await import('#runner');
      this.running = await startBroker(this.workerFile, (line) => this.log.warn(line));
      this.changed.fire();
      return this.running;
    } catch (error) {
      this.starting = undefined;
      throw error;
    }
  }
}
