import * as vscode from 'vscode';
import { brokerChoice, chooseEmbedded, chooseKafka, configuredServers } from '../broker-choice.js';
import { askForServers } from '../broker-consent.js';
import type { BrokerConsent } from '../broker-consent.js';

interface BrokerPick extends vscode.QuickPickItem {
  readonly choice?: 'embedded' | 'kafka' | 'other';
}

/** `Choose Broker…`: the embedded one, the addresses in the settings, or other addresses, which go into the settings. */
export async function chooseBroker(consent: BrokerConsent): Promise<void> {
  const picked = await vscode.window.showQuickPick(picks(), {
    title: vscode.l10n.t('Where shall the scenarios run?'),
    matchOnDescription: true,
  });
  switch (picked?.choice) {
    case 'embedded':
      await chooseEmbedded();
      return;
    case 'kafka':
      await useKafka(consent, configuredServers());
      return;
    case 'other':
      await useKafka(consent, await askForServers());
      return;
    case undefined:
  }
}

async function useKafka(consent: BrokerConsent, servers: readonly string[] | undefined): Promise<void> {
  if (servers === undefined) return;
  const agreed = await consent.agreed({ kind: 'kafka', servers });
  if (agreed?.kind === 'kafka') await chooseKafka(agreed.servers);
}

function picks(): readonly BrokerPick[] {
  const servers = configuredServers();
  const current = brokerChoice().kind;
  const mark = (kind: 'embedded' | 'kafka') => (current === kind ? vscode.l10n.t('in use') : '');
  const configured: BrokerPick = {
    label: `$(server) ${servers.join(', ')}`,
    description: mark('kafka'),
    detail: vscode.l10n.t('Your Kafka, from the settings; the lab only touches names that begin with “lab.”'),
    choice: 'kafka',
  };
  return [
    {
      label: `$(beaker) ${vscode.l10n.t('Embedded broker')}`,
      description: mark('embedded'),
      detail: vscode.l10n.t('In memory, on this machine only; nothing to install'),
      choice: 'embedded',
    },
    ...(servers.length > 0 ? [configured] : []),
    { label: '', kind: vscode.QuickPickItemKind.Separator },
    { label: `$(edit) ${vscode.l10n.t('Enter the addresses of a Kafka cluster…')}`, choice: 'other' },
  ];
}
