import * as vscode from 'vscode';
import type { BrokerChoice, BrokerChoices } from '../broker-choice.js';
import type { BrokerConsent } from '../broker-consent.js';
import type { KnownClusters } from '../clusters/known-clusters.js';

export interface ChooseBrokerParts {
  readonly known: KnownClusters;
  readonly choices: BrokerChoices;
  readonly consent: BrokerConsent;
  /** Asks for a new cluster, and answers its id once it is saved. */
  readonly addCluster: () => Promise<string | undefined>;
}

interface BrokerPick extends vscode.QuickPickItem {
  readonly clusterId?: string;
}

/** `Choose Broker…`: the embedded one, the clusters that are known, or a new one. Resolves to whether one was chosen. */
export async function chooseBroker(parts: ChooseBrokerParts): Promise<boolean> {
  const picked = await vscode.window.showQuickPick(picks(parts), {
    title: vscode.l10n.t('Where shall the scenarios run?'),
    matchOnDescription: true,
  });
  if (picked === undefined) return false;
  const clusterId = picked.clusterId ?? (await parts.addCluster());
  if (clusterId === undefined) return false;
  const choice = choiceOf(parts.known, clusterId);
  if (!(await parts.consent.agreed(choice))) return false;
  await parts.choices.choose(choice);
  return true;
}

function choiceOf(known: KnownClusters, clusterId: string): BrokerChoice {
  if (clusterId === 'embedded') return { kind: 'embedded' };
  return { kind: 'kafka', clusterId, servers: known.entry(clusterId)?.servers ?? [] };
}

function picks({ known, choices }: ChooseBrokerParts): readonly BrokerPick[] {
  const current = choices.current();
  const inUse = current.kind === 'embedded' ? 'embedded' : current.clusterId;
  const mark = (id: string): string => (id === inUse ? vscode.l10n.t('in use') : '');
  const clusters = known
    .entries()
    .filter(({ id }) => id !== 'embedded')
    .map(({ id, name, servers }): BrokerPick => ({
      label: `$(server-environment) ${name}`,
      description: [servers.join(', '), mark(id)].filter((part) => part !== '').join(' · '),
      detail: vscode.l10n.t('The lab only touches names that begin with “lab.”'),
      clusterId: id,
    }));
  return [
    {
      label: `$(beaker) ${vscode.l10n.t('Embedded broker')}`,
      description: mark('embedded'),
      detail: vscode.l10n.t('In memory, on this machine only; nothing to install'),
      clusterId: 'embedded',
    },
    ...clusters,
    { label: '', kind: vscode.QuickPickItemKind.Separator },
    { label: `$(add) ${vscode.l10n.t('Add a cluster…')}` },
  ];
}
