import { startApache, startEmbedded, type MeasuredBroker } from './brokers.js';
import { consume, createTopic, produce } from './client.js';
import { median, timed, type Figure } from './figure.js';

const perBatch = 500;
const bytes = 200;

interface Rates {
  readonly produced: number;
  readonly consumed: number;
}

/** Produce and consume through kafkajs, round by round in turn against both brokers, so that both see the same machine. */
export async function throughput(
  rounds: number,
  batches: number,
  withKafka: boolean,
): Promise<readonly Figure[]> {
  const embedded = await startEmbedded();
  const kafka = withKafka ? await startApache() : undefined;
  try {
    const rates: { readonly embedded: Rates[]; readonly kafka: Rates[] } = { embedded: [], kafka: [] };
    // The first round warms up the client, and both brokers' compilers; it does not count.
    for (let round = 0; round <= rounds; round++) {
      const ours = await oneRound(embedded, round, batches);
      const theirs = kafka && (await oneRound(kafka, round, batches));
      if (round === 0) continue;
      rates.embedded.push(ours);
      if (theirs) rates.kafka.push(theirs);
    }
    return (['produced', 'consumed'] as const).map((what) => figure(what, rates.embedded, rates.kafka));
  } finally {
    await embedded.stop();
    await kafka?.stop();
  }
}

async function oneRound(broker: MeasuredBroker, round: number, batches: number): Promise<Rates> {
  const topic = `throughput-${round}`;
  const count = batches * perBatch;
  await createTopic(broker.bootstrapServers, topic);
  const producedMs = await timed(() => produce(broker.bootstrapServers, topic, { batches, perBatch, bytes }));
  const consumedMs = await consume(broker.bootstrapServers, topic, count);
  return { produced: (count / producedMs) * 1000, consumed: (count / consumedMs) * 1000 };
}

function figure(what: keyof Rates, embedded: readonly Rates[], kafka: readonly Rates[]): Figure {
  const ours = median(embedded.map((rates) => rates[what]));
  const ratios = kafka.map((rates, round) => (embedded[round]?.[what] ?? 0) / rates[what]);
  const name = what === 'produced' ? 'produce' : 'consume';
  return {
    id: `${name}.ratio`,
    what: `${name} through kafkajs: embedded against Apache Kafka`,
    ...(ratios.length > 0 && { measured: median(ratios) }),
    unit: '×',
    target: { bound: 'at least', value: 1 },
    note: `embedded ${ours.toFixed(0)} records/s (${perBatch} × ${bytes} bytes a request)`,
  };
}
