import * as vscode from 'vscode';
import type { KnownClusters } from '../../clusters/known-clusters.js';

/** The id of a cluster that the user picks; where there is only one, that one. */
export async function chooseCluster(known: KnownClusters): Promise<string | undefined> {
  const entries = known.entries();
  const [only] = entries;
  if (entries.length === 1) return only?.id;
  const picks = entries.map(({ id, name, servers }) => ({
    label: name,
    description: servers.join(', '),
    id,
  }));
  const picked = await vscode.window.showQuickPick(picks, { title: vscode.l10n.t('On which cluster?') });
  return picked?.id;
}
