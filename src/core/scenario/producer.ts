import {
  acknowledged,
  fireAndForget,
  idempotent,
  sendInOneTransaction,
  sendOnly,
  transactional,
} from '../semantics/table.js';
import { clean, oneOutput, onlyStart, producer, sentAndVisible, startAndRestart, struck } from './parts.js';
import type { CrashFault, Scenario } from './scenario.js';

/** In the transaction, after the acknowledgement of m4, before any EndTxn. */
const crashInTheTransaction: CrashFault = {
  kind: 'crash',
  point: 'T1',
  actor: 'producer',
  message: struck,
  after: 'send',
};

const requestLost: Scenario = {
  id: 'producer.at-most-once.request-lost',
  level: 'core',
  semantics: 'producer.at-most-once',
  topics: [oneOutput],
  cast: { producer: producer(fireAndForget, sendOnly) },
  plot: onlyStart('producer'),
  fault: {
    kind: 'wire',
    point: 'P1',
    actor: 'producer',
    api: 'Produce',
    message: struck,
    action: 'lose-request',
  },
  layer: 'producer-to-log',
  expected: {
    control: clean(sentAndVisible(10, 0)),
    // With acks=0 no response exists: the client counts a send as ok once it is written, so all ten are "ok".
    fault: {
      counts: {
        ...sentAndVisible(10, 0),
        readUncommitted: 9,
        readCommitted: 9,
        endOffset: 9,
        lastStableOffset: 9,
        lost: 1,
      },
      anomalies: { 'silent-loss': 1 },
    },
  },
};

const responseLost: Scenario = {
  id: 'producer.at-least-once.response-lost',
  level: 'core',
  semantics: 'producer.at-least-once',
  topics: [oneOutput],
  cast: { producer: producer(acknowledged, sendOnly) },
  plot: onlyStart('producer'),
  fault: {
    kind: 'wire',
    point: 'P2',
    actor: 'producer',
    api: 'Produce',
    message: struck,
    action: 'lose-response',
  },
  layer: 'producer-to-log',
  expected: {
    control: clean(sentAndVisible(10, 0)),
    // m4 is appended by the request and again by its retry: eleven records, ten acknowledged sends.
    fault: {
      counts: {
        ...sentAndVisible(10, 0),
        readUncommitted: 11,
        readCommitted: 11,
        endOffset: 11,
        lastStableOffset: 11,
        duplicates: 1,
      },
      anomalies: { duplicate: 1 },
    },
  },
};

const responseLostIdempotent: Scenario = {
  id: 'producer.exactly-once.response-lost',
  level: 'core',
  semantics: 'producer.exactly-once',
  topics: [oneOutput],
  // Without a transaction, so that nothing but the sequence number can be what keeps the retry out of the log.
  cast: { producer: producer(idempotent, sendOnly) },
  plot: onlyStart('producer'),
  fault: {
    kind: 'wire',
    point: 'P2',
    actor: 'producer',
    api: 'Produce',
    message: struck,
    action: 'lose-response',
  },
  layer: 'producer-to-log',
  expected: {
    control: clean({ ...sentAndVisible(10, 0), deduplicated: 0 }),
    fault: clean({ ...sentAndVisible(10, 0), deduplicated: 1 }),
  },
};

const abort: Scenario = {
  id: 'producer.exactly-once.abort',
  level: 'core',
  semantics: 'producer.exactly-once',
  topics: [oneOutput],
  cast: { producer: producer(transactional('producer'), sendInOneTransaction) },
  plot: onlyStart('producer'),
  fault: { kind: 'abort', point: 'abort', actor: 'producer', message: struck, after: 'send' },
  layer: 'producer-to-log',
  expected: {
    // Ten records and the commit marker.
    control: clean(sentAndVisible(10, 1)),
    // m0 … m4 and the abort marker stay in the log; only read_committed hides them.
    fault: {
      counts: { ...sentAndVisible(5, 1), readCommitted: 0 },
      anomalies: { 'aborted-visible': 5 },
    },
  },
};

const crashThenOtherWriter: Scenario = {
  id: 'producer.exactly-once.crash-then-other-writer',
  level: 'core',
  semantics: 'producer.exactly-once',
  topics: [oneOutput],
  cast: {
    producer: producer(transactional('producer'), sendInOneTransaction),
    other: producer(acknowledged, sendOnly, ['x0']),
    successor: producer(transactional('producer'), { before: ['initialise'], each: [], after: [] }, []),
  },
  plot: [
    { when: { at: 'once' }, start: 'producer' },
    // "ended", not "crashed": the control plays the whole plot too, and shows that x0 is visible without the fault.
    { when: { at: 'ended', actor: 'producer' }, start: 'other' },
    { when: { at: 'ended', actor: 'other' }, observe: 'while-open' },
    { when: { at: 'observed', label: 'while-open' }, start: 'successor' },
  ],
  fault: crashInTheTransaction,
  layer: 'producer-to-log',
  asks: { message: 'x0', observed: 'while-open' },
  expected: {
    // Ten records, the commit marker, x0; the successor finds nothing open and writes no marker.
    control: {
      ...clean(sentAndVisible(11, 1)),
      observed: {
        'while-open': { readUncommitted: 11, readCommitted: 11, endOffset: 12, lastStableOffset: 12 },
      },
    },
    // m0 … m4 at 0–4, x0 at 5; the last stable offset stays at 0 until the successor's init aborts: the marker is at 6.
    fault: {
      counts: { ...sentAndVisible(6, 1), readCommitted: 1 },
      anomalies: { blocked: 1, 'aborted-visible': 5 },
      observed: {
        'while-open': { readUncommitted: 6, readCommitted: 0, endOffset: 6, lastStableOffset: 0 },
      },
    },
  },
};

const restartSameId: Scenario = {
  id: 'producer.exactly-once.restart-same-id',
  level: 'core',
  semantics: 'producer.exactly-once',
  topics: [oneOutput],
  cast: { producer: producer(transactional('producer'), sendInOneTransaction) },
  plot: startAndRestart('producer'),
  fault: crashInTheTransaction,
  layer: 'producer-to-log',
  expected: {
    control: clean(sentAndVisible(10, 1)),
    // m0 … m4 and the abort marker that the restart's init causes, then all ten and the commit marker: 6 + 11.
    fault: {
      counts: { ...sentAndVisible(15, 2), readCommitted: 10 },
      anomalies: { 'aborted-visible': 5 },
    },
  },
};

export const producerScenarios: readonly Scenario[] = [
  requestLost,
  responseLost,
  responseLostIdempotent,
  abort,
  crashThenOtherWriter,
  restartSameId,
];
