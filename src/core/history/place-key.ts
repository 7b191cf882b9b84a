import type { RecordPosition } from './events.js';

/** A place in a log as the key of a map. */
export function placeKey({ topic, partition, offset }: RecordPosition): string {
  return `${topic}\n${partition}\n${offset}`;
}
