import * as vscode from 'vscode';
import { configuredServers, parseServers } from './broker-choice.js';
import type { BrokerChoice } from './broker-choice.js';

const key = 'kafkaLab.consentedServers';

/**
 * Before the first run on a cluster the user is told what it will create there, and says yes or no. The yes is kept for these
 * addresses; other addresses are asked for again, however they came into the settings.
 */
export class BrokerConsent {
  constructor(private readonly state: vscode.Memento) {}

  /** The broker to run on, or `undefined` when the user said no (or named no address). */
  async agreed(choice: BrokerChoice): Promise<BrokerChoice | undefined> {
    if (choice.kind === 'embedded') return choice;
    const servers = choice.servers.length > 0 ? choice.servers : await askForServers();
    if (servers === undefined) return undefined;
    return (await this.consents(servers)) ? { kind: 'kafka', servers } : undefined;
  }

  private async consents(servers: readonly string[]): Promise<boolean> {
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

/** Asks for `host:port`, with what the settings hold already. */
export async function askForServers(): Promise<readonly string[] | undefined> {
  const text = await vscode.window.showInputBox({
    title: vscode.l10n.t('Kafka cluster'),
    prompt: vscode.l10n.t('Addresses of brokers to begin with, host:port, several with commas between them'),
    placeHolder: 'localhost:9092',
    value: configuredServers().join(','),
    ignoreFocusOut: true,
    validateInput: (value) =>
      parseServers(value) === undefined
        ? vscode.l10n.t('Write each address as host:port, for example localhost:9092.')
        : undefined,
  });
  return text === undefined ? undefined : parseServers(text);
}
