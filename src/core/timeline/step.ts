import type { DrainEvent, FaultEvent, HistoryEvent, ProcessId } from '../history/events.js';

/** One thing to tell: an event of the history, with the events behind it that add nothing of their own. */
export interface Step {
  /** Place among the steps, from 0. */
  readonly index: number;
  readonly event: HistoryEvent;
  /** Sequence number of the last event that belongs to it: what was true then is what the step shows. */
  readonly until: number;
  /** Who acts; for what a broker does, whose request made it do so. Absent where nobody is known. */
  readonly process?: ProcessId;
  readonly lane: LaneId;
  /** The messages that the frame carries, that were written, read or processed here. */
  readonly carried: readonly string[];
  /** The messages that it is about: those, and what the process has in its hand. */
  readonly values: readonly string[];
  /** What struck here. */
  readonly fault?: FaultEvent;
  /** Of a fresh reader's look: how many records it was given under each isolation level, of the topics that tell. */
  readonly found?: Readonly<Partial<Record<DrainEvent['isolation'], number>>>;
  /** A request that sends again what the process has sent before. */
  readonly isRepeated: boolean;
  /** A frame that no guarantee hangs on, e.g. ApiVersions or Metadata. */
  readonly isHousekeeping: boolean;
}

/** A vertical line of the diagram: a process by its name, or one of the fixed ones. */
export type LaneId = string;

/** Names that no process can have, since a process's name begins with its actor's. */
export const networkLane: LaneId = '~network';
export const brokerLane: LaneId = '~broker';
export const transactionsLane: LaneId = '~transactions';
export const groupsLane: LaneId = '~groups';

export const fixedLanes: ReadonlySet<LaneId> = new Set([
  networkLane,
  brokerLane,
  transactionsLane,
  groupsLane,
]);

/** The runner's own process, which fills the input before the plot begins. */
export const seeder: ProcessId = 'seeder';
