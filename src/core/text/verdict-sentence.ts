import type { Anomaly, AnomalyName, Counts, Verdict } from '../history/verdict.js';
import type { Layer } from '../layer.js';
import { anomalyName } from './anomaly-name.js';
import type { Translate } from './translate.js';
import { values, witnesses } from './witness.js';

/**
 * A verdict in the learner's words, one line without a full stop: "duplicate 1 (m4 at offsets 4 and 5)", "lost 1 (m4),
 * silent: the producer was told ok", "nothing lost, nothing doubled". Without a layer (a history from elsewhere) only
 * what the anomalies say.
 */
export function verdictSentence(verdict: Verdict, layer: Layer | undefined, t: Translate): string {
  const blocks = observedBlocks(verdict, t);
  const findings = [
    ...blocks,
    ...visibility(verdict.counts, layer, blocks.length > 0, t),
    ...anomalies(verdict, layer, blocks.length > 0, t),
  ];
  return findings.length > 0 ? findings.join(' · ') : clean(verdict.counts, t);
}

function clean({ deduplicated }: Counts, t: Translate): string {
  if (deduplicated === 0) return t('nothing lost, nothing doubled');
  if (deduplicated === 1) return t('nothing lost, nothing doubled: the broker recognised one repeat');
  return t('nothing lost, nothing doubled: the broker recognised {deduplicated} repeats', { deduplicated });
}

/** At an observe cue in the middle, an open transaction held the LSO below the high watermark. */
function observedBlocks({ observed }: Verdict, t: Translate): readonly string[] {
  return Object.values(observed).flatMap(
    ({ readCommitted, readUncommitted, endOffset, lastStableOffset }) => {
      if (endOffset === undefined || lastStableOffset === undefined || endOffset <= lastStableOffset)
        return [];
      return [
        t(
          'blocked at LSO {lastStableOffset} while a transaction is open: read_committed sees {readCommitted} of {readUncommitted}',
          {
            lastStableOffset,
            readCommitted: readCommitted ?? 0,
            readUncommitted: readUncommitted ?? 0,
          },
        ),
      ];
    },
  );
}

/** A pipeline's counts say it already. */
function visibility(
  counts: Counts,
  layer: Layer | undefined,
  afterBlock: boolean,
  t: Translate,
): readonly string[] {
  const { readCommitted, readUncommitted } = counts;
  if (readCommitted === readUncommitted || layer === 'input-to-output') return [];
  const args = { readCommitted, readUncommitted };
  return afterBlock
    ? [t('after its end {readCommitted} of {readUncommitted}', args)]
    : [t('visible to read_committed {readCommitted}, to read_uncommitted {readUncommitted}', args)];
}

function anomalies(
  { anomalies: found }: Verdict,
  layer: Layer | undefined,
  blockSaid: boolean,
  t: Translate,
): readonly string[] {
  const names = new Set(found.filter(({ count }) => count > 0).map(({ name }) => name));
  return found
    .filter((anomaly) => anomaly.count > 0 && worthSaying(anomaly) && !saidByAnother(anomaly.name, names))
    .filter(({ name }) => name !== 'blocked' || !blockSaid)
    .map((anomaly) => finding(anomaly, layer, t));
}

/** What Kafka allows is no headline, except a second delivery: that one explains why the effects must be counted. */
function worthSaying({ name, informational }: Anomaly): boolean {
  return !informational || name === 'duplicate-delivery';
}

/** One loss or one doubling has several technical names; the headline says it once, by the name that teaches most. */
const saidBy: Partial<Readonly<Record<AnomalyName, readonly AnomalyName[]>>> = {
  'lost-write': ['silent-loss', 'reported-loss', 'lost-output'],
  'lost-in-log': ['silent-loss', 'reported-loss', 'lost-write'],
  'lost-in-client': ['silent-loss', 'reported-loss', 'lost-write'],
  unseen: ['silent-loss', 'reported-loss', 'lost-write', 'lost-in-log', 'skipped', 'lost-output'],
  skipped: ['lost-output'],
  duplicate: ['duplicate-output'],
  'duplicate-delivery': ['duplicate-effect', 'duplicate-output'],
  'nonmonotonic-poll': ['duplicate-delivery', 'duplicate-effect', 'duplicate-output'],
  'int-nonmonotonic-poll': ['duplicate-delivery', 'duplicate-effect', 'duplicate-output'],
};

function saidByAnother(name: AnomalyName, present: ReadonlySet<AnomalyName>): boolean {
  return (saidBy[name] ?? []).some((other) => present.has(other));
}

function finding(anomaly: Anomaly, layer: Layer | undefined, t: Translate): string {
  const { name, count } = anomaly;
  const who = values(anomaly, t);
  switch (name) {
    case 'silent-loss':
      return t('lost {count} ({who}), silent: the producer was told “ok”', { count, who });
    case 'reported-loss':
      return t('lost {count} ({who}), not hidden: the producer was not told “ok”', { count, who });
    case 'skipped':
      return t('lost {count} ({who}): never processed, its offset is committed', { count, who });
    case 'lost-output':
      return t('lost {count} ({who}): no output, its offset is committed', { count, who });
    case 'unseen':
      return t('unseen {count} ({who}): in the log, never read', { count, who });
    case 'duplicate':
      return t('duplicate {count} ({who})', { count, who: witnesses(anomaly, t) });
    case 'duplicate-effect':
      return t('duplicate effect {count} ({who})', { count, who });
    case 'duplicate-output':
      return t('duplicate output {count} ({who})', { count, who: witnesses(anomaly, t) });
    case 'duplicate-delivery':
      return deliveredAgain(count, who, layer, t);
    case 'phantom':
      return t('phantom {count} ({who}): not acknowledged, yet written', { count, who });
    default:
      return other(anomaly, t);
  }
}

function deliveredAgain(count: number, who: string, layer: Layer | undefined, t: Translate): string {
  const args = { count, who };
  if (layer === 'log-to-effect') return t('delivered again {count} ({who}), but with one effect each', args);
  if (layer === 'input-to-output') return t('read again {count} ({who}), but with one output each', args);
  return t('delivered again {count} ({who})', args);
}

function other(anomaly: Anomaly, t: Translate): string {
  const name = anomalyName(anomaly.name, t);
  const who = witnesses(anomaly, t);
  const { count } = anomaly;
  return who === ''
    ? t('{name}: {count}', { name, count })
    : t('{name}: {count} ({who})', { name, count, who });
}
