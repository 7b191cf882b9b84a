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
  /** False when no produce request was recorded: then the wire proves nothing about what was transmitted. */
  readonly recorded: boolean;
  transmitted(topic: string, value: string): boolean;
  readonly deduplications: readonly Deduplication[];
}

type Frame = Recorded<WireEvent>;

export function readWire(history: History): Wire {
  const frames = history.filter(
    (event): event is Frame =>
      (event.type === 'request' || event.type === 'response') && event.api === 'Produce',
  );
  const requests = frames.filter(({ type }) => type === 'request');
  const transmitted = new Set(
    requests.flatMap(({ detail }) => detail?.values?.map((value) => `${detail.topic ?? ''}\n${value}`) ?? []),
  );
  return {
    recorded: requests.length > 0,
    transmitted: (topic, value) => transmitted.has(`${topic}\n${value}`) || transmitted.has(`\n${value}`),
    deduplications: deduplications(requests, frames),
  };
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

/** A request with its answer, when it was an idempotent producer's and the answer said where the batch stands. */
function exchange(request: Frame, response: Frame | undefined): readonly Exchange[] {
  const { detail } = request;
  const baseOffset = response?.detail?.baseOffset ?? -1;
  const answered = (response?.detail?.errorCode ?? 0) === 0 && baseOffset >= 0;
  return response !== undefined && detail !== undefined && (detail.producerId ?? -1) >= 0 && answered
    ? [{ detail, baseOffset, events: [request.seq, response.seq] }]
    : [];
}

function exchangeOf({ process, connection, correlationId }: Frame): string {
  return `${process}\n${connection}\n${correlationId}`;
}

function batchOf({ topic, partition, producerId, epoch, sequence }: WireDetail, baseOffset: number): string {
  return [topic, partition, producerId, epoch, sequence, baseOffset].join('\n');
}
