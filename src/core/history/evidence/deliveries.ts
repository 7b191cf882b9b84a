import type { PolledRecord, ProcessId } from '../events.js';
import { polledRecords } from '../polled-records.js';
import { eventsOf, performedOf, type Performed } from './operations.js';

/** One record handed to the application, as often as it was handed over. */
export interface Delivery extends PolledRecord {
  readonly process: ProcessId;
  /** The group, or the process itself for a reader without one: whose deliveries are counted together. */
  readonly group: string;
  readonly isolation: 'read_committed' | 'read_uncommitted';
  /** Sequence number of the poll's ending; several records of one poll share it. */
  readonly seq: number;
  readonly events: readonly number[];
}

export function readDeliveries(performed: readonly Performed[]): readonly Delivery[] {
  return performedOf(performed, 'poll')
    .filter(({ outcome }) => outcome === 'ok')
    .flatMap((poll) =>
      polledRecords(poll.result).map((record) => ({
        ...record,
        process: poll.process,
        group: poll.what.group ?? poll.process,
        isolation: poll.what.isolation ?? 'read_committed',
        seq: poll.endedAt ?? poll.invokedAt,
        events: eventsOf(poll),
      })),
    );
}
