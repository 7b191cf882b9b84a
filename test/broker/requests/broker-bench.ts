import assert from 'node:assert/strict';
import { DrivenClock } from '../../../src/broker/clock.js';
import { featuresOfKafka39, type Features } from '../../../src/broker/features.js';
import {
  decodeRequest,
  decodeResponse,
  encodeRequest,
  encodeResponse,
} from '../../../src/broker/protocol/api.js';
import type { Encodable } from '../../../src/broker/protocol/schema.js';
import type { RequestContext, RequestHandler } from '../../../src/broker/requests/handler.js';
import type { BrokerServices } from '../../../src/broker/services.js';
import { Cluster, type ClusterOptions, type NewTopic } from '../../../src/broker/state/cluster.js';
import { GroupCoordinator } from '../../../src/broker/state/groups/coordinator.js';
import type { Partition } from '../../../src/broker/state/partition.js';
import { TransactionCoordinator } from '../../../src/broker/state/transactions.js';
import type { BrokerEvent } from '../../../src/core/history/events.js';

const groupOptions = { initialRebalanceDelayMs: 0, minSessionTimeoutMs: 300, maxSessionTimeoutMs: 1_800_000 };

export type CallOptions = Partial<Pick<RequestContext, 'nodeId' | 'strike' | 'closed'>>;

/** The broker's state on a driven clock, without connections: what a handler answers, through the real codec both ways. */
export class Bench {
  readonly clock = new DrivenClock();
  readonly events: BrokerEvent[] = [];
  readonly services: BrokerServices;

  constructor(options: ClusterOptions & Partial<Features> = { nodes: 1 }) {
    const { clock } = this;
    const record = (event: BrokerEvent) => void this.events.push(event);
    const cluster = new Cluster(options, clock, record);
    let unique = 0;
    const groups = new GroupCoordinator(clock, groupOptions, () => String(++unique), cluster);
    const transactions = new TransactionCoordinator({ cluster, offsets: groups, clock, record });
    const features = { ...featuresOfKafka39, ...featuresIn(options) };
    this.services = { cluster, groups, transactions, clock, features, record };
  }

  topic(name: string, wanted: Omit<NewTopic, 'name'> = {}): Partition {
    const { errorCode, topic } = this.services.cluster.createTopic({ name, ...wanted });
    assert.equal(errorCode, 0);
    const partition = topic?.partitions[0];
    assert.ok(partition);
    return partition;
  }

  eventsOf<Type extends BrokerEvent['type']>(type: Type): readonly Extract<BrokerEvent, { type: Type }>[] {
    return this.events.filter((event): event is Extract<BrokerEvent, { type: Type }> => event.type === type);
  }

  async call<Request, Response>(
    handler: RequestHandler<Request, Response>,
    version: number,
    request: Encodable<Request>,
    options: CallOptions = {},
  ): Promise<Whole<Response>> {
    const response = await this.handle(handler, version, request, options);
    assert.notEqual(response, undefined, 'a response was due');
    const bytes = encodeResponse(handler.api, version, response ?? ({} as Encodable<Response>));
    return decodeResponse(handler.api, version, bytes) as Whole<Response>;
  }

  /** As the handler answers it, `undefined` included. */
  async handle<Request, Response>(
    handler: RequestHandler<Request, Response>,
    version: number,
    request: Encodable<Request>,
    options: CallOptions = {},
  ): Promise<Encodable<Response> | undefined> {
    const decoded = decodeRequest(handler.api, version, encodeRequest(handler.api, version, request));
    return handler.handle(decoded, contextOf(version, options), this.services);
  }
}

function featuresIn({ transactionVersion, groupVersion }: Partial<Features>): Partial<Features> {
  return {
    ...(transactionVersion !== undefined && { transactionVersion }),
    ...(groupVersion !== undefined && { groupVersion }),
  };
}

/** A decoded message has all its fields, also where the handler's type allows it to leave some out. */
type Whole<Value> = Value extends Buffer
  ? Value
  : Value extends readonly (infer Element)[]
    ? readonly Whole<Element>[]
    : Value extends object
      ? { readonly [Name in keyof Value]-?: Whole<Exclude<Value[Name], undefined>> }
      : Value;

function contextOf(apiVersion: number, options: CallOptions): RequestContext {
  return {
    nodeId: 1,
    connectionId: 1,
    clientId: 'test',
    clientHost: '/127.0.0.1',
    apiVersion,
    correlationId: 1,
    closed: new AbortController().signal,
    strike: () => Promise.resolve(undefined),
    ...options,
  };
}
