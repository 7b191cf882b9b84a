import type { RebalanceEvent } from '../../core/history/events.js';
import type { ExchangeEvent } from '../exchange-event.js';
import { asStruct } from '../fault-sites.js';
import { decodeAssignment } from '../protocol/group-metadata.js';
import { MalformedError } from '../protocol/malformed-error.js';
import type { SyncGroupRequest, SyncGroupResponse } from '../protocol/messages/14-sync-group.js';
import type { Encodable } from '../protocol/schema.js';
import { processOf } from './operations.js';

type Assigned = RebalanceEvent['assigned'];

/** SyncGroup: what a member of a classic group was given. Other protocols than `consumer` put there what they like. */
export function syncedAssignment(event: ExchangeEvent, response: unknown): RebalanceEvent | undefined {
  const { groupId: group, generationId: generation, memberId } = event.request as SyncGroupRequest;
  const answer = response as Encodable<SyncGroupResponse> | undefined;
  const assignment = answer?.assignment;
  const assigned = (answer?.errorCode ?? 0) === 0 && assignment ? decoded(assignment) : undefined;
  return assigned && { type: 'rebalance', process: processOf(event), group, generation, memberId, assigned };
}

/** ConsumerGroupHeartbeat (KIP-848): only an answer that changes the assignment carries one. */
export function heartbeatAssignment(
  event: ExchangeEvent,
  response: unknown,
  topicName: (id: string) => string | undefined,
): RebalanceEvent | undefined {
  const { groupId, memberId: sender } = asStruct(event.request);
  const { memberId: given, memberEpoch, assignment } = asStruct(response);
  const memberId = given ?? sender;
  const { topicPartitions } = asStruct(assignment);
  if (typeof groupId !== 'string' || typeof memberId !== 'string' || !Array.isArray(topicPartitions))
    return undefined;
  const assigned = topicPartitions.map(asStruct).flatMap(({ topicId, partitions }) => {
    const topic = topicName(String(topicId));
    const list = Array.isArray(partitions) ? partitions.map(Number) : [];
    return topic === undefined ? [] : list.map((partition) => ({ topic, partition }));
  });
  const generation = typeof memberEpoch === 'number' ? memberEpoch : 0;
  return { type: 'rebalance', process: processOf(event), group: groupId, generation, memberId, assigned };
}

function decoded(assignment: Buffer): Assigned | undefined {
  try {
    return decodeAssignment(assignment).assignedPartitions.flatMap(({ topic, partitions }) =>
      partitions.map((partition) => ({ topic, partition })),
    );
  } catch (error) {
    if (error instanceof MalformedError) return undefined;
    throw error;
  }
}
