import { decodeRequest } from '../broker/protocol/api.js';
import { decodeRequestHeader, decodeResponseHeader } from '../broker/protocol/header.js';
import { produce } from '../broker/protocol/messages/00-produce.js';
import { includesVersion } from '../broker/protocol/version-range.js';
import type { WireDetail } from '../core/history/events.js';
import type { WireFault } from '../core/scenario/scenario.js';
import { explainedApis, type ExplainedApi } from './wire-detail.js';

/** A request that passed the tap, decoded. */
export interface TappedRequest {
  readonly explained: ExplainedApi;
  readonly version: number;
  readonly correlationId: number;
  readonly bytes: number;
  readonly body: Buffer;
  readonly detail: WireDetail;
  /** False for Produce with acks=0, to which no broker answers. */
  readonly expectsResponse: boolean;
  /** What the fault does to it, if it is the one. */
  readonly action?: WireFault['action'];
}

const SIZE_BYTES = 4;

/** Size, API key, version, correlation id, length of the client id. */
const SMALLEST_REQUEST_BYTES = SIZE_BYTES + 2 + 2 + 4 + 2;

/**
 * Reads one whole request as kafkajs writes it, size first. Undefined for what is no Kafka request that we know, e.g. a raw SASL
 * token: the tap lets it pass unseen.
 */
export function explainRequest(frame: Buffer): TappedRequest | undefined {
  if (frame.length < SMALLEST_REQUEST_BYTES) return undefined;
  const explained = explainedApis.get(frame.readInt16BE(SIZE_BYTES));
  const version = frame.readInt16BE(SIZE_BYTES + 2);
  if (!explained || !includesVersion(explained.api.versions, version)) return undefined;
  const { header, body } = decodeRequestHeader(frame.subarray(SIZE_BYTES));
  return {
    explained,
    version,
    correlationId: header.correlationId,
    bytes: frame.length,
    body,
    detail: explained.request(version, body),
    expectsResponse: explained.api.key !== produce.key || decodeRequest(produce, version, body).acks !== 0,
  };
}

/** `frame` comes without its size. */
export function explainResponse({ explained, version }: TappedRequest, frame: Buffer): WireDetail {
  const { body } = decodeResponseHeader(frame, explained.api.key, version);
  return explained.response(version, body);
}
