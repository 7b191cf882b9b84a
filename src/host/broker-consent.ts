import * as vscode from 'vscode';
import type { BrokerChoice, ClusterChoice } from './broker-choice.js';

const key = 'kafkaLab.consentedServers';

/**
 * Before the first run on a cluster the user is told what it will create there, and says yes or no. The yes is kept for these
 * addresses; other addresses are asked for again, however they came into the settings.
 */
export class BrokerConsent {
  constructor(private readonly state: vscode.Memento) {}

  /** Whether runs may go there. */
  async agreed(choice: BrokerChoice): Promise<boolean> {
    return choice.kind === 'embedded' || this.consents(choice);
  }

  private async consents({ servers }: ClusterChoice): Promise<boolean> {
    const known = this.state.get<readonly string[]>(key, []);
    const address = servers.join(', ');
    if (known.includes(address)) return true;
    const use = vscode.l10n.t('Use This Cluster');
    const answer = await vscode.window.showWarningMessage(
      vscode.l10n.t('Run scenarios on the Kafka cluster at {address}?', { address }),
      { modal: true, detail: whatIsCreated() },
      use,
    );
    if (answer !== use) return false;
    await this.state.update(key, [...known, address]);
    return true;
  }
}

function whatIsCreated(): string {
  return vscode.l10n.t(
    'Each run creates topics, consumer groups and transactional ids whose names begin with “lab.”, and deletes its topics and groups at the end, also when it is stopped. It touches nothing else on the cluster.',
  );
}
