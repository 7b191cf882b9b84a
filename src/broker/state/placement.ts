import { coordinatorPartition } from './key-hash.js';

/**
 * Replica lists for new partitions: the first replica of each is its preferred leader, and leaders go round the nodes
 * (AdminUtils.assignReplicasToBrokers, without its random start so that every run is alike).
 */
export function spreadReplicas(
  nodeIds: readonly number[],
  partitions: number,
  replicationFactor: number,
  start: number,
): number[][] {
  return Array.from({ length: partitions }, (_, partition) =>
    Array.from({ length: replicationFactor }, (_, replica) => nodeAt(nodeIds, start + partition + replica)),
  );
}

/** Which node coordinates a group or transactional id, unless it was moved: by the hash of the key, as Kafka does. */
export function nodeForKey(nodeIds: readonly number[], key: string): number {
  return nodeAt(nodeIds, coordinatorPartition(key));
}

function nodeAt(nodeIds: readonly number[], position: number): number {
  const nodeId = nodeIds[position % nodeIds.length];
  if (nodeId === undefined) throw new Error('a cluster has at least one node');
  return nodeId;
}
