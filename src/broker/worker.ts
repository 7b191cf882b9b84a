import { randomUUID } from 'node:crypto';
import { parentPort, workerData, type MessagePort } from 'node:worker_threads';
import { assertNever } from '../core/assert-never.js';
import { Broker } from './broker.js';
import { systemClock } from './clock.js';
import { FaultRuleError } from './fault-rule.js';
import { recordHistory, type Recording } from './history/recorder.js';
import { monotonicMs } from './monotonic.js';
import { listen, type Listeners } from './server.js';
import type { Timed, Told, Topic, WorkerCommand, WorkerReport, WorkerSettings } from './worker-messages.js';

/** The broker's thread: a served broker on one side, commands and events on the other (start-worker.ts). */
if (parentPort) void serve(parentPort, workerData as WorkerSettings);

async function serve(port: MessagePort, settings: WorkerSettings): Promise<void> {
  const report = (message: WorkerReport) => port.postMessage(message);
  const onMistake = (error: unknown) => report({ kind: 'mistake', message: textOf(error) });
  const broker = new Broker(settings, { clock: systemClock, uniqueId: randomUUID, onMistake });
  try {
    const listeners = await listen(broker, settings);
    const post = new Post(broker, report);
    port.on('message', (command: WorkerCommand) => {
      void obey(command, broker, listeners, post, report).finally(() => {
        if (command.kind === 'stop') port.close();
      });
    });
    report({ kind: 'listening', ports: listeners.ports });
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    report({ kind: 'not-listening', code, message: error instanceof Error ? error.message : String(error) });
    broker.close();
    port.close();
  }
}

async function obey(
  command: WorkerCommand,
  broker: Broker,
  listeners: Listeners,
  post: Post,
  report: (message: WorkerReport) => void,
): Promise<void> {
  try {
    const result = await act(command, broker, listeners, post);
    report({ kind: 'done', command: command.command, ...(result !== undefined && { result }) });
  } catch (error) {
    const message = error instanceof FaultRuleError ? error.message : textOf(error);
    report({ kind: 'failed', command: command.command, message });
  }
}

async function act(
  command: WorkerCommand,
  broker: Broker,
  listeners: Listeners,
  post: Post,
): Promise<string | boolean | undefined> {
  switch (command.kind) {
    case 'arm':
      return broker.arm(command.rule);
    case 'disarm':
      return broker.disarm(command.rule);
    case 'listen':
      post.listen(command.topic, command.on);
      return undefined;
    case 'finish-history':
      post.finishHistory();
      return undefined;
    case 'flush':
      post.flush();
      return undefined;
    case 'stop':
      broker.close();
      await listeners.close();
      post.flush();
      return undefined;
    default:
      return assertNever(command);
  }
}

/** Events go over in batches, one for each turn of the event loop, and only of those kinds that somebody listens to. */
class Post {
  private readonly stops = new Map<Topic, () => void>();
  private pending = emptyBatches();
  private recording: Recording | undefined;
  private scheduled = false;

  constructor(
    private readonly broker: Broker,
    private readonly report: (message: WorkerReport) => void,
  ) {}

  listen(topic: Topic, on: boolean): void {
    this.stops.get(topic)?.();
    this.stops.delete(topic);
    if (on) this.stops.set(topic, this.subscribe(topic));
  }

  finishHistory(): void {
    this.recording?.finish();
    this.flush();
  }

  flush(): void {
    if (!this.scheduled) return;
    this.scheduled = false;
    this.report({ kind: 'told', ...this.pending });
    this.pending = emptyBatches();
  }

  private subscribe(topic: Topic): () => void {
    switch (topic) {
      case 'events':
        return this.broker.onEvent((event) => this.add(this.pending.events, event));
      case 'rules':
        return this.broker.onRule((event) => this.add(this.pending.rules, event));
      case 'requests':
        return this.broker.onRequest((event) => this.add(this.pending.requests, event));
      case 'history':
        return this.record();
      default:
        return assertNever(topic);
    }
  }

  private record(): () => void {
    const recording = recordHistory(this.broker, (one) => this.add(this.pending.history, one));
    this.recording = recording;
    return () => recording.stop();
  }

  private add<Event extends object>(batch: Timed<Event>[], event: Event): void {
    batch.push({ ...event, atMs: monotonicMs() });
    if (this.scheduled) return;
    this.scheduled = true;
    setImmediate(() => this.flush());
  }
}

function emptyBatches(): { [Name in Topic]: Told[Name][] } {
  return { events: [], rules: [], requests: [], history: [] };
}

function textOf(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
