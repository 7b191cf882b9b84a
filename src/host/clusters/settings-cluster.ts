import * as vscode from 'vscode';
import type { ConnectionSettings } from '../../clients/connection-settings.js';
import { configuredServers } from '../broker-choice.js';
import type { ClusterEntry, ClusterSource } from './known-clusters.js';

/** The cluster whose addresses stand in the settings, if they do. */
export class SettingsCluster implements ClusterSource, vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<void>();
  readonly onDidChange = this.changed.event;
  private readonly subscription: vscode.Disposable;

  constructor() {
    this.subscription = vscode.workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration('kafkaLab.bootstrapServers')) this.changed.fire();
    });
  }

  entries(): readonly ClusterEntry[] {
    const servers = configuredServers();
    if (servers.length === 0) return [];
    return [{ id: 'settings', name: vscode.l10n.t('Kafka of the settings'), servers }];
  }

  connectionOf(id: string): Promise<ConnectionSettings> | undefined {
    return id === 'settings' ? Promise.resolve({ bootstrapServers: configuredServers() }) : undefined;
  }

  dispose(): void {
    this.subscription.dispose();
    this.changed.dispose();
  }
}
