import type { TopicPartition } from './cluster.js';

/** Something by topic and partition. Two maps, one in the other: a name made of both would be built anew at every look. */
export class PartitionMap<Value> {
  private readonly byTopic = new Map<string, Map<number, Value>>();

  constructor(entries: Iterable<readonly [TopicPartition, Value]> = []) {
    for (const [key, value] of entries) this.set(key, value);
  }

  get({ topic, partition }: TopicPartition): Value | undefined {
    return this.byTopic.get(topic)?.get(partition);
  }

  has({ topic, partition }: TopicPartition): boolean {
    return this.byTopic.get(topic)?.has(partition) ?? false;
  }

  set({ topic, partition }: TopicPartition, value: Value): void {
    const partitions = this.byTopic.get(topic);
    if (partitions === undefined) this.byTopic.set(topic, new Map([[partition, value]]));
    else partitions.set(partition, value);
  }

  topics(): Iterable<string> {
    return this.byTopic.keys();
  }

  values(): readonly Value[] {
    return [...this.byTopic.values()].flatMap((partitions) => [...partitions.values()]);
  }
}
