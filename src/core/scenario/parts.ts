import type { Counts } from '../history/verdict.js';
import type { ConsumerSettings, ProducerSettings, Program } from '../semantics/semantics.js';
import type { Actor, Cue, Expectation, TopicSpecification } from './scenario.js';

/** How many values a scenario carries: m0 … m9. */
export const messageCount = 10;

/** The value on which a fault normally strikes: the middle, so that there is something on either side of it. */
export const struck = 'm4';

export const values: readonly string[] = Array.from({ length: messageCount }, (_, index) => `m${index}`);

export const oneOutput: TopicSpecification = { role: 'output', partitions: 1, seeded: 0 };

export const seededInput: TopicSpecification = { role: 'input', partitions: 1, seeded: messageCount };

export function producer(settings: ProducerSettings, program: Program, toSend = values): Actor {
  return { producer: settings, values: toSend, writes: 'output', program };
}

export function consumer(settings: ConsumerSettings, program: Program): Actor {
  return { consumer: settings, reads: 'input', program };
}

export function pipeline(
  producing: ProducerSettings,
  consuming: ConsumerSettings,
  program: Program,
  afterAbort?: 'rewind' | 'go-on',
): Actor {
  return {
    producer: producing,
    consumer: consuming,
    reads: 'input',
    writes: 'output',
    program,
    ...(afterAbort === undefined ? {} : { afterAbort }),
  };
}

export function onlyStart(actor: string): readonly Cue[] {
  return [{ when: { at: 'once' }, start: actor }];
}

/** The second `start` is the restart: a new incarnation, with the same ids, as a supervisor would do it. */
export function startAndRestart(actor: string): readonly Cue[] {
  return [
    { when: { at: 'once' }, start: actor },
    { when: { at: 'crashed', actor }, start: actor },
  ];
}

/** The counts of one topic when all is well: every send acknowledged, everything visible, nothing lost or doubled. */
export function sentAndVisible(count: number, markers: number): Partial<Counts> {
  return {
    sent: count,
    ok: count,
    failed: 0,
    unknown: 0,
    readUncommitted: count,
    readCommitted: count,
    endOffset: count + markers,
    lastStableOffset: count + markers,
    lost: 0,
    duplicates: 0,
  };
}

export function clean(counts: Partial<Counts>): Expectation {
  return { counts, anomalies: {} };
}
