import { bundleWorker } from '../broker/wire/worker-bundle.js';
import { startEmbeddedBroker } from '../../src/broker/start-worker.js';
import { startKafka } from '../harness/kafka.js';
import type { Address } from '../harness/kafka-probe.js';
import { startLossyProxy } from './lossy-proxy.js';

/** A broker as a program sees it. */
export interface Target {
  readonly name: 'embedded' | 'Apache Kafka';
  /** For `bootstrap.servers`. */
  readonly bootstrap: string;
  /** The same broker behind a proxy that loses answers on demand. */
  readonly lossy: string;
  /** Mistakes of the embedded broker itself since the last call: stacks. */
  readonly mistakes: () => readonly string[];
  readonly stop: () => Promise<void>;
}

/** Three virtual nodes, with the defaults of Apache Kafka and the short time-outs of the harness. */
export async function startEmbedded(): Promise<Target> {
  const worker = await bundleWorker();
  const broker = await startEmbeddedBroker({ workerFile: worker.file, nodes: 3, autoCreate: true });
  const mistakes: string[] = [];
  broker.onMistake((text) => mistakes.push(text));
  const proxy = await startLossyProxy(broker.bootstrapServers.map(addressOf));
  return {
    name: 'embedded',
    bootstrap: broker.bootstrapServers.join(','),
    lossy: proxy.bootstrapServers.join(','),
    mistakes: () => mistakes.splice(0),
    stop: async () => {
      await proxy.stop();
      await broker.stop();
      await worker.remove();
    },
  };
}

/** One node of Apache Kafka 3.9.1, the version that the embedded broker imitates. */
export async function startReal(): Promise<Target> {
  const kafka = await startKafka({ version: '3.9.1', settings: 'lesson' });
  const proxy = await startLossyProxy(kafka.addresses);
  return {
    name: 'Apache Kafka',
    bootstrap: kafka.bootstrapServers.join(','),
    lossy: proxy.bootstrapServers.join(','),
    mistakes: () => [],
    stop: async () => {
      await proxy.stop();
      await kafka.stop();
    },
  };
}

function addressOf(server: string): Address {
  const [host = '', port] = server.split(':');
  return { host, port: Number(port) };
}
