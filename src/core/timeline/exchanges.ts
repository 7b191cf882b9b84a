import type { ProcessId, WireEvent } from '../history/events.js';

/**
 * What is known of requests, to be found again by their responses. Keyed without making a text for each frame: a long history has
 * hundreds of thousands.
 */
export class Exchanges<T> {
  private readonly byProcess = new Map<ProcessId, Map<number, T>>();

  set({ process, connection, correlationId }: WireEvent, value: T): void {
    const own = this.byProcess.get(process) ?? new Map<number, T>();
    this.byProcess.set(process, own.set(numberOf(connection, correlationId), value));
  }

  get({ process, connection, correlationId }: WireEvent): T | undefined {
    return this.byProcess.get(process)?.get(numberOf(connection, correlationId));
  }

  /** Each request is answered once. */
  take(response: WireEvent): T | undefined {
    const value = this.get(response);
    this.byProcess.get(response.process)?.delete(numberOf(response.connection, response.correlationId));
    return value;
  }
}

/** Correlation ids are 32 bits wide, so this stays exact up to two million connections. */
function numberOf(connection: number, correlationId: number): number {
  return connection * 2 ** 32 + correlationId;
}
