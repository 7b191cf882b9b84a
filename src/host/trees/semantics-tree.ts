import * as vscode from 'vscode';
import type { CatalogueSection, LabCatalogue } from '../catalogue.js';
import type { Outcomes } from '../outcomes.js';
import type { Runs } from '../runs.js';
import { scenarioItem, semanticsItem } from './tree-items.js';
import type { ScenarioState } from './tree-items.js';

export type TreeNode =
  | { readonly kind: 'semantics'; readonly section: CatalogueSection }
  | { readonly kind: 'scenario'; readonly section: CatalogueSection; readonly id: string };

/** View "Semantics": the six and the pipeline, below each its scenarios with the last verdict. */
export class SemanticsTree implements vscode.TreeDataProvider<TreeNode>, vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<TreeNode | undefined>();
  readonly onDidChangeTreeData = this.changed.event;
  private readonly subscriptions: vscode.Disposable[];
  private nodes: Promise<readonly TreeNode[]> | undefined;

  constructor(
    private readonly catalogue: LabCatalogue,
    private readonly runs: Runs,
    private readonly outcomes: Outcomes,
  ) {
    this.subscriptions = [
      runs.onDidChange(() => this.changed.fire(undefined)),
      outcomes.onDidChange(() => this.changed.fire(undefined)),
    ];
  }

  async getChildren(node?: TreeNode): Promise<TreeNode[]> {
    if (node === undefined) return [...(await (this.nodes ??= this.roots()))];
    if (node.kind === 'scenario') return [];
    const { section } = node;
    return section.scenarios.map(({ scenario }) => ({ kind: 'scenario', section, id: scenario.id }));
  }

  async getTreeItem(node: TreeNode): Promise<vscode.TreeItem> {
    if (node.kind === 'semantics') return semanticsItem(node.section);
    const card = await this.catalogue.card(node.id);
    return scenarioItem(card, this.stateOf(node.id));
  }

  /** Needed by `TreeView.reveal`. */
  async getParent(node: TreeNode): Promise<TreeNode | undefined> {
    if (node.kind === 'semantics') return undefined;
    const roots = await this.getChildren();
    return roots.find((root) => root.section.semantics.id === node.section.semantics.id);
  }

  dispose(): void {
    for (const subscription of this.subscriptions) subscription.dispose();
    this.changed.dispose();
  }

  private async roots(): Promise<readonly TreeNode[]> {
    await this.outcomes.restore(this.catalogue.ids());
    const sections = await this.catalogue.sections();
    return sections.map((section) => ({ kind: 'semantics', section }));
  }

  private stateOf(id: string): ScenarioState {
    const stage = this.runs.stageOf(id);
    return { stage, outcome: this.outcomes.get(id) };
  }
}
