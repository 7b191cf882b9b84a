import type * as vscode from 'vscode';
import { ClusterContents } from '../../clusters/cluster-contents.js';
import type { KnownClusters } from '../../clusters/known-clusters.js';
import type { OpenClusters } from '../../clusters/open-clusters.js';
import { ClusterChildren } from './cluster-children.js';
import { ClusterItems } from './cluster-items.js';
import { ClusterNodes } from './cluster-node.js';
import type { ClusterNode } from './cluster-node.js';
import { Redraws } from './redraws.js';
import type { ClusterViewOptions } from './view-options.js';

export interface ClustersTreeParts {
  readonly known: KnownClusters;
  readonly open: OpenClusters;
  readonly options: ClusterViewOptions;
  readonly isPinned: () => boolean;
  readonly log: vscode.LogOutputChannel;
}

/** View "Clusters": topics with their partitions, groups with their offsets and honest lag. */
export class ClustersTree implements vscode.TreeDataProvider<ClusterNode>, vscode.Disposable {
  private readonly nodes = new ClusterNodes();
  private readonly redraws = new Redraws();
  readonly onDidChangeTreeData = this.redraws.event;
  private readonly contents = new Map<string, ClusterContents>();
  private readonly children: ClusterChildren;
  private readonly items: ClusterItems;
  private readonly subscriptions: vscode.Disposable[];
  /** Ids of the rows whose children are shown. */
  private readonly expanded = new Set<string>();
  private readonly described = new Map<string, vscode.TreeItem['description']>();
  /** By cluster, the revision that the editor was given a row of. */
  private readonly drawn = new Map<string, number>();
  /** By cluster how it was reached when its contents were read. */
  private readonly ways = new Map<string, string>();

  constructor(private readonly parts: ClustersTreeParts) {
    const contentsOf = (clusterId: string): ClusterContents => this.contentsOf(clusterId);
    this.children = new ClusterChildren(this.nodes, contentsOf, parts.options);
    this.items = new ClusterItems(parts, contentsOf);
    this.subscriptions = [
      parts.known.onDidChange(() => this.clustersChanged()),
      parts.options.onDidChange(() => this.redraws.ofAll()),
    ];
  }

  async getChildren(node?: ClusterNode): Promise<ClusterNode[]> {
    if (node === undefined) return this.parts.known.entries().map(({ id }) => this.nodes.cluster(id));
    if (this.isOutdated(node)) return [];
    this.expanded.add(node.id);
    const rows = await this.redraws.during(() => this.children.of(node));
    this.describeAnew(node);
    return rows;
  }

  getTreeItem(node: ClusterNode): vscode.TreeItem {
    const item = this.items.of(node);
    this.described.set(node.id, item.description);
    if (node.kind === 'cluster') this.drawn.set(node.clusterId, this.revisionOf(node.clusterId));
    // Asked for when somebody points at the row: thousands of tables that nobody reads need not travel to the editor.
    item.tooltip = undefined;
    return item;
  }

  resolveTreeItem(item: vscode.TreeItem, node: ClusterNode): vscode.TreeItem {
    item.tooltip = this.items.of(node).tooltip;
    return item;
  }

  /** Needed by `TreeView.reveal`. */
  getParent(node: ClusterNode): ClusterNode | undefined {
    return this.nodes.parentOf(node);
  }

  collapsed(node: ClusterNode): void {
    for (const id of this.expanded)
      if (id === node.id || id.startsWith(`${node.id}/`)) this.expanded.delete(id);
  }

  /** What is shown of a cluster, read by others too (resets, the log view). */
  contentsOf(clusterId: string): ClusterContents {
    const found = this.contents.get(clusterId) ?? this.newContents(clusterId);
    this.contents.set(clusterId, found);
    return found;
  }

  /** Reads a row anew, and what is shown below it. */
  async refresh(node: ClusterNode): Promise<void> {
    const contents = this.contentsOf(node.clusterId);
    switch (node.kind) {
      case 'cluster':
        await this.refreshCluster(node);
        return;
      case 'topics':
        await contents.topics.renew();
        break;
      case 'groups':
        await contents.renewGroups();
        break;
      case 'topic':
      case 'topicPartition':
        await contents.partitions(node.topic).renew();
        break;
      case 'problem':
      case 'nothing': {
        const parent = this.nodes.parentOf(node);
        if (parent !== undefined) await this.refresh(parent);
        return;
      }
      default:
        await contents.group(node.group).renew();
    }
    this.redraws.of(this.rowOf(node));
  }

  refreshTopics(clusterId: string): Promise<void> {
    return this.refresh(this.nodes.folder(clusterId, 'topics'));
  }

  refreshGroups(clusterId: string): Promise<void> {
    return this.refresh(this.nodes.folder(clusterId, 'groups'));
  }

  /** Everything that is shown, of every cluster that is; none waits for another. */
  async refreshShown(): Promise<void> {
    const shown = [...this.expanded].flatMap((id) => this.nodes.get(id) ?? []);
    const clusters = shown.filter(({ kind }) => kind === 'cluster');
    await Promise.all(clusters.map((cluster) => this.refreshCluster(cluster)));
  }

  dispose(): void {
    for (const subscription of this.subscriptions) subscription.dispose();
    this.redraws.dispose();
  }

  /** Its topics tell whether it can be reached at all; then what is shown below, together. */
  private async refreshCluster(cluster: ClusterNode): Promise<void> {
    const contents = this.contentsOf(cluster.clusterId);
    const reading = await contents.topics.renew();
    if (reading.kind === 'read') {
      const shown = [...this.expanded]
        .filter((id) => id.startsWith(`${cluster.id}/`))
        .flatMap((id) => this.nodes.get(id) ?? []);
      if (shown.some(({ kind }) => kind === 'groups')) await contents.renewGroups();
      await Promise.all(shown.map((node) => this.renewBelow(node, contents)));
    }
    this.redraws.of(cluster);
  }

  private async renewBelow(node: ClusterNode, contents: ClusterContents): Promise<void> {
    if (node.kind === 'topic') await contents.partitions(node.topic).renew();
    if (node.kind === 'group') await contents.group(node.group).renew();
  }

  /** The row whose reading was renewed: a partition's is its topic's, and a group's is all that is below it. */
  private rowOf(node: ClusterNode): ClusterNode {
    if (node.kind === 'topicPartition') return this.nodes.topic(node.clusterId, node.topic);
    return 'group' in node ? this.nodes.group(node.clusterId, node.group) : node;
  }

  /** A row above may tell more now that the rows below are known: a number, a total. */
  private describeAnew(node: ClusterNode): void {
    const before = this.described.get(node.id);
    if (this.described.has(node.id) && before !== this.items.of(node).description) this.redraws.of(node);
  }

  private clustersChanged(): void {
    for (const id of this.contents.keys()) {
      const [before, now] = [this.ways.get(id), this.wayTo(id)];
      this.ways.set(id, now);
      // An embedded broker that has started by being looked at: what is being read of it is right.
      if (before !== now && before?.startsWith(' ') !== true) this.forget(id);
    }
    this.redraws.ofAll();
  }

  private forget(clusterId: string): void {
    this.contents.delete(clusterId);
    this.collapsed(this.nodes.cluster(clusterId));
    void this.parts.open.close(clusterId);
  }

  /** Below a row that the editor still has of an embedded broker that has ended: what stands there is gone, and must not be asked for. */
  private isOutdated({ clusterId }: ClusterNode): boolean {
    const drawn = this.drawn.get(clusterId);
    return drawn !== undefined && drawn !== this.revisionOf(clusterId);
  }

  private revisionOf(clusterId: string): number {
    return this.parts.known.entry(clusterId)?.revision ?? 0;
  }

  private wayTo(clusterId: string): string {
    const entry = this.parts.known.entry(clusterId);
    return `${entry?.servers.join() ?? ''} ${String(this.revisionOf(clusterId))}`;
  }

  private newContents(clusterId: string): ClusterContents {
    this.ways.set(clusterId, this.wayTo(clusterId));
    return new ClusterContents(
      () => this.parts.open.get(clusterId),
      (error) =>
        this.parts.log.warn(`${clusterId}: ${error instanceof Error ? error.message : String(error)}`),
    );
  }
}
