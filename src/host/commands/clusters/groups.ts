import * as vscode from 'vscode';
import type { GroupState, TopicPartition } from '../../../cluster/cluster.js';
import type { NodeOf } from '../../trees/clusters/cluster-node.js';
import { clusterOf } from './parts.js';
import type { ClusterCommandParts, GroupNode } from './parts.js';
import { confirm } from './confirm.js';

export async function deleteGroup(parts: ClusterCommandParts, node: NodeOf<'group'>): Promise<void> {
  const agreed = await confirm(
    vscode.l10n.t('Delete the group “{group}”?', { group: node.group }),
    vscode.l10n.t(
      'All its committed offsets are lost: its readers begin where auto.offset.reset says. This cannot be undone.',
    ),
    vscode.l10n.t('Delete Group'),
  );
  if (!agreed) return;
  await (await clusterOf(parts, node)).deleteGroup(node.group);
  await parts.tree.refreshGroups(node.clusterId);
}

/** Of the row: all of the group, those of a topic, or one partition's. */
export async function deleteOffsets(parts: ClusterCommandParts, node: GroupNode): Promise<void> {
  const cluster = await clusterOf(parts, node);
  const group = await cluster.group(node.group);
  const committed = partitionsOf(node, group).filter(({ committed }) => committed.kind !== 'none');
  if (committed.length === 0) {
    void vscode.window.showInformationMessage(vscode.l10n.t('Nothing is committed there.'));
    return;
  }
  const agreed = await confirm(
    vscode.l10n.t('Delete committed offsets of the group “{group}”?', { group: node.group }),
    vscode.l10n.t(
      '{partitions}: its readers begin there where auto.offset.reset says. This cannot be undone.',
      {
        partitions: committed.map(({ topic, partition }) => `${topic}/${String(partition)}`).join(', '),
      },
    ),
    vscode.l10n.t('Delete Offsets'),
  );
  if (!agreed) return;
  await cluster.deleteOffsets(
    node.group,
    committed.map(({ topic, partition }) => ({ topic, partition })),
  );
  await parts.tree.refresh(node);
}

/** The rows of a group that stand at a row of the view, or below it. */
export function partitionsOf(node: GroupNode, group: GroupState | undefined): GroupState['rows'] {
  return (group?.rows ?? []).filter((row) => isBelow(node, row));
}

function isBelow(node: GroupNode, { topic, partition }: TopicPartition): boolean {
  switch (node.kind) {
    case 'group':
      return true;
    case 'groupTopic':
      return node.topic === topic;
    case 'groupPartition':
      return node.topic === topic && node.partition === partition;
  }
}
