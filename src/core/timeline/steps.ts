import type {
  DrainEvent,
  FaultEvent,
  History,
  HistoryEvent,
  OperationEvent,
  ProcessId,
  Recorded,
  WireEvent,
} from '../history/events.js';
import { answersTo, isHousekeeping, laneOf } from './apis.js';
import { Hands } from './hands.js';
import type { PartitionLog } from './log-entry.js';
import { brokerLane, seeder, type Step } from './step.js';

/**
 * The history as steps. Not told by themselves: the `invoke` (the request or the ending shows it), an `ok` that a response
 * has shown already, watermarks, the arming of the fault, and the second and later readers at the same moment.
 */
export function readSteps(history: History, logs: readonly PartitionLog[]): readonly Step[] {
  const outputs = logs.filter(({ role }) => role === 'output').map(({ topic }) => topic);
  const reading = new StepReading(writtenValues(logs), new Set(outputs));
  for (const event of history) reading.take(event);
  return reading.steps;
}

type Draft = { -readonly [Key in keyof Step]: Step[Key] };

class StepReading {
  readonly steps: Draft[] = [];
  private readonly hands = new Hands();
  private readonly invokedAt = new Map<ProcessId, Map<number, number>>();
  /** By process and API: the last response that reached it. */
  private readonly answered = new Map<ProcessId, Map<string, number>>();
  private lastAppend = -1;
  private readonly sent = new Map<ProcessId, Set<string>>();
  /** The strike whose crash comes right behind it. */
  private readonly deadly = new Map<ProcessId, FaultEvent>();

  constructor(
    private readonly written: ReadonlyMap<number, readonly string[]>,
    private readonly outputs: ReadonlySet<string>,
  ) {}

  take(event: HistoryEvent): void {
    this.hands.take(event);
    if (this.isTold(event)) this.add(event);
    else if (event.type !== 'invoke') this.attach(event);
    if (event.type === 'drain' && this.isTelling(event.topic)) this.count(event);
  }

  /** Of a pipeline the outputs tell; where nothing is written, the input. */
  private isTelling(topic: string): boolean {
    return this.outputs.size === 0 || this.outputs.has(topic);
  }

  private count({ isolation, records }: DrainEvent): void {
    const look = this.steps.at(-1);
    if (look !== undefined)
      look.found = { ...look.found, [isolation]: (look.found?.[isolation] ?? 0) + records.length };
  }

  /** What is not told by itself is true with the step before it; an `invoke` belongs to what follows from it. */
  private attach({ seq }: HistoryEvent): void {
    const step = this.steps.at(-1);
    if (step !== undefined) step.until = seq;
  }

  private isTold(event: HistoryEvent): boolean {
    switch (event.type) {
      case 'run':
      case 'watermarks':
        return false;
      case 'invoke':
        this.noteInvoke(event);
        return false;
      case 'ok':
        return !this.isShownByAnswer(event);
      case 'response':
        if (event.fate === undefined) this.noteAnswer(event);
        return true;
      case 'append':
        this.lastAppend = event.seq;
        return true;
      case 'fault':
        return event.event === 'fired' && !this.joins(event);
      case 'drain':
        return !this.isSameLook(event);
      default:
        return true;
    }
  }

  private isShownByAnswer(event: Recorded<OperationEvent>): boolean {
    const since = this.invokedAt.get(event.process)?.get(event.operation) ?? event.seq;
    if (event.process === seeder) return this.lastAppend > since;
    const answers = this.answered.get(event.process);
    return answers !== undefined && answersTo(event.f).some((api) => (answers.get(api) ?? -1) > since);
  }

  private noteInvoke({ process, operation, seq }: Recorded<OperationEvent>): void {
    const own = this.invokedAt.get(process) ?? new Map<number, number>();
    this.invokedAt.set(process, own.set(operation, seq));
  }

  private noteAnswer({ process, api, seq }: Recorded<WireEvent>): void {
    const answers = this.answered.get(process) ?? new Map<string, number>();
    this.answered.set(process, answers.set(api, seq));
  }

  /** A strike on the wire belongs to the frame that it struck, and a deadly one to the crash that follows. */
  private joins(event: Recorded<FaultEvent>): boolean {
    const step = this.steps.at(-1);
    if (step !== undefined && isStruckFrame(step.event) && step.process === event.process) {
      step.fault = event;
      return true;
    }
    if (!event.action.startsWith('crash')) return false;
    this.deadly.set(event.process, event);
    return true;
  }

  private isSameLook(event: HistoryEvent): boolean {
    const before = this.steps.at(-1)?.event;
    return before?.type === 'drain' && event.type === 'drain' && before.label === event.label;
  }

  private add(event: HistoryEvent): void {
    const process = this.hands.actorOf(event);
    // What a reader is the first to find was not written at that moment.
    const written = event.type === 'drain' ? undefined : this.written.get(event.seq);
    const carried = written ?? this.hands.carriedBy(event);
    const fault = event.type === 'fault' ? event : this.deadlyStrike(event);
    const step: Draft = {
      index: this.steps.length,
      event,
      until: event.seq,
      lane: laneOfEvent(event, process),
      carried,
      values: withHeld(carried, this.hands.heldDuring(event, process)),
      isRepeated: this.isRepeated(event),
      isHousekeeping: isFrame(event) && isHousekeeping(event) && event.fate === undefined,
    };
    if (process !== undefined) step.process = process;
    if (fault !== undefined) step.fault = fault;
    this.steps.push(step);
  }

  private isRepeated(event: HistoryEvent): boolean {
    if (event.type !== 'request' || event.detail?.values === undefined) return false;
    const own = this.sent.get(event.process) ?? new Set<string>();
    this.sent.set(event.process, own);
    const before = own.size;
    return own.add(event.detail.values.join('\n')).size === before;
  }

  private deadlyStrike(event: HistoryEvent): FaultEvent | undefined {
    if (event.type !== 'process' || event.event !== 'crash') return undefined;
    const strike = this.deadly.get(event.process);
    this.deadly.delete(event.process);
    return strike;
  }
}

/** What was written at which moment. */
function writtenValues(logs: readonly PartitionLog[]): ReadonlyMap<number, readonly string[]> {
  const values = new Map<number, string[]>();
  for (const { entries } of logs)
    for (const { writtenAt, content } of entries) {
      if (content.kind !== 'record') continue;
      const together = values.get(writtenAt);
      if (together === undefined) values.set(writtenAt, [content.value]);
      else together.push(content.value);
    }
  return values;
}

/** Frames stand at their far end; what a process does by itself, in its own lane; the seeder has none. */
function laneOfEvent(event: HistoryEvent, process: ProcessId | undefined): string {
  if (isFrame(event)) return laneOf(event.api);
  const own = 'process' in event ? event.process : undefined;
  return own === undefined || process === seeder ? brokerLane : own;
}

function withHeld(carried: readonly string[], held: string | undefined): readonly string[] {
  return held === undefined || carried.includes(held) ? carried : [...carried, held];
}

export function isFrame(event: HistoryEvent): event is Recorded<WireEvent> {
  return event.type === 'request' || event.type === 'response';
}

function isStruckFrame(event: HistoryEvent): boolean {
  return isFrame(event) && event.fate !== undefined;
}
