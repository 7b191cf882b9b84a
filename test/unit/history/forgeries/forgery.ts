import type { History } from '../../../../src/core/history/events.js';

/** For one anomaly: a history that has it, and histories that nearly have it. */
export interface Forgery {
  readonly has: {
    readonly sentence: string;
    readonly history: () => History;
    readonly count: number;
    /** Values that the witnesses must name, in their order. */
    readonly values?: readonly string[];
    readonly offsets?: readonly (readonly number[])[];
  };
  readonly nearly: readonly NearMiss[];
}

export interface NearMiss {
  readonly sentence: string;
  readonly history: () => History;
}
