import type { Evidence } from '../evidence/evidence.js';
import type { Doubt } from '../verdict.js';
import { brokerDoubts } from './broker.js';
import { drainDoubts } from './drain.js';
import { effectDoubts } from './effects.js';
import { firingDoubts } from './firing.js';
import { operationDoubts } from './operations.js';
import { processDoubts } from './processes.js';
import { sequenceDoubts } from './sequence.js';
import { transactionDoubts } from './transactions.js';
import { writerDoubts } from './writers.js';

/** A guard looks whether the history can prove anything at all, and says why not. */
export type Guard = (evidence: Evidence) => readonly Doubt[];

/** The guards that need nothing but the history; those that need the scenario stand in `fault.ts` and `judge.ts`. */
export const guards: readonly Guard[] = [
  sequenceDoubts,
  processDoubts,
  operationDoubts,
  drainDoubts,
  writerDoubts,
  transactionDoubts,
  effectDoubts,
  firingDoubts,
  brokerDoubts,
];
