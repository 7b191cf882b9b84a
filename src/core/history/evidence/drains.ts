import type { DrainEvent, History, Recorded } from '../events.js';

export type Drain = Recorded<DrainEvent>;

/** Both readings of one partition at one moment. */
export interface DrainedPartition {
  readonly label: string;
  readonly topic: string;
  readonly partition: number;
  readonly uncommitted?: Drain;
  readonly committed?: Drain;
}

/** The last observation of every run: everything has ended, and everything is read once more. */
export const endLabel = 'end';

/** Drains joined by label, topic and partition, in the order of their first event. A repeated one replaces the earlier. */
export function readDrains(history: History): readonly DrainedPartition[] {
  const found = new Map<string, DrainedPartition>();
  for (const event of history) {
    if (event.type === 'drain') {
      const { label, topic, partition } = event;
      const key = `${label}\n${topic}\n${partition}`;
      const earlier = found.get(key) ?? { label, topic, partition };
      const reading = event.isolation === 'read_committed' ? { committed: event } : { uncommitted: event };
      found.set(key, { ...earlier, ...reading });
    }
  }
  return [...found.values()];
}

/** The sequence numbers of both readings. */
export function eventsOfDrain({ uncommitted, committed }: DrainedPartition): readonly number[] {
  return [uncommitted, committed].filter((drain) => drain !== undefined).map(({ seq }) => seq);
}
