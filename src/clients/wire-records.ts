import type { FetchResponse } from '../broker/protocol/messages/01-fetch.js';
import { readRecordBatches } from '../broker/protocol/record-batch.js';
import { decodeRecords } from '../broker/protocol/record.js';
import type { WireDetail } from '../core/history/events.js';

/** What a Produce request carries: the values of all its batches, and who sent the first and with which sequence number. */
export function batchDetail(recordsOfPartitions: readonly (Buffer | null)[]): WireDetail {
  const batches = recordsOfPartitions.flatMap((records) => [
    ...readRecordBatches(records ?? Buffer.alloc(0)),
  ]);
  const [first] = batches;
  if (!first) return {};
  return {
    values: recordsOfPartitions.flatMap(valuesOf),
    ...(first.producerId >= 0n && {
      producerId: Number(first.producerId),
      epoch: first.producerEpoch,
      sequence: first.baseSequence,
    }),
  };
}

/** The values that a Fetch response brought, control records left out, and the partition of the first. */
export function fetchedValues({ responses }: FetchResponse): WireDetail {
  const [topic] = responses;
  const partition = topic?.partitions[0];
  const values = responses.flatMap(({ partitions }) =>
    partitions.flatMap(({ records }) => valuesOf(records)),
  );
  if (!topic || !partition) return {};
  return { topic: topic.topic, partition: partition.partitionIndex, ...(values.length > 0 && { values }) };
}

function valuesOf(records: Buffer | null): readonly string[] {
  return [...readRecordBatches(records ?? Buffer.alloc(0))]
    .filter(({ isControl }) => !isControl)
    .flatMap((batch) => {
      const decoded = decodeRecords(batch);
      return decoded.kind === 'records' ? decoded.records.map(({ value }) => value?.toString() ?? '') : [];
    });
}
