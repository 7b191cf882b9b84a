import { describeProducers } from '../broker/protocol/messages/61-describe-producers.js';
import type { ClusterConnection } from '../clients/cluster-connection.js';
import type { OpenTransactions } from './log-stretch.js';

/**
 * Who has a transaction open in a partition, and since which offset (KIP-664; since Kafka 2.8, and for who may read the topic). Where that is
 * not told, nothing is known to be open: then markers alone tell how transactions ended, and the others stay undecided.
 */
export async function openTransactionsOf(
  cluster: ClusterConnection,
  leader: number,
  topic: string,
  partition: number,
): Promise<OpenTransactions> {
  try {
    const version = await cluster.newestVersion(leader, describeProducers, 0);
    const { topics } = await cluster.request(leader, describeProducers, version, {
      topics: [{ name: topic, partitionIndexes: [partition] }],
    });
    const producers = topics.flatMap(({ partitions }) => partitions.flatMap((one) => one.activeProducers));
    return new Map(
      producers
        .filter(({ currentTxnStartOffset }) => currentTxnStartOffset >= 0n)
        .map(({ producerId, currentTxnStartOffset }) => [producerId, currentTxnStartOffset]),
    );
  } catch {
    return new Map();
  }
}
