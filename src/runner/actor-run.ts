import type { ActorAssignment, FromActor } from '../clients/actor-protocol.js';
import type { ClientLogEntry } from '../clients/kafka-client.js';
import { monotonicMs } from '../clients/monotonic.js';
import type { Observation } from '../core/history/events.js';
import type { ActorThread } from './actor-thread.js';
import type { EffectLedger } from './effect-ledger.js';

export type Ending = 'crash' | 'stop' | 'error';

export interface ActorRunListener {
  event(counter: number, atMs: number, event: Observation): void;
  log(entry: ClientLogEntry): void;
}

/** One incarnation of an actor as the runner sees it: its events, its effects, its end. */
export class ActorRun {
  private ending: Ending | undefined;
  private events = 0;
  private failure: string | undefined;

  constructor(
    private readonly thread: ActorThread,
    private readonly assignment: ActorAssignment,
    private readonly ledger: EffectLedger,
    private readonly listener: ActorRunListener,
  ) {}

  /** Resolves when the thread is gone: a crash has then closed its sockets. */
  whole(): Promise<Ending> {
    return new Promise((resolve, reject) => {
      this.thread
        .start(this.assignment, {
          message: (message) => this.message(message),
          failed: (error) => (this.failure = error instanceof Error ? error.message : String(error)),
          exited: (code) => resolve(this.ended(code)),
        })
        .catch(reject);
    });
  }

  terminate(): Promise<void> {
    return this.thread.terminate();
  }

  private message(message: FromActor): void {
    switch (message.kind) {
      case 'event':
        this.events = Math.max(this.events, message.counter + 1);
        if (message.event.type === 'process' && message.event.event !== 'start')
          this.ending = message.event.event;
        this.listener.event(message.counter, message.atMs, message.event);
        break;
      case 'effect':
        this.thread.post({
          kind: 'effect-done',
          request: message.request,
          skipped: this.ledger.perform(message),
        });
        break;
      case 'log':
        this.listener.log(message);
        break;
      case 'ready':
    }
  }

  /** A thread that ended without saying so failed in a way that nobody had planned. */
  private ended(code: number): Ending {
    if (this.ending) return this.ending;
    const { process, name } = this.assignment;
    const error = this.failure ?? `the thread ended with code ${code}`;
    this.listener.event(this.events, monotonicMs(), {
      type: 'process',
      process,
      actor: name,
      event: 'error',
      error,
    });
    return 'error';
  }
}
