import { produce } from '../../src/broker/protocol/messages/00-produce.js';
import { crc32c } from '../../src/broker/protocol/crc32c.js';
import { encodeRecordBatch } from '../../src/broker/protocol/encode-record-batch.js';
import { batchLayout } from '../../src/broker/protocol/record-batch.js';
import { settled, unverifiedError, type Answer } from './answer.js';
import type { OperationOf } from './operation.js';
import { placeKey, type ProducerState, type SentBatch, type World } from './world.js';

type Produce = OperationOf<'produce'>;

/** A transaction that is still being ended makes Kafka answer 19, or 51, for a moment (KIP-890). */
const notEnoughReplicas = 19;

export async function performProduce(world: World, operation: Produce): Promise<Answer> {
  const { place, version, acks } = operation;
  const producer = world.producer(operation.producer);
  const batch = batchToSend(producer, operation);
  const request = {
    transactionalId: operation.transactional ? world.transactionalId(operation.producer) : null,
    acks,
    timeoutMs: 1000,
    topicData: [
      {
        name: world.topic(place.topic),
        partitionData: [{ index: place.partition, records: recordsOf(world, operation, producer, batch) }],
      },
    ],
  };
  if (acks === 0) {
    await world.side.tell(produce, version, request);
    accepted(producer, operation, batch);
    return 'no answer';
  }
  const isVerified = operation.transactional && place.topic !== 'strict';
  const { responses } = await settled(
    () => world.side.ask(produce, version, request),
    (response) => response.responses[0]?.partitionResponses[0]?.errorCode,
    isVerified ? [notEnoughReplicas] : [],
  );
  const found = responses[0]?.partitionResponses[0];
  if (found?.errorCode === 0) accepted(producer, operation, batch);
  return {
    error: unverifiedError(found?.errorCode),
    at: Number(found?.baseOffset),
    start: Number(found?.logStartOffset),
    appendTime: Number(found?.logAppendTimeMs),
    faulty: found?.recordErrors.map(({ batchIndex }) => batchIndex),
  };
}

/** Sequences wrap from the largest int32 to 0. */
const sequences = 2 ** 31;

function batchToSend(producer: ProducerState, { place, sequence, records }: Produce): SentBatch {
  const next = producer.next.get(placeKey(place)) ?? 0;
  switch (sequence.kind) {
    case 'next':
      return { sequence: next, records };
    case 'gap':
      return { sequence: (next + 3) % sequences, records };
    case 'zero':
      return { sequence: 0, records };
    case 'wrap':
      return { sequence: sequences - 1, records };
    case 'repeat':
      return producer.sent.get(placeKey(place))?.at(-1 - sequence.back) ?? { sequence: next, records };
  }
}

function accepted(producer: ProducerState, { place, sequence }: Produce, batch: SentBatch): void {
  if (sequence.kind === 'repeat') return;
  const key = placeKey(place);
  producer.sent.set(key, [...(producer.sent.get(key) ?? []), batch]);
  producer.next.set(key, (batch.sequence + batch.records) % sequences);
}

function recordsOf(world: World, operation: Produce, producer: ProducerState, batch: SentBatch): Buffer {
  const { flaw } = operation;
  if (flaw === 'empty') return Buffer.alloc(0);
  const isPlain = operation.producer === 'plain';
  const encoded = encodeRecordBatch({
    records: Array.from({ length: batch.records }, () => recordOf(world)),
    isTransactional: operation.transactional,
    producerId: producer.producerId,
    producerEpoch: isPlain ? -1 : producer.epoch + operation.epochShift,
    baseSequence: isPlain ? -1 : batch.sequence,
    ...(flaw === 'gzip' && { compression: 'gzip' }),
  });
  if (flaw === 'checksum') encoded.writeUInt32BE(0x0bad_0bad, batchLayout.crc);
  if (flaw === 'count') {
    encoded.writeInt32BE(batch.records + 1, batchLayout.recordCount);
    encoded.writeUInt32BE(crc32c(encoded, batchLayout.attributes), batchLayout.crc);
  }
  return flaw === 'two batches' ? Buffer.concat([encoded, encoded]) : encoded;
}

/** Every seventh record is a little older than the one before it, so that a look-up by time is not trivial. */
function recordOf(world: World) {
  const number = world.recordsMade++;
  const timestamp = BigInt(world.names.baseTime + number * 10 - (number % 7 === 6 ? 25 : 0));
  return { key: Buffer.from('k'), value: Buffer.from(`v${number}`), timestamp };
}
