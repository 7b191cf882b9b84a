// The cases of honest lag, made for real on whatever broker: each is a topic and a group of the same name.
import assert from 'node:assert/strict';
import { offsetCommit } from '../../src/broker/protocol/messages/08-offset-commit.js';
import { CoordinatorType, findCoordinator } from '../../src/broker/protocol/messages/10-find-coordinator.js';
import { Kafka, logLevel, type KafkaClient, type Producer } from '../../src/clients/kafkajs.js';
import type { LagReading } from '../../src/cluster/read-lag.js';
import { lagCell, lagNote } from '../../src/core/text/lag-sentence.js';
import { translator } from '../../src/core/text/translate.js';
import { settled } from '../differential/answer.js';
import { Side } from '../differential/side.js';
import { untilItSucceeds } from '../harness/processes.js';

/** Each row as `topic/partition committed start–lso–end lag: note`. */
export const expectedRows: Readonly<Record<string, readonly string[]>> = {
  'beyond-end': ['beyond-end/0 9 0–3–3 0: committed 6 beyond the end'],
  expired: ['expired/0 2 5–10–10 5: 3 expired before being read'],
  // Another writer's marker lies beyond the last stable offset: it is not in the lag.
  'hidden-marker': ['hidden-marker/0 0 0–1–4 1: 3 behind an open transaction'],
  marker: ['marker/0 1 0–2–2 1: 1 is a transaction marker'],
  open: ['open/0 1 0–3–5 2: 2 behind an open transaction'],
  plain: ['plain/0 1 0–3–3 2', 'plain/1 – 0–0–0 –: nothing committed'],
  'to-earliest': ['to-earliest/0 – 0–0–0 –: reset to earliest pending'],
  'to-latest': ['to-latest/0 – 0–0–0 –: reset to latest pending'],
};

/** @returns what ends the transactions that are left open */
export async function makeCases(
  bootstrapServers: readonly string[],
  node: Side,
): Promise<() => Promise<void>> {
  const kafka = new Kafka({ brokers: [...bootstrapServers], logLevel: logLevel.NOTHING });
  await createTopics(kafka);
  const plain = kafka.producer();
  await plain.connect();
  for (const [topic, count] of [
    ['plain', 3],
    ['expired', 10],
    ['open', 3],
    ['beyond-end', 3],
    ['hidden-marker', 1],
  ] as const)
    await send(plain, topic, count);
  await plain.disconnect();
  await deleteRecords(kafka, 'expired', '5');
  await inTransaction(kafka, 'marker', 1, 'commit');
  const closing = [
    await inTransaction(kafka, 'open', 2, 'leave open'),
    await inTransaction(kafka, 'hidden-marker', 1, 'leave open'),
  ];
  await inTransaction(kafka, 'hidden-marker', 1, 'commit');
  const commits = { plain: 1n, expired: 2n, marker: 1n, open: 1n, 'beyond-end': 9n, 'hidden-marker': 0n };
  for (const [group, offset] of Object.entries(commits)) await commit(node, group, offset);
  await commit(node, 'to-latest', -1n);
  await commit(node, 'to-earliest', -2n);
  return async () => {
    for (const close of closing) await close();
  };
}

/** The rows of one group in the form of `expectedRows`. */
export function rowsOf({ groups }: LagReading, group: string): readonly string[] {
  const t = translator({});
  const found = groups.find(({ groupId }) => groupId === group);
  return (found?.rows ?? []).map(({ topic, partition, committed, bounds, lag }) => {
    const at = committed.kind === 'offset' ? String(committed.offset) : '–';
    const known = 'unreadable' in bounds ? '?' : [bounds.start, bounds.lastStable, bounds.end].join('–');
    const note = lagNote(lag, t);
    return `${topic}/${partition} ${at} ${known} ${lagCell(lag)}${note === '' ? '' : `: ${note}`}`;
  });
}

async function createTopics(kafka: KafkaClient): Promise<void> {
  const admin = kafka.admin();
  await admin.connect();
  const names = Object.keys(expectedRows);
  const topics = names.map((topic) => ({
    topic,
    numPartitions: topic === 'plain' ? 2 : 1,
    replicationFactor: 1,
  }));
  await admin.createTopics({ topics, waitForLeaders: false });
  await untilItSucceeds(
    'The topics are led',
    async () => {
      for (const topic of names) await admin.fetchTopicOffsets(topic);
    },
    { timeoutMs: 20_000 },
  );
  await admin.disconnect();
}

async function deleteRecords(kafka: KafkaClient, topic: string, offset: string): Promise<void> {
  const admin = kafka.admin();
  await admin.connect();
  // kafkajs knows a topic's leaders only when it has been asked about it before.
  await admin.fetchTopicOffsets(topic);
  await admin.deleteTopicRecords({ topic, partitions: [{ partition: 0, offset }] });
  await admin.disconnect();
}

async function send(producer: Pick<Producer, 'send'>, topic: string, count: number): Promise<void> {
  const messages = Array.from({ length: count }, (_, index) => ({ partition: 0, value: `v${index}` }));
  await producer.send({ topic, messages });
}

async function inTransaction(
  kafka: KafkaClient,
  topic: string,
  count: number,
  end: 'commit' | 'leave open',
): Promise<() => Promise<void>> {
  const producer = kafka.producer({
    transactionalId: `${topic}.${end}`,
    maxInFlightRequests: 1,
    idempotent: true,
  });
  await producer.connect();
  const transaction = await producer.transaction();
  await send(transaction, topic, count);
  if (end === 'commit') await transaction.commit();
  const close = async () => {
    if (end === 'leave open') await transaction.abort();
    await producer.disconnect();
  };
  if (end === 'commit') await close();
  return close;
}

/** As a tool does it that is no member; kafkajs itself would refuse a negative offset. */
async function commit(node: Side, group: string, offset: bigint): Promise<void> {
  const partitions = [{ partitionIndex: 0, committedOffset: offset, committedMetadata: null }];
  const request = {
    groupId: group,
    generationIdOrMemberEpoch: -1,
    memberId: '',
    topics: [{ name: group, partitions }],
  };
  const { host, port } = await settled(
    () => node.ask(findCoordinator, 2, { key: group, keyType: CoordinatorType.group }),
    ({ errorCode }) => errorCode,
  );
  const coordinator = new Side(`the coordinator of ${group}`, { host, port });
  const { topics } = await settled(
    () => coordinator.ask(offsetCommit, 5, request),
    (response) => response.topics[0]?.partitions[0]?.errorCode,
  );
  await coordinator.close();
  assert.equal(topics[0]?.partitions[0]?.errorCode, 0, group);
}
