import type { KafkaClient } from '../../src/clients/kafkajs.js';
import { orders, processed } from './kafkajs-clients.js';
import { pause, type SoakClient } from './soak-client.js';

/** Makes and removes topics, looks at groups, and deletes what every group has read, so that the broker's memory may stay flat. */
export async function administrator(client: KafkaClient): Promise<SoakClient> {
  const admin = client.admin();
  await admin.connect();
  let made = 0;
  const deleteRead = async (topic: string, groups: readonly string[]): Promise<void> => {
    const positions = await Promise.all(
      groups.map(async (groupId) => (await admin.fetchOffsets({ groupId, topics: [topic] }))[0]?.partitions),
    );
    const partitions = (positions[0] ?? []).map(({ partition }) => {
      const offsets = positions.map(
        (each) => each?.find((one) => one.partition === partition)?.offset ?? '-1',
      );
      return { partition, offset: lowest(offsets) };
    });
    const known = partitions.filter(({ offset }) => offset !== '-1');
    if (known.length > 0) await admin.deleteTopicRecords({ topic, partitions: known });
  };
  return {
    step: async () => {
      const topic = `passing-${made++}`;
      await admin.createTopics({ topics: [{ topic, numPartitions: 2 }] });
      await admin.describeGroups(['pipeline', 'readers', 'consumers']);
      await deleteRead(orders, ['pipeline', 'consumers']);
      await deleteRead(processed, ['readers']);
      await admin.deleteTopics({ topics: [topic] });
      await pause(500);
    },
    stop: () => admin.disconnect(),
  };
}

/** −1 is the lowest: a group that has no position has read nothing. */
function lowest(offsets: readonly string[]): string {
  return offsets.reduce((one, other) => (BigInt(other) < BigInt(one) ? other : one));
}
