import type { BrokerEvent, Observation } from '../core/history/events.js';
import type { Features } from './features.js';
import type { FaultRule, FaultRuleEvent } from './fault-rule.js';
import type { RequestEvent } from './request-event.js';
import { WorkerLink } from './worker-link.js';
import type { Timed, WorkerSettings } from './worker-messages.js';

export interface EmbeddedBrokerOptions extends Partial<Features> {
  /** The bundled worker.ts: an absolute path. */
  readonly workerFile: string;
  /** Virtual nodes; 3 unless said. */
  readonly nodes?: number;
  /** One for each node; free ones unless said. */
  readonly ports?: readonly number[];
  /** `num.partitions`; 1 unless said. */
  readonly partitions?: number;
  /** `default.replication.factor`; 1 unless said. */
  readonly replication?: number;
  /** `auto.create.topics.enable`; off unless said. */
  readonly autoCreate?: boolean;
  /** Also on ::1; then `localhost` is advertised instead of 127.0.0.1. */
  readonly alsoIpv6?: boolean;
  readonly groupInitialRebalanceDelayMs?: number;
  readonly minSessionTimeoutMs?: number;
  /** `group.consumer.session.timeout.ms`; Kafka's 45 000 unless said. */
  readonly consumerSessionTimeoutMs?: number;
  /** `group.consumer.heartbeat.interval.ms`; Kafka's 5000 unless said. */
  readonly consumerHeartbeatIntervalMs?: number;
  /** For `new Worker`, e.g. to run the TypeScript source in a test. */
  readonly execArgv?: readonly string[];
}

/** A broker in a worker thread of this process. */
export interface EmbeddedBroker {
  /** `127.0.0.1:port`, one for each node. */
  readonly bootstrapServers: readonly string[];
  /** Resolves to the rule's id; rejects with the reason when the rule could not do what it says. */
  arm(rule: FaultRule): Promise<string>;
  disarm(id: string): Promise<boolean>;
  /** Ground truth, with `atMs` (monotonicMs); what happens after the next `flush` is sure to be told. */
  onEvent(listener: (event: Timed<BrokerEvent>) => void): () => void;
  /** Fault rules: armed, fired. */
  onRule(listener: (event: Timed<FaultRuleEvent>) => void): () => void;
  /** Every request, received and replied. */
  onRequest(listener: (event: Timed<RequestEvent>) => void): () => void;
  /**
   * What the broker sees of its clients, as a history; told from the next `flush` on. For one listener at a time, and before
   * the first client.
   */
  onHistory(listener: (event: Timed<Observation>) => void): () => void;
  /** Ends the history with a drain of every partition; all of it has been told when it resolves. */
  finishHistory(): Promise<void>;
  /** A mistake in the broker, with its stack: for the log. The broker goes on without the connection concerned. */
  onMistake(listener: (text: string) => void): () => void;
  /** A round trip: everything that happened before has been told to the listeners when it resolves. */
  flush(): Promise<void>;
  /** Cuts all connections and ends the thread; resolves when both are gone. May be called again. */
  stop(): Promise<void>;
}

/**
 * Starts a broker in a worker thread and resolves when it listens. On loopback only. 127.0.0.1 is advertised because it spares
 * clients the look-up of `localhost` and a vain attempt on ::1. Rejects with a BrokerStartError when a port cannot be had.
 */
export async function startEmbeddedBroker(options: EmbeddedBrokerOptions): Promise<EmbeddedBroker> {
  const settings = settingsOf(options);
  const link = new WorkerLink(options.workerFile, settings, options.execArgv);
  const ports = await link.listening;
  return {
    bootstrapServers: ports.map((port) => `${settings.host}:${port}`),
    arm: async (rule) => String(await link.command({ kind: 'arm', rule })),
    disarm: async (id) => (await link.command({ kind: 'disarm', rule: id })) === true,
    onEvent: (listener) => link.listen('events', link.events, listener),
    onRule: (listener) => link.listen('rules', link.rules, listener),
    onRequest: (listener) => link.listen('requests', link.requests, listener),
    onHistory: (listener) => link.listen('history', link.history, listener),
    finishHistory: async () => {
      await link.command({ kind: 'finish-history' });
    },
    onMistake: (listener) => link.mistakes.listen(listener),
    flush: async () => {
      await link.command({ kind: 'flush' });
    },
    stop: () => link.stop(),
  };
}

function settingsOf(options: EmbeddedBrokerOptions): WorkerSettings & { readonly host: string } {
  const { ports, partitions, replication, autoCreate, alsoIpv6 } = options;
  const { groupInitialRebalanceDelayMs, minSessionTimeoutMs, transactionVersion, groupVersion } = options;
  const { consumerSessionTimeoutMs, consumerHeartbeatIntervalMs } = options;
  return {
    nodes: options.nodes ?? 3,
    host: alsoIpv6 === true ? 'localhost' : '127.0.0.1',
    ...(ports && { ports }),
    ...(partitions !== undefined && { defaultPartitions: partitions }),
    ...(replication !== undefined && { defaultReplicationFactor: replication }),
    ...(autoCreate !== undefined && { autoCreateTopics: autoCreate }),
    ...(alsoIpv6 !== undefined && { alsoIpv6 }),
    ...(groupInitialRebalanceDelayMs !== undefined && { groupInitialRebalanceDelayMs }),
    ...(minSessionTimeoutMs !== undefined && { minSessionTimeoutMs }),
    ...(transactionVersion !== undefined && { transactionVersion }),
    ...(groupVersion !== undefined && { groupVersion }),
    ...(consumerSessionTimeoutMs !== undefined && { consumerSessionTimeoutMs }),
    ...(consumerHeartbeatIntervalMs !== undefined && { consumerHeartbeatIntervalMs }),
  };
}
