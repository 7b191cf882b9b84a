import path from 'node:path';
import { missingForPython, python, pythonPackages } from '../test/clients/toolchains/python.js';
import { runToEnd } from '../test/harness/processes.js';
import { createTopic, deleteTopic } from './client.js';
import type { Contest } from './contest.js';

/** What bench/python/rates.py prints. */
interface Rates {
  readonly produced: number;
  readonly consumed: number;
  readonly latencyMs: number;
  readonly transactions: number;
}

const version = '2.16.1';
const megabytes = 20;

/** The same through confluent-kafka, Python around the C core of librdkafka; and transactions of one record. None where there is no Python. */
export async function confluentContests(): Promise<readonly Contest[]> {
  const missing = await missingForPython();
  if (missing !== undefined) {
    process.stderr.write(`Without the rows of confluent-kafka: ${missing}.\n`);
    return [];
  }
  const packages = await pythonPackages(version);
  return [100, 1000].map((bytes) => confluentContest(bytes, packages));
}

function confluentContest(bytes: number, packages: string): Contest {
  const name = `confluent.${bytes}B`;
  const of = `${bytes} bytes through confluent-kafka`;
  return {
    quantities: [
      { id: `${name}.produce`, what: `produce ${of}`, unit: 'records/s' },
      { id: `${name}.consume`, what: `consume ${of}`, unit: 'records/s' },
      { id: `${name}.latency`, what: `a single record of ${of}, acknowledged`, unit: 'ms' },
      { id: `${name}.transactions`, what: `transactions of a record of ${of}`, unit: 'transactions/s' },
    ],
    measure: async ({ bootstrapServers }, round) => {
      const topic = `${name}-${round}`;
      await createTopic(bootstrapServers, topic);
      const rates = await ratesOf(packages, { bootstrapServers: bootstrapServers.join(), topic, bytes });
      await deleteTopic(bootstrapServers, topic);
      return {
        [`${name}.produce`]: rates.produced,
        [`${name}.consume`]: rates.consumed,
        [`${name}.latency`]: rates.latencyMs,
        [`${name}.transactions`]: rates.transactions,
      };
    },
  };
}

interface Order {
  readonly bootstrapServers: string;
  readonly topic: string;
  readonly bytes: number;
}

async function ratesOf(packages: string, order: Order): Promise<Rates> {
  const program = path.resolve('bench', 'python', 'rates.py');
  // Small records cost the client more than their bytes.
  const count = order.bytes < 1000 ? 60_000 : (megabytes * 1_000_000) / order.bytes;
  const printed = await runToEnd(python, ['-B', program, JSON.stringify({ ...order, count })], {
    env: { ...process.env, PYTHONPATH: packages },
  });
  return JSON.parse(printed) as Rates;
}
