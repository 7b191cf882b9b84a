import { groupBy } from '../../group-by.js';
import type { ProcessId } from '../events.js';
import { eventsOf, performedOf, type Performed } from './operations.js';

/**
 * What its own client was told of a transaction: committed; aborted (it asked for that, and it succeeded); refused (a
 * commit that definitely failed, e.g. fenced); unknown (a commit whose answer never came); open (nobody asked for its
 * commit, or only an abort was tried and failed: it was never offered).
 */
export type TransactionTold = 'committed' | 'aborted' | 'refused' | 'unknown' | 'open';

export interface Transaction {
  readonly id: string;
  readonly process: ProcessId;
  readonly told: TransactionTold;
  readonly begunAt: number;
  /** Sequence number of the commit's or the abort's ending, where there is one. */
  readonly endedAt?: number;
  readonly events: readonly number[];
}

/** The transactions that operations name, by id; one that only sends name was begun with its first send. */
export function readTransactions(performed: readonly Performed[]): ReadonlyMap<string, Transaction> {
  const members = groupBy(performed, ({ what }) => ('transaction' in what ? what.transaction : undefined));
  return new Map(
    [...members].flatMap(([id, operations]) =>
      id === undefined ? [] : [[id, transaction(id, operations)] as const],
    ),
  );
}

function transaction(id: string, operations: readonly Performed[]): Transaction {
  const endings = operations.filter(({ what }) => what.f === 'commit' || what.f === 'abort');
  const ended = endings.findLast(({ endedAt }) => endedAt !== undefined)?.endedAt;
  const first = operations[0];
  return {
    id,
    process: first?.process ?? '',
    told: told(endings),
    begunAt: first?.invokedAt ?? 0,
    events: [...operations.filter(({ what }) => what.f === 'begin'), ...endings].flatMap(eventsOf),
    ...(ended === undefined ? {} : { endedAt: ended }),
  };
}

function told(endings: readonly Performed[]): TransactionTold {
  const commits = performedOf(endings, 'commit').map(({ outcome }) => outcome);
  const aborts = performedOf(endings, 'abort').map(({ outcome }) => outcome);
  if (commits.includes('ok')) {
    return 'committed';
  }
  if (aborts.includes('ok')) {
    return 'aborted';
  }
  if (commits.includes('info')) {
    return 'unknown';
  }
  return commits.includes('fail') ? 'refused' : 'open';
}
