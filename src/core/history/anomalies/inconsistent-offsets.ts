import type { Evidence } from '../evidence/evidence.js';
import { finding, type AnomalyRule, type Finding } from './rule.js';

/**
 * One offset of one partition was seen with two or more values, over all acknowledged sends, all polls and all drains
 * of both isolation levels (Jepsen `inconsistent-offsets`). One case an offset.
 */
export const inconsistentOffsets: AnomalyRule = {
  name: 'inconsistent-offsets',
  informational: false,
  find: (evidence) => [...sightings(evidence).values()].flatMap(toFinding),
};

interface Place {
  readonly topic: string;
  readonly partition: number;
  readonly offset: number;
  readonly events: readonly number[];
}

interface Sighting extends Place {
  readonly values: Set<string>;
  readonly seen: Set<number>;
}

function sightings(evidence: Evidence): ReadonlyMap<string, Sighting> {
  const places = new Map<string, Sighting>();
  const see = (place: Place, value: string): void => {
    const key = `${place.topic}\n${place.partition}\n${place.offset}`;
    const sighting = places.get(key) ?? { ...place, values: new Set(), seen: new Set() };
    sighting.values.add(value);
    place.events.forEach((seq) => sighting.seen.add(seq));
    places.set(key, sighting);
  };
  for (const send of evidence.sends) {
    if (send.offset !== undefined) {
      see({ ...send, offset: send.offset }, send.value);
    }
  }
  evidence.deliveries.forEach((delivery) => see(delivery, delivery.value));
  for (const drain of evidence.history.filter((event) => event.type === 'drain')) {
    drain.records.forEach(({ offset, value }) => see({ ...drain, offset, events: [drain.seq] }, value));
  }
  return places;
}

function toFinding({ topic, partition, offset, values, seen }: Sighting): readonly Finding[] {
  return values.size < 2
    ? []
    : [finding({ topic, partition, offsets: [offset], value: [...values].join(', '), events: [...seen] })];
}
