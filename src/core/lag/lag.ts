/** What a group has stored for a partition. Kafka keeps −1 and −2 as they are: a reader would begin at the end, or at the start. */
export type Committed =
  | { readonly kind: 'none' }
  /** `metadata`: the client's own words beside it, where there are any. */
  | { readonly kind: 'offset'; readonly offset: bigint; readonly metadata?: string }
  | { readonly kind: 'reset'; readonly to: 'latest' | 'earliest' }
  | { readonly kind: 'unreadable'; readonly reason: string };

/** A partition's bounds, as its leader tells them. */
export interface PartitionBounds {
  /** First offset that is still there. */
  readonly start: bigint;
  /** High watermark: where a reader of everything ends. */
  readonly end: bigint;
  /** Last stable offset: where a read_committed reader ends; below `end` while a transaction is open. */
  readonly lastStable: bigint;
}

export type Bounds = PartitionBounds | { readonly unreadable: string };

export type Lag =
  /** Nothing is committed: no number says anything. */
  | { readonly kind: 'none' }
  | { readonly kind: 'reset'; readonly to: 'latest' | 'earliest' }
  /** `of`: what could not be read. */
  | { readonly kind: 'unknown'; readonly of: 'commit' | 'end'; readonly reason: string }
  | KnownLag;

export interface KnownLag {
  readonly kind: 'known';
  /** Records, and gaps in the offsets, that a read_committed reader has before it; never negative. */
  readonly lag: bigint;
  /** How many of the committed position's next offsets were deleted before they were read. */
  readonly expired: bigint;
  /** Offsets beyond the last stable one: hidden from read_committed until a transaction ends. */
  readonly behindOpenTransaction: bigint;
  /** How many of `lag` are transaction markers, which no reader is ever given; 0 where nobody has looked. */
  readonly markers: bigint;
  /** How far the commit lies beyond the end: the log was cut, or the topic made anew, since. */
  readonly beyondEnd: bigint;
}

/**
 * What is left to read, without a number where there is none. Commits must be read before the ends: then no lag is negative. A group
 * that has committed beyond the last stable offset reads uncommitted records, and its lag goes to the end.
 */
export function lagOf(committed: Committed, bounds: Bounds, markers = 0n): Lag {
  if (committed.kind === 'none' || committed.kind === 'reset') return committed;
  if (committed.kind === 'unreadable') return { kind: 'unknown', of: 'commit', reason: committed.reason };
  if ('unreadable' in bounds) return { kind: 'unknown', of: 'end', reason: bounds.unreadable };
  return known(committed.offset, bounds, markers);
}

function known(offset: bigint, { start, end, lastStable }: PartitionBounds, markers: bigint): KnownLag {
  const position = largest(offset, start);
  const readable = offset > lastStable ? end : lastStable;
  return {
    kind: 'known',
    lag: largest(readable - position, 0n),
    expired: largest(start - offset, 0n),
    behindOpenTransaction: largest(end - largest(readable, position), 0n),
    markers,
    beyondEnd: largest(offset - end, 0n),
  };
}

function largest(one: bigint, other: bigint): bigint {
  return one > other ? one : other;
}
