import type { Told } from './answer.js';
import type { Operation, OperationOf } from './operation.js';
import {
  performDeleteGroup,
  performDescribeGroup,
  performHeartbeat,
  performJoin,
  performLeave,
  performListGroups,
  performSync,
} from './perform-group.js';
import { performDeleteRecords, performEpochEnd, performFetch, performListOffsets } from './perform-log.js';
import { performCommitOffsets, performDeleteOffsets, performFetchOffsets } from './perform-offsets.js';
import { performProduce } from './perform-produce.js';
import {
  performCreatePartitions,
  performCreateTopic,
  performDeleteTopic,
  performMetadata,
} from './perform-topic.js';
import {
  performAddOffsets,
  performAddPartitions,
  performCommitInTransaction,
  performEnd,
  performInit,
} from './perform-transaction.js';
import { ConnectionClosed } from './side.js';
import type { World } from './world.js';

/** Sends what the operation stands for and tells the answer in symbols. A closed connection is an answer, too. */
export async function perform(world: World, operation: Operation): Promise<Told> {
  // The table pairs every kind with what takes it; TypeScript cannot see that through the look-up.
  const performer = performers[operation.kind] as (world: World, operation: Operation) => Promise<Told>;
  try {
    return await performer(world, operation);
  } catch (error) {
    if (error instanceof ConnectionClosed) return 'connection closed';
    throw error;
  }
}

type Performers = {
  readonly [Kind in Operation['kind']]: (world: World, operation: OperationOf<Kind>) => Promise<Told>;
};

const performers: Performers = {
  init: performInit,
  produce: performProduce,
  'add partitions': performAddPartitions,
  'add offsets': performAddOffsets,
  'commit in transaction': performCommitInTransaction,
  end: performEnd,
  fetch: performFetch,
  'list offsets': performListOffsets,
  'delete records': performDeleteRecords,
  'epoch end': performEpochEnd,
  'commit offsets': performCommitOffsets,
  'fetch offsets': performFetchOffsets,
  'delete offsets': performDeleteOffsets,
  join: performJoin,
  sync: performSync,
  heartbeat: performHeartbeat,
  leave: performLeave,
  'describe group': performDescribeGroup,
  'list groups': performListGroups,
  'delete group': performDeleteGroup,
  'create topic': performCreateTopic,
  'delete topic': performDeleteTopic,
  'create partitions': performCreatePartitions,
  metadata: performMetadata,
  pause: async (_world, { ms }) => {
    await new Promise((resolve) => setTimeout(resolve, ms));
    return 'over';
  },
};
