import { metadata } from '../../src/broker/protocol/messages/03-metadata.js';
import { createTopics } from '../../src/broker/protocol/messages/19-create-topics.js';
import { deleteTopics } from '../../src/broker/protocol/messages/20-delete-topics.js';
import { createPartitions } from '../../src/broker/protocol/messages/37-create-partitions.js';
import { error, type Answer } from './answer.js';
import type { OperationOf, TopicSlot } from './operation.js';
import { untilItSucceeds } from '../harness/processes.js';
import { readyTopics, untilGroupsKnow } from './topic-pool.js';
import type { World } from './world.js';

export async function performCreateTopic(
  world: World,
  operation: OperationOf<'create topic'>,
): Promise<Answer> {
  const { config, topic } = operation;
  const name = topic === 'invalid name' ? 'no / name' : topic === 'empty name' ? '' : world.topic(topic);
  const { topics } = await world.side.ask(createTopics, operation.version, {
    topics: [
      {
        name,
        numPartitions: operation.partitions,
        replicationFactor: operation.replication,
        configs: config === undefined ? [] : [{ name: config[0], value: config[1] }],
      },
    ],
    timeoutMs: 5000,
    validateOnly: operation.validateOnly,
  });
  const found = topics[0];
  if (found?.errorCode === 0 && !operation.validateOnly)
    await untilPartitions(world, 'made', Math.max(1, operation.partitions));
  return {
    error: error(found?.errorCode),
    partitions: found?.numPartitions,
    replication: found?.replicationFactor,
  };
}

/** By name in every version; from 6 on `topics` takes the place of `topicNames`. */
export async function performDeleteTopic(
  world: World,
  operation: OperationOf<'delete topic'>,
): Promise<Answer> {
  const name = world.topic(operation.topic);
  const { responses } = await world.side.ask(deleteTopics, operation.version, {
    topics: [{ name }],
    topicNames: [name],
    timeoutMs: 5000,
  });
  if (responses[0]?.errorCode === 0) {
    await untilPartitions(world, 'made', 0);
    await untilGroupsKnow();
    world.topicIds.delete('made');
  }
  return error(responses[0]?.errorCode);
}

export async function performCreatePartitions(
  world: World,
  operation: OperationOf<'create partitions'>,
): Promise<Answer> {
  const { topic, count, validateOnly } = operation;
  const { results } = await world.side.ask(createPartitions, operation.version, {
    topics: [{ name: world.topic(topic), count, assignments: null }],
    timeoutMs: 5000,
    validateOnly,
  });
  const isDone = results[0]?.errorCode === 0 && !validateOnly;
  if (isDone) await untilPartitions(world, topic, count);
  return error(results[0]?.errorCode);
}

export async function performMetadata(world: World, operation: OperationOf<'metadata'>): Promise<Answer> {
  const { topics } = await describeTopic(world, operation.topic, operation.version);
  const found = topics[0];
  const partitions = found?.partitions.map((one) => {
    const replicas = `${one.replicaNodes.join()} in sync ${one.isrNodes.join()}`;
    return `${one.partitionIndex} ${error(one.errorCode)} leader ${one.leaderId}/${one.leaderEpoch} of ${replicas}`;
  });
  return { error: error(found?.errorCode), internal: found?.isInternal, partitions: partitions?.sort() };
}

function describeTopic(world: World, topic: TopicSlot, version: number) {
  const topics = [{ name: world.topic(topic) }];
  return world.side.ask(metadata, version, { topics, allowAutoTopicCreation: false });
}

/** Until the broker knows what its controller has done, and leads what it shall lead. */
async function untilPartitions(world: World, topic: TopicSlot, count: number): Promise<void> {
  await untilItSucceeds(
    `${world.side.name} knows ${count} partitions`,
    async () => {
      const [found] = (await describeTopic(world, topic, 10)).topics;
      if (found?.partitions.length !== count) throw new Error('not yet');
      if (count === 0) return;
      world.topicIds.set(
        topic,
        (await readyTopics(world.side, [world.topic(topic)])).get(world.topic(topic)) ?? '',
      );
    },
    // On a busy machine Kafka’s controller takes its time; a broker that never knows is told all the same.
    { timeoutMs: 30_000, everyMs: 5 },
  );
}
