import type { Committed, PartitionBounds } from './lag.js';

export type ResetTarget =
  | { readonly kind: 'earliest' }
  | { readonly kind: 'latest' }
  | { readonly kind: 'offset'; readonly offset: bigint }
  /** To the first record at or after it; where there is none, to the end. */
  | { readonly kind: 'time'; readonly atMs: number }
  /** From what is committed, or where nothing is, from the start. */
  | { readonly kind: 'by'; readonly count: bigint };

export interface ResetEffect {
  /** Within start and end, wherever the target points. */
  readonly after: bigint;
  /** Offsets that would be read again, and that would never be read; one of them is always 0, and both where nothing is committed. */
  readonly replays: bigint;
  readonly skips: bigint;
}

/**
 * What a reset does to one partition.
 * @param atTime the first offset at or after the target's time; `undefined`: there is none
 */
export function resetEffect(
  target: ResetTarget,
  before: Committed,
  bounds: PartitionBounds,
  atTime?: bigint,
): ResetEffect {
  const position = before.kind === 'offset' ? clamped(before.offset, bounds) : undefined;
  const after = clamped(pointed(target, position, bounds, atTime), bounds);
  if (position === undefined) return { after, replays: 0n, skips: 0n };
  return {
    after,
    replays: after < position ? position - after : 0n,
    skips: after > position ? after - position : 0n,
  };
}

function pointed(
  target: ResetTarget,
  position: bigint | undefined,
  { start, end }: PartitionBounds,
  atTime: bigint | undefined,
): bigint {
  switch (target.kind) {
    case 'earliest':
      return start;
    case 'latest':
      return end;
    case 'offset':
      return target.offset;
    case 'time':
      return atTime ?? end;
    case 'by':
      return (position ?? start) + target.count;
  }
}

/** A reader at an offset that expired goes on from the start, and one beyond the end is sent back by auto.offset.reset. */
function clamped(offset: bigint, { start, end }: PartitionBounds): bigint {
  if (offset < start) return start;
  return offset > end ? end : offset;
}
