import type {
  History,
  HistoryEvent,
  Operation,
  OperationEvent,
  OperationResult,
  ProcessId,
} from '../events.js';

/** The three-valued outcome: `info` = the client does not know, and the run may show either. */
export type Outcome = 'ok' | 'fail' | 'info';

/** An operation from its `invoke` to how it ended. */
export interface Performed<What extends Operation = Operation> {
  readonly process: ProcessId;
  readonly what: What;
  readonly outcome: Outcome;
  readonly result?: OperationResult;
  /** Sequence numbers: of `invoke`, and of the ending where there is one. */
  readonly invokedAt: number;
  readonly endedAt?: number;
}

/** An operation that the history does not account for: attempted must equal ok + failed + unknown. */
export interface Unaccounted {
  readonly process: ProcessId;
  readonly operation: number;
  readonly why: 'no-invoke' | 'two-invokes' | 'two-endings' | 'another-operation' | 'no-ending';
}

export interface Operations {
  readonly performed: readonly Performed[];
  readonly unaccounted: readonly Unaccounted[];
}

type Invoke = Extract<HistoryEvent, { type: 'invoke' }>;
type Ending = Extract<HistoryEvent, { type: 'ok' | 'fail' | 'info' }>;

interface Pair {
  readonly invoke: Invoke;
  ending?: Ending;
}

/**
 * Joins each `invoke` with its ending, in the order of the invokes. A crash leaves operations without an ending: they
 * become `info` (Jepsen's rule), and so does one that simply never ended, which is also reported as unaccounted.
 */
export function pairOperations(history: History): Operations {
  const pairs = new Map<string, Pair>();
  const unaccounted: Unaccounted[] = [];
  for (const event of history) {
    if (event.type === 'invoke') {
      open(pairs, event, unaccounted);
    } else if (event.type === 'ok' || event.type === 'fail' || event.type === 'info') {
      close(pairs, event, unaccounted);
    }
  }
  const ended = processesEndedByForce(history);
  for (const { invoke, ending } of pairs.values()) {
    if (ending === undefined && !ended.has(invoke.process)) {
      unaccounted.push(missing(invoke, 'no-ending'));
    }
  }
  return { performed: [...pairs.values()].map(performed), unaccounted };
}

/** The operations of one kind, typed as that kind. */
export function performedOf<F extends Operation['f']>(
  performed: readonly Performed[],
  f: F,
): readonly Performed<Extract<Operation, { f: F }>>[] {
  return performed.filter((one): one is Performed<Extract<Operation, { f: F }>> => one.what.f === f);
}

/** The sequence numbers that show an operation. */
export function eventsOf(operation: Performed): readonly number[] {
  return operation.endedAt === undefined ? [operation.invokedAt] : [operation.invokedAt, operation.endedAt];
}

function open(pairs: Map<string, Pair>, invoke: Invoke, unaccounted: Unaccounted[]): void {
  const key = keyOf(invoke);
  if (pairs.has(key)) {
    unaccounted.push(missing(invoke, 'two-invokes'));
  } else {
    pairs.set(key, { invoke });
  }
}

function close(pairs: Map<string, Pair>, ending: Ending, unaccounted: Unaccounted[]): void {
  const pair = pairs.get(keyOf(ending));
  if (pair === undefined) {
    unaccounted.push(missing(ending, 'no-invoke'));
  } else if (pair.ending !== undefined) {
    unaccounted.push(missing(ending, 'two-endings'));
  } else if (pair.invoke.f !== ending.f) {
    unaccounted.push(missing(ending, 'another-operation'));
  } else {
    pair.ending = ending;
  }
}

function performed({ invoke, ending }: Pair): Performed {
  const begun = { process: invoke.process, what: invoke, invokedAt: invoke.seq };
  if (ending === undefined) {
    return { ...begun, outcome: 'info' };
  }
  const result = ending.type === 'ok' ? ending.result : undefined;
  return {
    ...begun,
    outcome: ending.type,
    endedAt: ending.seq,
    ...(result === undefined ? {} : { result }),
  };
}

/** `error` ends a process as surely as a crash; that it was not planned is another guard's matter. */
function processesEndedByForce(history: History): ReadonlySet<ProcessId> {
  return new Set(
    history
      .filter((event) => event.type === 'process')
      .filter(({ event }) => event === 'crash' || event === 'error')
      .map(({ process }) => process),
  );
}

function keyOf({ process, operation }: OperationEvent): string {
  return `${process}\n${operation}`;
}

function missing({ process, operation }: OperationEvent, why: Unaccounted['why']): Unaccounted {
  return { process, operation, why };
}
