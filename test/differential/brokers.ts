import { startEmbeddedBroker } from '../../src/broker/start-worker.js';
import { bundleWorker } from '../broker/wire/worker-bundle.js';
import { startKafka } from '../harness/kafka.js';
import type { KafkaVersion } from '../harness/kafka-jars.js';
import { Side } from './side.js';

export interface BothBrokers {
  /** Apache Kafka first: it is the judge. */
  readonly sides: readonly [Side, Side];
  /** What the embedded broker reported about itself; a difference may have its reason here. */
  readonly mistakes: readonly string[];
  readonly stop: () => Promise<void>;
}

/** What a new cluster of Kafka 4 has finalized; the rest of the embedded broker stays what 3.9 is. */
const featuresOfKafka4 = { transactionVersion: 2, groupVersion: 1 } as const;

/** One node of each, with the lesson's settings. */
export async function startBoth(version: KafkaVersion): Promise<BothBrokers> {
  const worker = await bundleWorker();
  const [kafka, embedded] = await Promise.all([
    startKafka({ version, settings: 'lesson' }),
    startEmbeddedBroker({
      workerFile: worker.file,
      nodes: 1,
      ...(version === '3.9.1' ? {} : featuresOfKafka4),
    }),
  ]);
  const mistakes: string[] = [];
  embedded.onMistake((text) => mistakes.push(text));
  const sides = [
    new Side(`Apache Kafka ${version}`, addressOf(kafka.bootstrapServers)),
    new Side('embedded', addressOf(embedded.bootstrapServers)),
  ] as const;
  const stop = async (): Promise<void> => {
    await Promise.all(sides.map((side) => side.close()));
    await Promise.all([kafka.stop(), embedded.stop()]);
    await worker.remove();
  };
  return { sides, mistakes, stop };
}

function addressOf([first]: readonly string[]): { readonly host: string; readonly port: number } {
  const [host, port] = (first ?? '').split(':');
  return { host: host ?? '', port: Number(port) };
}
