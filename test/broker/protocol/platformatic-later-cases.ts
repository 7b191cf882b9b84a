import type { PlatformaticCase } from './platformatic-cases.js';

const topicId = '00112233-4455-6677-8899-aabbccddeeff';
const ourTopicId = 'ABEiM0RVZneImaq7zN3u_w';

const describing: readonly PlatformaticCase[] = [
  {
    module: 'describeClusterV1',
    theirs: [true, 2],
    ours: { includeClusterAuthorizedOperations: true, endpointType: 2 },
  },
  {
    module: 'describeLogDirsV4',
    theirs: [[{ name: 'a', partitions: [1, 2] }]],
    ours: { topics: [{ topic: 'a', partitions: [1, 2] }] },
  },
  {
    module: 'describeProducersV0',
    theirs: [[{ name: 'a', partitionIndexes: [1, 2] }]],
    ours: { topics: [{ name: 'a', partitionIndexes: [1, 2] }] },
  },
  {
    module: 'describeTransactionsV0',
    theirs: [['tx', 'ty']],
    ours: { transactionalIds: ['tx', 'ty'] },
  },
  {
    module: 'listTransactionsV1',
    theirs: [['Ongoing'], [9n], 500n],
    ours: { stateFilters: ['Ongoing'], producerIdFilters: [9n], durationFilter: 500n },
  },
  {
    module: 'describeTopicPartitionsV0',
    theirs: [[{ name: 'a' }], 44, { topicName: 'b', partitionIndex: 3 }],
    ours: {
      topics: [{ name: 'a' }],
      responsePartitionLimit: 44,
      cursor: { topicName: 'b', partitionIndex: 3 },
    },
  },
];

const consumerGroups: readonly PlatformaticCase[] = [
  {
    module: 'consumerGroupHeartbeatV0',
    theirs: ['g', 'm', 3, 'i', 'r', 44, ['a'], 'range', [{ topicId, partitions: [1, 2] }]],
    ours: {
      ...{ groupId: 'g', memberId: 'm', memberEpoch: 3, instanceId: 'i', rackId: 'r' },
      ...{ rebalanceTimeoutMs: 44, subscribedTopicNames: ['a'], serverAssignor: 'range' },
      topicPartitions: [{ topicId: ourTopicId, partitions: [1, 2] }],
    },
  },
  {
    module: 'consumerGroupDescribeV0',
    theirs: [['g'], true],
    ours: { groupIds: ['g'], includeAuthorizedOperations: true },
  },
];

/** The APIs that came after the others: KIP-113, KIP-664, KIP-700, KIP-848, KIP-966. */
export const laterCases = [...describing, ...consumerGroups];
