import { groupBy } from '../../group-by.js';
import type { History } from '../events.js';
import { finding, type AnomalyRule } from './rule.js';

/**
 * A partition accepted a record of a producer id under an older epoch than one that already stands before it: a fenced
 * producer wrote. Must never be. Judged in the order of offsets, from what the drains say of the batches and from the
 * broker's own events; markers raise the epoch too. One case for each batch or record.
 */
export const fencedWrite: AnomalyRule = {
  name: 'fenced-write',
  informational: false,
  find: ({ history }) => {
    const byProducer = groupBy(
      writes(history),
      ({ topic, partition, producerId }) => `${topic}\n${partition}\n${producerId}`,
    );
    return [...byProducer.values()].flatMap(fencedWrites);
  },
};

interface Write {
  readonly topic: string;
  readonly partition: number;
  readonly offset: number;
  readonly producerId: number;
  readonly epoch: number;
  readonly control: boolean;
  readonly value?: string;
  readonly seq: number;
}

/** Every idempotent write that the history tells of, each place once. */
function writes(history: History): readonly Write[] {
  const places = new Map<string, Write>();
  for (const write of history.flatMap(writesOf)) {
    if (write.producerId >= 0) {
      places.set(`${write.topic}\n${write.partition}\n${write.offset}`, write);
    }
  }
  return [...places.values()].sort((left, right) => left.offset - right.offset);
}

function writesOf(event: History[number]): readonly Write[] {
  switch (event.type) {
    case 'append':
      return [{ ...event, offset: event.baseOffset, control: false }];
    case 'marker':
      return [{ ...event, control: true }];
    case 'drain':
      return [
        ...event.records.map(({ offset, value, producerId = -1, epoch = -1 }) => ({
          ...{ topic: event.topic, partition: event.partition, seq: event.seq },
          ...{ offset, value, producerId, epoch, control: false },
        })),
        ...(event.markers ?? []).map(({ offset, producerId, epoch }) => ({
          ...{ topic: event.topic, partition: event.partition, seq: event.seq },
          ...{ offset, producerId, epoch, control: true },
        })),
      ];
    default:
      return [];
  }
}

function fencedWrites(ofOneProducer: readonly Write[]): ReturnType<AnomalyRule['find']> {
  let newest = -1;
  return ofOneProducer.flatMap((write) => {
    const older = write.epoch < newest;
    newest = Math.max(newest, write.epoch);
    const { topic, partition, offset, producerId, value, seq } = write;
    return older && !write.control
      ? [
          finding({
            topic,
            partition,
            offsets: [offset],
            producerId,
            events: [seq],
            ...(value === undefined ? {} : { value }),
          }),
        ]
      : [];
  });
}
