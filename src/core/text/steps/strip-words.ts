import { assertNever } from '../../assert-never.js';
import type { ProcessId } from '../../history/events.js';
import { isAliveAt } from '../../timeline/known.js';
import type { PartitionLog } from '../../timeline/log-entry.js';
import { committedAt } from '../../timeline/offsets.js';
import type { PartitionState } from '../../timeline/partition-state.js';
import { positionsAt } from '../../timeline/positions.js';
import type { DrawnCell, Pointer } from '../../timeline/strip.js';
import type { Timeline } from '../../timeline/timeline.js';
import type { Translate } from '../translate.js';

/** What points into a partition at a moment: its own ends, the groups' committed offsets, and where `process` reads on. */
export function pointersOf(
  timeline: Timeline,
  log: PartitionLog,
  state: PartitionState,
  { moment, process }: { readonly moment: number; readonly process: ProcessId | undefined },
  t: Translate,
): readonly Pointer[] {
  const isHere = (place: { readonly topic: string; readonly partition: number }) =>
    place.topic === log.topic && place.partition === log.partition;
  const groups = committedAt(timeline.offsets, moment)
    .filter(isHere)
    .map(({ group, offset }): Pointer => ({
      offset,
      kind: 'group',
      label: t('{group}: committed {offset}', { group: shortName(group), offset }),
    }));
  // What a process had in its memory is gone with it.
  const isAlive = process !== undefined && isAliveAt(timeline, moment, process);
  const positions = (isAlive ? positionsAt(timeline.positions, moment, process) : [])
    .filter(isHere)
    .map(({ offset }): Pointer => ({
      offset,
      kind: 'position',
      label: t('{process}: reads {offset} next', { process: process ?? '', offset }),
    }));
  return [...endsOf(state, t), ...groups, ...positions];
}

/** Ends that fall together are one pointer. */
function endsOf(
  { endOffset, highWatermark, lastStableOffset }: PartitionState,
  t: Translate,
): readonly Pointer[] {
  const ends: readonly { readonly name: string; readonly offset: number; readonly kind: Pointer['kind'] }[] =
    [
      { name: t('LSO'), offset: lastStableOffset, kind: 'stable' },
      { name: t('high watermark'), offset: highWatermark, kind: 'end' },
      { name: t('end offset'), offset: endOffset, kind: 'end' },
    ];
  const offsets = [...new Set(ends.map(({ offset }) => offset))];
  return offsets.map((offset): Pointer => {
    const here = ends.filter((end) => end.offset === offset);
    const names = here.map(({ name }) => name).join(' = ');
    return { offset, kind: here[0]?.kind ?? 'end', label: t('{names} {offset}', { names, offset }) };
  });
}

/** The names of a run begin with the run's own prefix, which says nothing to a learner. */
export function shortName(name: string): string {
  return name.startsWith('lab.') ? (name.split('.').at(-1) ?? name) : name;
}

/** A cell in words, for its tooltip and for a screen reader. */
export function cellWords(cell: DrawnCell, t: Translate): string {
  const { offset, label, producer } = cell;
  const state = stateWords(cell, t);
  return producer === undefined
    ? t('offset {offset}: {label}, {state}', { offset, label, state })
    : t('offset {offset}: {label}, {state}; producer id/epoch·sequence {producer}', {
        offset,
        label,
        state,
        producer,
      });
}

function stateWords({ state, isVisible, isCommit }: DrawnCell, t: Translate): string {
  switch (state) {
    case 'plain':
      return isVisible ? t('outside of transactions') : t('behind the last stable offset');
    case 'open':
      return t('in an open transaction');
    case 'committed':
      return isVisible ? t('committed') : t('committed, behind the last stable offset');
    case 'aborted':
      return t('aborted');
    case 'marker':
      return isCommit === true ? t('commit marker') : t('abort marker');
    default:
      return assertNever(state);
  }
}
