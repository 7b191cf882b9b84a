import * as vscode from 'vscode';
import type { KnownClusters } from './clusters/known-clusters.js';

/** Where runs go. */
export type BrokerChoice = { readonly kind: 'embedded' } | ClusterChoice;

export interface ClusterChoice {
  readonly kind: 'kafka';
  /** `settings`, or a saved cluster's. */
  readonly clusterId: string;
  readonly servers: readonly string[];
}

const section = 'kafkaLab';
const key = 'kafkaLab.chosenCluster';

/**
 * The cluster that was chosen, or else what the settings say. Read at each run, so that a change holds from the next one on. An
 * untrusted workspace's own values never arrive here: both settings are named in package.json as restricted.
 */
export class BrokerChoices {
  constructor(
    private readonly state: vscode.Memento,
    private readonly known: KnownClusters,
  ) {}

  current(): BrokerChoice {
    if (vscode.workspace.getConfiguration(section).get<string>('broker') !== 'kafka')
      return { kind: 'embedded' };
    const chosen = this.known.entry(this.state.get<string>(key, 'settings'));
    // One that was removed since is no reason to run somewhere else than the settings say.
    if (chosen !== undefined) return { kind: 'kafka', clusterId: chosen.id, servers: chosen.servers };
    return { kind: 'kafka', clusterId: 'settings', servers: configuredServers() };
  }

  async choose(choice: BrokerChoice): Promise<void> {
    await this.state.update(key, choice.kind === 'kafka' ? choice.clusterId : undefined);
    await update('broker', choice.kind);
  }
}

export function configuredServers(): readonly string[] {
  const servers = vscode.workspace.getConfiguration(section).get<unknown>('bootstrapServers');
  if (!Array.isArray(servers)) return [];
  return servers.filter((server): server is string => typeof server === 'string' && server.trim() !== '');
}

/** Written for the user and not for the workspace: somebody else who opens the folder has other brokers. */
export async function configureServers(servers: readonly string[]): Promise<void> {
  await update('bootstrapServers', servers);
}

async function update(setting: string, value: unknown): Promise<void> {
  await vscode.workspace.getConfiguration(section).update(setting, value, vscode.ConfigurationTarget.Global);
}

/** `host:port,host:port` → addresses, or `undefined` when one of them is none. */
export function parseServers(text: string): readonly string[] | undefined {
  const servers = text.split(/[\s,]+/).filter((server) => server !== '');
  return servers.length > 0 && servers.every(isAddress) ? servers : undefined;
}

function isAddress(server: string): boolean {
  const [, port] = /^[^\s:/]+:(\d{1,5})$/.exec(server) ?? [];
  return port !== undefined && Number(port) >= 1 && Number(port) <= 65_535;
}
