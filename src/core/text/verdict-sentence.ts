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
          'blocked by an open transaction (LSO {lastStableOffset}): read_committed sees {readCommitted} of {readUncommitted}',
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
    ? [t('once it has ended {readCommitted} of {readUncommitted}', args)]
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
  const withOffsets = name === 'duplicate' || name === 'duplicate-output';
  const args = { count, who: withOffsets ? witnesses(anomaly, t) : values(anomaly, t) };
  const one = count === 1;
  switch (name) {
    case 'silent-loss':
      return one
        ? t('lost {count} ({who}), silent: the producer was told “ok”', args)
        : t('lost {count} ({who}), all silent: the producer was told “ok”', args);
    case 'reported-loss':
      return one
        ? t('lost {count} ({who}), not silent: the producer was not told “ok”', args)
        : t('lost {count} ({who}), none silent: the producer was not told “ok”', args);
    case 'skipped':
      return one
        ? t('lost {count} ({who}): never processed, its offset is committed', args)
        : t('lost {count} ({who}): never processed, their offsets are committed', args);
    case 'lost-output':
      return one
        ? t('lost {count} ({who}): no output, its offset is committed', args)
        : t('lost {count} ({who}): no output, their offsets are committed', args);
    case 'unseen':
      return one
        ? t('unseen {count} ({who}): it is in the log, and was never read', args)
        : t('unseen {count} ({who}): they are in the log, and were never read', args);
    case 'phantom':
      return one
        ? t('phantom {count} ({who}): not acknowledged, yet written', args)
        : t('phantoms {count} ({who}): not acknowledged, yet written', args);
    case 'duplicate':
      return one ? t('duplicate {count} ({who})', args) : t('duplicates {count} ({who})', args);
    case 'duplicate-effect':
      return one ? t('duplicate effect {count} ({who})', args) : t('duplicate effects {count} ({who})', args);
    case 'duplicate-output':
      return one ? t('duplicate output {count} ({who})', args) : t('duplicate outputs {count} ({who})', args);
    case 'duplicate-delivery':
      return deliveredAgain(args, layer, t);
    default:
      return other(anomaly, t);
  }
}

interface Findings {
  readonly [name: string]: string | number;
  readonly count: number;
  readonly who: string;
}

/** Said only when no effect and no output was doubled by it. */
function deliveredAgain(args: Findings, layer: Layer | undefined, t: Translate): string {
  const one = args.count === 1;
  if (layer === 'log-to-effect')
    return one
      ? t('delivered again {count} ({who}), but a single effect', args)
      : t('delivered again {count} ({who}), but a single effect each', args);
  if (layer === 'input-to-output')
    return one
      ? t('read again {count} ({who}), but a single output', args)
      : t('read again {count} ({who}), but a single output each', args);
  return one ? t('delivered again {count} ({who})', args) : t('delivered again: {count} ({who})', args);
}

function other(anomaly: Anomaly, t: Translate): string {
  const name = anomalyName(anomaly.name, t);
  const who = witnesses(anomaly, t);
  const { count } = anomaly;
  return who === ''
    ? t('{name}: {count}', { name, count })
    : t('{name}: {count} ({who})', { name, count, who });
}
