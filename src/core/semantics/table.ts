import type { ConsumerSettings, ProducerSettings, Program, Semantics, SemanticsId } from './semantics.js';

/**
 * Retries are always given: kafkajs takes other defaults under NODE_ENV=test. Three are enough for one lost request or
 * response, and few enough that a broker which is really gone is reported within a second.
 */
export const retriesOfLessons = 3;

export const fireAndForget: ProducerSettings = { acks: 0, retries: 0, idempotence: false };

export const acknowledged: ProducerSettings = {
  acks: 'all',
  retries: retriesOfLessons,
  idempotence: false,
};

/** Idempotence alone: the broker recognises a retry, within one session and without a transaction (KIP-98). */
export const idempotent: ProducerSettings = { acks: 'all', retries: retriesOfLessons, idempotence: true };

/** A transactional id implies idempotence and acks=all (KIP-98). */
export function transactional(transactionalId: string): ProducerSettings {
  return { ...idempotent, transactionalId };
}

/** Offsets are committed by the program, never automatically: the order of its two words is the lesson. */
export const manualCommit: ConsumerSettings = {
  isolationLevel: 'read_committed',
  autoOffsetReset: 'earliest',
  groupId: 'group',
};

export const sendOnly: Program = { before: [], each: ['send'], after: [] };

export const sendInOneTransaction: Program = {
  before: ['initialise', 'begin'],
  each: ['send'],
  after: ['commit-transaction'],
};

export const commitThenProcess: Program = { before: [], each: ['commit-offset', 'process'], after: [] };

export const processThenCommit: Program = { before: [], each: ['process', 'commit-offset'], after: [] };

/** The safe form of the exactly-once consumer: the ledger of effects itself refuses what it already holds. */
export const processIfNewThenCommit: Program = {
  before: [],
  each: ['process-if-new', 'commit-offset'],
  after: [],
};

/** The course's form: only the offsets are in the transaction, the effect stands outside (errata 23). */
export const processThenOffsetsInTransaction: Program = {
  before: ['initialise'],
  each: ['process', 'begin', 'send-offsets', 'commit-transaction'],
  after: [],
};

export const outputAndOffsetsInOneTransaction: Program = {
  before: ['initialise'],
  each: ['begin', 'transform', 'send', 'send-offsets', 'commit-transaction'],
  after: [],
};

/** In the order in which they are shown: the six of the course, then the pipeline, which is both sides at once. */
export const allSemantics: readonly Semantics[] = [
  {
    id: 'producer.at-most-once',
    side: 'producer',
    guarantee: 'at-most-once',
    producer: fireAndForget,
    program: sendOnly,
  },
  {
    id: 'producer.at-least-once',
    side: 'producer',
    guarantee: 'at-least-once',
    producer: acknowledged,
    program: sendOnly,
  },
  {
    id: 'producer.exactly-once',
    side: 'producer',
    guarantee: 'exactly-once',
    producer: transactional('producer'),
    program: sendInOneTransaction,
  },
  {
    id: 'consumer.at-most-once',
    side: 'consumer',
    guarantee: 'at-most-once',
    consumer: manualCommit,
    program: commitThenProcess,
  },
  {
    id: 'consumer.at-least-once',
    side: 'consumer',
    guarantee: 'at-least-once',
    consumer: manualCommit,
    program: processThenCommit,
  },
  {
    id: 'consumer.exactly-once',
    side: 'consumer',
    guarantee: 'exactly-once',
    producer: transactional('consumer'),
    consumer: manualCommit,
    program: processThenOffsetsInTransaction,
  },
  {
    id: 'pipeline',
    side: 'pipeline',
    guarantee: 'exactly-once',
    producer: transactional('pipeline'),
    consumer: manualCommit,
    program: outputAndOffsetsInOneTransaction,
  },
];

const byId: ReadonlyMap<string, Semantics> = new Map(allSemantics.map((one) => [one.id, one]));

/** The semantics of that id; ids are a closed union, so a missing entry is a programming mistake and throws. */
export function semanticsById(id: SemanticsId): Semantics {
  const found = byId.get(id);
  if (found === undefined) {
    throw new Error(`no semantics has the id ${id}`);
  }
  return found;
}
