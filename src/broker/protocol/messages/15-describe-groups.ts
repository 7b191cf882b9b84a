import { defineApi, type RequestOf, type ResponseOf } from '../api.js';
import { array, bool, bytes, int16, int32, string } from '../schema.js';
import { operationsNotAsked } from './common.js';

export type DescribeGroupsRequest = RequestOf<typeof describeGroups>;
export type DescribeGroupsResponse = ResponseOf<typeof describeGroups>;

export const describeGroups = defineApi({
  key: 15,
  name: 'DescribeGroups',
  versions: { min: 0, max: 5 },
  flexibleFrom: 5,
  request: {
    groups: array('0+', 'string'),
    includeAuthorizedOperations: bool('3+'),
  },
  response: {
    throttleTimeMs: int32('1+'),
    groups: array('0+', {
      errorCode: int16('0+'),
      groupId: string('0+'),
      groupState: string('0+'),
      protocolType: string('0+'),
      protocolData: string('0+'),
      members: array('0+', {
        memberId: string('0+'),
        groupInstanceId: string('4+', { nullable: '4+', default: null }),
        clientId: string('0+'),
        clientHost: string('0+'),
        memberMetadata: bytes('0+'),
        memberAssignment: bytes('0+'),
      }),
      authorizedOperations: int32('3+', { default: operationsNotAsked }),
    }),
  },
});
