import type {
  History,
  HistoryEvent,
  OperationEvent,
  PolledRecord,
  ProcessId,
  Recorded,
  WireEvent,
} from './events.js';
import { placeKey } from './place-key.js';
import { polledRecords } from './polled-records.js';

/**
 * Tells of each event of a history, asked in its order, whether it belongs to some messages: their operations with their endings,
 * the frames and the broker's events while these went on, the offsets and the transactions that they are part of, and every frame
 * that was struck.
 */
export class About {
  private readonly messages: Set<string>;
  private readonly operations = new Map<ProcessId, Set<number>>();
  /** Where the messages stand that a pipeline makes others of. */
  private readonly sources = new Set<string>();
  private readonly transactions = new Set<string>();
  /** Offsets that a group commits when it is done with one of the messages. */
  private readonly behind = new Set<string>();
  /** By process: how many of the operations that belong to the messages are going on. */
  private readonly goingOn = new Map<ProcessId, number>();
  private open = 0;

  /** What a pipeline makes of a message belongs to it too. */
  constructor(history: History, messages: ReadonlySet<string>) {
    this.messages = new Set(messages);
    for (const event of history) if (isOperation(event)) this.addOutput(event);
    for (const event of history) if (isOperation(event) && this.namesMessage(event)) this.note(event);
    for (const event of history) if (isOperation(event) && this.isPartOf(event)) this.note(event);
  }

  takes(event: HistoryEvent): boolean {
    if (isOperation(event)) return this.takesOperation(event);
    switch (event.type) {
      case 'process':
        // What a crash cuts off has no ending of its own.
        this.end(event.process);
        return false;
      case 'request':
      case 'response':
        return event.fate !== undefined || this.carriesMessage(event) || this.isBusy(event.process);
      case 'append':
      case 'deduplicated':
      case 'fenced':
      case 'marker':
        return this.open > 0;
      default:
        return false;
    }
  }

  private takesOperation(event: Recorded<OperationEvent>): boolean {
    if (this.operations.get(event.process)?.has(event.operation) !== true) return false;
    const change = event.type === 'invoke' ? 1 : -1;
    this.goingOn.set(event.process, (this.goingOn.get(event.process) ?? 0) + change);
    this.open += change;
    return true;
  }

  private end(process: ProcessId): void {
    this.open -= this.goingOn.get(process) ?? 0;
    this.goingOn.set(process, 0);
  }

  private addOutput(event: Recorded<OperationEvent>): void {
    for (const record of this.recordsIn(event)) this.sources.add(placeKey(record));
    if (event.f !== 'send' || event.source === undefined) return;
    if (this.sources.has(placeKey(event.source))) this.messages.add(event.value);
  }

  private recordsIn(event: Recorded<OperationEvent>): readonly PolledRecord[] {
    if (event.type !== 'ok' || event.f !== 'poll') return [];
    return polledRecords(event.result).filter(({ value }) => this.messages.has(value));
  }

  private isBusy(process: ProcessId): boolean {
    return (this.goingOn.get(process) ?? 0) > 0;
  }

  private carriesMessage({ detail }: WireEvent): boolean {
    return (detail?.values ?? []).some((value) => this.messages.has(value));
  }

  private namesMessage(event: Recorded<OperationEvent>): boolean {
    if ('value' in event) return this.messages.has(event.value);
    const records = this.recordsIn(event);
    for (const record of records) this.behind.add(placeKey({ ...record, offset: record.offset + 1 }));
    return records.length > 0;
  }

  private isPartOf(event: Recorded<OperationEvent>): boolean {
    if (event.f === 'commit-offset') return this.behind.has(placeKey(event));
    return 'transaction' in event && event.f !== 'send' && this.transactions.has(event.transaction);
  }

  private note(event: Recorded<OperationEvent>): void {
    const own = this.operations.get(event.process) ?? new Set<number>();
    this.operations.set(event.process, own.add(event.operation));
    if ('transaction' in event) this.transactions.add(event.transaction);
  }
}

function isOperation(event: HistoryEvent): event is Recorded<OperationEvent> {
  return event.type === 'invoke' || event.type === 'ok' || event.type === 'fail' || event.type === 'info';
}
