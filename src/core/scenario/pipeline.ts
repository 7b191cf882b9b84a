import type { Program } from '../semantics/semantics.js';
import {
  acknowledged,
  manualCommit,
  outputAndOffsetsInOneTransaction,
  transactional,
} from '../semantics/table.js';
import {
  clean,
  oneOutput,
  onlyStart,
  pipeline,
  seededInput,
  sentAndVisible,
  startAndRestart,
  struck,
} from './parts.js';
import type { AbortFault, Expectation, Scenario } from './scenario.js';

const topics = [seededInput, oneOutput];

const produceThenCommitProgram: Program = {
  before: [],
  each: ['transform', 'send', 'commit-offset'],
  after: [],
};

const commitThenProduceProgram: Program = {
  before: [],
  each: ['transform', 'commit-offset', 'send'],
  after: [],
};

const transformedOnce = clean({ ...sentAndVisible(10, 0), deliveries: 10 });

/** One transaction for each record: ten outputs and ten commit markers in the output topic. */
const transformedInTransactions = clean({ ...sentAndVisible(10, 10), deliveries: 10 });

const produceThenCommit: Scenario = {
  id: 'pipeline.produce-then-commit',
  level: 'core',
  semantics: 'pipeline',
  topics,
  cast: { pipeline: pipeline(acknowledged, manualCommit, produceThenCommitProgram) },
  plot: startAndRestart('pipeline'),
  fault: { kind: 'crash', point: 'C1', actor: 'pipeline', message: struck, after: 'send' },
  layer: 'input-to-output',
  expected: {
    control: transformedOnce,
    fault: {
      counts: { ...sentAndVisible(11, 0), deliveries: 11, duplicates: 1 },
      anomalies: { 'duplicate-delivery': 1, 'duplicate-output': 1 },
    },
  },
};

const commitThenProduce: Scenario = {
  id: 'pipeline.commit-then-produce',
  level: 'core',
  semantics: 'pipeline',
  topics,
  cast: { pipeline: pipeline(acknowledged, manualCommit, commitThenProduceProgram) },
  plot: startAndRestart('pipeline'),
  fault: { kind: 'crash', point: 'C2', actor: 'pipeline', message: struck, after: 'commit-offset' },
  layer: 'input-to-output',
  expected: {
    control: transformedOnce,
    // m4 was read and committed, never sent: nine outputs of ten inputs.
    fault: {
      counts: { ...sentAndVisible(9, 0), deliveries: 10, lost: 1 },
      anomalies: { 'lost-output': 1 },
    },
  },
};

/** Eleven outputs and eleven markers, ten commits and one abort: read_committed sees each record's output once. */
const oneAbortedAndDoneAgain: Expectation = {
  counts: { ...sentAndVisible(11, 11), readCommitted: 10, deliveries: 11 },
  anomalies: { 'duplicate-delivery': 1, 'aborted-visible': 1 },
};

const exactlyOnce: Scenario = {
  id: 'pipeline.exactly-once',
  level: 'core',
  semantics: 'pipeline',
  topics,
  cast: { pipeline: pipeline(transactional('pipeline'), manualCommit, outputAndOffsetsInOneTransaction) },
  plot: startAndRestart('pipeline'),
  // T2: output and offset are both written when the process dies, and both are undone by the restart's init.
  fault: { kind: 'crash', point: 'T2', actor: 'pipeline', message: struck, after: 'send-offsets' },
  layer: 'input-to-output',
  expected: { control: transformedInTransactions, fault: oneAbortedAndDoneAgain },
};

/** At m1, so that the records behind it show whether the consumer went back. */
const abortOfM1: AbortFault = {
  kind: 'abort',
  point: 'abort',
  actor: 'pipeline',
  message: 'm1',
  after: 'send-offsets',
};

const abortWithoutRewind: Scenario = {
  id: 'pipeline.exactly-once.abort-without-rewind',
  level: 'core',
  semantics: 'pipeline',
  topics,
  cast: {
    pipeline: pipeline(transactional('pipeline'), manualCommit, outputAndOffsetsInOneTransaction, 'go-on'),
  },
  plot: onlyStart('pipeline'),
  fault: abortOfM1,
  layer: 'input-to-output',
  expected: {
    control: transformedInTransactions,
    // Ten transactions, the one of m1 aborted: ten outputs and ten markers; m2's commit carries the group past m1.
    fault: {
      counts: { ...sentAndVisible(10, 10), readCommitted: 9, deliveries: 10, lost: 1 },
      anomalies: { 'lost-output': 1, 'aborted-visible': 1 },
    },
  },
};

const abortWithRewind: Scenario = {
  id: 'pipeline.exactly-once.abort-with-rewind',
  level: 'core',
  semantics: 'pipeline',
  topics,
  cast: {
    pipeline: pipeline(transactional('pipeline'), manualCommit, outputAndOffsetsInOneTransaction, 'rewind'),
  },
  plot: onlyStart('pipeline'),
  fault: abortOfM1,
  layer: 'input-to-output',
  expected: { control: transformedInTransactions, fault: oneAbortedAndDoneAgain },
};

export const pipelineScenarios: readonly Scenario[] = [
  produceThenCommit,
  commitThenProduce,
  exactlyOnce,
  abortWithoutRewind,
  abortWithRewind,
];
