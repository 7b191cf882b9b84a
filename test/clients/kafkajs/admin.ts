import { ConfigResourceTypes } from 'kafkajs';
import { errorOf, name, until, type Checks } from '../node/checks.js';
import { startMember } from './groups.js';
import { admin, committed, create, nameOf, read, send, shared, values } from './support.js';

async function described(topic: string): Promise<unknown> {
  const { topics } = await admin.fetchTopicMetadata({ topics: [topic] });
  const partitions = [...(topics[0]?.partitions ?? [])].sort((a, b) => a.partitionId - b.partitionId);
  return partitions.map((one) => [one.partitionId, one.replicas.length, one.isr.length, one.leader > 0]);
}

async function topics(): Promise<unknown> {
  const topic = await create('topics', 2);
  const again = (which: string, numPartitions: number, replicationFactor: number, entries: string[] = []) =>
    errorOf(
      () =>
        admin.createTopics({
          waitForLeaders: false,
          topics: [
            {
              topic: which,
              numPartitions,
              replicationFactor,
              configEntries: entries.map((value) => ({ name: 'retention.ms', value })),
            },
          ],
        }),
      nameOf,
    );
  return {
    partitions: await described(topic),
    'bad name': await again(name('not a name'), 1, 1),
    'no partitions': await again(name('none'), 0, 1),
    'too many replicas': await again(name('many'), 1, 99),
    'bad config': await again(name('bad'), 1, 1, ['soon']),
    again: await admin.createTopics({ topics: [{ topic }] }),
    unknown: await errorOf(() => described(name('nowhere/at all')), nameOf),
  };
}

async function partitions(): Promise<unknown> {
  const topic = await create('partitions', 2);
  const grow = (which: string, count: number) =>
    errorOf(() => admin.createPartitions({ topicPartitions: [{ topic: which, count }] }), nameOf);
  const grown = await grow(topic, 4);
  await until('grown', async () => ((await described(topic)) as unknown[]).length === 4);
  return { grown, after: await described(topic), fewer: await grow(topic, 3) };
}

async function configOf(topic: string): Promise<Record<string, unknown>> {
  const { resources } = await admin.describeConfigs({
    includeSynonyms: false,
    resources: [{ type: ConfigResourceTypes.TOPIC, name: topic }],
  });
  const entries = resources[0]?.configEntries ?? [];
  return Object.fromEntries(
    entries
      // What the node's own file sets differs between a cluster of one node and another of three.
      .filter(({ configName }) => configName !== 'min.insync.replicas')
      .map((entry) => [entry.configName, [entry.configValue, entry.isDefault, entry.readOnly]]),
  );
}

async function configurations(): Promise<unknown> {
  const topic = await create('configs', 1, { 'retention.ms': '1234567' });
  const alter = (which: string, key: string, value: string) =>
    errorOf(
      () =>
        admin.alterConfigs({
          validateOnly: false,
          resources: [
            { type: ConfigResourceTypes.TOPIC, name: which, configEntries: [{ name: key, value }] },
          ],
        }),
      nameOf,
    );
  const created = await configOf(topic);
  const altered = await alter(topic, 'cleanup.policy', 'compact');
  await until('altered', async () => JSON.stringify(await configOf(topic)) !== JSON.stringify(created));
  return {
    created,
    altered,
    after: await configOf(topic),
    'bad value': await alter(topic, 'retention.ms', 'soon'),
    'bad name': await alter(topic, 'retention.parsecs', '1'),
    'unknown topic': await alter(name('nowhere'), 'retention.ms', '1'),
  };
}

async function offsets(): Promise<unknown> {
  const topic = await create('offsets');
  const target = await shared();
  for (const time of [1, 2, 3, 4, 5]) {
    await target.send({ topic, messages: [{ value: 'v', timestamp: String(time * 1_000_000) }] });
  }
  const at = (time: number) => admin.fetchTopicOffsetsByTimestamp(topic, time);
  return {
    ends: await admin.fetchTopicOffsets(topic),
    between: await at(2_500_000),
    exactly: await at(3_000_000),
    'after all': await at(9_000_000),
  };
}

async function deleteRecords(): Promise<unknown> {
  const topic = await create('delete-records');
  await send(await shared(), topic, 'v0', 'v1', 'v2', 'v3', 'v4');
  // deleteTopicRecords looks for leaders before it asks for them: without this it only works if somebody else asked.
  await admin.fetchTopicOffsets(topic);
  const before = (offset: string) =>
    errorOf(() => admin.deleteTopicRecords({ topic, partitions: [{ partition: 0, offset }] }), nameOf);
  return {
    outcome: await before('3'),
    ends: await admin.fetchTopicOffsets(topic),
    'beyond the end': await before('99'),
    left: await values(read(topic)),
  };
}

async function state(group: string): Promise<unknown> {
  const { groups: found } = await admin.describeGroups([group]);
  return found.map((one) => [one.state, one.protocolType, one.protocol, one.members.length]);
}

async function groups(): Promise<unknown> {
  const topic = await create('groups');
  const group = name('groups');
  const remove = () => errorOf(() => admin.deleteGroups([group]), nameOf);
  const member = await startMember(group, topic);
  await until('assigned', () => member.partitions.length === 1);
  await member.consumer.commitOffsets([{ topic, partition: 0, offset: '2' }]);
  const stable = await state(group);
  const inUse = await remove();
  await member.consumer.disconnect();
  const empty = await state(group);
  const listed = (await admin.listGroups()).groups.filter(({ groupId }) => groupId === group);
  await admin.setOffsets({ groupId: group, topic, partitions: [{ partition: 0, offset: '1' }] });
  return {
    stable,
    'deleted while in use': inUse,
    empty,
    listed: listed.map(({ protocolType }) => protocolType),
    altered: await committed(group, topic),
    deleted: [await remove(), await state(group), await committed(group, topic)],
    'deleted again': await remove(),
  };
}

async function deleteTopics(): Promise<unknown> {
  const topic = await create('delete-topics');
  const remove = () => errorOf(() => admin.deleteTopics({ topics: [topic] }), nameOf);
  const first = await remove();
  await until('gone', async () => !(await admin.listTopics()).includes(topic));
  return { first, again: await remove() };
}

export const adminChecks: Checks = {
  'admin: topics': topics,
  'admin: partitions': partitions,
  'admin: configurations': configurations,
  'admin: offsets': offsets,
  'admin: delete records': deleteRecords,
  'admin: groups': groups,
  'admin: delete topics': deleteTopics,
};
