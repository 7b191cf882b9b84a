import type { GroupDescription } from './exchange.js';
import type { Group } from './group.js';
import { noBytes, protocolMetadata } from './member.js';

/** DescribeGroups of a group that does not exist: "Dead", without an error. */
export const deadGroup: GroupDescription = { state: 'Dead', protocolType: '', protocolName: '', members: [] };

/** Protocol and assignments are told of a stable group only: before that they are not settled (GroupMetadata.summary). */
export function describeGroup(group: Group): GroupDescription {
  const stable = group.state === 'Stable';
  const protocolName = stable ? (group.protocolName ?? '') : '';
  return {
    state: group.state,
    protocolType: group.protocolType ?? '',
    protocolName,
    members: [...group.members.values()].map((member) => ({
      memberId: member.memberId,
      groupInstanceId: member.groupInstanceId,
      clientId: member.clientId,
      clientHost: member.clientHost,
      metadata: stable ? protocolMetadata(member, protocolName) : noBytes,
      assignment: stable ? member.assignment : noBytes,
    })),
  };
}
