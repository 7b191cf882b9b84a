import assert from 'node:assert/strict';
import type { Broker } from '../../src/broker/broker.js';
import { encodeRecordBatch } from '../../src/broker/protocol/encode-record-batch.js';
import { produce } from '../../src/broker/protocol/messages/00-produce.js';
import { offsetCommit } from '../../src/broker/protocol/messages/08-offset-commit.js';
import { createTopics } from '../../src/broker/protocol/messages/19-create-topics.js';
import { duplexPair } from '../../test/broker/wire/duplex-pair.js';
import { WireClient } from '../../test/broker/wire/wire-client.js';

export interface Filling {
  readonly topics: number;
  /** Of each topic. */
  readonly partitions: number;
  readonly groups: number;
  readonly topicsOfGroup: number;
}

/** Topics with ten records in each partition, and groups that have read some of them: no two groups read the same four topics. */
export async function fillBroker(broker: Broker, filling: Filling): Promise<void> {
  const clients = broker.services.cluster.nodes.map(({ nodeId }) => connect(broker, nodeId));
  const at = (nodeId: number): WireClient => {
    const client = clients[nodeId - 1];
    assert.ok(client);
    return client;
  };
  const names = Array.from({ length: filling.topics }, (_, index) => `topic-${index}`);
  await at(1).call(createTopics, 3, {
    topics: names.map((name) => ({ name, numPartitions: filling.partitions, replicationFactor: 1 })),
  });
  for (const name of names) await writeTo(broker, name, filling.partitions, at);
  for (let group = 0; group < filling.groups; group++) await commitOf(broker, group, names, filling, at);
  await Promise.all(clients.map((client) => client.close()));
}

type ClientAt = (nodeId: number) => WireClient;

function connect(broker: Broker, nodeId: number): WireClient {
  const [near, far] = duplexPair();
  broker.accept(far, nodeId);
  return new WireClient(near);
}

async function writeTo(broker: Broker, name: string, partitions: number, at: ClientAt): Promise<void> {
  const value = Buffer.from('x');
  const records = encodeRecordBatch({ records: Array.from({ length: 10 }, () => ({ value })) });
  for (let index = 0; index < partitions; index++) {
    const leader = broker.services.cluster.partition(name, index)?.leader ?? -1;
    const { responses } = await at(leader).call(produce, 7, {
      acks: -1,
      timeoutMs: 1000,
      topicData: [{ name, partitionData: [{ index, records }] }],
    });
    assert.equal(responses[0]?.partitionResponses[0]?.errorCode, 0);
  }
}

async function commitOf(
  broker: Broker,
  group: number,
  names: readonly string[],
  { partitions, topicsOfGroup }: Filling,
  at: ClientAt,
): Promise<void> {
  const groupId = `group-${group}`;
  const { nodeId } = broker.services.cluster.coordinatorFor('group', groupId);
  const read = Array.from(
    { length: topicsOfGroup },
    (_, index) => (group * topicsOfGroup + index) % names.length,
  );
  const { topics } = await at(nodeId).call(offsetCommit, 7, {
    groupId,
    generationIdOrMemberEpoch: -1,
    memberId: '',
    topics: read.map((topic) => ({
      name: names[topic] ?? '',
      partitions: Array.from({ length: partitions }, (_, partitionIndex) => ({
        partitionIndex,
        committedOffset: BigInt(partitionIndex),
        committedMetadata: '',
      })),
    })),
  });
  assert.ok(topics.every((topic) => topic.partitions.every(({ errorCode }) => errorCode === 0)));
}
