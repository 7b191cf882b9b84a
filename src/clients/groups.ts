import { ErrorCode } from '../broker/protocol/errors.js';
import { offsetFetch } from '../broker/protocol/messages/09-offset-fetch.js';
import { CoordinatorType, findCoordinator } from '../broker/protocol/messages/10-find-coordinator.js';
import { leaveGroup as leaveGroupApi } from '../broker/protocol/messages/13-leave-group.js';
import { describeGroups } from '../broker/protocol/messages/15-describe-groups.js';
import { listGroups as listGroupsApi } from '../broker/protocol/messages/16-list-groups.js';
import { initProducerId } from '../broker/protocol/messages/22-init-producer-id.js';
import { deleteGroups as deleteGroupsApi } from '../broker/protocol/messages/42-delete-groups.js';
import { LabError } from '../core/lab-error.js';
import type { ClusterConnection } from './cluster-connection.js';
import { pollUntil } from './poll-until.js';
import { expectCode, ProtocolError } from './protocol-error.js';

/** How long a cluster may take to make its internal topics at the first use. */
const COORDINATOR_WITHIN_MS = 10_000;

const EMPTY_WITHIN_MS = 2_000;

const notYet: readonly number[] = [
  ErrorCode.COORDINATOR_NOT_AVAILABLE,
  ErrorCode.COORDINATOR_LOAD_IN_PROGRESS,
  ErrorCode.NOT_COORDINATOR,
];

/** The node that answers for a group or a transactional id. @throws LabError coordinator-unavailable */
export async function coordinatorOf(
  cluster: ClusterConnection,
  type: keyof typeof CoordinatorType,
  key: string,
  signal?: AbortSignal,
): Promise<number> {
  const node = await pollUntil(
    async () => {
      const answer = await cluster.request('any', findCoordinator, 2, {
        key,
        keyType: CoordinatorType[type],
      });
      if (notYet.includes(answer.errorCode)) return undefined;
      expectAllowed(answer.errorCode, 'FindCoordinator', 'use groups and transactions');
      await knowNode(cluster, answer.nodeId);
      return answer.nodeId;
    },
    { everyMs: 50, withinMs: COORDINATOR_WITHIN_MS, signal },
  );
  if (node === undefined) {
    throw new LabError('coordinator-unavailable', {
      coordinator: type === 'group' ? 'groups' : 'transactions',
      brokers: cluster.brokerCount,
    });
  }
  return node;
}

async function knowNode(cluster: ClusterConnection, nodeId: number): Promise<void> {
  if (!cluster.nodeIds.includes(nodeId)) await cluster.describe([]);
}

/** Committed offsets of a group for these partitions, by `topic/partition`; −1 for none. */
export async function committedOffsets(
  cluster: ClusterConnection,
  group: string,
  topics: readonly { readonly topic: string; readonly partitions: number }[],
): Promise<ReadonlyMap<string, number>> {
  const node = await coordinatorOf(cluster, 'group', group);
  const answer = await cluster.request(node, offsetFetch, 4, {
    groupId: group,
    topics: topics.map(({ topic, partitions }) => ({
      name: topic,
      partitionIndexes: [...Array(partitions).keys()],
    })),
  });
  expectAllowed(answer.errorCode, 'OffsetFetch', 'read group offsets');
  return new Map(
    answer.topics.flatMap(({ name, partitions }) =>
      partitions.map(
        ({ partitionIndex, committedOffset }) =>
          [`${name}/${partitionIndex}`, Number(committedOffset)] as const,
      ),
    ),
  );
}

/** Says good-bye for a member that has died; one that is gone already is no error. */
export async function leaveGroup(cluster: ClusterConnection, group: string, memberId: string): Promise<void> {
  const node = await coordinatorOf(cluster, 'group', group);
  const answer = await cluster.request(node, leaveGroupApi, 3, { groupId: group, members: [{ memberId }] });
  expectCode(answer.errorCode, 'LeaveGroup', [ErrorCode.UNKNOWN_MEMBER_ID]);
}

/**
 * Deletes a group; one that does not exist is no error. Members that are still in it belong to processes that have been ended:
 * they are said good-bye for first, since a group must be empty.
 */
export async function deleteGroup(cluster: ClusterConnection, group: string): Promise<void> {
  const node = await coordinatorOf(cluster, 'group', group);
  const deleted = await pollUntil(
    async () => {
      const { results } = await cluster.request(node, deleteGroupsApi, 1, { groupsNames: [group] });
      const code = results[0]?.errorCode ?? 0;
      if (code === ErrorCode.NON_EMPTY_GROUP) {
        await evictMembers(cluster, group);
        return undefined;
      }
      expectCode(code, 'DeleteGroups', [ErrorCode.GROUP_ID_NOT_FOUND]);
      return true;
    },
    { everyMs: 20, withinMs: EMPTY_WITHIN_MS },
  );
  if (!deleted) throw new ProtocolError(ErrorCode.NON_EMPTY_GROUP, 'DeleteGroups', group);
}

/** Says good-bye for every member, of which nobody is alive any more. */
export async function evictMembers(cluster: ClusterConnection, group: string): Promise<void> {
  const node = await coordinatorOf(cluster, 'group', group);
  const { groups } = await cluster.request(node, describeGroups, 2, { groups: [group] });
  const members = groups.flatMap((described) => described.members.map(({ memberId }) => ({ memberId })));
  if (members.length > 0) await cluster.request(node, leaveGroupApi, 3, { groupId: group, members });
}

/** Group ids of the whole cluster: every node answers for the groups that it coordinates. */
export async function listGroups(cluster: ClusterConnection): Promise<readonly string[]> {
  const answers = await Promise.all(
    cluster.nodeIds.map((node) => cluster.request(node, listGroupsApi, 2, {})),
  );
  return answers.flatMap(({ groups }) => groups.map(({ groupId }) => groupId));
}

/** Makes the coordinator of transactions ready; the id then stays registered until the cluster forgets it by itself. */
export async function initialiseTransactionalId(
  cluster: ClusterConnection,
  transactionalId: string,
  signal?: AbortSignal,
): Promise<void> {
  const node = await coordinatorOf(cluster, 'transaction', transactionalId, signal);
  await pollUntil(
    async () => {
      const { errorCode } = await cluster.request(node, initProducerId, 1, {
        transactionalId,
        transactionTimeoutMs: 10_000,
      });
      if (notYet.includes(errorCode) || errorCode === ErrorCode.CONCURRENT_TRANSACTIONS) return undefined;
      expectAllowed(errorCode, 'InitProducerId', 'use transactions');
      return true;
    },
    { everyMs: 50, withinMs: COORDINATOR_WITHIN_MS, signal },
  );
}

function expectAllowed(code: number, api: string, what: string): void {
  const refused: readonly number[] = [
    ErrorCode.GROUP_AUTHORIZATION_FAILED,
    ErrorCode.TRANSACTIONAL_ID_AUTHORIZATION_FAILED,
    ErrorCode.CLUSTER_AUTHORIZATION_FAILED,
    ErrorCode.TOPIC_AUTHORIZATION_FAILED,
  ];
  if (refused.includes(code)) throw new LabError('not-authorised', { what });
  if (code !== 0) throw new ProtocolError(code, api);
}
