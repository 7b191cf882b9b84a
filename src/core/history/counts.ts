import { endLabel } from './evidence/drains.js';
import type { Evidence } from './evidence/evidence.js';
import type { Outcome } from './evidence/operations.js';
import { measuredTopics } from './measured.js';
import type { Counts, LayerVerdict } from './verdict.js';

type LogCounts = Pick<Counts, 'readUncommitted' | 'readCommitted' | 'endOffset' | 'lastStableOffset'>;

/**
 * The figures of a run. Sends and records are those of the measured topics, copies included; offsets are summed over
 * their partitions; `lost` and `duplicates` are the measured layer's. A send counts as ok when it was acknowledged,
 * whatever became of its transaction.
 */
export function countsOf(evidence: Evidence, measured: LayerVerdict): Counts {
  const topics = measuredTopics(evidence);
  const sends = evidence.sends.filter(({ topic }) => topics.has(topic));
  const ended = (outcome: Outcome): number => sends.filter((send) => send.outcome === outcome).length;
  return {
    sent: sends.length,
    ok: ended('ok'),
    failed: ended('fail'),
    unknown: ended('info'),
    ...logCounts(evidence, topics, endLabel),
    deduplicated: deduplicatedCount(evidence),
    deliveries: evidence.deliveries.length,
    effects: evidence.effects.filter(({ outcome }) => outcome === 'done').length,
    lost: measured.lost,
    duplicates: measured.duplicated,
  };
}

/** What the observations in the middle of the plot saw of the measured topics, by label. */
export function observedCounts(evidence: Evidence): Readonly<Record<string, LogCounts>> {
  const topics = measuredTopics(evidence);
  const labels = new Set(evidence.drains.map(({ label }) => label).filter((label) => label !== endLabel));
  return Object.fromEntries([...labels].map((label) => [label, logCounts(evidence, topics, label)]));
}

function logCounts({ drains }: Evidence, topics: ReadonlySet<string>, label: string): LogCounts {
  const measured = drains.filter((one) => one.label === label && topics.has(one.topic));
  return {
    readUncommitted: sum(measured.map(({ uncommitted }) => uncommitted?.records.length)),
    readCommitted: sum(measured.map(({ committed }) => committed?.records.length)),
    endOffset: sum(measured.map(({ uncommitted, committed }) => (uncommitted ?? committed)?.highWatermark)),
    lastStableOffset: sum(
      measured.map(({ uncommitted, committed }) => (uncommitted ?? committed)?.lastStableOffset),
    ),
  };
}

/** From the wire, which every broker has; a history without frames is left with what the broker itself tells. */
function deduplicatedCount({ wire, history }: Evidence): number {
  return wire.recorded
    ? wire.deduplications.length
    : history.filter(({ type }) => type === 'deduplicated').length;
}

function sum(numbers: readonly (number | undefined)[]): number {
  return numbers.reduce<number>((total, one) => total + (one ?? 0), 0);
}
