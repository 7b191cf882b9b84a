import type { KafkaClient } from '../../src/clients/kafkajs.js';
import { seededRandom } from '../broker/protocol/seeded-random.js';
import { BrokerProcess } from '../fuzz/broker-process.js';
import { administrator } from './administrator.js';
import {
  kafka,
  orderProducer,
  orders,
  pipeline,
  processed,
  reader,
  restlessReader,
} from './kafkajs-clients.js';
import { Ledger, type Count, type Witness } from './ledger.js';
import { raw, rawClient } from './raw-client.js';
import { pause, work, type SoakClient } from './soak-client.js';

export interface SoakOptions {
  readonly seconds: number;
  readonly seed: number;
  readonly progress?: (ledger: Ledger, residentBytes: number) => void;
}

export interface SoakResult {
  readonly counts: Readonly<Record<Witness, Count>>;
  /** Of the broker's process, after a collection: one number each second. */
  readonly residentBytes: readonly number[];
  readonly mistakes: readonly string[];
}

/** How long stragglers may take when nothing is sent any more. */
const settlingMs = 20_000;

/** Eight clients at once; @throws when one of them fails. */
export async function soak(options: SoakOptions): Promise<SoakResult> {
  const broker = await BrokerProcess.start();
  try {
    const ledger = new Ledger();
    const residentBytes = await run(broker, ledger, options);
    const counts = {
      consumed: ledger.count('consumed'),
      processed: ledger.count('processed'),
      raw: ledger.count('raw'),
    };
    return { counts, residentBytes, mistakes: [...broker.mistakes.keys()] };
  } finally {
    await broker.stop();
  }
}

async function run(broker: BrokerProcess, ledger: Ledger, options: SoakOptions): Promise<readonly number[]> {
  const address = `${broker.address.host}:${broker.address.port}`;
  await makeTopics(kafka(address, 'maker'));
  const client = (name: string): KafkaClient => kafka(address, name);
  const readers = [
    await pipeline(client('pipeline'), seededRandom(options.seed)),
    await reader(client('reader'), processed, 'readers', (record) => ledger.see('processed', record)),
    await reader(client('consumer'), orders, 'consumers', (record) => ledger.see('consumed', record)),
  ];
  const writers = [
    await orderProducer(client('first'), 'first', ledger),
    await orderProducer(client('second'), 'second', ledger),
    await rawClient(broker.address, ledger),
    await restlessReader(client('restless'), 'consumers', (record) => ledger.see('consumed', record)),
    await administrator(client('administrator')),
  ];
  const residentBytes = await workFor(options, broker, ledger, [...readers, ...writers]);
  for (const writer of writers) await writer.stop();
  await untilNothingIsMissing(ledger);
  for (const each of readers) await each.stop();
  return residentBytes;
}

async function makeTopics(client: KafkaClient): Promise<void> {
  const admin = client.admin();
  await admin.connect();
  const topics = [orders, processed, raw].map((topic) => ({ topic, numPartitions: topic === raw ? 1 : 3 }));
  await admin.createTopics({ topics });
  await admin.disconnect();
}

async function workFor(
  { seconds, progress }: SoakOptions,
  broker: BrokerProcess,
  ledger: Ledger,
  clients: readonly SoakClient[],
): Promise<readonly number[]> {
  const end = performance.now() + seconds * 1000;
  const isOver = (): boolean => performance.now() > end;
  const working = Promise.all(clients.map((client) => work(client, isOver)));
  const residentBytes: number[] = [];
  const watching = async (): Promise<void> => {
    while (!isOver()) {
      await pause(1000);
      const state = await broker.state();
      residentBytes.push(state.residentBytes);
      if (residentBytes.length % 10 === 0) progress?.(ledger, state.residentBytes);
    }
  };
  await Promise.all([working, watching()]);
  return residentBytes;
}

async function untilNothingIsMissing(ledger: Ledger): Promise<void> {
  const end = performance.now() + settlingMs;
  const witnesses: readonly Witness[] = ['consumed', 'processed'];
  while (witnesses.some((witness) => ledger.missing(witness).length > 0) && performance.now() < end) {
    await pause(50);
  }
}
