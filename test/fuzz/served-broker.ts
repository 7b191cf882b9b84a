// A served broker in a process of its own: what it needs of memory is its own, and when it dies, that is seen.
import { randomUUID } from 'node:crypto';
import { Broker } from '../../src/broker/broker.js';
import { systemClock } from '../../src/broker/clock.js';
import { listen } from '../../src/broker/server.js';

/** What the broker's process tells the one that started it. */
export type Report =
  | { readonly kind: 'listening'; readonly port: number }
  | { readonly kind: 'mistake'; readonly text: string }
  | { readonly kind: 'state'; readonly residentBytes: number; readonly openConnections: number };

async function main(): Promise<void> {
  const report = (message: Report): void => void process.send?.(message);
  const mistake = (error: unknown): void =>
    report({
      kind: 'mistake',
      text: error instanceof Error ? (error.stack ?? error.message) : String(error),
    });
  // Nothing may get here: the broker's own thread has nobody who would catch it.
  process.on('uncaughtException', mistake);
  process.on('unhandledRejection', mistake);
  const broker = new Broker({ nodes: 1 }, { clock: systemClock, uniqueId: randomUUID, onMistake: mistake });
  const { ports } = await listen(broker, { nodes: 1 });
  process.on('message', () => {
    globalThis.gc?.();
    const { rss } = process.memoryUsage();
    report({ kind: 'state', residentBytes: rss, openConnections: broker.openConnections });
  });
  process.on('disconnect', () => process.exit());
  report({ kind: 'listening', port: ports[0] ?? 0 });
}

void main();
