import type { SemanticsId } from '../../src/core/semantics/semantics.js';
import type { SnippetId } from '../../src/core/snippets/snippet.js';
import type { Strike } from './strike.js';

/** One run of a snippet: undisturbed, or with what strikes it, and what the verdict must then be. */
export interface Trial {
  readonly name: 'undisturbed' | 'crash' | 'request lost' | 'answer lost' | 'refused offsets';
  readonly strike?: Strike;
  /** Killed when it is struck, and started again. */
  readonly crashes?: true;
  readonly expected: Expected;
}

export interface Expected {
  readonly lost: number;
  readonly duplicates: number;
}

const clean: Expected = { lost: 0, duplicates: 0 };
const lostOne: Expected = { lost: 1, duplicates: 0 };
const doubledOne: Expected = { lost: 0, duplicates: 1 };

/** m4 is the fifth of ten. */
const fifth = 5;

const undisturbed: Trial = { name: 'undisturbed', expected: clean };

/**
 * What a snippet is put through: no fault, then those that its guarantee is about.
 */
export function trialsOf(id: SnippetId): readonly Trial[] {
  return [undisturbed, ...faultsOf(id)];
}

export function isProducer({ semantics }: SnippetId): boolean {
  return semantics.startsWith('producer.');
}

/** Whether its effect is a record of the output topic, written in a transaction; otherwise it prints. */
export function writesOutput({ semantics, form }: SnippetId): boolean {
  return semantics === 'pipeline' || (semantics === 'consumer.exactly-once' && form === 'safe');
}

function faultsOf({ semantics, form }: SnippetId): readonly Trial[] {
  if (semantics === 'consumer.exactly-once') {
    // Its effect is done, and Kafka does not know of it: what is committed there is older than what is stored.
    if (form === 'safe-idempotent-effect' || form === 'safe-offset-with-result')
      return [crashAtCommit('before', clean)];
  }
  // One transaction for each message; the pipeline's safe form has one for all that a poll has brought.
  return faults[semantics](form, semantics === 'pipeline' && form === 'safe' ? 1 : fifth);
}

const faults: Readonly<Record<SemanticsId, (form: SnippetId['form'], nth: number) => readonly Trial[]>> = {
  'producer.at-most-once': () => [
    { name: 'request lost', strike: { ...produce, moment: 'before' }, expected: lostOne },
  ],
  'producer.at-least-once': () => [answerLost(doubledOne)],
  'producer.exactly-once': () => [answerLost(clean)],
  'consumer.at-most-once': () => [crashAtCommit('after', lostOne)],
  'consumer.at-least-once': () => [crashAtCommit('before', doubledOne)],
  // In the course's form the effect stands outside the transaction.
  'consumer.exactly-once': (form, nth) =>
    form === 'course' ? [crashAtEnd(nth, doubledOne)] : [crashAtEnd(nth, clean), refusedOffsets(nth)],
  pipeline: (form, nth) => [crashAtEnd(nth, clean), ...(form === 'course' ? [] : [refusedOffsets(nth)])],
};

const produce = { api: 'Produce', nth: fifth, effect: 'close', goesOn: false } as const;

function answerLost(expected: Expected): Trial {
  return { name: 'answer lost', strike: { ...produce, moment: 'after' }, expected };
}

function crashAtCommit(moment: Strike['moment'], expected: Expected): Trial {
  const strike: Strike = { api: 'OffsetCommit', nth: fifth, moment, effect: 'close', goesOn: true };
  return { name: 'crash', crashes: true, strike, expected };
}

function crashAtEnd(nth: number, expected: Expected): Trial {
  const strike: Strike = { api: 'EndTxn', nth, moment: 'before', effect: 'close', goesOn: true };
  return { name: 'crash', crashes: true, strike, expected };
}

/** As after a rebalance: the transaction must be aborted, and the messages read once more. */
function refusedOffsets(nth: number): Trial {
  const strike: Strike = { api: 'TxnOffsetCommit', nth, moment: 'before', effect: 'refuse', goesOn: false };
  return { name: 'refused offsets', strike, expected: clean };
}
