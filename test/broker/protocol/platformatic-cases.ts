import * as platformatic from '@platformatic/kafka';
import { laterCases } from './platformatic-later-cases.js';

/**
 * What one module of @platformatic/kafka offers for one API in one version. Its types fit its own client; here it is an
 * oracle, called with values alone.
 */
export interface PlatformaticModule {
  readonly api: { readonly key: number; readonly version: number };
  createRequest(...values: readonly unknown[]): { readonly buffer: Buffer };
  parseResponse(
    correlationId: number,
    apiKey: number,
    apiVersion: number,
    reader: platformatic.Reader,
  ): unknown;
}

/** A request said twice: the values of its `createRequest`, and the fields of our tables. */
export interface PlatformaticCase {
  readonly module: string;
  readonly theirs: readonly unknown[];
  readonly ours: Readonly<Record<string, unknown>>;
}

export function platformaticModule(name: string): PlatformaticModule {
  const found = (platformatic as Readonly<Record<string, unknown>>)[name];
  if (found === undefined) throw new Error(`@platformatic/kafka has no ${name}`);
  return found as PlatformaticModule;
}

const topicId = '00112233-4455-6677-8899-aabbccddeeff';
const ourTopicId = 'ABEiM0RVZneImaq7zN3u_w';
const transaction = { transactionalId: 'tx', producerId: 9n, producerEpoch: 4 };

const produceCases = ['7', '8', '9', '10', '11'].map((version) => ({
  module: `produceV${version}`,
  theirs: [-1, 3000, [{ topic: 'a', partition: 2, value: Buffer.from('v') }], { transactionalId: 'tx' }],
  ours: {
    transactionalId: 'tx',
    acks: -1,
    timeoutMs: 3000,
    topicData: [{ name: 'a', partitionData: [{ index: 2 }] }],
  },
}));

const fetchCases = ['12', '13', '14', '15', '16', '17'].map((version) => ({
  module: `fetchV${version}`,
  theirs: [
    ...[500, 1, 9999, 1, 3, 4],
    [
      {
        topicId: version === '12' ? 'a' : topicId,
        partitions: [
          {
            partition: 1,
            currentLeaderEpoch: 6,
            fetchOffset: 77n,
            lastFetchedEpoch: 5,
            partitionMaxBytes: 88,
          },
        ],
      },
    ],
    // Version 12 names the forgotten topics; this library sends an id there all the same.
    version === '12' ? [] : [{ topic: topicId, partitions: [3] }],
    'r',
  ],
  ours: {
    ...{ maxWaitMs: 500, minBytes: 1, maxBytes: 9999, isolationLevel: 1, sessionId: 3, sessionEpoch: 4 },
    topics: [
      {
        topic: 'a',
        topicId: ourTopicId,
        partitions: [
          {
            partition: 1,
            currentLeaderEpoch: 6,
            fetchOffset: 77n,
            lastFetchedEpoch: 5,
            partitionMaxBytes: 88,
          },
        ],
      },
    ],
    forgottenTopicsData: version === '12' ? [] : [{ topicId: ourTopicId, partitions: [3] }],
    rackId: 'r',
  },
}));

const listOffsetsTopics = [
  { name: 'a', partitions: [{ partitionIndex: 1, currentLeaderEpoch: 6, timestamp: -2n }] },
];

const logCases: readonly PlatformaticCase[] = [
  ...produceCases,
  ...fetchCases,
  ...['8', '9'].map((version) => ({
    module: `listOffsetsV${version}`,
    theirs: [-1, 1, listOffsetsTopics],
    ours: { replicaId: -1, isolationLevel: 1, topics: listOffsetsTopics },
  })),
  ...['9', '10', '11', '12'].map((version) => ({
    module: `metadataV${version}`,
    theirs: [['a', 'b'], true, true],
    ours: {
      topics: [{ name: 'a' }, { name: 'b' }],
      allowAutoTopicCreation: true,
      includeTopicAuthorizedOperations: true,
    },
  })),
  {
    module: 'offsetForLeaderEpochV4',
    theirs: [-1, [{ name: 'a', partitions: [{ partitionIndex: 1, currentLeaderEpoch: 6, leaderEpoch: 5 }] }]],
    ours: {
      replicaId: -1,
      topics: [{ topic: 'a', partitions: [{ partition: 1, currentLeaderEpoch: 6, leaderEpoch: 5 }] }],
    },
  },
  {
    module: 'deleteRecordsV2',
    theirs: [[{ name: 'a', partitions: [{ partitionIndex: 1, offset: 33n }] }], 70],
    ours: { topics: [{ name: 'a', partitions: [{ partitionIndex: 1, offset: 33n }] }], timeoutMs: 70 },
  },
];

const committed = [
  {
    name: 'a',
    partitions: [
      { partitionIndex: 1, committedOffset: 12n, committedLeaderEpoch: 3, committedMetadata: 'why' },
    ],
  },
];
const fetched = [{ name: 'a', partitionIndexes: [0, 1] }];

const groupCases: readonly PlatformaticCase[] = [
  ...['8', '9'].map((version) => ({
    module: `offsetCommitV${version}`,
    theirs: ['g', 5, 'm', 'i', committed],
    ours: {
      groupId: 'g',
      generationIdOrMemberEpoch: 5,
      memberId: 'm',
      groupInstanceId: 'i',
      topics: committed,
    },
  })),
  ...['8', '9'].map((version) => ({
    module: `offsetFetchV${version}`,
    theirs: [[{ groupId: 'g', memberId: 'm', memberEpoch: 5, topics: fetched }], true],
    ours: { groups: [{ groupId: 'g', memberId: 'm', memberEpoch: 5, topics: fetched }], requireStable: true },
  })),
  ...['4', '5', '6'].map((version) => ({
    module: `findCoordinatorV${version}`,
    theirs: [1, ['tx', 'ty']],
    ours: { keyType: 1, coordinatorKeys: ['tx', 'ty'] },
  })),
  {
    module: 'joinGroupV9',
    theirs: ['g', 6000, 10_000, 'm', 'i', 'consumer', [{ name: 'range', metadata: Buffer.from('x') }], 'why'],
    ours: {
      groupId: 'g',
      sessionTimeoutMs: 6000,
      rebalanceTimeoutMs: 10_000,
      memberId: 'm',
      groupInstanceId: 'i',
      protocolType: 'consumer',
      protocols: [{ name: 'range', metadata: Buffer.from('x') }],
      reason: 'why',
    },
  },
  {
    module: 'heartbeatV4',
    theirs: ['g', 5, 'm', null],
    ours: { groupId: 'g', generationId: 5, memberId: 'm', groupInstanceId: null },
  },
  {
    module: 'leaveGroupV5',
    theirs: ['g', [{ memberId: 'm', groupInstanceId: 'i', reason: 'why' }]],
    ours: { groupId: 'g', members: [{ memberId: 'm', groupInstanceId: 'i', reason: 'why' }] },
  },
  {
    module: 'syncGroupV5',
    theirs: ['g', 5, 'm', 'i', 'consumer', 'range', [{ memberId: 'm', assignment: Buffer.from('x') }]],
    ours: {
      ...{ groupId: 'g', generationId: 5, memberId: 'm', groupInstanceId: 'i' },
      ...{ protocolType: 'consumer', protocolName: 'range' },
      assignments: [{ memberId: 'm', assignment: Buffer.from('x') }],
    },
  },
  {
    module: 'describeGroupsV5',
    theirs: [['g', 'h'], true],
    ours: { groups: ['g', 'h'], includeAuthorizedOperations: true },
  },
  { module: 'listGroupsV4', theirs: [['STABLE']], ours: { statesFilter: ['Stable'] } },
  {
    module: 'listGroupsV5',
    theirs: [['Stable'], ['classic']],
    ours: { statesFilter: ['Stable'], typesFilter: ['classic'] },
  },
  { module: 'deleteGroupsV2', theirs: [['g', 'h']], ours: { groupsNames: ['g', 'h'] } },
  {
    module: 'offsetDeleteV0',
    theirs: ['g', [{ name: 'a', partitions: [{ partitionIndex: 1 }] }]],
    ours: { groupId: 'g', topics: [{ name: 'a', partitions: [{ partitionIndex: 1 }] }] },
  },
];

const transactionCases: readonly PlatformaticCase[] = [
  ...['4', '5'].map((version) => ({
    module: `initProducerIdV${version}`,
    theirs: ['tx', 60_000, 9n, 4],
    ours: { ...transaction, transactionTimeoutMs: 60_000 },
  })),
  {
    module: 'addPartitionsToTxnV5',
    theirs: [[{ ...transaction, verifyOnly: true, topics: [{ name: 'a', partitions: [0, 1] }] }]],
    ours: {
      transactions: [{ ...transaction, verifyOnly: true, topics: [{ name: 'a', partitions: [0, 1] }] }],
    },
  },
  { module: 'addOffsetsToTxnV4', theirs: ['tx', 9n, 4, 'g'], ours: { ...transaction, groupId: 'g' } },
  { module: 'endTxnV4', theirs: ['tx', 9n, 4, true], ours: { ...transaction, committed: true } },
  {
    module: 'txnOffsetCommitV4',
    theirs: ['tx', 'g', 9n, 4, 5, 'm', 'i', committed],
    ours: {
      ...transaction,
      ...{ groupId: 'g', generationId: 5, memberId: 'm', groupInstanceId: 'i' },
      topics: committed,
    },
  },
];

const configs = [{ name: 'x', value: '1' }];
const newTopics = [
  {
    ...{ name: 'a', numPartitions: -1, replicationFactor: -1 },
    assignments: [{ partitionIndex: 0, brokerIds: [1, 2] }],
    configs,
  },
];
const described = [{ resourceType: 2, resourceName: 'a', configurationKeys: ['x'] }];
const changed = [
  { resourceType: 2, resourceName: 'a', configs: [{ name: 'x', configOperation: 1, value: '1' }] },
];
const enlarged = [{ name: 'a', count: 4, assignments: [{ brokerIds: [1] }] }];

const adminCases: readonly PlatformaticCase[] = [
  ...['3', '4'].map((version) => ({
    module: `apiVersionsV${version}`,
    theirs: ['lab', '1'],
    ours: { clientSoftwareName: 'lab', clientSoftwareVersion: '1' },
  })),
  {
    module: 'createTopicsV7',
    theirs: [newTopics, 44, true],
    ours: { topics: newTopics, timeoutMs: 44, validateOnly: true },
  },
  {
    module: 'deleteTopicsV6',
    theirs: [[{ name: 'a' }, { name: null, topicId }], 44],
    ours: { topics: [{ name: 'a' }, { name: null, topicId: ourTopicId }], timeoutMs: 44 },
  },
  ...['2', '3', '4'].map((version) => ({
    module: `describeConfigsV${version}`,
    theirs: [described, true, true],
    ours: { resources: described, includeSynonyms: true, includeDocumentation: true },
  })),
  {
    module: 'alterConfigsV2',
    theirs: [[{ resourceType: 2, resourceName: 'a', configs }], true],
    ours: { resources: [{ resourceType: 2, resourceName: 'a', configs }], validateOnly: true },
  },
  {
    module: 'incrementalAlterConfigsV1',
    theirs: [changed, true],
    ours: { resources: changed, validateOnly: true },
  },
  ...['1', '2', '3'].map((version) => ({
    module: `createPartitionsV${version}`,
    theirs: [enlarged, 44, true],
    ours: { topics: enlarged, timeoutMs: 44, validateOnly: true },
  })),
  { module: 'saslHandshakeV1', theirs: ['PLAIN'], ours: { mechanism: 'PLAIN' } },
  { module: 'saslAuthenticateV2', theirs: [Buffer.from([8, 9])], ours: { authBytes: Buffer.from([8, 9]) } },
];

/** Every module of @platformatic/kafka whose API we have; most are flexible versions. */
export const platformaticCases: readonly PlatformaticCase[] = [
  ...logCases,
  ...groupCases,
  ...transactionCases,
  ...adminCases,
  ...laterCases,
];

/** Where this version of the library differs from Kafka's own definitions; it is noticed when that changes. */
export const requestDefects: Readonly<Record<string, string | undefined>> = {
  metadataV11: 'sends a field that ends with version 10',
  describeConfigsV2: 'sends a field that begins with version 3',
};

export const responseDefects: Readonly<Record<string, string | undefined>> = {
  metadataV9: 'takes the name for the id, and the authorized operations for one byte',
  metadataV10: 'takes the authorized operations for one byte',
  offsetForLeaderEpochV4: 'takes the partition for the error code',
  offsetDeleteV0: 'reads compact lengths where there are none',
  describeConfigsV2: 'reads fields that begin with version 3',
  consumerGroupDescribeV0: 'takes the list of subscribed topics for one name',
};
