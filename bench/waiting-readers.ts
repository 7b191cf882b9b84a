import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect } from 'node:net';
import { encodeRecordBatch } from '../src/broker/protocol/encode-record-batch.js';
import { produce } from '../src/broker/protocol/messages/00-produce.js';
import { fetch } from '../src/broker/protocol/messages/01-fetch.js';
import { WireClient } from '../test/broker/wire/wire-client.js';
import { untilItSucceeds } from '../test/harness/processes.js';
import { createTopic, deleteTopic, type BootstrapServers } from './client.js';
import type { Contest } from './contest.js';
import { median } from './figure.js';

const readers = 10;
const records = 100;
const id = 'readers.latency';

/** From a write to the last of ten readers that wait for it (Fetch). Plain requests: with a client, the client would be measured. */
export const waitingReaders: Contest = {
  quantities: [{ id, what: `from a write to the last of ${readers} waiting readers`, unit: 'ms' }],
  measure: async ({ bootstrapServers }, round) => {
    const topic = `readers-${round}`;
    await createTopic(bootstrapServers, topic);
    const clients = await Promise.all(Array.from({ length: readers + 1 }, () => connected(bootstrapServers)));
    try {
      return { [id]: median(await delays(topic, clients)) };
    } finally {
      await Promise.all(clients.map((client) => client.close()));
      await deleteTopic(bootstrapServers, topic);
    }
  },
};

async function delays(
  topic: string,
  [writer, ...waiting]: readonly WireClient[],
): Promise<readonly number[]> {
  assert.ok(writer);
  // Apache Kafka names the leader in its metadata before that leader serves the partition (BrokerMetadataPublisher): a waiting reader
  // would be answered NOT_LEADER_OR_FOLLOWER. The record at offset 0 is the one that shows that it does.
  await untilItSucceeds('The topic takes a record', () => write(writer, topic), {
    timeoutMs: 10_000,
    everyMs: 5,
  });
  const all: number[] = [];
  for (let offset = 1; offset <= records; offset++) {
    const reading = waiting.map((client) => readNext(client, topic, offset));
    // Time for all ten to arrive, so that it is waiting readers who are measured.
    await new Promise((resolve) => setTimeout(resolve, 2));
    const began = performance.now();
    const read = Promise.all(reading).then(() => all.push(performance.now() - began));
    // Together, so that the first of them to fail is the one that is told of.
    await Promise.all([read, write(writer, topic)]);
  }
  return all;
}

async function readNext(client: WireClient, topic: string, offset: number): Promise<void> {
  const partitions = [{ partition: 0, fetchOffset: BigInt(offset), partitionMaxBytes: 1_000_000 }];
  const { responses } = await client.call(fetch, 11, {
    maxWaitMs: 10_000,
    minBytes: 1,
    isolationLevel: 0,
    topics: [{ topic, partitions }],
  });
  const found = responses[0]?.partitions[0];
  assert.ok(found?.errorCode === 0 && found.records !== null && found.records.length > 0);
}

async function write(client: WireClient, topic: string): Promise<void> {
  const value = Buffer.alloc(100, 'x');
  const batch = encodeRecordBatch({ records: [{ value, timestamp: BigInt(Date.now()) }] });
  const topicData = [{ name: topic, partitionData: [{ index: 0, records: batch }] }];
  const { responses } = await client.call(produce, 7, { acks: -1, timeoutMs: 10_000, topicData });
  assert.equal(responses[0]?.partitionResponses[0]?.errorCode, 0);
}

async function connected([first = '']: BootstrapServers): Promise<WireClient> {
  const [host, port] = first.split(':');
  const socket = connect({ host: host ?? '', port: Number(port), noDelay: true });
  await once(socket, 'connect');
  return new WireClient(socket, 'bench');
}
