import * as vscode from 'vscode';
import { askedOf } from '../core/prediction/asked.js';
import { timesFound } from '../core/prediction/times-found.js';
import { scenarioById } from '../core/scenario/catalogue.js';
import type { Outcomes } from './outcomes.js';

/** What the learner said before a run, and what the run then showed. */
export interface Prediction {
  readonly said: number;
  /** Absent until a run has looked. */
  readonly found?: number;
}

const key = 'kafkaLab.predictions';

/** The learner's progress, by scenario. It stays in the editor's own storage, and is sent nowhere. */
export class Predictions implements vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<string>();
  readonly onDidChange = this.changed.event;
  private readonly subscription: vscode.Disposable;

  constructor(
    private readonly state: vscode.Memento,
    private readonly outcomes: Outcomes,
  ) {
    this.subscription = outcomes.onDidChange((scenario) => void this.compare(scenario));
  }

  get(scenario: string): Prediction | undefined {
    return this.all()[scenario];
  }

  /** How many there are that a run has answered, and how many of them were right. */
  get score(): { readonly right: number; readonly answered: number } {
    const answered = Object.values(this.all()).filter(({ found }) => found !== undefined);
    return { right: answered.filter(({ said, found }) => said === found).length, answered: answered.length };
  }

  async say(scenario: string, said: number): Promise<void> {
    await this.keep(scenario, { said });
  }

  async forget(scenario: string): Promise<void> {
    await this.keep(scenario, undefined);
  }

  dispose(): void {
    this.subscription.dispose();
    this.changed.dispose();
  }

  /** A run that proves nothing answers nothing. */
  private async compare(id: string): Promise<void> {
    const prediction = this.get(id);
    const report = this.outcomes.report(id);
    const scenario = scenarioById(id);
    if (prediction === undefined || report?.conclusive !== true || scenario === undefined) return;
    const found = timesFound(report.fault.history, askedOf(scenario));
    if (found !== undefined && found !== prediction.found) await this.keep(id, { ...prediction, found });
  }

  private all(): Readonly<Record<string, Prediction>> {
    return this.state.get<Readonly<Record<string, Prediction>>>(key, {});
  }

  private async keep(scenario: string, prediction: Prediction | undefined): Promise<void> {
    const { [scenario]: _, ...others } = this.all();
    await this.state.update(key, prediction === undefined ? others : { ...others, [scenario]: prediction });
    this.changed.fire(scenario);
  }
}
