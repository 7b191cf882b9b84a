import { decodeRequest } from '../broker/protocol/api.js';
import { fetch } from '../broker/protocol/messages/01-fetch.js';
import type { WireDetail } from '../core/history/events.js';
import type { TapListener } from './tapped-connection.js';
import type { TappedRequest } from './tapped-frame.js';

/** What an actor learns from its own wire because kafkajs does not tell it. */
export class WireKnowledge implements TapListener {
  private readonly requests = new Map<string, number>();
  private readonly transmissionsOfValue = new Map<string, number>();
  private readonly positions = new Map<string, number>();
  private initialised: { readonly producerId: number; readonly epoch: number } | undefined;
  private joined: { readonly generation: number; readonly memberId: string } | undefined;
  private onPosition: (() => void) | undefined;

  request(request: TappedRequest, written: boolean): void {
    if (!written) return;
    const { api } = request.explained;
    this.requests.set(api.name, this.requestsOf(api.name) + 1);
    for (const value of request.detail.values ?? []) {
      this.transmissionsOfValue.set(value, this.transmissionsOf(value) + 1);
    }
    if (api.key === fetch.key) this.fetching(request);
  }

  response(request: TappedRequest, detail: WireDetail): void {
    if (detail.errorCode !== 0) return;
    const { producerId, epoch, generation, memberId } = detail;
    switch (request.explained.api.name) {
      case 'InitProducerId':
        if (producerId !== undefined && epoch !== undefined) this.initialised = { producerId, epoch };
        break;
      case 'JoinGroup':
        if (generation !== undefined && memberId !== undefined) this.joined = { generation, memberId };
        break;
      default:
    }
  }

  /** The answer to the last InitProducerId that succeeded. */
  get producer(): { readonly producerId: number; readonly epoch: number } | undefined {
    return this.initialised;
  }

  /** The answer to the last JoinGroup that succeeded. */
  get membership(): { readonly generation: number; readonly memberId: string } | undefined {
    return this.joined;
  }

  /** How many requests of this API were really written so far. */
  requestsOf(api: string): number {
    return this.requests.get(api) ?? 0;
  }

  /** How often a Produce request with this value was really written. */
  transmissionsOf(value: string): number {
    return this.transmissionsOfValue.get(value) ?? 0;
  }

  /** The offset that the consumer asked for last; undefined before its first fetch. */
  positionOf(topic: string, partition: number): number | undefined {
    return this.positions.get(`${topic}/${partition}`);
  }

  whenPositionChanges(callback: () => void): void {
    this.onPosition = callback;
  }

  private fetching({ version, body }: TappedRequest): void {
    for (const { topic, partitions } of decodeRequest(fetch, version, body).topics) {
      for (const { partition, fetchOffset } of partitions) {
        this.positions.set(`${topic}/${partition}`, Number(fetchOffset));
      }
    }
    this.onPosition?.();
  }
}
