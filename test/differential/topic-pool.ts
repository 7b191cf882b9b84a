import { listOffsets } from '../../src/broker/protocol/messages/02-list-offsets.js';
import { metadata } from '../../src/broker/protocol/messages/03-metadata.js';
import { createTopics } from '../../src/broker/protocol/messages/19-create-topics.js';
import { deleteTopics } from '../../src/broker/protocol/messages/20-delete-topics.js';
import { untilItSucceeds } from '../harness/processes.js';
import { topicSlots, type TopicSlot } from './operation.js';
import type { Side } from './side.js';
import { World, type Names } from './world.js';

/** Two worlds with the same names and nothing in them. */
export interface FreshWorlds {
  readonly worlds: readonly [World, World];
  /** To call when they are done with: their topics can go. */
  readonly discard: () => void;
}

/** Topics that are there already: to create one costs Kafka more than a whole sequence, many at once much less. */
const poolSize = 40;

const made: readonly { readonly slot: TopicSlot; readonly partitions: number; readonly inSync?: string }[] = [
  { slot: 't0', partitions: 2 },
  { slot: 't1', partitions: 1 },
  { slot: 'strict', partitions: 1, inSync: '2' },
];

/** Hands out names that no sequence has used, with their topics ready on both sides. */
export class TopicPool {
  private readonly ready: FreshWorlds[] = [];
  private readonly used: string[] = [];
  private count = 0;

  constructor(
    private readonly sides: readonly [Side, Side],
    private readonly run: string,
  ) {}

  /** Undefined: `fill` first. */
  take(): FreshWorlds | undefined {
    return this.ready.pop();
  }

  /** Also deletes what was discarded: to be called when nobody minds that topics are deleted. */
  async fill(): Promise<void> {
    if (this.ready.length === 0) await this.create();
  }

  private async create(): Promise<void> {
    const names = Array.from({ length: poolSize }, () => namesOf(`${this.run}-${this.count++}`));
    const old = this.used.splice(0);
    await Promise.all(this.sides.map((side) => deleteAll(side, old)));
    const ids = await Promise.all(this.sides.map((side) => createAll(side, names)));
    for (const one of names) {
      const [first, second] = this.sides.map((side, index) => new World(side, one, idsOf(one, ids[index])));
      if (first === undefined || second === undefined) throw new Error('There are two sides.');
      this.ready.push({
        worlds: [first, second],
        discard: () => this.used.push(...made.map(({ slot }) => one.topics[slot])),
      });
    }
  }
}

function namesOf(prefix: string): Names {
  const topics = Object.fromEntries(topicSlots.map((slot) => [slot, `${prefix}-${slot}`]));
  // A minute ago: far from both limits that Kafka knows for a record's time.
  return { prefix, topics: topics as Record<TopicSlot, string>, baseTime: Date.now() - 60_000 };
}

function idsOf(names: Names, ids: ReadonlyMap<string, string> | undefined): ReadonlyMap<TopicSlot, string> {
  return new Map(made.map(({ slot }) => [slot, ids?.get(names.topics[slot]) ?? '']));
}

/** @returns the ids by name, once every partition has its leader */
async function createAll(side: Side, names: readonly Names[]): Promise<ReadonlyMap<string, string>> {
  const topics = names.flatMap((one) =>
    made.map(({ slot, partitions, inSync }) => ({
      name: one.topics[slot],
      numPartitions: partitions,
      replicationFactor: 1,
      configs: inSync === undefined ? [] : [{ name: 'min.insync.replicas', value: inSync }],
    })),
  );
  await side.ask(createTopics, 5, { topics, timeoutMs: 30_000 });
  return untilItSucceeds(
    `${side.name} has the topics`,
    () =>
      readyTopics(
        side,
        topics.map(({ name }) => name),
      ),
    {
      timeoutMs: 30_000,
      everyMs: 10,
    },
  );
}

/**
 * A KRaft broker learns of its controller's changes a little later than the client that asked for them, and its metadata
 * names a leader a moment before that leader takes requests (6): only an answer from the partition tells.
 * @returns the ids by name; @throws when a partition is not led yet
 */
export async function readyTopics(
  side: Side,
  topicNames: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const asked = { topics: topicNames.map((name) => ({ name })), allowAutoTopicCreation: false };
  const { topics } = await side.ask(metadata, 10, asked);
  if (topics.some(({ errorCode }) => errorCode !== 0)) throw new Error('a topic is not there yet');
  const ends = await side.ask(listOffsets, 5, {
    replicaId: -1,
    topics: topics.map(({ name, partitions }) => ({
      name: name ?? '',
      partitions: partitions.map(({ partitionIndex }) => ({ partitionIndex, timestamp: -1n })),
    })),
  });
  const isLed = ends.topics.every(({ partitions }) => partitions.every(({ errorCode }) => errorCode === 0));
  if (!isLed) throw new Error('a partition is not led yet');
  return new Map(topics.map(({ name, topicId }) => [name ?? '', topicId]));
}

/** Kafka's group coordinator, which forgets offsets and empty groups of deleted topics, learns of them after the clients do. */
export async function untilGroupsKnow(): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, 60));
}

async function deleteAll(side: Side, topicNames: readonly string[]): Promise<void> {
  if (topicNames.length > 0) await side.ask(deleteTopics, 5, { topicNames, timeoutMs: 30_000 });
  await untilGroupsKnow();
}
