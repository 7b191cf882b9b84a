import path from 'node:path';
import { startEmbeddedBroker } from '../src/broker/start-worker.js';
import { startKafka } from '../test/harness/kafka.js';
import type { BootstrapServers } from './client.js';

/** A broker under measurement. */
export interface MeasuredBroker {
  readonly bootstrapServers: BootstrapServers;
  readonly stop: () => Promise<void>;
}

/** From nothing to a broker that takes connections: the worker thread is started too. */
export async function startEmbedded(): Promise<MeasuredBroker> {
  // The TypeScript loader of this process is none of the broker's.
  return startEmbeddedBroker({ workerFile: path.resolve('dist/broker.js'), nodes: 1, execArgv: [] });
}

/**
 * Apache Kafka with the JVM's own choice of compiler and collector, as a user starts it: the options that make a test's start
 * quick slow its work down.
 * @param onLaunch called when its process is about to start, its log folder being formatted
 */
export async function startApache(onLaunch?: () => void): Promise<MeasuredBroker> {
  return startKafka({
    version: '4.2.0',
    javaOptions: ['-Xmx1g'],
    warmUp: false,
    ...(onLaunch !== undefined && { onLaunch }),
  });
}
