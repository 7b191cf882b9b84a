import { consume, createTopic, deleteTopic, latencies, produce } from './client.js';
import type { Contest } from './contest.js';
import { median, timed } from './figure.js';

const perBatch = 500;
const single = 100;

/** Produce (acks all, one request after the other), consume, and single records, through kafkajs. */
export function kafkajsContests(batches: number): readonly Contest[] {
  return [100, 1000].map((bytes) => kafkajsContest(bytes, batches));
}

function kafkajsContest(bytes: number, batches: number): Contest {
  const name = `kafkajs.${bytes}B`;
  const of = `${bytes} bytes through kafkajs`;
  return {
    quantities: [
      { id: `${name}.produce`, what: `produce ${of}`, unit: 'records/s' },
      { id: `${name}.consume`, what: `consume ${of}`, unit: 'records/s' },
      { id: `${name}.latency`, what: `a single record of ${of}, acknowledged`, unit: 'ms' },
    ],
    measure: async ({ bootstrapServers }, round) => {
      const topic = `${name}-${round}`;
      const count = batches * perBatch;
      await createTopic(bootstrapServers, topic);
      const producedMs = await timed(() => produce(bootstrapServers, topic, { batches, perBatch, bytes }));
      const consumedMs = await consume(bootstrapServers, topic, count);
      const latencyMs = median(await latencies(bootstrapServers, topic, { count: single, bytes }));
      await deleteTopic(bootstrapServers, topic);
      return {
        [`${name}.produce`]: (count / producedMs) * 1000,
        [`${name}.consume`]: (count / consumedMs) * 1000,
        [`${name}.latency`]: latencyMs,
      };
    },
  };
}
