import { abortedRead } from './aborted-read.js';
import { abortedVisible } from './aborted-visible.js';
import { blocked } from './blocked.js';
import { duplicate } from './duplicate.js';
import { duplicateDelivery } from './duplicate-delivery.js';
import { duplicateEffect } from './duplicate-effect.js';
import { duplicateOutput } from './duplicate-output.js';
import { fencedWrite } from './fenced-write.js';
import { inconsistentOffsets } from './inconsistent-offsets.js';
import { internalNonmonotonicPoll } from './int-nonmonotonic-poll.js';
import { internalNonmonotonicSend } from './int-nonmonotonic-send.js';
import { internalPollSkip } from './int-poll-skip.js';
import { lostInClient } from './lost-in-client.js';
import { lostInLog } from './lost-in-log.js';
import { lostOutput } from './lost-output.js';
import { lostWrite } from './lost-write.js';
import { nonmonotonicPoll } from './nonmonotonic-poll.js';
import { nonmonotonicSend } from './nonmonotonic-send.js';
import { orphanOutput } from './orphan-output.js';
import { phantom } from './phantom.js';
import { pollSkip } from './poll-skip.js';
import { precommittedRead } from './precommitted-read.js';
import { reportedLoss } from './reported-loss.js';
import type { AnomalyRule } from './rule.js';
import { silentLoss } from './silent-loss.js';
import { skipped } from './skipped.js';
import { tornTransaction } from './torn-transaction.js';
import { unseen } from './unseen.js';
import { writeIsolation } from './write-isolation.js';

/** Every anomaly that the checker knows, in the order in which a verdict tells them: what the learner asks first, first. */
export const anomalyRules: readonly AnomalyRule[] = [
  silentLoss,
  reportedLoss,
  lostInClient,
  lostInLog,
  lostWrite,
  skipped,
  lostOutput,
  unseen,
  duplicate,
  duplicateEffect,
  duplicateOutput,
  nonmonotonicSend,
  internalNonmonotonicSend,
  phantom,
  orphanOutput,
  blocked,
  abortedRead,
  precommittedRead,
  tornTransaction,
  fencedWrite,
  inconsistentOffsets,
  pollSkip,
  internalPollSkip,
  nonmonotonicPoll,
  internalNonmonotonicPoll,
  duplicateDelivery,
  abortedVisible,
  writeIsolation,
];
