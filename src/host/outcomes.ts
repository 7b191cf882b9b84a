import * as vscode from 'vscode';
import type { LabReport } from '../shared/lab-report.js';

/** How the last run of a scenario ended. */
export type Outcome =
  | { readonly kind: 'done'; readonly report: LabReport }
  | { readonly kind: 'stopped' }
  | { readonly kind: 'interrupted' }
  | { readonly kind: 'failed'; readonly sentence: string };

/**
 * The last outcome of each scenario. Reports are kept as files in the extension's own storage too, so that a reloaded window
 * shows what it showed; one file a scenario, overwritten by the next run, with the last report from another broker beside it.
 */
export class Outcomes implements vscode.Disposable {
  private readonly byScenario = new Map<string, Outcome>();
  /** The last report, whatever came of later runs. */
  private readonly lastReports = new Map<string, LabReport>();
  /** The last report from another broker than the last report's. */
  private readonly elsewhere = new Map<string, LabReport>();
  private readonly restored = new Map<string, Promise<void>>();
  private readonly changed = new vscode.EventEmitter<string>();
  private writing: Promise<void> = Promise.resolve();
  readonly onDidChange = this.changed.event;

  constructor(
    private readonly storage: vscode.Uri,
    private readonly version: string,
    private readonly log: vscode.LogOutputChannel,
  ) {}

  get(scenario: string): Outcome | undefined {
    return this.byScenario.get(scenario);
  }

  report(scenario: string): LabReport | undefined {
    const outcome = this.byScenario.get(scenario);
    return outcome?.kind === 'done' ? outcome.report : undefined;
  }

  /** The last report of the same scenario on another broker. */
  reportElsewhere(scenario: string): LabReport | undefined {
    return this.elsewhere.get(scenario);
  }

  set(scenario: string, outcome: Outcome): void {
    this.byScenario.set(scenario, outcome);
    if (outcome.kind === 'done') this.keep(scenario, outcome.report);
    this.changed.fire(scenario);
  }

  /** As if it had never been run. */
  forget(scenario: string): void {
    this.byScenario.delete(scenario);
    this.lastReports.delete(scenario);
    this.elsewhere.delete(scenario);
    this.writing = this.writing.then(() => this.remove(scenario));
    this.changed.fire(scenario);
  }

  /** Reads what an earlier window stored, once, for scenarios that have not been run in this one. Nobody is notified. */
  async restore(scenarios: readonly string[]): Promise<void> {
    await Promise.all(
      scenarios.map((scenario) => {
        const reading = this.restored.get(scenario) ?? this.restoreOne(scenario);
        this.restored.set(scenario, reading);
        return reading;
      }),
    );
  }

  /** Resolves when what was set is on disk. */
  async settled(): Promise<void> {
    await this.writing;
  }

  dispose(): void {
    this.changed.dispose();
  }

  private keep(scenario: string, report: LabReport): void {
    const before = this.lastReports.get(scenario);
    this.lastReports.set(scenario, report);
    if (before !== undefined && placeOf(before) !== placeOf(report)) this.elsewhere.set(scenario, before);
    this.store(scenario, report);
  }

  private store(scenario: string, report: LabReport): void {
    const elsewhere = this.elsewhere.get(scenario);
    const stored = { version: this.version, report, ...(elsewhere === undefined ? {} : { elsewhere }) };
    this.writing = this.writing.then(() => this.write(scenario, stored));
  }

  private async restoreOne(scenario: string): Promise<void> {
    const text = await this.read(scenario);
    if (text === undefined || this.byScenario.has(scenario)) return;
    const stored = parse(text);
    if (stored?.version !== this.version) return;
    this.byScenario.set(scenario, { kind: 'done', report: stored.report });
    this.lastReports.set(scenario, stored.report);
    if (stored.elsewhere !== undefined) this.elsewhere.set(scenario, stored.elsewhere);
  }

  private async read(scenario: string): Promise<string | undefined> {
    try {
      return new TextDecoder().decode(await vscode.workspace.fs.readFile(this.file(scenario)));
    } catch (error) {
      if (error instanceof vscode.FileSystemError && error.code === 'FileNotFound') return undefined;
      this.log.warn(`the stored report of ${scenario} cannot be read`, error);
      return undefined;
    }
  }

  private async write(scenario: string, stored: Stored): Promise<void> {
    const text = JSON.stringify(stored);
    const file = this.file(scenario);
    // Whole or not at all: a window that ends in the middle leaves what was there before.
    const draft = file.with({ path: `${file.path}.new` });
    try {
      await vscode.workspace.fs.writeFile(draft, new TextEncoder().encode(text));
      await vscode.workspace.fs.rename(draft, file, { overwrite: true });
    } catch (error) {
      this.log.warn(`the report of ${scenario} cannot be stored; a reloaded window will not show it`, error);
    }
  }

  private async remove(scenario: string): Promise<void> {
    try {
      await vscode.workspace.fs.delete(this.file(scenario));
    } catch (error) {
      if (error instanceof vscode.FileSystemError && error.code === 'FileNotFound') return;
      this.log.warn(`the stored report of ${scenario} cannot be removed`, error);
    }
  }

  private file(scenario: string): vscode.Uri {
    return vscode.Uri.joinPath(this.storage, 'reports', `${scenario}.json`);
  }
}

function placeOf({ servers }: LabReport): string {
  return servers?.join() ?? 'embedded';
}

interface Stored {
  /** The extension's: another one may count and judge in another way. */
  readonly version: string;
  readonly report: LabReport;
  readonly elsewhere?: LabReport;
}

/** A file that is no report (cut off by a crash, say) counts as none: the next run writes it anew. */
function parse(text: string): Stored | undefined {
  try {
    return JSON.parse(text) as Stored;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
