import { DecompressionError } from '../protocol/decompression-error.js';
import { MalformedError } from '../protocol/malformed-error.js';
import type { ProduceRequest, ProduceResponse } from '../protocol/messages/00-produce.js';
import { readRecordBatches, type RecordBatch } from '../protocol/record-batch.js';
import { decodeRecords } from '../protocol/record.js';
import type { Encodable } from '../protocol/schema.js';
import type { ExchangeEvent } from '../exchange-event.js';
import type { Begun, Operations } from './operations.js';
import type { TransactionNames } from './transactions.js';
import { valueText } from './value-text.js';

interface SentRecord {
  readonly begun: Begun;
  readonly topic: string;
  readonly partition: number;
  /** Place in its batch. */
  readonly index: number;
}

/** Produce: one send for each record. Answers how to end them. */
export function beginSends(
  event: ExchangeEvent,
  operations: Operations,
  names: TransactionNames,
): (response: unknown) => void {
  const request = event.request as ProduceRequest;
  const sent = request.topicData.flatMap(({ name: topic, partitionData }) =>
    partitionData.flatMap(({ index: partition, records }) =>
      readable(records).flatMap((batch) => {
        const transaction = transactionOf(event, request, batch, names);
        return valuesOf(batch).map((value, index) => {
          const what = { f: 'send', topic, partition, value, ...transaction } as const;
          return { begun: operations.begin(event, what), topic, partition, index };
        });
      }),
    ),
  );
  return (response) => {
    for (const record of sent) endSend(record, request.acks, response, operations);
  };
}

function endSend(record: SentRecord, acks: number, response: unknown, operations: Operations): void {
  const { begun, topic, partition, index } = record;
  if (acks === 0) {
    // Who asks for no answer takes the send for done (docs/history.md).
    operations.succeed(begun, { offset: -1 });
    return;
  }
  const answers = (response as Encodable<ProduceResponse> | undefined)?.responses;
  const answer = answers
    ?.find(({ name }) => name === topic)
    ?.partitionResponses?.find((one) => (one.index ?? 0) === partition);
  if (!answer) {
    operations.leaveOpen(begun);
    return;
  }
  const { errorCode = 0, baseOffset = 0n } = answer;
  operations.answer(begun, errorCode, { offset: Number(baseOffset) + index });
}

function transactionOf(
  event: ExchangeEvent,
  { transactionalId }: ProduceRequest,
  { isTransactional, producerId, producerEpoch }: RecordBatch,
  names: TransactionNames,
): { readonly transaction?: string } {
  if (!isTransactional || transactionalId === null) return {};
  return { transaction: names.nameOf(event, { transactionalId, producerId, producerEpoch }) };
}

/** What cannot be read is refused by the broker, and was no message. */
function readable(records: Buffer | null): readonly RecordBatch[] {
  return unlessUnreadable(() => [...readRecordBatches(records ?? Buffer.alloc(0))]);
}

function valuesOf(batch: RecordBatch): readonly string[] {
  return unlessUnreadable(() => {
    const decoded = decodeRecords(batch);
    return decoded.kind === 'records' ? decoded.records.map(({ value }) => valueText(value)) : [];
  });
}

function unlessUnreadable<One>(read: () => readonly One[]): readonly One[] {
  try {
    return read();
  } catch (error) {
    if (error instanceof MalformedError || error instanceof DecompressionError) return [];
    throw error;
  }
}
