import * as vscode from 'vscode';
import { tick } from '../../first-steps.js';
import type { OpenClusters } from '../../clusters/open-clusters.js';
import { AutoRefresh } from './auto-refresh.js';
import type { ClusterNode } from './cluster-node.js';
import type { ClustersTree } from './clusters-tree.js';
import type { ClusterViewOptions } from './view-options.js';

export interface ClustersViewParts {
  readonly tree: ClustersTree;
  readonly options: ClusterViewOptions;
  readonly open: OpenClusters;
}

/** The view itself: what it tells the tree, its filter shown above the rows, and no connection while nobody looks. */
export class ClustersView implements vscode.Disposable {
  private readonly view: vscode.TreeView<ClusterNode>;
  private readonly subscriptions: readonly { dispose(): unknown }[];

  constructor({ tree, options, open }: ClustersViewParts) {
    this.view = vscode.window.createTreeView('kafkaLab.clusters', {
      treeDataProvider: tree,
      showCollapseAll: true,
    });
    this.subscriptions = [
      this.view,
      new AutoRefresh({ view: this.view, tree, options }),
      this.view.onDidExpandElement(({ element }) => {
        if (element.kind === 'group') tick('hasSeenOffsets');
      }),
      this.view.onDidCollapseElement(({ element }) => tree.collapsed(element)),
      this.view.onDidChangeVisibility(({ visible }) => (visible ? undefined : open.closeAll())),
      options.onDidChange(() => this.describe(options)),
    ];
    this.describe(options);
  }

  dispose(): void {
    for (const subscription of this.subscriptions) subscription.dispose();
  }

  private describe({ filter, current }: ClusterViewOptions): void {
    const every = current.refreshEverySeconds;
    this.view.description = [
      ...(filter === '' ? [] : [`“${filter}”`]),
      ...(every === 0 ? [] : [vscode.l10n.t('every {seconds} s', { seconds: every })]),
    ].join(' · ');
  }
}
