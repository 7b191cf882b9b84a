import { encodeRequest, decodeResponse, type ApiDefinition } from '../broker/protocol/api.js';
import {
  decodeResponseHeader,
  responseHeaderVersion,
  requestHeaderVersion,
} from '../broker/protocol/header.js';
import { metadata, type MetadataResponse } from '../broker/protocol/messages/03-metadata.js';
import type { Encodable } from '../broker/protocol/schema.js';
import { LabError } from '../core/lab-error.js';
import type { ConnectionSettings } from './connection-settings.js';
import { diagnose } from './diagnose.js';
import { clientConfiguration, createClient, type ClientLogEntry } from './kafka-client.js';
import { Broker, ConnectionPool, Encoder } from './kafkajs.js';
import { openSocket } from './open-socket.js';
import { findKafka } from './probe.js';
import type { ServerAddress } from './server-address.js';
import { withDeadline } from './with-deadline.js';

export interface ClusterOptions {
  readonly clientId: string;
  readonly connection: ConnectionSettings;
  readonly requestTimeoutMs: number;
  readonly connectionTimeoutMs: number;
  readonly log?: (entry: ClientLogEntry) => void;
  readonly signal?: AbortSignal;
}

/** Which node a request goes to. */
export type NodeChoice = 'any' | 'controller' | number;

/**
 * Requests of our own codec over kafkajs's connections (TLS and SASL done there), to any node of a cluster. Nothing is retried
 * here: the callers know what an answer means to them.
 */
export class ClusterConnection {
  private readonly brokers = new Map<string, Broker>();
  private nodes: MetadataResponse['brokers'] = [];
  private controllerId = -1;
  private sent = 0;

  private constructor(
    private readonly options: ClusterOptions,
    private readonly bootstrap: ServerAddress,
  ) {}

  /** @throws LabError that says what is wrong with the address, the certificate or the login. */
  static async open(options: ClusterOptions): Promise<ClusterConnection> {
    const { connection, connectionTimeoutMs, signal } = options;
    const address = await findKafka(connection, {
      withinMs: Math.min(connectionTimeoutMs, PROBE_WITHIN_MS),
      ...(signal && { signal }),
    });
    const cluster = new ClusterConnection(options, address);
    try {
      const { brokers } = await cluster.describe([]);
      if (brokers.length === 0) throw withoutNodes(connection, address.server);
    } catch (error) {
      await cluster.close();
      throw diagnose(error, { server: address.server, ...(connection.sasl && { sasl: connection.sasl }) });
    }
    return cluster;
  }

  get brokerCount(): number {
    return this.nodes.length;
  }

  /** −1 where none is known: then a request to it goes to whoever answers. */
  get controller(): number {
    return this.controllerId;
  }

  /** How many requests were sent, handshakes apart. */
  get requestCount(): number {
    return this.sent;
  }

  /** The newest version of a request that this node takes, `most` at most. @throws LabError version-not-supported */
  async newestVersion(
    node: number,
    api: { readonly key: number; readonly name: string },
    most: number,
  ): Promise<number> {
    const offered = (await this.brokerOf(node)).versions?.[api.key];
    if (!offered || offered.minVersion > most) {
      throw new LabError('version-not-supported', { api: api.name, version: most });
    }
    return Math.min(offered.maxVersion, most);
  }

  /** Nodes, controller and, where asked, topics (a topic's own error stands in it; none is created by asking). */
  async describe(topics: readonly string[] | null): Promise<MetadataResponse> {
    const response = await this.send(await this.seed(), metadata, METADATA_VERSION, {
      topics: topics?.map((name) => ({ name })) ?? null,
      allowAutoTopicCreation: false,
    });
    this.nodes = response.brokers;
    this.controllerId = response.controllerId;
    return response;
  }

  /** @throws what kafkajs throws when the connection fails; LabError version-not-supported; `broker-mute` after the time-out. */
  async request<Request, Response>(
    node: NodeChoice,
    api: ApiDefinition<Request, Response>,
    version: number,
    body: Encodable<Request>,
  ): Promise<Response> {
    return this.send(await this.brokerOf(node), api, version, body);
  }

  private async brokerOf(node: NodeChoice): Promise<Broker> {
    const id = node === 'controller' ? this.controllerId : node;
    const found = this.nodes.find(({ nodeId }) => nodeId === id);
    return found ? this.broker(found.host, found.port) : this.seed();
  }

  /** Every node once, for requests that each node answers for itself. */
  get nodeIds(): readonly number[] {
    return this.nodes.map(({ nodeId }) => nodeId);
  }

  async close(): Promise<void> {
    const brokers = [...this.brokers.values()];
    this.brokers.clear();
    await Promise.all(brokers.map((broker) => broker.disconnect()));
  }

  private async send<Request, Response>(
    broker: Broker,
    api: ApiDefinition<Request, Response>,
    version: number,
    body: Encodable<Request>,
  ): Promise<Response> {
    const offered = broker.versions?.[api.key];
    if (!offered || version < offered.minVersion || version > offered.maxVersion) {
      throw new LabError('version-not-supported', { api: api.name, version });
    }
    this.sent += 1;
    const answered = broker.connectionPool.send<Response>({
      request: {
        apiKey: api.key,
        apiVersion: version,
        apiName: api.name,
        encode: async () => new Encoder().writeBuffer(requestBytes(api, version, body)),
      },
      response: {
        decode: async (payload) => responseOf(api, version, payload),
        parse: async (response) => response,
      },
    });
    return withDeadline(answered, this.options.requestTimeoutMs, () => this.mute());
  }

  /** The server that answered first, or while it is away any other node of the cluster. @throws the first one's error */
  private async seed(): Promise<Broker> {
    const attempts: unknown[] = [];
    for (const { host, port } of [this.bootstrap, ...this.nodes]) {
      try {
        return await this.broker(host, port);
      } catch (error) {
        attempts.push(error);
      }
    }
    throw attempts[0];
  }

  private async broker(host: string, port: number): Promise<Broker> {
    const address = `${host}:${port}`;
    const broker = this.brokers.get(address) ?? this.createBroker(host, port);
    this.brokers.set(address, broker);
    // Connected is a socket; ready is who has told its versions. A second caller waits at kafkajs's lock for the first.
    if (!broker.isConnected() || broker.versions === null) {
      await withDeadline(broker.connect(), 2 * this.options.connectionTimeoutMs, () => this.mute());
    }
    return broker;
  }

  private createBroker(host: string, port: number): Broker {
    const socketFactory = (args: Parameters<typeof connectSocket>[0]): ReturnType<typeof openSocket> =>
      connectSocket(args);
    const settings = { ...this.options, socketFactory };
    const logger = createClient(settings).logger();
    const { brokers: _brokers, retry: _retry, ...configuration } = clientConfiguration(settings);
    const connectionPool = new ConnectionPool({ ...configuration, socketFactory, host, port, logger });
    return new Broker({ connectionPool, logger, authenticationTimeout: this.options.connectionTimeoutMs });
  }

  private mute(): LabError {
    const seconds = Math.round(this.options.requestTimeoutMs / 1000);
    return new LabError('broker-mute', { server: this.bootstrap.server, seconds });
  }
}

/**
 * A cluster without a node is none. Kafka answers so on a connection whose token it has refused: it has said so in the challenge, which
 * kafkajs takes for a success (RFC 7628 wants an answer to it), and whatever is asked then gets an empty answer.
 */
function withoutNodes({ sasl }: ConnectionSettings, server: string): LabError {
  if (sasl?.mechanism === 'oauthbearer') return new LabError('token-refused', { mechanism: 'OAUTHBEARER' });
  return new LabError('connection-closed', { server });
}

/** Long enough for TLS to a distant cloud, short enough for somebody who waits for a typing mistake to be told. */
const PROBE_WITHIN_MS = 5_000;

/** The newest that needs no flexible header: known to every broker from 1.0 to 4.x. */
const METADATA_VERSION = 6;

function connectSocket(args: {
  readonly host: string;
  readonly port: number;
  readonly ssl: Parameters<typeof openSocket>[1];
  readonly onConnect: () => void;
}): ReturnType<typeof openSocket> {
  return openSocket(args, args.ssl, args.onConnect);
}

/** kafkajs writes the old header; a flexible one has its tagged fields after that. */
function requestBytes<Request, Response>(
  api: ApiDefinition<Request, Response>,
  version: number,
  body: Encodable<Request>,
): Buffer {
  const encoded = encodeRequest(api, version, body);
  return requestHeaderVersion(api.key, version) === 2 ? Buffer.concat([Buffer.alloc(1), encoded]) : encoded;
}

/** kafkajs has taken the correlation id off; the header's tagged fields, if any, are still there. */
function responseOf<Request, Response>(
  api: ApiDefinition<Request, Response>,
  version: number,
  payload: Buffer,
): Response {
  if (responseHeaderVersion(api.key, version) === 0) return decodeResponse(api, version, payload);
  const { body } = decodeResponseHeader(Buffer.concat([Buffer.alloc(4), payload]), api.key, version);
  return decodeResponse(api, version, body);
}
