import { groupBy } from '../group-by.js';
import type { History, ProcessId } from '../history/events.js';
import type { Verdict } from '../history/verdict.js';
import { readBeliefs, type Belief, type OffsetBelief } from './beliefs.js';
import { readEffects } from './effects.js';
import { focusOf } from './focus.js';
import { foldSteps, type Fold } from './folds.js';
import { jumpsOf, type Jumps } from './jumps.js';
import { lanesOf } from './lanes.js';
import type { EffectDone, OffsetChange, PartitionLog } from './log-entry.js';
import { readOffsetChanges } from './offsets.js';
import { readPositions, type Position } from './positions.js';
import { readLogs } from './read-logs.js';
import { readSteps } from './steps.js';
import type { LaneId, Step } from './step.js';

/** A history arranged for looking at it step by step: read once, then only asked. Moments are sequence numbers. */
export interface Timeline {
  readonly history: History;
  readonly steps: readonly Step[];
  readonly folds: readonly Fold[];
  readonly lanes: readonly LaneId[];
  readonly focus: ReadonlySet<string>;
  readonly logs: readonly PartitionLog[];
  readonly offsets: readonly OffsetChange[];
  readonly positions: readonly Position[];
  readonly effects: readonly EffectDone[];
  /** What each process was told of its messages, in the order in which it met them, and of its offsets. */
  readonly beliefs: ReadonlyMap<ProcessId, ReadonlyMap<string, Belief>>;
  readonly offsetBeliefs: ReadonlyMap<ProcessId, readonly OffsetBelief[]>;
  /** When a process died, by its sequence number. */
  readonly deaths: ReadonlyMap<ProcessId, number>;
  readonly jumps: Jumps;
}

/**
 * `focus` names the messages that matter, so that the others can be folded; without it the history's own fault and verdict tell.
 * A control run is looked at for the message that the fault will strike in the other.
 */
export function readTimeline(
  history: History,
  verdict: Verdict,
  focus: ReadonlySet<string> = focusOf(history, verdict),
): Timeline {
  const logs = readLogs(history);
  const steps = readSteps(history, logs);
  const { messages, offsets: offsetBeliefs } = readBeliefs(history);
  const jumps = jumpsOf(steps, history, verdict);
  // What shows the anomaly first is not folded, though it may be another message's: the commit that passes a lost one.
  const shown = jumps.firstAnomaly === undefined ? [] : (steps[jumps.firstAnomaly]?.values ?? []);
  return {
    history,
    steps,
    focus,
    folds: foldSteps(steps, new Set([...focus, ...shown])),
    lanes: lanesOf(steps),
    logs,
    offsets: readOffsetChanges(history),
    positions: readPositions(history),
    effects: readEffects(history),
    beliefs: messages,
    offsetBeliefs: byProcess(offsetBeliefs),
    deaths: deathsIn(history),
    jumps,
  };
}

function byProcess<T extends { readonly process: ProcessId }>(
  all: readonly T[],
): ReadonlyMap<ProcessId, readonly T[]> {
  return groupBy(all, ({ process }) => process);
}

function deathsIn(history: History): ReadonlyMap<ProcessId, number> {
  const deaths = new Map<ProcessId, number>();
  for (const event of history)
    if (event.type === 'process' && (event.event === 'crash' || event.event === 'error'))
      deaths.set(event.process, event.seq);
  return deaths;
}
