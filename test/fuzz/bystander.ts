import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect } from 'node:net';
import { encodeRecordBatch } from '../../src/broker/protocol/encode-record-batch.js';
import { produce } from '../../src/broker/protocol/messages/00-produce.js';
import { fetch } from '../../src/broker/protocol/messages/01-fetch.js';
import { offsetCommit } from '../../src/broker/protocol/messages/08-offset-commit.js';
import { offsetFetch } from '../../src/broker/protocol/messages/09-offset-fetch.js';
import { createTopics } from '../../src/broker/protocol/messages/19-create-topics.js';
import { deleteRecords } from '../../src/broker/protocol/messages/21-delete-records.js';
import { readRecordBatches } from '../../src/broker/protocol/record-batch.js';
import { decodeRecords } from '../../src/broker/protocol/record.js';
import { WireClient } from '../broker/wire/wire-client.js';
import type { Address } from '../harness/kafka-probe.js';

const topic = 'bystander';
const groupId = 'bystanders';

/** A client that does everything right, and asserts of every answer that it is right, too. */
export class Bystander {
  rounds = 0;
  slowestMs = 0;

  private constructor(private readonly client: WireClient) {}

  static async start(address: Address): Promise<Bystander> {
    const socket = connect({ ...address, noDelay: true });
    await once(socket, 'connect');
    const client = new WireClient(socket, 'bystander');
    const wanted = { topics: [{ name: topic, numPartitions: 1, replicationFactor: 1 }] };
    const { topics } = await client.call(createTopics, 5, wanted);
    assert.equal(topics[0]?.errorCode, 0);
    return new Bystander(client);
  }

  /** Writes a record, reads it, commits its offset and reads that, until it is told to stop. */
  async run(until: () => boolean): Promise<void> {
    while (!until()) {
      const began = performance.now();
      await this.round();
      this.slowestMs = Math.max(this.slowestMs, performance.now() - began);
      this.rounds += 1;
    }
  }

  async stop(): Promise<void> {
    await this.client.close();
  }

  private async round(): Promise<void> {
    const offset = BigInt(this.rounds);
    const value = `record ${this.rounds}`;
    assert.equal(await this.send(value), offset);
    assert.equal(await this.read(offset), value);
    await this.commit(offset + 1n);
    assert.equal(await this.committed(), offset + 1n);
    if (this.rounds % 100 === 99) await this.forget(offset);
  }

  private async send(value: string): Promise<bigint | undefined> {
    const records = encodeRecordBatch({ records: [{ value: Buffer.from(value) }] });
    const topicData = [{ name: topic, partitionData: [{ index: 0, records }] }];
    const { responses } = await this.client.call(produce, 9, { acks: -1, timeoutMs: 1000, topicData });
    assert.equal(responses[0]?.partitionResponses[0]?.errorCode, 0);
    return responses[0].partitionResponses[0].baseOffset;
  }

  private async read(offset: bigint): Promise<string> {
    const partitions = [{ partition: 0, fetchOffset: offset, partitionMaxBytes: 1_000_000 }];
    const limits = { maxWaitMs: 1000, minBytes: 1, maxBytes: 1_000_000 };
    const { responses } = await this.client.call(fetch, 11, { ...limits, topics: [{ topic, partitions }] });
    const found = responses[0]?.partitions[0];
    assert.equal(found?.errorCode, 0);
    const [batch] = readRecordBatches(found.records ?? Buffer.alloc(0));
    assert.ok(batch);
    const decoded = decodeRecords(batch);
    assert.ok(decoded.kind === 'records');
    return String(decoded.records[0]?.value);
  }

  private async commit(offset: bigint): Promise<void> {
    const partitions = [{ partitionIndex: 0, committedOffset: offset, committedMetadata: '' }];
    const request = { groupId, memberId: '', topics: [{ name: topic, partitions }] };
    const { topics } = await this.client.call(offsetCommit, 7, request);
    assert.equal(topics[0]?.partitions[0]?.errorCode, 0);
  }

  private async committed(): Promise<bigint | undefined> {
    const request = { groupId, topics: [{ name: topic, partitionIndexes: [0] }] };
    const { topics } = await this.client.call(offsetFetch, 7, request);
    return topics[0]?.partitions[0]?.committedOffset;
  }

  /** What was read is not needed any more: the memory is to be that of the others. */
  private async forget(before: bigint): Promise<void> {
    const partitions = [{ partitionIndex: 0, offset: before }];
    const { topics } = await this.client.call(deleteRecords, 1, { topics: [{ name: topic, partitions }] });
    assert.equal(topics[0]?.partitions[0]?.errorCode, 0);
  }
}
