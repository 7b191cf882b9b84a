import { errorOf, name, unsupported, until, type Checks } from '../node/checks.js';
import { startMember } from './groups.js';
import { admin, close, create, nameOf, offsetAt, shared } from './support.js';

async function topics(): Promise<unknown> {
  const make = (topic: string, partitions: number, replicas: number, retention?: string) =>
    errorOf(
      () =>
        admin.createTopics({
          ...{ topics: [topic], partitions, replicas },
          configs: retention === undefined ? [] : [{ name: 'retention.ms', value: retention }],
        }),
      nameOf,
    );
  const topic = await create('topics', 2);
  const metadata = await admin.metadata({ topics: [topic] });
  return {
    partitions: metadata.topics
      .get(topic)
      ?.partitions.map(({ leader, replicas }) => [leader > 0, replicas.length]),
    again: await make(topic, 2, 1),
    'bad name': await make(name('not a name'), 1, 1),
    'no partitions': await make(name('none'), 0, 1),
    'too many replicas': await make(name('many'), 1, 99),
    'bad config': await make(name('bad'), 1, 1, 'soon'),
    unknown: await errorOf(
      () => admin.metadata({ topics: [name('nowhere')], autocreateTopics: false }),
      nameOf,
    ),
  };
}

async function offsets(): Promise<unknown> {
  const topic = await create('offsets');
  for (const time of [1, 2, 3, 4, 5]) {
    const timestamp = BigInt(time) * 1_000_000n;
    await shared.send({ messages: [{ topic, partition: 0, value: 'v', timestamp }] });
  }
  const at = (timestamp: bigint) => offsetAt(topic, { timestamp });
  return {
    earliest: await at(-2n),
    latest: await at(-1n),
    between: await at(2_500_000n),
    exactly: await at(3_000_000n),
    'after all': await at(9_000_000n),
    'greatest time': await at(-3n),
  };
}

async function state(group: string): Promise<unknown> {
  const found = (await admin.describeGroups({ groups: [group] })).get(group);
  return [found?.state, found?.protocolType, found?.protocol, found?.members.size];
}

async function groups(): Promise<unknown> {
  const topic = await create('groups');
  const group = name('groups');
  const remove = () => errorOf(() => admin.deleteGroups({ groups: [group] }), nameOf);
  const member = await startMember(group, topic);
  await until('assigned', () => member.partitions().length === 1);
  const stable = await state(group);
  const inUse = await remove();
  await close(member.consumer);
  const empty = await state(group);
  const listed = (await admin.listGroups()).get(group);
  return {
    stable,
    'deleted while in use': inUse,
    empty,
    listed: [listed?.state, listed?.groupType, listed?.protocolType],
    deleted: [await remove(), await state(group)],
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

const lacking = (what: string) => unsupported(`the Admin of @platformatic/kafka 1.22 cannot ${what}`);

export const adminChecks: Checks = {
  'admin: topics': topics,
  'admin: partitions': lacking('create partitions'),
  'admin: configurations': lacking('read or change configurations'),
  'admin: offsets': offsets,
  'admin: delete records': lacking('delete records'),
  'admin: groups': groups,
  'admin: delete topics': deleteTopics,
};
