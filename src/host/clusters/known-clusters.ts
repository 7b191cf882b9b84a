import * as vscode from 'vscode';
import type { ConnectionSettings } from '../../clients/connection-settings.js';

/** A cluster that the view lists. */
export interface ClusterEntry {
  /** `embedded`, `settings`, or the saved cluster's. */
  readonly id: string;
  readonly name: string;
  /** Empty for an embedded broker that does not run. */
  readonly servers: readonly string[];
  /** Changes with anything about how it is reached, its secrets too. */
  readonly revision?: number;
}

/** Somebody who knows clusters and how to reach them. */
export interface ClusterSource {
  entries(): readonly ClusterEntry[];
  /** How to reach the cluster, its secrets among it. `undefined`: not one of these. */
  connectionOf(id: string): Promise<ConnectionSettings> | undefined;
  readonly onDidChange: vscode.Event<void>;
}

/** All clusters, each source's in its order. */
export class KnownClusters {
  constructor(private readonly sources: readonly ClusterSource[]) {}

  entries(): readonly ClusterEntry[] {
    return this.sources.flatMap((source) => source.entries());
  }

  entry(id: string): ClusterEntry | undefined {
    return this.entries().find((entry) => entry.id === id);
  }

  /** Rejects for a cluster that is not known any more. */
  async connectionOf(id: string): Promise<ConnectionSettings> {
    for (const source of this.sources) {
      const connection = source.connectionOf(id);
      if (connection !== undefined) return connection;
    }
    throw new Error(`no cluster ${id}`);
  }

  onDidChange(listener: () => void): vscode.Disposable {
    return vscode.Disposable.from(...this.sources.map((source) => source.onDidChange(listener)));
  }
}
