import { ErrorCode } from '../protocol/errors.js';
import type { BrokerServices } from '../services.js';
import type { Partition } from '../state/partition.js';
import type { RequestContext } from './handler.js';

/** The partition, or why this node does not answer for it: 3 there is none, 6 another node leads. */
export function ledPartition(
  topic: string,
  index: number,
  context: RequestContext,
  services: BrokerServices,
): Partition | number {
  const partition = services.cluster.partition(topic, index);
  if (partition === undefined) return ErrorCode.UNKNOWN_TOPIC_OR_PARTITION;
  return partition.leader === context.nodeId ? partition : ErrorCode.NOT_LEADER_OR_FOLLOWER;
}

/** KIP-320: what the client believes the leader epoch to be, −1 if it does not say. 74 it is behind, 75 it is ahead. */
export function leaderEpochError(partition: Partition, clientsEpoch: number): number | undefined {
  if (clientsEpoch < 0 || clientsEpoch === partition.leaderEpoch) return undefined;
  return clientsEpoch < partition.leaderEpoch
    ? ErrorCode.FENCED_LEADER_EPOCH
    : ErrorCode.UNKNOWN_LEADER_EPOCH;
}

/** KIP-951: where to turn to instead, beside an error 6. */
export function currentLeaderOf(topic: string, index: number, services: BrokerServices) {
  const partition = services.cluster.partition(topic, index);
  return { leaderId: partition?.leader ?? -1, leaderEpoch: partition?.leaderEpoch ?? -1 };
}

/** KIP-951: the addresses of the leaders that an answer names. */
export function endpointsOf(leaderIds: Iterable<number>, services: BrokerServices) {
  return [...new Set(leaderIds)].flatMap((nodeId) => {
    const node = services.cluster.node(nodeId);
    return node === undefined ? [] : [{ nodeId, host: node.host, port: node.port, rack: null }];
  });
}
