import type {
  History,
  Observation,
  Operation,
  OperationResult,
  PolledRecord,
  ProcessEvent,
  RecordPosition,
  RunEvent,
} from '../../../src/core/history/events.js';
import type { ForgedLog } from './forged-log.js';

/** How a forged operation ends; `pending`: it never does. */
export type Ending = 'ok' | 'fail' | 'info' | 'pending';

export interface ForgedSend {
  readonly topic?: string;
  readonly partition?: number;
  readonly transaction?: string;
  readonly source?: RecordPosition;
  /** Where the broker says that it stands; −1 when it does not say. */
  readonly offset?: number;
  readonly ending?: Ending;
}

/** Writes a history event by event; numbers and times are filled in when it is finished. */
export class ForgedHistory {
  private readonly events: Observation[] = [];
  private operations = 0;

  constructor(run: Partial<RunEvent> = {}) {
    this.add({ type: 'run', topics: [{ role: 'output', topic: 'output', partitions: 1 }], ...run });
  }

  add(...events: readonly Observation[]): this {
    this.events.push(...events);
    return this;
  }

  process(process: string, event: ProcessEvent['event'], error?: string): this {
    const actor = process.split('#')[0] ?? process;
    return this.add({ type: 'process', process, actor, event, ...(error !== undefined && { error }) });
  }

  operation(process: string, what: Operation, ending: Ending = 'ok', result?: OperationResult): this {
    const subject = { ...what, process, operation: this.operations++ };
    this.add({ type: 'invoke', ...subject });
    switch (ending) {
      case 'ok':
        return this.add({ type: 'ok', ...subject, ...(result && { result }) });
      case 'fail':
      case 'info':
        return this.add({ type: ending, ...subject, error: ending === 'fail' ? 'refused' : 'no answer' });
      case 'pending':
        return this;
    }
  }

  send(process: string, value: string, forged: ForgedSend = {}): this {
    const { topic = 'output', partition = 0, transaction, source, offset = -1, ending = 'ok' } = forged;
    const what = {
      f: 'send' as const,
      topic,
      partition,
      value,
      ...(transaction !== undefined && { transaction }),
      ...(source && { source }),
    };
    return this.operation(process, what, ending, { offset });
  }

  begin(process: string, transaction: string): this {
    return this.operation(process, { f: 'begin', transaction });
  }

  commit(process: string, transaction: string, ending: Ending = 'ok'): this {
    return this.operation(process, { f: 'commit', transaction }, ending);
  }

  abort(process: string, transaction: string, ending: Ending = 'ok'): this {
    return this.operation(process, { f: 'abort', transaction }, ending);
  }

  poll(process: string, offset: number, value: string, more: ForgedPoll = {}): this {
    const { group = 'group', isolation, topic = 'input', partition = 0 } = more;
    const record = { topic, partition, offset, value };
    return this.operation(process, { f: 'poll', group, ...(isolation && { isolation }) }, 'ok', { record });
  }

  pollBatch(process: string, records: readonly PolledRecord[]): this {
    return this.operation(process, { f: 'poll', group: 'group' }, 'ok', { records });
  }

  effect(process: string, offset: number, value: string, ending: Ending | 'skipped' = 'ok'): this {
    const what = { f: 'effect' as const, group: 'group', topic: 'input', partition: 0, offset, value };
    return ending === 'skipped'
      ? this.operation(process, what, 'ok', { skipped: true })
      : this.operation(process, what, ending);
  }

  /** Commits the next offset to read of the input. */
  commitOffset(process: string, offset: number, transaction?: string): this {
    return this.operation(process, {
      f: 'commit-offset',
      group: 'group',
      topic: 'input',
      partition: 0,
      offset,
      ...(transaction !== undefined && { transaction }),
    });
  }

  rebalance(process: string, topic = 'input'): this {
    return this.add({
      type: 'rebalance',
      process,
      group: 'group',
      generation: 1,
      memberId: `${process}-member`,
      assigned: [{ topic, partition: 0 }],
    });
  }

  /** Both readings of a log. */
  drain(log: ForgedLog, label = 'end', committed?: Readonly<Record<string, number>>): this {
    return this.add(
      log.drain('read_uncommitted', label, committed),
      log.drain('read_committed', label, committed),
    );
  }

  history(): History {
    return numbered(this.events);
  }
}

export interface ForgedPoll {
  readonly group?: string;
  readonly isolation?: 'read_committed' | 'read_uncommitted';
  readonly topic?: string;
  readonly partition?: number;
}

/** A recorded history: contiguous numbers, one millisecond an event. */
export function numbered(events: readonly Observation[]): History {
  return events.map((event, seq) => ({ ...event, seq, timeMs: seq }));
}

/** The same events, renumbered after some were taken out, put in or changed. */
export function mutated(
  history: History,
  change: (event: History[number]) => readonly Observation[],
): History {
  return numbered(history.flatMap(change));
}
