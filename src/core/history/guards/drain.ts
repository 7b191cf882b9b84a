import { endLabel, type Drain, type DrainedPartition } from '../evidence/drains.js';
import type { Evidence } from '../evidence/evidence.js';
import type { Doubt } from '../verdict.js';

/**
 * A fresh reader drained every partition to its end in both isolation levels, at the end and at every observation. Two
 * readings are no snapshot, so the log must also have stood still between them.
 */
export function drainDoubts(evidence: Evidence): readonly Doubt[] {
  return [...missingPartitions(evidence), ...evidence.drains.flatMap(readingDoubts)];
}

function missingPartitions({ drains, topicsOf, partitionsOf }: Evidence): readonly Doubt[] {
  const topics = [...topicsOf('input'), ...topicsOf('output')];
  const labels = new Set([...drains.map(({ label }) => label), endLabel]);
  if (topics.length === 0) {
    return [{ guard: 'drain-incomplete', detail: { label: endLabel, why: 'nothing-read' } }];
  }
  return [...labels].flatMap((label) =>
    topics.flatMap((topic) => {
      const read = drains.filter((one) => one.label === label && one.topic === topic);
      const partition = firstMissing(new Set(read.map((one) => one.partition)));
      return partition < partitionsOf(topic) ? [doubt({ label, topic, partition }, 'nothing-read')] : [];
    }),
  );
}

/** One is told for each topic: a history may claim more partitions than could ever be listed. */
function firstMissing(partitions: ReadonlySet<number>): number {
  let missing = 0;
  while (partitions.has(missing)) {
    missing += 1;
  }
  return missing;
}

function readingDoubts(drained: DrainedPartition): readonly Doubt[] {
  const { uncommitted, committed } = drained;
  if (uncommitted === undefined || committed === undefined) {
    return [doubt(drained, 'one-isolation-level')];
  }
  if (!uncommitted.complete || !committed.complete) {
    return [doubt(drained, 'gave-up')];
  }
  if (
    uncommitted.highWatermark !== committed.highWatermark ||
    uncommitted.lastStableOffset !== committed.lastStableOffset
  ) {
    return [doubt(drained, 'log-moved')];
  }
  return hasHole(uncommitted) ? [doubt(drained, 'hole')] : [];
}

/** Every offset up to the high watermark is a record's or a marker's: Kafka leaves no gaps where nothing is compacted. */
function hasHole({ records, markers, logStart, highWatermark }: Drain): boolean {
  if (markers === undefined) {
    return false;
  }
  const offsets = [...records, ...markers].map(({ offset }) => offset);
  const taken = new Set(offsets.filter((offset) => logStart <= offset && offset < highWatermark));
  return taken.size < highWatermark - logStart;
}

type Reading = Pick<DrainedPartition, 'label' | 'topic' | 'partition'>;

type Reason = 'nothing-read' | 'one-isolation-level' | 'gave-up' | 'log-moved' | 'hole';

function doubt({ label, topic, partition }: Reading, why: Reason): Doubt {
  return { guard: 'drain-incomplete', detail: { label, topic, partition, why } };
}
