import * as vscode from 'vscode';
import { assertNever } from '../../../core/assert-never.js';
import type { ClusterContents } from '../../clusters/cluster-contents.js';
import type { KnownClusters } from '../../clusters/known-clusters.js';
import type { ClusterNode, NodeOf } from './cluster-node.js';
import {
  groupItem,
  groupPartitionItem,
  groupTopicItem,
  memberItem,
  membersItem,
  type GroupLook,
} from './group-items.js';
import { row } from './row.js';
import { topicItem, topicPartitionItem, topicsItem } from './topic-items.js';

export interface ClusterItemsParts {
  readonly known: KnownClusters;
  readonly isPinned: () => boolean;
}

/** What a row looks like, from what has been read: nothing is asked of a cluster here. */
export class ClusterItems {
  constructor(
    private readonly parts: ClusterItemsParts,
    private readonly contentsOf: (clusterId: string) => ClusterContents,
  ) {}

  of(node: ClusterNode): vscode.TreeItem {
    const contents = this.contentsOf(node.clusterId);
    switch (node.kind) {
      case 'cluster':
        return this.cluster(node, contents);
      case 'topics':
        return topicsItem(node, contents.topics.value);
      case 'topic':
        return topicItem(node, contents.topics.value?.get(node.topic));
      case 'topicPartition':
        return topicPartitionItem(node, contents.partitions(node.topic).value?.[node.partition]);
      case 'groups':
        return groupsItem(node, contents);
      case 'problem':
        return problemItem(node);
      case 'nothing':
        return row(node, { label: node.sentence, icon: 'circle-slash', spoken: node.sentence, isLeaf: true });
      case 'group':
      case 'groupTopic':
      case 'groupPartition':
      case 'members':
      case 'member':
        return this.belowGroups(node, contents);
      default:
        return assertNever(node);
    }
  }

  private belowGroups(
    node: NodeOf<'group' | 'groupTopic' | 'groupPartition' | 'members' | 'member'>,
    contents: ClusterContents,
  ): vscode.TreeItem {
    const look: GroupLook = { group: contents.latestOf(node.group) };
    switch (node.kind) {
      case 'group':
        return groupItem(node, look);
      case 'groupTopic':
        return groupTopicItem(node, look);
      case 'groupPartition':
        return groupPartitionItem(node, look);
      case 'members':
        return membersItem(node, look);
      case 'member':
        return memberItem(node, look);
    }
  }

  private cluster(node: NodeOf<'cluster'>, { topics }: ClusterContents): vscode.TreeItem {
    const entry = this.parts.known.entry(node.clusterId);
    const name = entry?.name ?? node.clusterId;
    const isEmbedded = node.clusterId === 'embedded';
    const [first] = entry?.servers ?? [];
    const where = first ?? vscode.l10n.t('not running');
    const pinned = isEmbedded && this.parts.isPinned() ? ` · ${vscode.l10n.t('pinned')}` : '';
    const isAway = topics.latest?.kind === 'failed';
    const item = row(node, {
      label: name,
      description: `${where}${pinned}`,
      icon: isAway ? 'warning' : isEmbedded ? 'beaker' : 'server-environment',
      spoken: isAway
        ? vscode.l10n.t('Cluster {name}, {state}: cannot be reached', { name, state: where })
        : vscode.l10n.t('Cluster {name}, {state}', { name, state: `${where}${pinned}` }),
      tooltip: [`**${name}**`, ...(entry?.servers ?? [where])],
      context: contextOf(node.clusterId, first !== undefined, pinned !== ''),
    });
    // Another row for the editor, and so a collapsed one: an embedded broker that has ended must not start by being shown.
    item.id = `${node.id}@${String(entry?.revision ?? 0)}`;
    return item;
  }
}

/** What menus ask: `cluster saved`, `cluster settings`, or of the embedded broker whether it runs and whether it is pinned. */
function contextOf(clusterId: string, isRunning: boolean, isPinned: boolean): string {
  if (clusterId === 'settings') return 'cluster settings';
  if (clusterId !== 'embedded') return 'cluster saved';
  return ['cluster embedded', isRunning ? 'running' : 'stopped', isPinned ? 'pinned' : 'unpinned'].join(' ');
}

function groupsItem(node: NodeOf<'groups'>, { groups }: ClusterContents): vscode.TreeItem {
  const count = groups.value?.groups.size;
  const label = vscode.l10n.t('Consumer groups');
  return row(node, {
    label,
    icon: 'organization',
    ...(count !== undefined && { description: String(count) }),
    spoken: count === undefined ? label : vscode.l10n.t('Consumer groups: {count}', { count }),
  });
}

function problemItem(node: NodeOf<'problem'>): vscode.TreeItem {
  const item = row(node, {
    label: node.sentence,
    icon: 'warning',
    spoken: vscode.l10n.t('{problem} Press Enter to try again.', { problem: node.sentence }),
    tooltip: [node.sentence, vscode.l10n.t('Press to try again.')],
    isLeaf: true,
  });
  item.command = {
    command: 'kafkaLab.refreshNode',
    title: vscode.l10n.t('Try Again'),
    arguments: [node],
  };
  return item;
}
