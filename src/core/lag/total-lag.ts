import type { KnownLag, Lag } from './lag.js';

/** The lag of several partitions together. Like a partition's, it is a number only where there is one to say. */
export type TotalLag =
  /** Nothing is committed anywhere, or a reset is pending everywhere. */
  | { readonly kind: 'none' }
  /** Nothing could be read. */
  | { readonly kind: 'unknown' }
  /** `isWhole` is false where a part of it could not be read: the lag is at least this. */
  | { readonly kind: 'known'; readonly lag: bigint; readonly isWhole: boolean };

/**
 * The lags of several partitions as one, with all that is to be said of them: numbers add up; where there is none, what could not be
 * read comes before a reset that is pending, and that before nothing at all.
 */
export function summedLag(lags: readonly Lag[]): Lag {
  const known = lags.filter((lag) => lag.kind === 'known');
  if (known.length > 0) return known.reduce(added);
  return (
    lags.find(({ kind }) => kind === 'unknown') ??
    lags.find(({ kind }) => kind === 'reset') ?? { kind: 'none' }
  );
}

function added(one: KnownLag, other: KnownLag): KnownLag {
  return {
    kind: 'known',
    lag: one.lag + other.lag,
    expired: one.expired + other.expired,
    behindOpenTransaction: one.behindOpenTransaction + other.behindOpenTransaction,
    markers: one.markers + other.markers,
    beyondEnd: one.beyondEnd + other.beyondEnd,
  };
}

export function totalLag(lags: readonly Lag[]): TotalLag {
  const known = lags.flatMap((lag) => (lag.kind === 'known' ? [lag.lag] : []));
  const isWhole = lags.every(({ kind }) => kind !== 'unknown');
  if (known.length === 0) return { kind: isWhole ? 'none' : 'unknown' };
  return { kind: 'known', lag: known.reduce((sum, lag) => sum + lag, 0n), isWhole };
}
