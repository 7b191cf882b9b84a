import type { Lag } from './lag.js';

/** The lag of several partitions together. Like a partition's, it is a number only where there is one to say. */
export type TotalLag =
  /** Nothing is committed anywhere, or a reset is pending everywhere. */
  | { readonly kind: 'none' }
  /** Nothing could be read. */
  | { readonly kind: 'unknown' }
  /** `isWhole` is false where a part of it could not be read: the lag is at least this. */
  | { readonly kind: 'known'; readonly lag: bigint; readonly isWhole: boolean };

export function totalLag(lags: readonly Lag[]): TotalLag {
  const known = lags.flatMap((lag) => (lag.kind === 'known' ? [lag.lag] : []));
  const isWhole = lags.every(({ kind }) => kind !== 'unknown');
  if (known.length === 0) return { kind: isWhole ? 'none' : 'unknown' };
  return { kind: 'known', lag: known.reduce((sum, lag) => sum + lag, 0n), isWhole };
}
