import type { ProcessId } from '../history/events.js';
import type { OffsetBelief } from './beliefs.js';
import { effectsAt, type EffectTimes } from './effects.js';
import { isAliveAt, knownAt, offsetBeliefsAt, type Known } from './known.js';
import type { OffsetChange } from './log-entry.js';
import { committedAt } from './offsets.js';
import type { Timeline } from './timeline.js';
import { truthAt, type Truth } from './truth.js';

/** At one moment, side by side: what a client can know, and what is true. */
export interface Knowledge {
  readonly process: ProcessId;
  readonly isAlive: boolean;
  readonly knows: readonly Known[];
  /** The offset that it believes to be committed, for each partition that it commits. */
  readonly offsets: readonly OffsetBelief[];
  readonly truth: readonly Truth[];
  /** So many more records stand in the log than the truth tells. */
  readonly untold: number;
  readonly committed: readonly OffsetChange[];
  /** How often the work of messages was done. */
  readonly effects: readonly EffectTimes[];
}

/** What `process` knows at a moment, beside what is true then. */
export function knowledgeAt(timeline: Timeline, moment: number, process: ProcessId): Knowledge {
  const { told, untold } = truthAt(timeline, moment);
  return {
    process,
    isAlive: isAliveAt(timeline, moment, process),
    knows: knownAt(timeline, moment, process),
    offsets: offsetBeliefsAt(timeline, moment, process),
    truth: told,
    untold,
    committed: committedAt(timeline.offsets, moment),
    effects: effectsAt(timeline, moment),
  };
}
