import { joinGroup, type JoinGroupResponse } from '../../src/broker/protocol/messages/11-join-group.js';
import { heartbeat } from '../../src/broker/protocol/messages/12-heartbeat.js';
import { leaveGroup } from '../../src/broker/protocol/messages/13-leave-group.js';
import { syncGroup } from '../../src/broker/protocol/messages/14-sync-group.js';
import { describeGroups } from '../../src/broker/protocol/messages/15-describe-groups.js';
import { listGroups } from '../../src/broker/protocol/messages/16-list-groups.js';
import { deleteGroups } from '../../src/broker/protocol/messages/42-delete-groups.js';
import { Writer } from '../../src/broker/protocol/writer.js';
import { error, settled, type Answer, type Told } from './answer.js';
import type { GroupSlot, MemberChoice, OperationOf } from './operation.js';
import { instanceOf, type MemberState, type World } from './world.js';

const rebalanceTimeoutMs: Readonly<Record<GroupSlot, number>> = { patient: 20_000, hasty: 700 };

export async function performJoin(world: World, operation: OperationOf<'join'>): Promise<Told> {
  const { group, version } = operation;
  const member = world.member(group, operation.member);
  const join = world.countJoin(group, operation.member);
  const metadata = subscription(world.topic(operation.subscribed));
  const response = await world.side.ask(joinGroup, version, {
    groupId: world.groupId(group),
    sessionTimeoutMs: operation.sessionTimeoutMs,
    rebalanceTimeoutMs: rebalanceTimeoutMs[group],
    memberId: { itself: member.memberId, new: '', stranger: 'stranger' }[operation.as],
    groupInstanceId: instanceOf(operation.member, operation.isStatic),
    protocolType: operation.protocolType,
    protocols: operation.protocols.map((name) => ({ name, metadata })),
  });
  world.nameMember(response.memberId, `${group} ${operation.member} ${join}`);
  if (join > member.join) learn(member, join, operation, response);
  return () => ({
    error: error(response.errorCode),
    member: world.memberSymbol(response.memberId),
    generation: response.generationId,
    leader: world.memberSymbol(response.leader),
    protocol: `${response.protocolType ?? ''} ${response.protocolName ?? ''}`,
    skipAssignment: response.skipAssignment,
    members: membersOf(world, response.members),
  });
}

function learn(
  member: MemberState,
  join: number,
  { protocolType }: OperationOf<'join'>,
  response: JoinGroupResponse,
): void {
  const { memberId, generationId, leader, protocolName } = response;
  if (memberId !== '' && memberId !== 'stranger') Object.assign(member, { memberId, join });
  if (response.errorCode !== 0) return;
  Object.assign(member, {
    generation: generationId,
    isLeader: leader === memberId,
    protocolType,
    protocolName,
  });
}

/**
 * ConsumerProtocolSubscription v0: version, topics, user data. It must be one: Kafka never answers a JoinGroup whose
 * subscription announces more topics than it holds (differences.md).
 */
function subscription(topic: string): Buffer {
  const writer = new Writer();
  writer.int16(0);
  writer.int32(1);
  writer.int16(topic.length);
  writer.bytes(Buffer.from(topic));
  writer.int32(-1);
  return writer.finish();
}

function subscribedIn(metadata: Buffer): string {
  return metadata.subarray(8, -4).toString();
}

/** Java keeps members in a hash map: their order means nothing. */
function membersOf(
  world: World,
  members: readonly {
    readonly memberId: string;
    readonly groupInstanceId: string | null;
    readonly metadata: Buffer;
  }[],
): Answer {
  return members
    .map(
      (one) =>
        `${world.memberSymbol(one.memberId)} ${one.groupInstanceId ?? ''} ${subscribedIn(one.metadata)}`,
    )
    .sort();
}

/** Whoever leads gives every member its own name as its assignment. */
export async function performSync(world: World, operation: OperationOf<'sync'>): Promise<Answer> {
  const { group } = operation;
  const member = world.member(group, operation.member);
  const others = (['m0', 'm1', 'm2'] as const).map((handle) => ({
    memberId: world.member(group, handle).memberId,
    assignment: Buffer.from(`for ${handle}`),
  }));
  const response = await world.side.ask(syncGroup, operation.version, {
    groupId: world.groupId(group),
    generationId: member.generation + operation.generationShift,
    memberId: member.memberId,
    groupInstanceId: instanceOf(operation.member, operation.isStatic),
    protocolType: member.protocolType,
    protocolName: member.protocolName,
    assignments: member.isLeader ? others.filter(({ memberId }) => memberId !== '') : [],
  });
  return {
    error: error(response.errorCode),
    protocol: `${response.protocolType ?? ''} ${response.protocolName ?? ''}`,
    assignment: response.assignment.toString(),
  };
}

export async function performHeartbeat(world: World, operation: OperationOf<'heartbeat'>): Promise<Answer> {
  const member = world.member(operation.group, operation.member);
  const { errorCode } = await world.side.ask(heartbeat, operation.version, {
    groupId: world.groupId(operation.group),
    generationId: member.generation + operation.generationShift,
    memberId: member.memberId,
    groupInstanceId: instanceFor(operation.member, operation.isStatic),
  });
  return error(errorCode);
}

export async function performLeave(world: World, operation: OperationOf<'leave'>): Promise<Answer> {
  const { memberId } = world.member(operation.group, operation.member);
  const groupInstanceId = instanceFor(operation.member, operation.isStatic);
  const { errorCode, members } = await world.side.ask(leaveGroup, operation.version, {
    groupId: world.groupId(operation.group),
    memberId,
    // An administrator removes a static member by its instance id alone (KIP-345).
    members: [{ memberId: operation.isStatic ? '' : memberId, groupInstanceId }],
  });
  const each = members.map(
    (one) => `${world.memberSymbol(one.memberId)} ${one.groupInstanceId ?? ''} ${error(one.errorCode)}`,
  );
  return [error(errorCode), ...each];
}

function instanceFor(choice: MemberChoice, isStatic: boolean): string | null {
  return choice === 'none' || choice === 'stranger' ? null : instanceOf(choice, isStatic);
}

export async function performDescribeGroup(
  world: World,
  operation: OperationOf<'describe group'>,
): Promise<Told> {
  const { groups } = await world.side.ask(describeGroups, operation.version, {
    groups: [world.groupId(operation.group)],
  });
  const found = groups[0];
  const describe = () =>
    found?.members.map((one) =>
      [
        world.memberSymbol(one.memberId),
        one.groupInstanceId ?? '',
        one.clientId,
        subscribedIn(one.memberMetadata),
        one.memberAssignment.toString(),
      ].join(' '),
    );
  return () => ({
    error: error(found?.errorCode),
    state: found?.groupState,
    protocol: `${found?.protocolType ?? ''} ${found?.protocolData ?? ''}`,
    members: describe()?.sort(),
  });
}

export async function performListGroups(
  world: World,
  operation: OperationOf<'list groups'>,
): Promise<Answer> {
  const { errorCode, groups } = await world.side.ask(listGroups, operation.version, {});
  const own = groups.filter(({ groupId }) => groupId === world.groupId(operation.group));
  return [error(errorCode), ...own.map((one) => `${one.protocolType} ${one.groupState} ${one.groupType}`)];
}

export async function performDeleteGroup(
  world: World,
  operation: OperationOf<'delete group'>,
): Promise<Answer> {
  const { results } = await settled(
    () => world.side.ask(deleteGroups, operation.version, { groupsNames: [world.groupId(operation.group)] }),
    (response) => response.results[0]?.errorCode,
  );
  return error(results[0]?.errorCode);
}
