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
  private readonly changed = new vscode.EventEmitter<TreeNode[]>();
  readonly onDidChangeTreeData = this.changed.event;
  private readonly subscriptions: vscode.Disposable[];
  private loaded: Promise<readonly TreeNode[]> | undefined;
  private readonly scenarios = new Map<string, TreeNode>();
  private readonly shown = new Map<string, ScenarioState>();

  constructor(
    private readonly catalogue: LabCatalogue,
    private readonly runs: Runs,
    private readonly outcomes: Outcomes,
  ) {
    this.subscriptions = [runs.onDidChange(() => this.refresh()), outcomes.onDidChange(() => this.refresh())];
  }

  async getChildren(node?: TreeNode): Promise<TreeNode[]> {
    if (node === undefined) return [...(await (this.loaded ??= this.roots()))];
    if (node.kind === 'scenario') return [];
    return node.section.scenarios.map(({ scenario }) => this.scenarioNode(node.section, scenario.id));
  }

  async getTreeItem(node: TreeNode): Promise<vscode.TreeItem> {
    if (node.kind === 'semantics') return semanticsItem(node.section);
    const card = await this.catalogue.card(node.id);
    const state = this.stateOf(node.id);
    this.shown.set(node.id, state);
    return scenarioItem(card, state);
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

  /** The editor knows a node by its object: the same scenario is always the same one. */
  private scenarioNode(section: CatalogueSection, id: string): TreeNode {
    const node = this.scenarios.get(id) ?? { kind: 'scenario', section, id };
    this.scenarios.set(id, node);
    return node;
  }

  /** Only the rows that look otherwise than before: a whole tree drawn anew at every step of a run would lag behind it. */
  private refresh(): void {
    const stale = [...this.scenarios.values()].filter(
      (node) => node.kind === 'scenario' && this.looksOtherwise(node.id),
    );
    if (stale.length > 0) this.changed.fire(stale);
  }

  private looksOtherwise(id: string): boolean {
    const before = this.shown.get(id);
    const now = this.stateOf(id);
    return before !== undefined && (before.stage !== now.stage || before.outcome !== now.outcome);
  }

  private stateOf(id: string): ScenarioState {
    return { stage: this.runs.stageOf(id), outcome: this.outcomes.get(id) };
  }
}
