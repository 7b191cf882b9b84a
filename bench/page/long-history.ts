import type { History, Observation } from '../../src/core/history/events.js';

const topic = 'lab.long.output';
const process = 'producer';

/**
 * A producer's run of that many events: each message is sent, appended and acknowledged, and the answer to one of them is lost, or
 * to every one, so that all stand in the log twice.
 */
export function longHistory(events: number, lost: 'one' | 'all' = 'one'): History {
  const writing = new Writing();
  const struck = Math.floor(events / 12);
  for (let message = 0; writing.observations.length < events - 12; message += 1)
    writing.send(message, lost === 'all' || message === struck);
  return writing.finish().map((observation, seq) => ({ ...observation, seq, timeMs: seq / 10 }));
}

class Writing {
  readonly observations: Observation[] = [
    {
      ...{ type: 'run', phase: 'fault', broker: 'embedded', layer: 'producer-to-log' },
      topics: [{ role: 'output', topic, partitions: 1 }],
    },
    { type: 'process', process, actor: process, event: 'start' },
  ];
  private readonly log: string[] = [];

  send(message: number, isStruck: boolean): void {
    const value = `m${message}`;
    const send = { f: 'send', topic, partition: 0, value, process, operation: message } as const;
    const strike = { type: 'fault', event: 'fired', point: 'P2', process, message: value } as const;
    this.observations.push({ type: 'invoke', ...send });
    this.exchange(value, isStruck);
    if (isStruck) {
      this.observations.push({ ...strike, api: 'Produce', action: 'lose-response' });
      this.exchange(value, false);
    }
    this.observations.push({ type: 'ok', ...send, result: { offset: this.log.length - 1 } });
  }

  finish(): readonly Observation[] {
    const records = this.log.map((value, offset) => ({ offset, value }));
    const end = records.length;
    const place = { topic, partition: 0, logStart: 0, highWatermark: end, lastStableOffset: end };
    this.observations.push({ type: 'process', process, actor: process, event: 'stop' });
    for (const isolation of ['read_uncommitted', 'read_committed'] as const)
      this.observations.push({ type: 'drain', label: 'end', isolation, ...place, records, complete: true });
    return this.observations;
  }

  private exchange(value: string, isLost: boolean): void {
    const offset = this.log.push(value) - 1;
    const frame = { process, connection: 0, api: 'Produce', version: 7, correlationId: offset, bytes: 184 };
    const place = { topic, partition: 0 };
    const batch = { producerId: -1, epoch: -1, sequence: -1, transactional: false };
    this.observations.push(
      { type: 'request', ...frame, detail: { ...place, values: [value] } },
      { type: 'append', ...place, baseOffset: offset, lastOffset: offset, ...batch },
      { type: 'watermarks', ...place, highWatermark: offset + 1, lastStableOffset: offset + 1 },
      {
        ...{ type: 'response', ...frame, ...(isLost ? { fate: 'lost' } : {}) },
        detail: { ...place, baseOffset: offset, errorCode: 0 },
      },
    );
  }
}
