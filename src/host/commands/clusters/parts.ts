import type * as vscode from 'vscode';
import type { Cluster } from '../../../cluster/cluster.js';
import type { ClusterStore } from '../../clusters/cluster-store.js';
import type { EmbeddedCluster } from '../../clusters/embedded-cluster.js';
import type { KnownClusters } from '../../clusters/known-clusters.js';
import type { OpenClusters } from '../../clusters/open-clusters.js';
import type { LogPages } from '../../log/log-pages.js';
import type { ClusterNode, NodeOf } from '../../trees/clusters/cluster-node.js';
import type { ClustersTree } from '../../trees/clusters/clusters-tree.js';
import type { ClusterViewOptions } from '../../trees/clusters/view-options.js';
import type { UndoResets } from './undo-resets.js';

export interface ClusterCommandParts {
  readonly known: KnownClusters;
  readonly open: OpenClusters;
  readonly embedded: EmbeddedCluster;
  readonly tree: ClustersTree;
  readonly options: ClusterViewOptions;
  readonly undo: UndoResets;
  readonly store: ClusterStore;
  readonly logs: LogPages;
  readonly log: vscode.LogOutputChannel;
}

/** The rows below which offsets of a group stand. */
export type GroupNode = NodeOf<'group' | 'groupTopic' | 'groupPartition'>;

/** The cluster that a row belongs to. Rejects with a LabError when it cannot be reached. */
export function clusterOf({ open }: ClusterCommandParts, { clusterId }: ClusterNode): Promise<Cluster> {
  return open.get(clusterId);
}
