import { startEmbeddedBroker, type EmbeddedBroker } from '../../src/broker/start-worker.js';
import type { FaultRule } from '../../src/broker/fault-rule.js';
import { ClusterConnection } from '../../src/clients/cluster-connection.js';
import { bundleWorker } from '../broker/wire/worker-bundle.js';
import type { RealKafka } from '../harness/kafka.js';
import { freePort } from '../harness/processes.js';
import { illegalGeneration, type Armed, type Strike } from './strike.js';
import { startStrikingProxy } from './striking-proxy.js';

/** A broker that a program is run against, and struck at. */
export interface ProvingBroker {
  readonly kind: 'embedded' | 'kafka';
  /** What the program is told. */
  readonly bootstrap: string;
  /** The harness's own way in, which is never struck. */
  readonly cluster: ClusterConnection;
  arm(strike: Strike): Promise<Armed>;
  /** Mistakes of the embedded broker itself: stacks. */
  readonly mistakes: readonly string[];
  close(): Promise<void>;
}

/** Where programs are run one after the other; the address stays, so that a program is compiled once. */
export interface ProvingGround {
  readonly kind: ProvingBroker['kind'];
  readonly bootstrap: string;
  open(): Promise<ProvingBroker>;
  stop(): Promise<void>;
}

/** A fresh embedded broker for every run, always at the same port. */
export async function embeddedGround(): Promise<ProvingGround> {
  const worker = await bundleWorker();
  const port = await freePort();
  return {
    kind: 'embedded',
    bootstrap: `127.0.0.1:${port}`,
    open: () => openEmbedded(worker.file, port),
    stop: () => worker.remove(),
  };
}

async function openEmbedded(workerFile: string, port: number): Promise<ProvingBroker> {
  const broker = await startEmbeddedBroker({
    workerFile,
    nodes: 1,
    ports: [port],
    groupInitialRebalanceDelayMs: 0,
  });
  const mistakes: string[] = [];
  broker.onMistake((text) => mistakes.push(text));
  const cluster = await connect(broker.bootstrapServers);
  return {
    kind: 'embedded',
    bootstrap: broker.bootstrapServers.join(','),
    cluster,
    mistakes,
    arm: (strike) => armRule(broker, strike),
    close: async () => {
      await cluster.close();
      await broker.stop();
    },
  };
}

async function armRule(broker: EmbeddedBroker, strike: Strike): Promise<Armed> {
  let stop = (): void => undefined;
  const struck = new Promise<void>((resolve) => {
    stop = broker.onRule(({ event }) => {
      if (event === 'fired') resolve();
    });
  });
  const id = await broker.arm(ruleOf(strike));
  return {
    struck,
    lift: async () => {
      await broker.disarm(id);
      stop();
    },
  };
}

function ruleOf({ api, nth, moment, effect, goesOn }: Strike): FaultRule {
  const rule = { api, nth, ...(goesOn && { count: 1_000_000 }) };
  if (effect === 'refuse')
    return { ...rule, phase: 'received', action: { kind: 'error', code: illegalGeneration } };
  if (moment === 'before') return { ...rule, phase: 'received', action: { kind: 'close' } };
  return { ...rule, phase: 'beforeReply', action: goesOn ? { kind: 'drop-reply' } : { kind: 'close' } };
}

/** An Apache Kafka that goes on from run to run, behind a proxy that strikes. */
export async function kafkaGround(kafka: RealKafka): Promise<ProvingGround> {
  const proxy = await startStrikingProxy(kafka.addresses);
  return {
    kind: 'kafka',
    bootstrap: proxy.bootstrap,
    open: async () => {
      const cluster = await connect(kafka.bootstrapServers);
      return {
        kind: 'kafka',
        bootstrap: proxy.bootstrap,
        cluster,
        mistakes: [],
        arm: (strike) => Promise.resolve(proxy.arm(strike)),
        close: () => cluster.close(),
      };
    },
    stop: () => proxy.stop(),
  };
}

function connect(bootstrapServers: readonly string[]): Promise<ClusterConnection> {
  return ClusterConnection.open({
    clientId: 'proof',
    connection: { bootstrapServers },
    requestTimeoutMs: 15_000,
    connectionTimeoutMs: 5_000,
  });
}
