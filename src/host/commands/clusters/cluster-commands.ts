import * as vscode from 'vscode';
import type { Command } from '../commands.js';
import { isClusterNode } from '../../trees/clusters/cluster-node.js';
import type { ClusterNode, NodeOf } from '../../trees/clusters/cluster-node.js';
import type { ClusterCommandParts } from './parts.js';
import { addCluster, editCluster, importCluster, removeCluster } from './connections.js';
import { inspectLog } from './inspect-log.js';
import { createTopic, deleteTopic } from './topics.js';
import { deleteGroup, deleteOffsets } from './groups.js';
import { resetOffsets } from './reset-offsets.js';
import { chooseRefresh, filter } from './view.js';

/** The commands of the view Clusters, by their ids. */
export function clusterCommands(parts: ClusterCommandParts): Readonly<Record<string, Command>> {
  const { tree, options, embedded } = parts;
  return {
    'kafkaLab.addCluster': () => addCluster(parts),
    'kafkaLab.editCluster': (node) => editCluster(parts, node),
    'kafkaLab.removeCluster': (node) => removeCluster(parts, node),
    'kafkaLab.importCluster': () => importCluster(parts),
    'kafkaLab.refreshClusters': () => tree.refreshShown(),
    'kafkaLab.refreshNode': (node) => withNode(node, (found) => tree.refresh(found)),
    'kafkaLab.filterClusters': () => filter(options),
    'kafkaLab.clearFilter': () => options.setFilter(''),
    'kafkaLab.sortByLag': () => options.set({ sortBy: 'lag' }),
    'kafkaLab.sortByName': () => options.set({ sortBy: 'name' }),
    'kafkaLab.showInternalTopics': () => options.set({ showInternal: true }),
    'kafkaLab.hideInternalTopics': () => options.set({ showInternal: false }),
    'kafkaLab.autoRefresh': () => chooseRefresh(options),
    'kafkaLab.inspectLog': (node) => inspectLog(parts, isClusterNode(node) ? node : undefined),
    'kafkaLab.copyName': (node) => withNode(node, copyName),
    'kafkaLab.createTopic': (node) => createTopic(parts, isClusterNode(node) ? node : undefined),
    'kafkaLab.deleteTopic': (node) => ofKind(node, ['topic'], (found) => deleteTopic(parts, found)),
    'kafkaLab.resetOffsets': (node) => ofKind(node, groupKinds, (found) => resetOffsets(parts, found)),
    'kafkaLab.undoReset': (node) => ofKind(node, groupKinds, (found) => parts.undo.undo(parts, found)),
    'kafkaLab.deleteGroup': (node) => ofKind(node, ['group'], (found) => deleteGroup(parts, found)),
    'kafkaLab.deleteOffsets': (node) => ofKind(node, groupKinds, (found) => deleteOffsets(parts, found)),
    'kafkaLab.pinEmbedded': () => embedded.pin(true),
    'kafkaLab.unpinEmbedded': () => embedded.pin(false),
    'kafkaLab.stopEmbedded': () => embedded.stop(),
  };
}

const groupKinds = ['group', 'groupTopic', 'groupPartition'] as const;

async function withNode(node: unknown, act: (node: ClusterNode) => unknown): Promise<void> {
  if (isClusterNode(node)) await act(node);
}

async function ofKind<Kind extends ClusterNode['kind']>(
  node: unknown,
  kinds: readonly Kind[],
  act: (node: NodeOf<Kind>) => unknown,
): Promise<void> {
  if (isClusterNode(node) && kinds.some((kind) => kind === node.kind)) await act(node as NodeOf<Kind>);
}

async function copyName(node: ClusterNode): Promise<void> {
  await vscode.env.clipboard.writeText(nameOf(node));
}

/** What one would type elsewhere: a topic's or a group's name, `topic-partition` as Kafka's logs write it. */
function nameOf(node: ClusterNode): string {
  switch (node.kind) {
    case 'topic':
    case 'groupTopic':
      return node.topic;
    case 'topicPartition':
    case 'groupPartition':
      return `${node.topic}-${String(node.partition)}`;
    case 'group':
    case 'members':
      return node.group;
    case 'member':
      return node.memberId;
    case 'problem':
    case 'nothing':
      return node.sentence;
    case 'cluster':
    case 'topics':
    case 'groups':
      return node.clusterId;
  }
}
