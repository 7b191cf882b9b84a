import type { ProcessId } from '../history/events.js';
import { remembered } from '../remembered.js';
import { placeOfOffset, type Belief, type BeliefState, type OffsetBelief } from './beliefs.js';
import { latestBy } from './latest.js';
import { grouped, Names, type Messages } from './messages.js';
import { StatesOverTime, type StateChange } from './states-over-time.js';
import type { Timeline } from './timeline.js';

export interface Known {
  readonly state: BeliefState | 'not-yet';
  /** In the order in which they were sent or read. */
  readonly values: Messages;
}

/** A process that died knows nothing any more. */
export function isAliveAt({ deaths }: Timeline, moment: number, process: ProcessId): boolean {
  return (deaths.get(process) ?? Infinity) > moment;
}

/** Grouped by what is known. */
export function knownAt({ beliefs }: Timeline, moment: number, process: ProcessId): readonly Known[] {
  const own = beliefs.get(process);
  if (own === undefined) return [];
  const { names, states } = inOrder(own);
  return [...grouped(names, states.at(moment))]
    .map(([state, values]) => ({ state, values }))
    .sort((left, right) => ranks.indexOf(left.state) - ranks.indexOf(right.state));
}

/** What is settled first, what is not known in the middle, what is still to come last. */
const ranks: readonly Known['state'][] = [
  'committed',
  'written',
  'handed-over',
  'processed',
  'recognised',
  'in-transaction',
  'read',
  'aborted',
  'failed',
  'unknown',
  'waiting',
  'not-yet',
];

/** The messages of a process in the order in which it met them. */
const inOrder = remembered((own: ReadonlyMap<string, Belief>) => {
  const beliefs = [...own.values()];
  const isReader = beliefs.some(({ changes }) => changes[0]?.state === 'read');
  return {
    names: new Names(beliefs.map(({ value }) => value)),
    states: new StatesOverTime(beliefs.map((belief) => lifeOf(belief, isReader))),
  };
});

/** What a client is still to send is known from its later sends; what it will read, and make of that, nobody can know. */
function lifeOf({ changes }: Belief, isReader: boolean): readonly StateChange<Known['state']>[] {
  const isAwaited = !isReader && changes[0]?.state === 'waiting';
  return isAwaited ? [{ at: -Infinity, state: 'not-yet' }, ...changes] : changes;
}

/** The offset that a process believes to be committed, for each partition that it commits. */
export function offsetBeliefsAt(
  { offsetBeliefs }: Timeline,
  moment: number,
  process: ProcessId,
): readonly OffsetBelief[] {
  const own = offsetBeliefs.get(process);
  return own === undefined ? [] : latestOf(own, moment);
}

const latestOf = latestBy<OffsetBelief>(placeOfOffset);
