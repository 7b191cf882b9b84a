/** Chance that can be repeated: the seed of a failed test is in its title; SEED sets it. */
export interface Random {
  /** From 0 up to, not including, the bound. */
  below(bound: number): number;
  chance(probability: number): boolean;
  int64(): bigint;
  bytes(length: number): Buffer;
}

export const seed = Number(process.env['SEED'] ?? Date.now() % 1_000_000);

/** Mulberry32: 32 bits of state, enough to vary tests. */
export function seededRandom(start: number): Random {
  let state = start >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return (mixed ^ (mixed >>> 14)) >>> 0;
  };
  const below = (bound: number): number => Math.floor((next() / 2 ** 32) * bound);
  return {
    below,
    chance: (probability) => next() / 2 ** 32 < probability,
    int64: () => BigInt.asIntN(64, (BigInt(next()) << 32n) | BigInt(next())),
    bytes: (length) => Buffer.from(Array.from({ length }, () => below(256))),
  };
}
