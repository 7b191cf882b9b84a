import { offsetCommit } from '../../../src/broker/protocol/messages/08-offset-commit.js';
import { offsetFetch } from '../../../src/broker/protocol/messages/09-offset-fetch.js';
import { findCoordinator } from '../../../src/broker/protocol/messages/10-find-coordinator.js';
import { joinGroup } from '../../../src/broker/protocol/messages/11-join-group.js';
import { heartbeat } from '../../../src/broker/protocol/messages/12-heartbeat.js';
import { leaveGroup } from '../../../src/broker/protocol/messages/13-leave-group.js';
import { syncGroup } from '../../../src/broker/protocol/messages/14-sync-group.js';
import { describeGroups } from '../../../src/broker/protocol/messages/15-describe-groups.js';
import { listGroups } from '../../../src/broker/protocol/messages/16-list-groups.js';
import { txnOffsetCommit } from '../../../src/broker/protocol/messages/28-txn-offset-commit.js';
import { deleteGroups } from '../../../src/broker/protocol/messages/42-delete-groups.js';
import type { KafkajsCase } from './kafkajs-cases.js';

const member = { groupId: 'g', memberId: 'm', groupInstanceId: 'i' };

const offsetCases: readonly KafkajsCase[] = [
  {
    api: offsetCommit,
    folder: 'offsetCommit',
    versions: [0, 1, 2, 3, 4, 5],
    theirs: {
      ...member,
      groupGenerationId: 5,
      retentionTime: '99',
      topics: [
        { topic: 'a', partitions: [{ partition: 1, offset: '12', timestamp: '13', metadata: 'why' }] },
      ],
    },
    ours: {
      groupId: 'g',
      generationIdOrMemberEpoch: 5,
      memberId: 'm',
      retentionTimeMs: 99n,
      topics: [
        {
          name: 'a',
          partitions: [
            { partitionIndex: 1, committedOffset: 12n, commitTimestamp: 13n, committedMetadata: 'why' },
          ],
        },
      ],
    },
  },
  {
    api: offsetFetch,
    folder: 'offsetFetch',
    versions: [1, 2, 3, 4],
    theirs: { groupId: 'g', topics: [{ topic: 'a', partitions: [{ partition: 0 }, { partition: 1 }] }] },
    ours: { groupId: 'g', topics: [{ name: 'a', partitionIndexes: [0, 1] }] },
  },
  {
    api: txnOffsetCommit,
    folder: 'txnOffsetCommit',
    versions: [0, 1],
    theirs: {
      transactionalId: 'tx',
      groupId: 'g',
      producerId: '9',
      producerEpoch: 4,
      topics: [{ topic: 'a', partitions: [{ partition: 1, offset: '12', metadata: null }] }],
    },
    ours: {
      transactionalId: 'tx',
      groupId: 'g',
      producerId: 9n,
      producerEpoch: 4,
      topics: [
        { name: 'a', partitions: [{ partitionIndex: 1, committedOffset: 12n, committedMetadata: null }] },
      ],
    },
  },
];

const memberCases: readonly KafkajsCase[] = [
  {
    api: findCoordinator,
    folder: 'findCoordinator',
    versions: [0, 1, 2],
    theirs: { groupId: 'tx', coordinatorKey: 'tx', coordinatorType: 1 },
    ours: { key: 'tx', keyType: 1 },
  },
  {
    api: joinGroup,
    folder: 'joinGroup',
    versions: [0, 1, 2, 3, 4, 5],
    theirs: {
      ...member,
      sessionTimeout: 6000,
      rebalanceTimeout: 10_000,
      protocolType: 'consumer',
      groupProtocols: [{ name: 'range', metadata: Buffer.from('x') }, { name: 'rr' }],
    },
    ours: {
      ...member,
      sessionTimeoutMs: 6000,
      rebalanceTimeoutMs: 10_000,
      protocolType: 'consumer',
      protocols: [
        { name: 'range', metadata: Buffer.from('x') },
        { name: 'rr', metadata: Buffer.alloc(0) },
      ],
    },
  },
  {
    api: heartbeat,
    folder: 'heartbeat',
    versions: [0, 1, 2, 3],
    theirs: { ...member, groupGenerationId: 5 },
    ours: { ...member, generationId: 5 },
  },
  {
    api: leaveGroup,
    folder: 'leaveGroup',
    versions: [0, 1, 2, 3],
    theirs: { groupId: 'g', memberId: 'm', members: [{ memberId: 'm', groupInstanceId: 'i' }] },
    ours: { groupId: 'g', memberId: 'm', members: [{ memberId: 'm', groupInstanceId: 'i' }] },
  },
  {
    api: syncGroup,
    folder: 'syncGroup',
    versions: [0, 1, 2, 3],
    theirs: {
      ...member,
      generationId: 5,
      groupAssignment: [{ memberId: 'm', memberAssignment: Buffer.from('x') }],
    },
    ours: { ...member, generationId: 5, assignments: [{ memberId: 'm', assignment: Buffer.from('x') }] },
  },
];

export const groupCases: readonly KafkajsCase[] = [
  ...offsetCases,
  ...memberCases,
  {
    api: describeGroups,
    folder: 'describeGroups',
    versions: [0, 1, 2],
    theirs: { groupIds: ['g', 'h'] },
    ours: { groups: ['g', 'h'] },
  },
  { api: listGroups, folder: 'listGroups', versions: [0, 1, 2], theirs: {}, ours: {} },
  {
    api: deleteGroups,
    folder: 'deleteGroups',
    versions: [0, 1],
    theirs: ['g', 'h'],
    ours: { groupsNames: ['g', 'h'] },
  },
];
