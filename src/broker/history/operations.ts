import type { Observation, Operation, OperationResult } from '../../core/history/events.js';
import { definiteErrors, definiteErrorsOfEnd } from '../../core/history/definite-errors.js';
import type { ExchangeEvent } from '../exchange-event.js';
import { errorName } from '../protocol/errors.js';

/** An operation that a request asks for; it ends with the request's answer. */
export interface Begun {
  readonly process: string;
  readonly operation: number;
  readonly what: Operation;
}

/** Writes requests as operations of whoever sent them: one process for each connection. */
export class Operations {
  private count = 0;
  private readonly pending = new Set<Begun>();

  constructor(private readonly tell: (observation: Observation) => void) {}

  begin(event: ExchangeEvent, what: Operation): Begun {
    const begun = { process: processOf(event), operation: ++this.count, what };
    this.pending.add(begun);
    this.tell({ type: 'invoke', process: begun.process, operation: begun.operation, ...what });
    return begun;
  }

  succeed(begun: Begun, result?: OperationResult): void {
    this.end(begun, { type: 'ok', ...(result && { result }) });
  }

  /** As the client has to read it: many an error leaves open whether the request took effect. */
  answer(begun: Begun, errorCode: number, result?: OperationResult): void {
    if (errorCode === 0) {
      this.succeed(begun, result);
      return;
    }
    const ends = begun.what.f === 'commit' || begun.what.f === 'abort';
    const codes = ends ? definiteErrorsOfEnd : definiteErrors;
    const type = codes.has(errorCode) ? 'fail' : 'info';
    this.end(begun, { type, error: errorName(errorCode), code: errorCode });
  }

  /** No answer went out: the client cannot know. */
  leaveOpen(begun: Begun): void {
    this.end(begun, { type: 'info', error: 'no answer was sent' });
  }

  /** Recording ends: what still waits for its answer never got it. */
  leaveAllOpen(): void {
    for (const begun of [...this.pending]) this.leaveOpen(begun);
  }

  private end(begun: Begun, ending: Ending): void {
    if (!this.pending.delete(begun)) return;
    const { process, operation, what } = begun;
    this.tell({ ...ending, process, operation, ...what });
  }
}

type Ending =
  | { readonly type: 'ok'; readonly result?: OperationResult }
  | { readonly type: 'fail' | 'info'; readonly error: string; readonly code?: number };

/** `my-app#4`: several clients may have one id, and a client several connections. */
export function processOf({ clientId, connectionId }: ExchangeEvent): string {
  return `${clientId ?? ''}#${connectionId}`;
}
