import { ErrorCode, errorName } from '../broker/protocol/errors.js';
import { offsetCommit } from '../broker/protocol/messages/08-offset-commit.js';
import { deleteGroups } from '../broker/protocol/messages/42-delete-groups.js';
import { offsetDelete } from '../broker/protocol/messages/47-offset-delete.js';
import type { ClusterConnection } from '../clients/cluster-connection.js';
import { coordinatorOf } from '../clients/groups.js';
import { groupBy } from '../core/group-by.js';
import { LabError } from '../core/lab-error.js';
import type { TopicPartition } from './cluster.js';
import { expectPermitted } from './permitted.js';

export interface OffsetToCommit extends TopicPartition {
  /** −1 and −2 too: reset to latest, to earliest pending. */
  readonly offset: bigint;
  /** The client's own words beside it. */
  readonly metadata: string;
}

/** @throws LabError group-active, not-permitted, group-not-changed */
export async function deleteGroup(cluster: ClusterConnection, group: string): Promise<void> {
  const node = await coordinatorOf(cluster, 'group', group);
  const version = await cluster.newestVersion(node, deleteGroups, 1);
  const { results } = await cluster.request(node, deleteGroups, version, { groupsNames: [group] });
  expectChanged(group, results[0]?.errorCode ?? 0, 'DeleteGroups');
}

/** Of partitions whose topic a member reads, Kafka keeps them (86). @throws LabError group-active, not-permitted, group-not-changed */
export async function deleteOffsets(
  cluster: ClusterConnection,
  group: string,
  partitions: readonly TopicPartition[],
): Promise<void> {
  if (partitions.length === 0) return;
  const node = await coordinatorOf(cluster, 'group', group);
  const { errorCode, topics } = await cluster.request(node, offsetDelete, 0, {
    groupId: group,
    topics: byTopic(partitions, ({ partition }) => ({ partitionIndex: partition })),
  });
  const codes = topics.flatMap((topic) => topic.partitions.map((one) => one.errorCode));
  for (const code of [errorCode, ...codes]) expectChanged(group, code, 'OffsetDelete');
}

/**
 * Stores offsets as somebody outside the group does: without a member, which Kafka takes only while nobody is in it.
 * @throws LabError group-active, not-permitted, group-not-changed
 */
export async function commitOffsets(
  cluster: ClusterConnection,
  group: string,
  offsets: readonly OffsetToCommit[],
): Promise<void> {
  if (offsets.length === 0) return;
  const node = await coordinatorOf(cluster, 'group', group);
  const version = await cluster.newestVersion(node, offsetCommit, 7);
  const { topics } = await cluster.request(node, offsetCommit, version, {
    groupId: group,
    generationIdOrMemberEpoch: -1,
    memberId: '',
    topics: byTopic(offsets, ({ partition, offset, metadata }) => ({
      partitionIndex: partition,
      committedOffset: offset,
      committedMetadata: metadata,
    })),
  });
  for (const { errorCode } of topics.flatMap(({ partitions }) => partitions))
    expectChanged(group, errorCode, 'OffsetCommit');
}

const active: ReadonlySet<number> = new Set([
  ErrorCode.NON_EMPTY_GROUP,
  ErrorCode.UNKNOWN_MEMBER_ID,
  ErrorCode.ILLEGAL_GENERATION,
  ErrorCode.REBALANCE_IN_PROGRESS,
  ErrorCode.GROUP_SUBSCRIBED_TO_TOPIC,
]);

function expectChanged(group: string, errorCode: number, request: string): void {
  if (errorCode === 0) return;
  expectPermitted(errorCode, request);
  if (active.has(errorCode)) throw new LabError('group-active', { group });
  throw new LabError('group-not-changed', { group, reason: errorName(errorCode) });
}

function byTopic<Offset extends TopicPartition, Asked>(
  offsets: readonly Offset[],
  ask: (offset: Offset) => Asked,
): readonly { readonly name: string; readonly partitions: readonly Asked[] }[] {
  return [...groupBy(offsets, ({ topic }) => topic)].map(([name, some]) => ({
    name,
    partitions: some.map(ask),
  }));
}
