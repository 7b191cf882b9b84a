import type * as vscode from 'vscode';
import type { ClustersTree } from './clusters-tree.js';
import type { ClusterNode } from './cluster-node.js';
import type { ClusterViewOptions } from './view-options.js';

export interface AutoRefreshParts {
  readonly view: vscode.TreeView<ClusterNode>;
  readonly tree: ClustersTree;
  readonly options: ClusterViewOptions;
}

/** Reads what is shown again, every so often, while the view can be seen; never while the last reading is still under way. */
export class AutoRefresh implements vscode.Disposable {
  private timer: NodeJS.Timeout | undefined;
  private readonly subscriptions: readonly vscode.Disposable[];
  private seconds = 0;

  constructor(private readonly parts: AutoRefreshParts) {
    this.subscriptions = [
      parts.view.onDidChangeVisibility(() => this.plan()),
      parts.options.onDidChange(() => this.plan()),
    ];
    this.plan();
  }

  dispose(): void {
    clearTimeout(this.timer);
    this.seconds = 0;
    for (const subscription of this.subscriptions) subscription.dispose();
  }

  private plan(): void {
    clearTimeout(this.timer);
    this.seconds = this.parts.view.visible ? this.parts.options.current.refreshEverySeconds : 0;
    if (this.seconds > 0) this.timer = setTimeout(() => void this.tick(), this.seconds * 1000);
  }

  private async tick(): Promise<void> {
    await this.parts.tree.refreshShown();
    // Meanwhile the view may have been hidden, or the option changed: then another plan holds, or none.
    if (this.seconds > 0) this.plan();
  }
}
