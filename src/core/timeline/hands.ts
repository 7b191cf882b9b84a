import type {
  HistoryEvent,
  OperationEvent,
  OperationResult,
  ProcessId,
  WireEvent,
} from '../history/events.js';
import { polledRecords } from '../history/polled-records.js';
import { Exchanges } from './exchanges.js';

/**
 * Which message each process has in its hand while the history goes on, so that frames and broker events that name no value
 * can be told as part of a message's way.
 */
export class Hands {
  private readonly inHand = new Map<ProcessId, string>();
  /** Processes that poll: what they send is made of what they have read. */
  private readonly readers = new Set<ProcessId>();
  private readonly requests = new Exchanges<readonly string[]>();
  /** Who last asked to write to a topic, or to end or fence a producer's transaction. */
  private lastWriter: ProcessId | undefined;
  private lastEnder: ProcessId | undefined;

  take(event: HistoryEvent): void {
    switch (event.type) {
      case 'invoke':
        this.invoked(event);
        return;
      case 'ok':
        if (event.f === 'poll') this.handed(event.process, event.result);
        return;
      case 'request':
        if (event.api === 'Produce') this.produced(event);
        if (event.api === 'EndTxn' || event.api === 'InitProducerId') this.lastEnder = event.process;
        return;
      case 'process':
        this.inHand.delete(event.process);
        return;
      default:
    }
  }

  actorOf(event: HistoryEvent): ProcessId | undefined {
    // The broker's own recording names itself where a client's process would stand.
    if ('process' in event)
      return event.type === 'fault' && event.process === 'broker' ? undefined : event.process;
    if (event.type === 'append' || event.type === 'deduplicated') return this.lastWriter;
    return event.type === 'marker' || event.type === 'fenced' ? this.lastEnder : undefined;
  }

  /** The message in the hand of whose doing it is; a producer may have gone on while the broker still writes. */
  heldDuring(event: HistoryEvent, process: ProcessId | undefined): string | undefined {
    const held = process === undefined ? undefined : this.inHand.get(process);
    const isOlder = event.type === 'append' && process !== undefined && !this.readers.has(process);
    return isOlder ? undefined : held;
  }

  /** A response carries what its request carried. */
  carriedBy(event: HistoryEvent): readonly string[] {
    if (event.type === 'ok' && event.f === 'poll')
      return polledRecords(event.result).map(({ value }) => value);
    if (event.type === 'response' && event.api === 'Produce') return this.requests.get(event) ?? nothing;
    if (event.type === 'request') return event.detail?.values ?? nothing;
    return 'value' in event && typeof event.value === 'string' ? [event.value] : nothing;
  }

  private produced(event: WireEvent): void {
    this.lastWriter = event.process;
    this.requests.set(event, event.detail?.values ?? nothing);
  }

  private invoked(event: OperationEvent): void {
    const { process, f } = event;
    if (f === 'poll') {
      this.readers.add(process);
      this.inHand.delete(process);
    } else if (f === 'send') {
      this.lastWriter = process;
      if (!this.readers.has(process)) this.inHand.set(process, event.value);
    } else if (f === 'effect') this.inHand.set(process, event.value);
    else if (f !== 'commit-offset' && !this.readers.has(process)) this.inHand.delete(process);
  }

  private handed(process: ProcessId, result: OperationResult | undefined): void {
    const [first] = polledRecords(result);
    if (first !== undefined) this.inHand.set(process, first.value);
  }
}

const nothing: readonly string[] = [];
