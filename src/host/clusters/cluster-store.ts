import { randomUUID } from 'node:crypto';
import * as vscode from 'vscode';
import type { ConnectionSettings, SaslSettings, TlsSettings } from '../../clients/connection-settings.js';
import type { ClusterEntry, ClusterSource } from './known-clusters.js';

/** What the editor's state holds of a cluster: nothing of it is secret. */
interface ClusterProfile extends ClusterEntry {
  readonly revision: number;
}

/** What stands in the editor's secret storage: certificates and keys (PEM), user, password, token command. */
interface ClusterSecurity {
  readonly tls?: TlsSettings;
  readonly sasl?: SaslSettings;
}

/** A cluster as its user describes it. */
export interface NamedConnection {
  readonly name: string;
  readonly connection: ConnectionSettings;
}

const key = 'kafkaLab.clusters';

/** Clusters that the user has added. How to log in to one is kept in the editor's secret storage alone, and goes with it. */
export class ClusterStore implements ClusterSource, vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<void>();
  readonly onDidChange = this.changed.event;

  constructor(
    private readonly state: vscode.Memento,
    private readonly secrets: vscode.SecretStorage,
  ) {}

  entries(): readonly ClusterEntry[] {
    return this.profiles();
  }

  connectionOf(id: string): Promise<ConnectionSettings> | undefined {
    const profile = this.profiles().find((one) => one.id === id);
    return profile && this.withSecurity(profile);
  }

  /** @returns its id */
  async add(cluster: NamedConnection): Promise<string> {
    const id = `cluster-${randomUUID()}`;
    await this.put(id, cluster, 1);
    return id;
  }

  async update(id: string, cluster: NamedConnection): Promise<void> {
    const before = this.profiles().find((one) => one.id === id);
    await this.put(id, cluster, (before?.revision ?? 0) + 1);
  }

  async remove(id: string): Promise<void> {
    await this.secrets.delete(secretOf(id));
    await this.keep(this.profiles().filter((one) => one.id !== id));
  }

  dispose(): void {
    this.changed.dispose();
  }

  /** Secrets first: a profile without its login would be tried without one. */
  private async put(id: string, { name, connection }: NamedConnection, revision: number): Promise<void> {
    const { bootstrapServers: servers, tls, sasl } = connection;
    const security: ClusterSecurity = { ...(tls && { tls }), ...(sasl && { sasl }) };
    await this.secrets.store(secretOf(id), JSON.stringify(security));
    const profile: ClusterProfile = { id, name, servers, revision };
    const profiles = this.profiles();
    const isKnown = profiles.some((one) => one.id === id);
    await this.keep(
      isKnown ? profiles.map((one) => (one.id === id ? profile : one)) : [...profiles, profile],
    );
  }

  private async keep(profiles: readonly ClusterProfile[]): Promise<void> {
    await this.state.update(key, profiles);
    this.changed.fire();
  }

  private profiles(): readonly ClusterProfile[] {
    return this.state.get<readonly ClusterProfile[]>(key, []);
  }

  private async withSecurity({ id, servers }: ClusterProfile): Promise<ConnectionSettings> {
    const text = await this.secrets.get(secretOf(id));
    const security = text === undefined ? {} : (JSON.parse(text) as ClusterSecurity);
    return { bootstrapServers: servers, ...security };
  }
}

function secretOf(id: string): string {
  return `kafkaLab.cluster.${id}`;
}
