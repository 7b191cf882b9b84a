import * as vscode from 'vscode';
import type { GroupState } from '../../../cluster/cluster.js';
import { totalLag } from '../../../core/lag/total-lag.js';
import type { ClusterContents } from '../../clusters/cluster-contents.js';
import type { Kept } from '../../clusters/kept.js';
import type { ClusterNode, ClusterNodes, NodeOf } from './cluster-node.js';
import type { ClusterViewOptions } from './view-options.js';

/** The rows below a row: reads what they need when it is not known yet, and only that. */
export class ClusterChildren {
  constructor(
    private readonly nodes: ClusterNodes,
    private readonly contentsOf: (clusterId: string) => ClusterContents,
    private readonly options: ClusterViewOptions,
  ) {}

  async of(node: ClusterNode): Promise<ClusterNode[]> {
    const contents = this.contentsOf(node.clusterId);
    switch (node.kind) {
      case 'cluster':
        return this.folders(node, contents);
      case 'topics':
        return this.topics(node, contents);
      case 'topic':
        return this.partitions(node, contents);
      case 'groups':
        return this.groups(node, contents);
      case 'group':
      case 'groupTopic':
      case 'members':
        return this.belowGroup(node, contents);
      default:
        return [];
    }
  }

  /** The topics are read with it, so that their number stands in their row; a cluster that cannot be reached has no more to show. */
  private folders(node: NodeOf<'cluster'>, { topics }: ClusterContents): Promise<ClusterNode[]> {
    return this.read(node, topics, () => [
      this.nodes.folder(node.clusterId, 'topics'),
      this.nodes.folder(node.clusterId, 'groups'),
    ]);
  }

  private topics(node: NodeOf<'topics'>, { topics }: ClusterContents): Promise<ClusterNode[]> {
    const { showInternal } = this.options.current;
    return this.read(node, topics, (all) => {
      const shown = [...all.values()].filter(({ isInternal }) => showInternal || !isInternal);
      const found = shown.filter(({ name }) => this.options.matches(name));
      const rows = found.map(({ name }) => this.nodes.topic(node.clusterId, name));
      if (rows.length > 0) return rows;
      return [this.nodes.nothing(node, this.nothingFound(shown.length, vscode.l10n.t('No topics yet')))];
    });
  }

  private partitions(node: NodeOf<'topic'>, contents: ClusterContents): Promise<ClusterNode[]> {
    return this.read(node, contents.partitions(node.topic), (partitions) =>
      partitions.map(({ partition }) => this.nodes.topicPartition(node.clusterId, node.topic, partition)),
    );
  }

  private groups(node: NodeOf<'groups'>, { groups: kept }: ClusterContents): Promise<ClusterNode[]> {
    return this.read(node, kept, ({ groups, problems }) => {
      const found = this.sorted([...groups.values()].filter(({ groupId }) => this.options.matches(groupId)));
      const rows = found.map(({ groupId }) => this.nodes.group(node.clusterId, groupId));
      const troubles = problems.map(({ node: broker, reason }) => {
        const sentence = vscode.l10n.t('The groups of node {node} could not be read: {reason}.', {
          node: broker,
          reason,
        });
        return this.nodes.problem(node, sentence, String(broker));
      });
      if (rows.length + troubles.length > 0) return [...troubles, ...rows];
      return [
        this.nodes.nothing(node, this.nothingFound(groups.size, vscode.l10n.t('No consumer groups yet'))),
      ];
    });
  }

  private sorted(groups: readonly GroupState[]): readonly GroupState[] {
    if (this.options.current.sortBy === 'name') return groups;
    const lags = new Map(groups.map((group) => [group, lagForOrder(group)]));
    const lagIn = (group: GroupState): bigint => lags.get(group) ?? -1n;
    return [...groups].sort((one, other) =>
      lagIn(one) > lagIn(other) ? -1 : lagIn(one) < lagIn(other) ? 1 : 0,
    );
  }

  private nothingFound(hidden: number, nothing: string): string {
    return hidden > 0
      ? vscode.l10n.t('No name contains “{filter}”', { filter: this.options.filter })
      : nothing;
  }

  private belowGroup(
    node: NodeOf<'group' | 'groupTopic' | 'members'>,
    contents: ClusterContents,
  ): Promise<ClusterNode[]> {
    return this.read(node, contents.group(node.group), (group) => {
      if (group === undefined)
        return [this.nodes.nothing(node, vscode.l10n.t('This group is not there any more'))];
      if (node.kind === 'group') return this.partsOf(node, group);
      if (node.kind === 'members') return this.members(node, group);
      return group.rows
        .filter(({ topic }) => topic === node.topic)
        .map(({ topic, partition }) =>
          this.nodes.groupPartition(node.clusterId, node.group, topic, partition),
        );
    });
  }

  private partsOf(node: NodeOf<'group'>, group: GroupState): ClusterNode[] {
    const topics = [...new Set(group.rows.map(({ topic }) => topic))];
    const members = group.members ?? [];
    const rows = [
      ...(group.problem === undefined ? [] : [this.nodes.problem(node, group.problem)]),
      ...topics.map((topic) => this.nodes.groupTopic(node.clusterId, node.group, topic)),
      ...(members.length > 0 ? [this.nodes.members(node.clusterId, node.group)] : []),
    ];
    return rows.length > 0
      ? rows
      : [this.nodes.nothing(node, vscode.l10n.t('Nothing committed, nobody in it'))];
  }

  private members(node: NodeOf<'members'>, { members = [] }: GroupState): ClusterNode[] {
    return members.map(({ memberId }) => this.nodes.member(node.clusterId, node.group, memberId));
  }

  private async read<Value>(
    node: ClusterNode,
    kept: Kept<Value>,
    rows: (value: Value) => ClusterNode[],
  ): Promise<ClusterNode[]> {
    const reading = await kept.get();
    return reading.kind === 'read' ? rows(reading.value) : [this.nodes.problem(node, reading.sentence)];
  }
}

/** What is not known comes first: it may be the largest. Groups without a number come last. */
function lagForOrder(group: GroupState): bigint {
  const total = totalLag(group.rows.map(({ lag }) => lag));
  if (group.problem !== undefined || total.kind === 'unknown') return 2n ** 63n;
  return total.kind === 'none' ? -1n : total.lag;
}
