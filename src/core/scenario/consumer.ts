import type { Counts } from '../history/verdict.js';
import {
  commitThenProcess,
  manualCommit,
  processIfNewThenCommit,
  processThenCommit,
  processThenOffsetsInTransaction,
  transactional,
} from '../semantics/table.js';
import { clean, consumer, seededInput, sentAndVisible, startAndRestart, struck } from './parts.js';
import type { Scenario } from './scenario.js';

/** The input is written once and stays as it is: ten records, no marker, whatever happens to the consumer. */
const input: Partial<Counts> = sentAndVisible(10, 0);

const processedOnce = clean({ ...input, deliveries: 10, effects: 10 });

const crashAfterCommit: Scenario = {
  id: 'consumer.at-most-once.crash-after-commit',
  level: 'core',
  semantics: 'consumer.at-most-once',
  topics: [seededInput],
  cast: { consumer: consumer(manualCommit, commitThenProcess) },
  plot: startAndRestart('consumer'),
  fault: { kind: 'crash', point: 'C2', actor: 'consumer', message: struck, after: 'commit-offset' },
  layer: 'log-to-effect',
  expected: {
    control: processedOnce,
    // m4 was handed over and committed, so nobody is given it again, and its effect never happened.
    fault: {
      counts: { ...input, deliveries: 10, effects: 9, lost: 1 },
      anomalies: { skipped: 1 },
    },
  },
};

const crashBeforeCommit: Scenario = {
  id: 'consumer.at-least-once.crash-before-commit',
  level: 'core',
  semantics: 'consumer.at-least-once',
  topics: [seededInput],
  cast: { consumer: consumer(manualCommit, processThenCommit) },
  plot: startAndRestart('consumer'),
  fault: { kind: 'crash', point: 'C1', actor: 'consumer', message: struck, after: 'process' },
  layer: 'log-to-effect',
  expected: {
    control: processedOnce,
    fault: {
      counts: { ...input, deliveries: 11, effects: 11, duplicates: 1 },
      anomalies: { 'duplicate-delivery': 1, 'duplicate-effect': 1 },
    },
  },
};

const course: Scenario = {
  id: 'consumer.exactly-once.course',
  level: 'core',
  semantics: 'consumer.exactly-once',
  topics: [seededInput],
  cast: {
    consumer: {
      ...consumer(manualCommit, processThenOffsetsInTransaction),
      producer: transactional('consumer'),
    },
  },
  plot: startAndRestart('consumer'),
  fault: { kind: 'crash', point: 'C1', actor: 'consumer', message: struck, after: 'process' },
  layer: 'log-to-effect',
  expected: {
    control: processedOnce,
    // The markers of these transactions go to the offsets topic, none to the input.
    fault: {
      counts: { ...input, deliveries: 11, effects: 11, duplicates: 1 },
      anomalies: { 'duplicate-delivery': 1, 'duplicate-effect': 1 },
    },
  },
};

const idempotentEffect: Scenario = {
  id: 'consumer.exactly-once.idempotent-effect',
  level: 'core',
  semantics: 'consumer.exactly-once',
  topics: [seededInput],
  cast: { consumer: consumer(manualCommit, processIfNewThenCommit) },
  plot: startAndRestart('consumer'),
  fault: { kind: 'crash', point: 'C1', actor: 'consumer', message: struck, after: 'process-if-new' },
  layer: 'log-to-effect',
  expected: {
    control: processedOnce,
    // Delivered twice, done once: exactly once is about effects, not about deliveries.
    fault: {
      counts: { ...input, deliveries: 11, effects: 10 },
      anomalies: { 'duplicate-delivery': 1 },
    },
  },
};

export const consumerScenarios: readonly Scenario[] = [
  crashAfterCommit,
  crashBeforeCommit,
  course,
  idempotentEffect,
];
