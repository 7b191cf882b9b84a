import * as vscode from 'vscode';
import type { LabPages } from '../lab/lab-pages.js';
import { tellError } from '../say.js';
import type { Runs } from '../runs.js';
import { chooseBroker } from './choose-broker.js';
import type { ChooseBrokerParts } from './choose-broker.js';
import { exportReport } from './export-report.js';
import type { ExportReportParts } from './export-report.js';
import { insertSemanticsSnippet } from './insert-snippet.js';
import type { InsertSnippetParts } from './insert-snippet.js';
import { openHistory } from './open-history.js';
import { removeLeftovers } from './leftovers.js';
import type { LeftoverParts } from './leftovers.js';
import { isTreeNode, runAll, runItem } from './run-many.js';
import type { RunManyParts } from './run-many.js';
import { runScenario } from './run-scenario.js';
import { saveHistory } from './save-history.js';

export interface CommandParts
  extends RunManyParts, LeftoverParts, ChooseBrokerParts, InsertSnippetParts, ExportReportParts {
  readonly runs: Runs;
  readonly pages: LabPages;
}

export type Command = (...args: readonly unknown[]) => unknown;

/** The commands of the lab, by their ids; a test holds all commands to those of package.json. */
export function commands(parts: CommandParts): Readonly<Record<string, Command>> {
  return {
    'kafkaLab.runScenario': (id) => runScenario(parts, id),
    'kafkaLab.runAll': () => runAll(parts),
    'kafkaLab.runItem': (item) => runItem(parts, item),
    'kafkaLab.stop': () => parts.runs.stop(),
    'kafkaLab.chooseBroker': () => chooseBroker(parts),
    'kafkaLab.openLab': () => parts.pages.open(),
    'kafkaLab.openScenario': (item) => openScenario(parts, item),
    'kafkaLab.insertSnippet': (wanted) => insertSemanticsSnippet(parts, wanted),
    'kafkaLab.saveHistory': (id, phase) => saveHistory(parts, id, phase),
    'kafkaLab.openHistory': (file) => openHistory(parts, file),
    'kafkaLab.exportReport': (wish) => exportReport(parts, wish),
    'kafkaLab.removeLeftovers': () => removeLeftovers(parts),
    'kafkaLab.showLog': () => parts.log.show(),
  };
}

/** What a command could not do is told in one sentence, wherever it was called from. */
export function registerCommands(
  all: Readonly<Record<string, Command>>,
  log: vscode.LogOutputChannel,
): vscode.Disposable {
  const registrations = Object.entries(all).map(([id, run]) =>
    vscode.commands.registerCommand(id, async (...args: readonly unknown[]) => {
      try {
        await run(...args);
      } catch (error) {
        tellError(log, error);
      }
    }),
  );
  return vscode.Disposable.from(...registrations);
}

async function openScenario({ catalogue, pages }: CommandParts, item: unknown): Promise<void> {
  const id = isTreeNode(item) && item.kind === 'scenario' ? item.id : item;
  if (typeof id === 'string') await pages.show((await catalogue.card(id)).scenario.id);
}
