import { Worker } from 'node:worker_threads';
import type { ActorAssignment, FromActor, ToActor } from '../clients/actor-protocol.js';
import { LabError } from '../core/lab-error.js';

export interface ActorListener {
  message(message: FromActor): void;
  /** An exception that nobody caught in the thread; `exited` follows. */
  failed(error: unknown): void;
  exited(code: number): void;
}

/** A worker thread that has loaded the client and waits to become somebody. */
export class ActorThread {
  private listener: ActorListener | undefined;
  private readonly worker: Worker;
  private readonly ready: Promise<void>;

  constructor(file: string) {
    // Neither flags nor environment of whoever hosts us may change what the client does (KAFKAJS_…, NODE_ENV, --inspect).
    this.worker = new Worker(file, { env: {}, execArgv: [] });
    this.ready = new Promise((resolve, reject) => {
      this.worker.once('message', () => resolve());
      this.worker.once('error', (error) => reject(error));
      this.worker.once('exit', (code) => reject(new Error(`exit code ${code}`)));
    });
    this.ready.catch(() => undefined);
    this.worker.on('message', (message: FromActor) => this.listener?.message(message));
    this.worker.on('error', (error) => this.listener?.failed(error));
    this.worker.on('exit', (code) => this.listener?.exited(code));
  }

  /** @throws LabError worker-failed when the thread could not load the client. */
  async start(assignment: ActorAssignment, listener: ActorListener): Promise<void> {
    try {
      await this.ready;
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      throw new LabError('worker-failed', { process: assignment.process, reason }, { cause: error });
    }
    this.listener = listener;
    this.post({ kind: 'start', assignment });
  }

  post(message: ToActor): void {
    this.worker.postMessage(message);
  }

  async terminate(): Promise<void> {
    this.listener = undefined;
    await this.worker.terminate();
  }
}
