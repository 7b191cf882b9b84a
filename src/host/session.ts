import * as vscode from 'vscode';
import type { Scenario } from '../core/scenario/scenario.js';
import type { BrokerChoice, BrokerChoices } from './broker-choice.js';
import type { BrokerConsent } from './broker-consent.js';
import type { LabPages } from './lab/lab-pages.js';
import { tellError } from './say.js';
import type { Runs, SeriesEnd } from './runs.js';

export interface SessionParts {
  readonly runs: Runs;
  readonly choices: BrokerChoices;
  readonly consent: BrokerConsent;
  /** For a cluster that is wanted and that nobody has named yet; resolves to whether one was. */
  readonly chooseBroker: () => Promise<boolean>;
  readonly pages: LabPages;
  readonly log: vscode.LogOutputChannel;
}

/** Starts runs for the user, wherever the wish came from: palette, tree or page. */
export class Session {
  constructor(private readonly parts: SessionParts) {}

  /** One scenario, with its page open beside the run. */
  async runOne(scenario: Scenario): Promise<void> {
    if (this.refuseWhileBusy()) return;
    await this.parts.pages.show(scenario.id);
    await this.start([scenario]);
  }

  /** Several; the tree shows how they go, and the page stays where it is. Resolves to how the series ended. */
  async runMany(scenarios: readonly Scenario[]): Promise<SeriesEnd | undefined> {
    if (this.refuseWhileBusy()) return undefined;
    return await this.start(scenarios);
  }

  private async start(scenarios: readonly Scenario[]): Promise<SeriesEnd | undefined> {
    const broker = await this.whereTo();
    if (broker === undefined || !(await this.parts.consent.agreed(broker))) return undefined;
    const end = await vscode.window.withProgress({ location: { viewId: 'kafkaLab.semantics' } }, () =>
      this.parts.runs.run(scenarios, broker),
    );
    if (end.kind === 'failed') tellError(this.parts.log, end.error);
    return end;
  }

  private async whereTo(): Promise<BrokerChoice | undefined> {
    const { choices, chooseBroker } = this.parts;
    const choice = choices.current();
    if (choice.kind === 'embedded' || choice.servers.length > 0) return choice;
    return (await chooseBroker()) ? choices.current() : undefined;
  }

  private refuseWhileBusy(): boolean {
    if (!this.parts.runs.busy) return false;
    const stop = vscode.l10n.t('Stop');
    void vscode.window
      .showInformationMessage(vscode.l10n.t('A run is going on; stop it first, or wait for its end.'), stop)
      .then((answer) => (answer === stop ? this.parts.runs.stop() : undefined));
    return true;
  }
}
