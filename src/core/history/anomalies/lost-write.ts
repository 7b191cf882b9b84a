import type { Evidence } from '../evidence/evidence.js';
import type { Send } from '../evidence/sends.js';
import { eventsOfAll, finding, type AnomalyRule } from './rule.js';

/**
 * Readers went past a write and nobody ever saw it (Jepsen `lost-write`). For each partition, the bound is the largest
 * of the earliest offsets of all values that were read. A value is lost when all of its known offsets lie at or before
 * the bound, nobody read it, and it was written: by a send that was told ok, or by one whose transaction has an unknown
 * end and of which another write was read. Reads are polls and what read_committed shows at the end.
 */
export const lostWrite: AnomalyRule = {
  name: 'lost-write',
  informational: false,
  find: (evidence) => {
    const reads = readPlaces(evidence);
    const bounds = boundsOf(reads);
    const read = new Set(reads.map(valueKey));
    const readTransactions = new Set(
      evidence.sends.filter((send) => read.has(valueKey(send))).map(({ transaction }) => transaction),
    );
    const lost = evidence.sends.filter(
      (send) =>
        !read.has(valueKey(send)) &&
        isWritten(send, readTransactions) &&
        lastOffset(send, evidence) <= (bounds.get(partitionKey(send)) ?? -1),
    );
    const once = new Map(lost.map((send) => [valueKey(send), send]));
    return [...once.values()].map((send) =>
      finding({
        value: send.value,
        topic: send.topic,
        partition: send.partition,
        offsets: [lastOffset(send, evidence)],
        process: send.process,
        events: eventsOfAll([send]),
      }),
    );
  },
};

interface ReadPlace {
  readonly topic: string;
  readonly partition: number;
  readonly offset: number;
  readonly value: string;
}

function readPlaces({ deliveries, log }: Evidence): readonly ReadPlace[] {
  return [...deliveries, ...log.records.filter(({ visible }) => visible)];
}

/** By partition: the largest of the earliest offsets of the values read there. */
function boundsOf(reads: readonly ReadPlace[]): ReadonlyMap<string, number> {
  const earliest = new Map<string, ReadPlace>();
  for (const place of reads) {
    const key = `${partitionKey(place)}\n${place.value}`;
    const known = earliest.get(key);
    if (known === undefined || place.offset < known.offset) {
      earliest.set(key, place);
    }
  }
  const bounds = new Map<string, number>();
  for (const place of earliest.values()) {
    const key = partitionKey(place);
    bounds.set(key, Math.max(bounds.get(key) ?? -1, place.offset));
  }
  return bounds;
}

function isWritten(send: Send, read: ReadonlySet<Send['transaction']>): boolean {
  if (send.told !== 'unknown' || send.transaction === undefined) {
    return send.told === 'ok';
  }
  return read.has(send.transaction);
}

/** The last place where the value is known to stand; beyond every bound when no place is known. */
function lastOffset(send: Send, { log }: Evidence): number {
  const copies = log.copies(send.topic, send.value).filter(({ partition }) => partition === send.partition);
  const known = [...copies.map(({ offset }) => offset), ...(send.offset === undefined ? [] : [send.offset])];
  return known.length === 0 ? Number.POSITIVE_INFINITY : Math.max(...known);
}

function partitionKey({ topic, partition }: { readonly topic: string; readonly partition: number }): string {
  return `${topic}\n${partition}`;
}

function valueKey({ topic, value }: { readonly topic: string; readonly value: string }): string {
  return `${topic}\n${value}`;
}
