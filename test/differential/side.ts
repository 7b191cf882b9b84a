import { once } from 'node:events';
import { connect } from 'node:net';
import type { ApiDefinition } from '../../src/broker/protocol/api.js';
import { decodeResponseFrame } from '../../src/broker/protocol/header.js';
import { apiVersions } from '../../src/broker/protocol/messages/18-api-versions.js';
import type { Encodable } from '../../src/broker/protocol/schema.js';
import type { VersionRange } from '../../src/broker/protocol/version-range.js';
import { WireClient } from '../broker/wire/wire-client.js';
import type { Address } from '../harness/kafka-probe.js';

/** The broker closed the connection instead of answering. */
export class ConnectionClosed extends Error {}

/**
 * One of the two brokers. Every request takes an idle connection: a broker serves one request at a time on each, so that a
 * JoinGroup that waits would hold up whatever came behind it.
 */
export class Side {
  private readonly idle: WireClient[] = [];
  private readonly open = new Set<WireClient>();

  constructor(
    readonly name: string,
    private readonly address: Address,
  ) {}

  /** @throws ConnectionClosed */
  async ask<Request, Response>(
    api: ApiDefinition<Request, Response>,
    version: number,
    request: Encodable<Request>,
  ): Promise<Response> {
    const client = await this.client();
    client.send(api, version, request);
    const frame = await client.nextFrame();
    if (frame === undefined) {
      this.open.delete(client);
      throw new ConnectionClosed(`${this.name} closed the connection`);
    }
    this.idle.push(client);
    return decodeResponseFrame(api, version, frame).response;
  }

  /** Sends a request that gets no answer, and one behind it that does: that tells when the first has been served. */
  async tell<Request, Response>(
    api: ApiDefinition<Request, Response>,
    version: number,
    request: Encodable<Request>,
  ): Promise<void> {
    const client = await this.client();
    client.send(api, version, request);
    client.send(apiVersions, 0, {});
    const frame = await client.nextFrame();
    if (frame === undefined) throw new ConnectionClosed(`${this.name} closed the connection`);
    this.idle.push(client);
  }

  /** What the broker offers, by API key. */
  async versions(): Promise<ReadonlyMap<number, VersionRange>> {
    const { apiKeys } = await this.ask(apiVersions, 0, {});
    return new Map(apiKeys.map((one) => [one.apiKey, { min: one.minVersion, max: one.maxVersion }]));
  }

  async close(): Promise<void> {
    await Promise.all([...this.open].map((client) => client.close()));
  }

  private async client(): Promise<WireClient> {
    for (let client = this.idle.pop(); client !== undefined; client = this.idle.pop()) {
      if (!client.ended) return client;
      this.open.delete(client);
    }
    const socket = connect({ ...this.address, noDelay: true });
    const client = new WireClient(socket, 'differential');
    this.open.add(client);
    await once(socket, 'connect');
    return client;
  }
}
