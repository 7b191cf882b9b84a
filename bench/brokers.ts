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
  return startEmbeddedBroker({ workerFile: path.resolve('dist/broker.js'), nodes: 1 });
}

/** Apache Kafka with the JVM's own choice of compiler and collector: the quick start of the tests would slow it down. */
export async function startApache(): Promise<MeasuredBroker> {
  return startKafka({ version: '4.2.0', javaOptions: ['-Xmx1g'] });
}
