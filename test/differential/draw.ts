import type { VersionRange } from '../../src/broker/protocol/version-range.js';
import { seededRandom, type Random } from '../broker/protocol/seeded-random.js';

/** What both brokers offer, by API key. */
export type CommonVersions = ReadonlyMap<number, VersionRange>;

/** All chance of one sequence. */
export class Draw {
  private readonly random: Random;

  constructor(
    seed: number,
    private readonly versions: CommonVersions,
  ) {
    this.random = seededRandom(seed);
  }

  chance(probability: number): boolean {
    return this.random.chance(probability);
  }

  /** From `from` to `to`, both included. */
  between(from: number, to: number): number {
    return from + this.random.below(to - from + 1);
  }

  one<const Item>(items: readonly Item[]): Item {
    const chosen = items[this.random.below(items.length)];
    if (chosen === undefined) throw new Error('There is nothing to choose from.');
    return chosen;
  }

  /** Mostly `usual`, with the given probability one of the others. */
  mostly<const Item>(usual: Item, probability: number, others: readonly Item[]): Item {
    return this.chance(probability) ? this.one(others) : usual;
  }

  version(api: { readonly key: number }): number {
    const range = this.versions.get(api.key) ?? { min: 0, max: 0 };
    const { min, max } = limits.get(api.key) ?? range;
    return this.between(Math.max(min, range.min), Math.min(max, range.max));
  }
}

/**
 * Narrower than what is offered. Produce below 3 and ListOffsets 0 are for message formats and segments that the embedded
 * broker does not have, OffsetCommit 0 for ZooKeeper; AddPartitionsToTxn from 4 on is for brokers among themselves.
 */
const limits: ReadonlyMap<number, VersionRange> = new Map([
  [0, { min: 3, max: Infinity }],
  [2, { min: 1, max: Infinity }],
  [8, { min: 1, max: Infinity }],
  [24, { min: 0, max: 3 }],
]);
