import { groupBy } from '../../group-by.js';
import type { History, Recorded, WireDetail, WireEvent } from '../events.js';

/** A retry that the broker recognised: answered with the offset of the first time, not appended again. */
export interface Deduplication {
  readonly topic: string;
  readonly partition: number;
  readonly baseOffset: number;
  readonly events: readonly number[];
}

export interface Wire {
  /** False when no request at all was recorded: then the wire proves nothing about what was transmitted. */
  readonly recorded: boolean;
  transmitted(topic: string, value: string): boolean;
  readonly deduplications: readonly Deduplication[];
}

type Frame = Recorded<WireEvent>;

export function readWire(history: History): Wire {
  const frames = history.filter(isFrame);
  const produce = frames.filter(({ api }) => api === 'Produce');
  const requests = produce.filter(({ type }) => type === 'request');
  return {
    recorded: frames.length > 0,
    transmitted: transmission(requests),
    deduplications: deduplications(requests, produce),
  };
}

function isFrame(event: History[number]): event is Frame {
  return event.type === 'request' || event.type === 'response';
}

/** A request whose content was not recorded, or not its topic, may have carried anything. */
function transmission(requests: readonly Frame[]): Wire['transmitted'] {
  const opaque = requests.some(({ detail }) => detail?.values === undefined);
  const carried = new Set(
    requests.flatMap(({ detail }) => detail?.values?.map((value) => `${detail.topic ?? ''}\n${value}`) ?? []),
  );
  return (topic, value) => opaque || carried.has(`${topic}\n${value}`) || carried.has(`\n${value}`);
}

interface Exchange {
  readonly detail: WireDetail;
  readonly baseOffset: number;
  readonly events: readonly number[];
}

/**
 * Seen without the broker's help: the same producer id, epoch and sequence in two produce requests, and the same base
 * offset in the responses to both. Each answer after the first is one recognised retry.
 */
function deduplications(requests: readonly Frame[], frames: readonly Frame[]): readonly Deduplication[] {
  const responses = new Map(
    frames.filter(({ type }) => type === 'response').map((frame) => [exchangeOf(frame), frame]),
  );
  const exchanges = requests.flatMap((request) => exchange(request, responses.get(exchangeOf(request))));
  const byBatch = groupBy(exchanges, ({ detail, baseOffset }) => batchOf(detail, baseOffset));
  return [...byBatch.values()].flatMap(([first, ...again]) =>
    again.map(({ detail, baseOffset, events }) => ({
      topic: detail.topic ?? '',
      partition: detail.partition ?? 0,
      baseOffset,
      events: [...(first?.events ?? []), ...events],
    })),
  );
}

/**
 * A request with its answer, when it was an idempotent producer's and the answer said where the batch stands: an error
 * after the append says so too (7 at the time-out, 6 when the leader moved).
 */
function exchange(request: Frame, response: Frame | undefined): readonly Exchange[] {
  const { detail } = request;
  const baseOffset = response?.detail?.baseOffset ?? -1;
  return response !== undefined && detail !== undefined && (detail.producerId ?? -1) >= 0 && baseOffset >= 0
    ? [{ detail, baseOffset, events: [request.seq, response.seq] }]
    : [];
}

function exchangeOf({ process, connection, correlationId }: Frame): string {
  return `${process}\n${connection}\n${correlationId}`;
}

function batchOf({ topic, partition, producerId, epoch, sequence }: WireDetail, baseOffset: number): string {
  return [topic, partition, producerId, epoch, sequence, baseOffset].join('\n');
}
