import * as vscode from 'vscode';
import type { PartitionState, TopicSummary } from '../../../cluster/cluster.js';
import { boundsParts } from '../../../core/text/lag-sentence.js';
import { editorTranslate } from '../../texts.js';
import type { NodeOf } from './cluster-node.js';
import { escaped, row, tableOf } from './row.js';
import { bytes } from './bytes.js';

export function topicsItem(
  node: NodeOf<'topics'>,
  topics: ReadonlyMap<string, TopicSummary> | undefined,
): vscode.TreeItem {
  const label = vscode.l10n.t('Topics');
  if (topics === undefined) return row(node, { label, icon: 'list-tree', spoken: label });
  const internal = [...topics.values()].filter(({ isInternal }) => isInternal).length;
  const count = topics.size - internal;
  const counts =
    internal === 0 ? String(count) : vscode.l10n.t('{count} and {internal} internal', { count, internal });
  return row(node, {
    label,
    description: counts,
    icon: 'list-tree',
    spoken: vscode.l10n.t('Topics: {count}', { count: counts }),
  });
}

export function topicItem(node: NodeOf<'topic'>, topic: TopicSummary | undefined): vscode.TreeItem {
  const notes = topic === undefined ? [] : notesOf(topic);
  const isSound = topic === undefined || (topic.problem === undefined && topic.leaderless === 0);
  return row(node, {
    label: node.topic,
    description: notes.join(' · '),
    icon: isSound ? 'layers' : 'warning',
    spoken: [vscode.l10n.t('Topic {topic}', { topic: node.topic }), ...notes].join(', '),
    tooltip: [`**${escaped(node.topic)}**`, ...notes.map(escaped)],
    context: topic?.isInternal === true ? 'topic internal' : 'topic',
  });
}

function notesOf({
  partitionCount,
  replicationFactor,
  underReplicated,
  leaderless,
  problem,
  isInternal,
}: TopicSummary) {
  return [
    partitionCount === 1
      ? vscode.l10n.t('1 partition')
      : vscode.l10n.t('{count} partitions', { count: partitionCount }),
    ...(replicationFactor > 1 ? [vscode.l10n.t('{count} replicas', { count: replicationFactor })] : []),
    ...(isInternal ? [vscode.l10n.t('internal')] : []),
    ...(underReplicated > 0 ? [vscode.l10n.t('under-replicated: {count}', { count: underReplicated })] : []),
    ...(leaderless > 0 ? [vscode.l10n.t('without a leader: {count}', { count: leaderless })] : []),
    ...(problem === undefined ? [] : [problem]),
  ];
}

export function topicPartitionItem(
  node: NodeOf<'topicPartition'>,
  state: PartitionState | undefined,
): vscode.TreeItem {
  const label = vscode.l10n.t('partition {partition}', { partition: node.partition });
  if (state === undefined) return row(node, { label, icon: 'database', spoken: label, isLeaf: true });
  const offsets =
    'unreadable' in state.bounds
      ? [vscode.l10n.t('could not be read: {reason}', { reason: state.bounds.unreadable })]
      : boundsParts(state.bounds, editorTranslate());
  const description = [...offsets, ...replicaNotes(state)].join(' · ');
  return row(node, {
    label,
    description,
    icon: isSound(state) ? 'database' : 'warning',
    spoken: `${node.topic}, ${label}: ${description}`,
    tooltip: [`**${escaped(node.topic)}/${String(node.partition)}**`, tableOf(cellsOf(state))],
    isLeaf: true,
  });
}

function isSound({ leader, bounds }: PartitionState): boolean {
  return leader >= 0 && !('unreadable' in bounds);
}

/** Only what is not as it should be, and the size: the tooltip has all of it. */
function replicaNotes({ leader, replicas, inSync, sizeBytes }: PartitionState): readonly string[] {
  return [
    ...(leader < 0 ? [vscode.l10n.t('no leader')] : []),
    ...(inSync.length < replicas.length
      ? [
          vscode.l10n.t('in sync: {inSync} of {replicas}', {
            inSync: inSync.length,
            replicas: replicas.length,
          }),
        ]
      : []),
    ...(sizeBytes === undefined ? [] : [bytes(sizeBytes)]),
  ];
}

function cellsOf({
  leader,
  replicas,
  inSync,
  bounds,
  sizeBytes,
}: PartitionState): readonly (readonly [string, string])[] {
  const offsets: readonly (readonly [string, string])[] =
    'unreadable' in bounds
      ? [[vscode.l10n.t('offsets'), bounds.unreadable]]
      : [
          [vscode.l10n.t('start'), String(bounds.start)],
          [vscode.l10n.t('end'), String(bounds.end)],
          ['LSO', String(bounds.lastStable)],
        ];
  return [
    ...offsets,
    [vscode.l10n.t('leader'), leader < 0 ? vscode.l10n.t('none') : String(leader)],
    [vscode.l10n.t('replicas'), replicas.join(', ')],
    [vscode.l10n.t('in sync'), inSync.join(', ')],
    ...(sizeBytes === undefined ? [] : [[vscode.l10n.t('size'), bytes(sizeBytes)] as const]),
  ];
}
