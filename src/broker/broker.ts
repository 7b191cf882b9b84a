import type { Duplex } from 'node:stream';
import type { BrokerEvent } from '../core/history/events.js';
import type { Clock } from './clock.js';
import { Connection } from './connection.js';
import { EventChannel } from './event-channel.js';
import type { ExchangeEvent } from './exchange-event.js';
import type { FaultRule, FaultRuleEvent } from './fault-rule.js';
import { Faults } from './faults.js';
import { featuresOfKafka39, type Features } from './features.js';
import { registeredApis } from './registry.js';
import type { RequestEvent } from './request-event.js';
import type { BrokerServices } from './services.js';
import { Cluster } from './state/cluster.js';
import { GroupCoordinator } from './state/groups/coordinator.js';
import { TransactionCoordinator } from './state/transactions.js';

export interface BrokerOptions extends Partial<Features> {
  /** Virtual nodes, with ids from 1; 3 unless said. */
  readonly nodes?: number;
  /** The one name that is advertised for all nodes; 127.0.0.1 unless said. */
  readonly host?: string;
  /** `num.partitions`; 1 unless said. */
  readonly defaultPartitions?: number;
  /** `default.replication.factor`; 1 unless said. */
  readonly defaultReplicationFactor?: number;
  /** `auto.create.topics.enable`; off unless said. */
  readonly autoCreateTopics?: boolean;
  /** `group.initial.rebalance.delay.ms`; 0 unless said, so that nobody waits (Kafka: 3000). */
  readonly groupInitialRebalanceDelayMs?: number;
  /** `group.min.session.timeout.ms`; 300 unless said (Kafka: 6000). */
  readonly minSessionTimeoutMs?: number;
  /** `group.consumer.session.timeout.ms`; Kafka's 45 000 unless said. */
  readonly consumerSessionTimeoutMs?: number;
  /** `group.consumer.heartbeat.interval.ms`; Kafka's 5000 unless said. */
  readonly consumerHeartbeatIntervalMs?: number;
  /** `socket.request.max.bytes`; Kafka's 100 MiB unless said. */
  readonly maximumRequestBytes?: number;
}

export interface BrokerParts {
  readonly clock: Clock;
  /** A new unique text per call, for member ids. */
  readonly uniqueId: () => string;
  /** A mistake in the broker itself; the connection concerned is closed. */
  readonly onMistake: (error: unknown) => void;
}

/** Kafka's default `group.max.session.timeout.ms`. */
const maxSessionTimeoutMs = 1_800_000;

/**
 * A Kafka cluster in memory: N virtual nodes over one state. It takes any duplex stream as a connection; whether there is a
 * socket behind it is somebody else's business (server.ts).
 */
export class Broker {
  readonly services: BrokerServices;
  private readonly faults: Faults;
  private readonly events = new EventChannel<BrokerEvent>();
  private readonly requests = new EventChannel<RequestEvent>();
  private readonly exchanges = new EventChannel<ExchangeEvent>();
  private readonly ruleEvents = new EventChannel<FaultRuleEvent>();
  private readonly connections = new Set<Connection>();
  private connectionsMade = 0;

  constructor(
    private readonly options: BrokerOptions,
    private readonly parts: BrokerParts,
  ) {
    this.services = buildServices(options, parts, (event) => this.events.tell(event));
    const nodeIds = this.services.cluster.nodes.map(({ nodeId }) => nodeId);
    const armament = { nodeIds, apis: registeredApis };
    this.faults = new Faults(this.services, armament, (event) => this.ruleEvents.tell(event));
  }

  /** Serves one client on one node until either side ends; other connections do not notice how it goes. */
  accept(stream: Duplex, nodeId: number, clientHost = '/127.0.0.1'): void {
    const connection = new Connection(stream, {
      nodeId,
      connectionId: ++this.connectionsMade,
      clientHost,
      services: this.services,
      faults: this.faults,
      requests: this.requests,
      exchanges: this.exchanges,
      maximumRequestBytes: this.options.maximumRequestBytes,
      onMistake: this.parts.onMistake,
      onClosed: () => this.connections.delete(connection),
    });
    this.connections.add(connection);
  }

  get openConnections(): number {
    return this.connections.size;
  }

  /**
   * Arms a fault rule and answers its id.
   * @throws FaultRuleError when the rule could not do what it says.
   */
  arm(rule: FaultRule): string {
    return this.faults.arm(rule);
  }

  disarm(id: string): boolean {
    return this.faults.disarm(id);
  }

  /** Ground truth for the history. */
  onEvent(listener: (event: BrokerEvent) => void): () => void {
    return this.events.listen(listener);
  }

  /** Fault rules: armed, fired. */
  onRule(listener: (event: FaultRuleEvent) => void): () => void {
    return this.ruleEvents.listen(listener);
  }

  /** Every request, received and replied. */
  onRequest(listener: (event: RequestEvent) => void): () => void {
    return this.requests.listen(listener);
  }

  /** Every request with its body, and how it ended, while it happens. */
  onExchange(listener: (event: ExchangeEvent) => void): () => void {
    return this.exchanges.listen(listener);
  }

  /** The ports that Metadata names, in the order of the node ids. */
  setListenerPorts(ports: readonly number[]): void {
    ports.forEach((port, index) => this.services.cluster.setPort(index + 1, port));
  }

  /** Cuts all connections and stops all timers; nothing is kept. */
  close(): void {
    for (const connection of [...this.connections]) connection.destroy();
    this.services.transactions.close();
    this.services.groups.close();
  }
}

function buildServices(
  options: BrokerOptions,
  { clock, uniqueId }: BrokerParts,
  record: (event: BrokerEvent) => void,
): BrokerServices {
  const groupOptions = {
    initialRebalanceDelayMs: options.groupInitialRebalanceDelayMs ?? 0,
    minSessionTimeoutMs: options.minSessionTimeoutMs ?? 300,
    maxSessionTimeoutMs,
    ...(options.consumerSessionTimeoutMs !== undefined && {
      consumerSessionTimeoutMs: options.consumerSessionTimeoutMs,
    }),
    ...(options.consumerHeartbeatIntervalMs !== undefined && {
      consumerHeartbeatIntervalMs: options.consumerHeartbeatIntervalMs,
    }),
  };
  const cluster = new Cluster({ ...options, host: options.host ?? '127.0.0.1' }, clock, record);
  const groups = new GroupCoordinator(clock, groupOptions, uniqueId, cluster);
  cluster.onTopicDeleted((topic) => groups.topicDeleted(topic.name));
  const transactions = new TransactionCoordinator({ cluster, offsets: groups, clock, record });
  const { transactionVersion, groupVersion } = { ...featuresOfKafka39, ...options };
  const features = { transactionVersion, groupVersion };
  return { cluster, groups, transactions, clock, features, record };
}
