import { produce } from '../broker/protocol/messages/00-produce.js';
import { encodeRecordBatch } from '../broker/protocol/encode-record-batch.js';
import type { ClusterConnection } from './cluster-connection.js';
import { expectCode } from './protocol-error.js';

const PRODUCE_VERSION = 7;
const TIMEOUT_MS = 30_000;

/** Writes one record with acks=all and waits for it. @returns its offset. */
export async function writeRecord(
  cluster: ClusterConnection,
  leader: number,
  { topic, partition, value }: { readonly topic: string; readonly partition: number; readonly value: string },
): Promise<number> {
  const records = encodeRecordBatch({
    records: [{ value: Buffer.from(value) }],
    baseTimestamp: BigInt(Date.now()),
  });
  const { responses } = await cluster.request(leader, produce, PRODUCE_VERSION, {
    acks: -1,
    timeoutMs: TIMEOUT_MS,
    topicData: [{ name: topic, partitionData: [{ index: partition, records }] }],
  });
  const answer = responses[0]?.partitionResponses[0];
  expectCode(answer?.errorCode ?? -1, 'Produce');
  return Number(answer?.baseOffset ?? -1n);
}
