import type { AnyApi } from '../../../src/broker/protocol/api.js';
import { groupCases } from './kafkajs-group-cases.js';
import { produce } from '../../../src/broker/protocol/messages/00-produce.js';
import { fetch } from '../../../src/broker/protocol/messages/01-fetch.js';
import { listOffsets } from '../../../src/broker/protocol/messages/02-list-offsets.js';
import { metadata } from '../../../src/broker/protocol/messages/03-metadata.js';
import { saslHandshake } from '../../../src/broker/protocol/messages/17-sasl-handshake.js';
import { apiVersions } from '../../../src/broker/protocol/messages/18-api-versions.js';
import { createTopics } from '../../../src/broker/protocol/messages/19-create-topics.js';
import { deleteTopics } from '../../../src/broker/protocol/messages/20-delete-topics.js';
import { deleteRecords } from '../../../src/broker/protocol/messages/21-delete-records.js';
import { initProducerId } from '../../../src/broker/protocol/messages/22-init-producer-id.js';
import { addPartitionsToTxn } from '../../../src/broker/protocol/messages/24-add-partitions-to-txn.js';
import { addOffsetsToTxn } from '../../../src/broker/protocol/messages/25-add-offsets-to-txn.js';
import { endTxn } from '../../../src/broker/protocol/messages/26-end-txn.js';
import { describeConfigs } from '../../../src/broker/protocol/messages/32-describe-configs.js';
import { alterConfigs } from '../../../src/broker/protocol/messages/33-alter-configs.js';
import { saslAuthenticate } from '../../../src/broker/protocol/messages/36-sasl-authenticate.js';
import { createPartitions } from '../../../src/broker/protocol/messages/37-create-partitions.js';

/** The same request said twice: as kafkajs's encoder wants it, and as our tables name it. */
export interface KafkajsCase {
  readonly api: AnyApi;
  /** Its folder below kafkajs's `protocol/requests`. */
  readonly folder: string;
  readonly versions: readonly number[];
  readonly theirs: unknown;
  /** With the fields of every version; those that a version lacks are left out of the comparison. */
  readonly ours: Readonly<Record<string, unknown>>;
  /** Fields of its decoded response that were not on the wire. */
  readonly invented?: (version: number) => readonly string[];
}

const transaction = { transactionalId: 'tx', producerId: 9n, producerEpoch: 4 };
const theirTransaction = { ...transaction, producerId: '9' };

const logCases: readonly KafkajsCase[] = [
  {
    api: produce,
    folder: 'produce',
    versions: [0, 1, 2, 3, 4, 5, 6, 7],
    theirs: {
      acks: -1,
      timeout: 3000,
      transactionalId: 'tx',
      topicData: [{ topic: 'a', partitions: [{ partition: 2, messages: [{ key: 'k', value: 'v' }] }] }],
    },
    ours: {
      transactionalId: 'tx',
      acks: -1,
      timeoutMs: 3000,
      topicData: [{ name: 'a', partitionData: [{ index: 2 }] }],
    },
  },
  {
    api: fetch,
    folder: 'fetch',
    versions: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11],
    theirs: {
      replicaId: -1,
      maxWaitTime: 500,
      minBytes: 1,
      maxBytes: 9999,
      isolationLevel: 1,
      sessionId: 3,
      sessionEpoch: 4,
      rackId: 'r',
      topics: [
        {
          topic: 'a',
          partitions: [
            { partition: 1, currentLeaderEpoch: 6, fetchOffset: '77', maxBytes: 88, logStartOffset: 5 },
          ],
        },
      ],
      forgottenTopics: [{ topic: 'f', partitions: [3] }],
    },
    ours: {
      replicaId: -1,
      maxWaitMs: 500,
      minBytes: 1,
      maxBytes: 9999,
      isolationLevel: 1,
      sessionId: 3,
      sessionEpoch: 4,
      topics: [
        {
          topic: 'a',
          partitions: [
            {
              partition: 1,
              currentLeaderEpoch: 6,
              fetchOffset: 77n,
              logStartOffset: 5n,
              partitionMaxBytes: 88,
            },
          ],
        },
      ],
      forgottenTopicsData: [{ topic: 'f', partitions: [3] }],
      rackId: 'r',
    },
  },
  {
    api: listOffsets,
    folder: 'listOffsets',
    versions: [0, 1, 2, 3],
    theirs: {
      replicaId: -1,
      isolationLevel: 1,
      topics: [{ topic: 'a', partitions: [{ partition: 1, timestamp: '-2', maxNumOffsets: 5 }] }],
    },
    ours: {
      replicaId: -1,
      isolationLevel: 1,
      topics: [{ name: 'a', partitions: [{ partitionIndex: 1, timestamp: -2n, maxNumOffsets: 5 }] }],
    },
  },
  {
    api: metadata,
    folder: 'metadata',
    versions: [0, 1, 2, 3, 4, 5, 6],
    theirs: { topics: ['a', 'b'], allowAutoTopicCreation: false },
    ours: { topics: [{ name: 'a' }, { name: 'b' }], allowAutoTopicCreation: false },
  },
  {
    api: deleteRecords,
    folder: 'deleteRecords',
    versions: [0, 1],
    theirs: { topics: [{ topic: 'a', partitions: [{ partition: 1, offset: '33' }] }], timeout: 70 },
    ours: { topics: [{ name: 'a', partitions: [{ partitionIndex: 1, offset: 33n }] }], timeoutMs: 70 },
  },
];

const transactionCases: readonly KafkajsCase[] = [
  {
    api: initProducerId,
    folder: 'initProducerId',
    versions: [0, 1],
    theirs: { transactionalId: 'tx', transactionTimeout: 60_000 },
    ours: { transactionalId: 'tx', transactionTimeoutMs: 60_000 },
  },
  {
    api: addPartitionsToTxn,
    folder: 'addPartitionsToTxn',
    versions: [0, 1],
    theirs: { ...theirTransaction, topics: [{ topic: 'a', partitions: [0, 1] }] },
    ours: {
      v3AndBelowTransactionalId: 'tx',
      v3AndBelowProducerId: 9n,
      v3AndBelowProducerEpoch: 4,
      v3AndBelowTopics: [{ name: 'a', partitions: [0, 1] }],
    },
  },
  {
    api: addOffsetsToTxn,
    folder: 'addOffsetsToTxn',
    versions: [0, 1],
    theirs: { ...theirTransaction, groupId: 'g' },
    ours: { ...transaction, groupId: 'g' },
  },
  {
    api: endTxn,
    folder: 'endTxn',
    versions: [0, 1],
    theirs: { ...theirTransaction, transactionResult: true },
    ours: { ...transaction, committed: true },
  },
];

const adminCases: readonly KafkajsCase[] = [
  { api: apiVersions, folder: 'apiVersions', versions: [0, 1, 2], theirs: {}, ours: {} },
  {
    api: saslHandshake,
    folder: 'saslHandshake',
    versions: [0, 1],
    theirs: { mechanism: 'PLAIN' },
    ours: { mechanism: 'PLAIN' },
  },
  {
    api: createTopics,
    folder: 'createTopics',
    versions: [0, 1, 2, 3],
    theirs: {
      topics: [
        {
          topic: 'a',
          replicaAssignment: [{ partition: 0, replicas: [1, 2] }],
          configEntries: [{ name: 'cleanup.policy', value: 'compact' }],
        },
        { topic: 'b', numPartitions: 3, replicationFactor: 2 },
      ],
      timeout: 44,
      validateOnly: true,
    },
    ours: {
      topics: [
        {
          name: 'a',
          numPartitions: -1,
          replicationFactor: -1,
          assignments: [{ partitionIndex: 0, brokerIds: [1, 2] }],
          configs: [{ name: 'cleanup.policy', value: 'compact' }],
        },
        { name: 'b', numPartitions: 3, replicationFactor: 2 },
      ],
      timeoutMs: 44,
      validateOnly: true,
    },
  },
  {
    api: deleteTopics,
    folder: 'deleteTopics',
    versions: [0, 1],
    theirs: { topics: ['a', 'b'], timeout: 44 },
    ours: { topicNames: ['a', 'b'], timeoutMs: 44 },
  },
  {
    api: describeConfigs,
    folder: 'describeConfigs',
    versions: [0, 1, 2],
    theirs: { resources: [{ type: 2, name: 'a', configNames: ['x'] }], includeSynonyms: true },
    ours: {
      resources: [{ resourceType: 2, resourceName: 'a', configurationKeys: ['x'] }],
      includeSynonyms: true,
    },
    invented: (version) => [version === 0 ? 'configSource' : 'isDefault'],
  },
  {
    api: alterConfigs,
    folder: 'alterConfigs',
    versions: [0, 1],
    theirs: {
      resources: [{ type: 2, name: 'a', configEntries: [{ name: 'x', value: '1' }] }],
      validateOnly: true,
    },
    ours: {
      resources: [{ resourceType: 2, resourceName: 'a', configs: [{ name: 'x', value: '1' }] }],
      validateOnly: true,
    },
  },
  {
    api: createPartitions,
    folder: 'createPartitions',
    versions: [0, 1],
    theirs: {
      topicPartitions: [{ topic: 'a', count: 4, assignments: [[1], [2]] }],
      timeout: 44,
      validateOnly: true,
    },
    ours: {
      topics: [{ name: 'a', count: 4, assignments: [{ brokerIds: [1] }, { brokerIds: [2] }] }],
      timeoutMs: 44,
      validateOnly: true,
    },
  },
];

/** kafkajs leaves the length of the bytes to the mechanism, which it encodes itself. */
const authenticate: KafkajsCase = {
  api: saslAuthenticate,
  folder: 'saslAuthenticate',
  versions: [0, 1],
  theirs: { authBytes: Buffer.from([0, 0, 0, 2, 8, 9]) },
  ours: { authBytes: Buffer.from([8, 9]) },
};

/** Every API that kafkajs has and we have; it knows no flexible version. */
export const kafkajsCases: readonly KafkajsCase[] = [
  ...logCases,
  ...groupCases,
  ...transactionCases,
  ...adminCases,
  authenticate,
];
