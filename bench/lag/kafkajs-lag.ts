import { Kafka, logLevel, type Admin } from 'kafkajs';

/** How many calls are on their way at a time. */
const inFlight = 16;

export interface AdminReading {
  /** Partitions with a lag. */
  readonly rows: number;
  readonly requests: number;
}

/**
 * The lag of all groups by the calls that kafkajs has for it: the groups, each one's offsets, and each topic's bounds once. Its
 * admin must be connected.
 */
export async function lagThroughAdmin(admin: Admin): Promise<AdminReading> {
  let requests = 0;
  const stop = admin.on(admin.events.REQUEST, () => requests++);
  try {
    const { groups } = await admin.listGroups();
    const stored = await inParallel(groups, ({ groupId }) => admin.fetchOffsets({ groupId }));
    const names = [...new Set(stored.flat().map(({ topic }) => topic))];
    const ends = await inParallel(names, async (topic) => [topic, await endsOf(admin, topic)] as const);
    const endOf = new Map(
      ends.flatMap(([topic, all]) =>
        all.map(({ partition, high }) => [`${topic}/${partition}`, BigInt(high)]),
      ),
    );
    const lags = stored
      .flat()
      .flatMap(({ topic, partitions }) =>
        partitions.map(
          ({ partition, offset }) => (endOf.get(`${topic}/${partition}`) ?? 0n) - BigInt(offset),
        ),
      );
    return { rows: lags.length, requests };
  } finally {
    stop();
  }
}

/** While kafkajs learns of many topics at once, it now and then forgets one in between, and fails over that. */
async function endsOf(admin: Admin, topic: string): ReturnType<Admin['fetchTopicOffsets']> {
  try {
    return await admin.fetchTopicOffsets(topic);
  } catch (error) {
    if (error instanceof TypeError) return admin.fetchTopicOffsets(topic);
    throw error;
  }
}

export function adminOf(bootstrapServers: readonly string[]): Admin {
  return new Kafka({ clientId: 'bench', brokers: [...bootstrapServers], logLevel: logLevel.NOTHING }).admin();
}

async function inParallel<Item, Result>(
  items: readonly Item[],
  act: (item: Item) => Promise<Result>,
): Promise<readonly Result[]> {
  const results: Result[] = [];
  const waiting = items.entries();
  const worker = async (): Promise<void> => {
    for (const [index, item] of waiting) results[index] = await act(item);
  };
  await Promise.all(Array.from({ length: inFlight }, worker));
  return results;
}
