import { listOffsets } from '../broker/protocol/messages/02-list-offsets.js';
import type { ClusterConnection } from './cluster-connection.js';
import { expectCode } from './protocol-error.js';

export interface PartitionOffsets {
  readonly logStart: number;
  readonly highWatermark: number;
  readonly lastStableOffset: number;
}

const EARLIEST = -2n;
const LATEST = -1n;
const READ_UNCOMMITTED = 0;
const READ_COMMITTED = 1;

/** Log start, high watermark and last stable offset, each asked from the leader: "latest" is the LSO for read_committed. */
export async function partitionOffsets(
  cluster: ClusterConnection,
  leader: number,
  topic: string,
  partition: number,
): Promise<PartitionOffsets> {
  const ask = async (isolationLevel: number, timestamp: bigint): Promise<number> => {
    const { topics } = await cluster.request(leader, listOffsets, 3, {
      replicaId: -1,
      isolationLevel,
      topics: [{ name: topic, partitions: [{ partitionIndex: partition, timestamp }] }],
    });
    const answer = topics[0]?.partitions[0];
    expectCode(answer?.errorCode ?? -1, 'ListOffsets');
    return Number(answer?.offset ?? -1n);
  };
  // The LSO is asked first: it only grows, so it can never seem to be behind a high watermark that it had reached.
  const lastStableOffset = await ask(READ_COMMITTED, LATEST);
  const [logStart, highWatermark] = await Promise.all([
    ask(READ_UNCOMMITTED, EARLIEST),
    ask(READ_UNCOMMITTED, LATEST),
  ]);
  return { logStart, highWatermark, lastStableOffset };
}
