import { startApache, startEmbedded, type MeasuredBroker } from './brokers.js';
import { consume, createTopic, produce } from './client.js';
import { median, type Figure } from './figure.js';

/**
 * Broker start → first record consumed. Apache Kafka's time starts with its process; formatting its log folder, a second
 * start of a JVM, is not a part of it, and it has no rebalance delay to wait for. Of its two starts the quicker one counts.
 */
export async function startToFirstRecord(rounds: number, withKafka: boolean): Promise<readonly Figure[]> {
  await firstRecord(startEmbedded, 'warm-up');
  const embedded: number[] = [];
  for (let round = 0; round < rounds; round++)
    embedded.push(await firstRecord(startEmbedded, `first-${round}`));
  const kafka = withKafka ? [await apacheFirstRecord(0), await apacheFirstRecord(1)] : [];
  return figures(median(embedded), kafka.length === 0 ? undefined : Math.min(...kafka));
}

function figures(embedded: number, kafka: number | undefined): readonly Figure[] {
  return [
    {
      id: 'first-record.ratio',
      what: 'broker start → first record consumed: how much faster than Apache Kafka',
      ...(kafka !== undefined && { measured: kafka / embedded }),
      unit: '×',
      target: { bound: 'at least', value: 20 },
      note: kafka === undefined ? 'needs Java and Maven' : `Apache Kafka 4.2.0: ${kafka.toFixed(0)} ms`,
    },
    {
      id: 'first-record.embedded',
      what: 'broker start → first record consumed: embedded',
      measured: embedded,
      unit: 'ms',
      target: { bound: 'at most', value: 150 },
    },
  ];
}

async function firstRecord(start: () => Promise<MeasuredBroker>, topic: string): Promise<number> {
  const begin = performance.now();
  const broker = await start();
  try {
    return await untilFirstRecord(broker, topic, begin);
  } finally {
    await broker.stop();
  }
}

async function apacheFirstRecord(round: number): Promise<number> {
  let begin = 0;
  const kafka = await startApache(() => {
    begin = performance.now();
  });
  try {
    return await untilFirstRecord(kafka, `first-${round}`, begin);
  } finally {
    await kafka.stop();
  }
}

/** Creates a topic, writes one record and reads it. @returns milliseconds since `begin` */
async function untilFirstRecord(broker: MeasuredBroker, topic: string, begin: number): Promise<number> {
  await createTopic(broker.bootstrapServers, topic);
  await produce(broker.bootstrapServers, topic, { batches: 1, perBatch: 1, bytes: 100 });
  const before = performance.now();
  return before - begin + (await consume(broker.bootstrapServers, topic, 1));
}
