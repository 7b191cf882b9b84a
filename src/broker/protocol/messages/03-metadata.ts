import { defineApi, type RequestOf, type ResponseOf } from '../api.js';
import { array, bool, int16, int32, string, uuid } from '../schema.js';
import { operationsNotAsked } from './common.js';

export type MetadataRequest = RequestOf<typeof metadata>;
export type MetadataResponse = ResponseOf<typeof metadata>;

export const metadata = defineApi({
  key: 3,
  name: 'Metadata',
  versions: { min: 0, max: 12 },
  flexibleFrom: 9,
  request: {
    /** Null asks for all topics; in version 0 an empty array does. */
    topics: array(
      '0+',
      { topicId: uuid('10+'), name: string('0+', { nullable: '10+' }) },
      { nullable: '1+' },
    ),
    allowAutoTopicCreation: bool('4+', { default: true }),
    includeClusterAuthorizedOperations: bool('8-10'),
    includeTopicAuthorizedOperations: bool('8+'),
  },
  response: {
    throttleTimeMs: int32('3+'),
    brokers: array('0+', {
      nodeId: int32('0+'),
      host: string('0+'),
      port: int32('0+'),
      rack: string('1+', { nullable: '1+', default: null }),
    }),
    clusterId: string('2+', { nullable: '2+', default: null }),
    controllerId: int32('1+', { default: -1 }),
    topics: array('0+', {
      errorCode: int16('0+'),
      name: string('0+', { nullable: '12+' }),
      topicId: uuid('10+'),
      isInternal: bool('1+'),
      partitions: array('0+', {
        errorCode: int16('0+'),
        partitionIndex: int32('0+'),
        leaderId: int32('0+'),
        leaderEpoch: int32('7+', { default: -1 }),
        replicaNodes: array('0+', 'int32'),
        isrNodes: array('0+', 'int32'),
        offlineReplicas: array('5+', 'int32'),
      }),
      topicAuthorizedOperations: int32('8+', { default: operationsNotAsked }),
    }),
    clusterAuthorizedOperations: int32('8-10', { default: operationsNotAsked }),
  },
});
