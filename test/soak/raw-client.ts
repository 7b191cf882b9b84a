import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect } from 'node:net';
import { encodeRecordBatch } from '../../src/broker/protocol/encode-record-batch.js';
import { produce } from '../../src/broker/protocol/messages/00-produce.js';
import { fetch } from '../../src/broker/protocol/messages/01-fetch.js';
import { initProducerId } from '../../src/broker/protocol/messages/22-init-producer-id.js';
import { readRecordBatches } from '../../src/broker/protocol/record-batch.js';
import { decodeRecords } from '../../src/broker/protocol/record.js';
import { WireClient } from '../broker/wire/wire-client.js';
import type { Address } from '../harness/kafka-probe.js';
import type { Ledger } from './ledger.js';
import { pause, type SoakClient } from './soak-client.js';

export const raw = 'raw';

/** A producer that loses every third answer and sends again on another connection, and reads what it wrote. */
export async function rawClient(address: Address, ledger: Ledger): Promise<SoakClient> {
  let client = await open(address);
  const { producerId, producerEpoch } = await client.call(initProducerId, 1, {
    transactionalId: null,
    transactionTimeoutMs: 60_000,
  });
  let count = 0;
  let position = 0n;
  const send = async (): Promise<void> => {
    const value = `raw-${count}`;
    const batch = {
      producerId,
      producerEpoch,
      baseSequence: count,
      records: [{ value: Buffer.from(value) }],
    };
    const request = producing(encodeRecordBatch(batch));
    if (count % 3 === 0) {
      client.send(produce, 7, request);
      await client.close();
      client = await open(address);
    }
    const { responses } = await client.call(produce, 7, request);
    assert.equal(responses[0]?.partitionResponses[0]?.errorCode, 0);
    ledger.acknowledge([value], ['raw']);
    count += 1;
  };
  return {
    step: async () => {
      await send();
      const found = await read(client, position);
      for (const record of found) ledger.see('raw', record);
      position += BigInt(found.length);
      await pause(10);
    },
    stop: () => client.close(),
  };
}

async function open(address: Address): Promise<WireClient> {
  const socket = connect({ ...address, noDelay: true });
  await once(socket, 'connect');
  return new WireClient(socket, 'raw');
}

function producing(records: Buffer) {
  return { acks: -1, timeoutMs: 5000, topicData: [{ name: raw, partitionData: [{ index: 0, records }] }] };
}

async function read(client: WireClient, position: bigint): Promise<readonly string[]> {
  const partitions = [{ partition: 0, fetchOffset: position, partitionMaxBytes: 1_000_000 }];
  const limits = { maxWaitMs: 100, minBytes: 1, maxBytes: 1_000_000 };
  const { responses } = await client.call(fetch, 11, { ...limits, topics: [{ topic: raw, partitions }] });
  const found = responses[0]?.partitions[0];
  assert.equal(found?.errorCode, 0);
  return [...readRecordBatches(found.records ?? Buffer.alloc(0))].flatMap((batch) => {
    const decoded = decodeRecords(batch);
    assert.ok(decoded.kind === 'records');
    return decoded.records.filter(({ offset }) => offset >= position).map(({ value }) => String(value));
  });
}
