import { offsetCommit } from '../../src/broker/protocol/messages/08-offset-commit.js';
import { offsetFetch } from '../../src/broker/protocol/messages/09-offset-fetch.js';
import { joinGroup } from '../../src/broker/protocol/messages/11-join-group.js';
import { heartbeat } from '../../src/broker/protocol/messages/12-heartbeat.js';
import { leaveGroup } from '../../src/broker/protocol/messages/13-leave-group.js';
import { syncGroup } from '../../src/broker/protocol/messages/14-sync-group.js';
import { describeGroups } from '../../src/broker/protocol/messages/15-describe-groups.js';
import { listGroups } from '../../src/broker/protocol/messages/16-list-groups.js';
import { deleteGroups } from '../../src/broker/protocol/messages/42-delete-groups.js';
import { offsetDelete } from '../../src/broker/protocol/messages/47-offset-delete.js';
import type { Draw } from './draw.js';
import { drawMember, drawOffsets, drawPlace } from './generate-transaction.js';
import type { GroupSlot, MemberHandle, Operation, OperationOf } from './operation.js';

const handles: readonly MemberHandle[] = ['m0', 'm1', 'm2'];

/** m2 is the static member; a request sometimes forgets, or claims, that a member is one. */
function drawStatic(draw: Draw, member: MemberHandle): boolean {
  return draw.chance(0.04) ? member !== 'm2' : member === 'm2';
}

export function drawJoin(draw: Draw, group: GroupSlot, member: MemberHandle): OperationOf<'join'> {
  // Version 0 has no rebalance time-out: the session's stands for it, and in a hasty group both would end at once.
  const drawn = draw.version(joinGroup);
  const version = group === 'hasty' ? Math.max(1, drawn) : drawn;
  return {
    kind: 'join',
    group,
    member,
    version,
    as: draw.mostly('itself', 0.12, ['new', 'new', 'stranger'] as const),
    isStatic: version >= 5 && drawStatic(draw, member),
    // Too short, too long, and one that ends within a pause.
    sessionTimeoutMs: draw.mostly(30_000, version > 0 ? 0.12 : 0, [100, 1_800_001, 1200, 1200]),
    protocols: draw.mostly<readonly string[]>(['range'], 0.25, [
      ['range', 'sticky'],
      ['sticky', 'range'],
      ['sticky'],
      [],
    ]),
    protocolType: draw.mostly('consumer', 0.04, ['connect', '']),
    subscribed: draw.mostly('t0', 0.15, ['t1'] as const),
  };
}

export function drawSync(draw: Draw, group: GroupSlot, member: MemberHandle): Operation {
  const version = draw.version(syncGroup);
  const isStatic = version >= 3 && drawStatic(draw, member);
  const generationShift = draw.mostly(0, 0.08, [-1, 1] as const);
  return { kind: 'sync', group, member, version, generationShift, isStatic };
}

export function drawHeartbeat(draw: Draw, group: GroupSlot): Operation {
  const version = draw.version(heartbeat);
  const member = draw.mostly(draw.one(handles), 0.1, ['stranger', 'none'] as const);
  const isStatic = version >= 3 && member === 'm2';
  const generationShift = draw.mostly(0, 0.12, [-1, 1] as const);
  return { kind: 'heartbeat', group, member, version, generationShift, isStatic };
}

export function drawLeave(draw: Draw, group: GroupSlot): Operation {
  const version = draw.version(leaveGroup);
  const member = draw.mostly(draw.one(handles), 0.1, ['stranger'] as const);
  return {
    kind: 'leave',
    group,
    member,
    version,
    isStatic: version >= 3 && member === 'm2' && draw.chance(0.7),
  };
}

export function drawCommit(draw: Draw, group: GroupSlot): Operation {
  const version = draw.version(offsetCommit);
  const generationShift = draw.mostly(0, 0.2, [-1, 1] as const);
  const offsets = drawOffsets(draw);
  return { kind: 'commit offsets', group, member: drawMember(draw), version, generationShift, offsets };
}

export function drawFetchOffsets(draw: Draw, group: GroupSlot): Operation {
  const places = draw.chance(0.4) ? undefined : [drawPlace(draw), drawPlace(draw)];
  // Of a partition that is asked for twice, Kafka answers once or twice, by the version of its map.
  const distinct = places && [
    ...new Map(places.map((one) => [`${one.topic}${one.partition}`, one])).values(),
  ];
  return {
    kind: 'fetch offsets',
    group,
    stable: draw.chance(0.5),
    places: distinct,
    version: draw.version(offsetFetch),
  };
}

/** A member comes: twice where the broker first gives it an id (KIP-394), and takes its assignment. */
export function drawArrival(draw: Draw, group: GroupSlot): readonly Operation[] {
  const member = draw.one(handles);
  const join = drawJoin(draw, group, member);
  return [
    join,
    ...(draw.chance(0.8) ? [{ ...join, as: 'itself' as const }] : []),
    ...(draw.chance(0.85) ? [drawSync(draw, group, member)] : []),
  ];
}

/** What a rebalance asks of everybody: to join again, then to fetch the assignment. */
export function drawRound(draw: Draw, group: GroupSlot): readonly Operation[] {
  const present = handles.filter(() => draw.chance(0.8));
  return [
    ...present.map((member) => drawJoin(draw, group, member)),
    ...present.map((member) => drawSync(draw, group, member)),
  ];
}

/** A member stalls until its session ends. */
export function drawStall(draw: Draw, group: GroupSlot): readonly Operation[] {
  const member = draw.one(handles);
  const drawn = drawJoin(draw, group, member);
  const version = Math.max(1, drawn.version);
  const join = { ...drawn, version, sessionTimeoutMs: 1200, as: 'itself' as const };
  return [
    join,
    join,
    ...(draw.chance(0.7) ? [drawSync(draw, group, member)] : []),
    { kind: 'pause', ms: 1700 },
    drawHeartbeat(draw, group),
  ];
}

export function drawGroupAdministration(draw: Draw, group: GroupSlot): Operation {
  switch (draw.between(0, 4)) {
    case 0:
      return { kind: 'delete group', group, version: draw.version(deleteGroups) };
    case 1:
      return { kind: 'list groups', group, version: draw.version(listGroups) };
    case 2:
      return {
        kind: 'delete offsets',
        group,
        version: draw.version(offsetDelete),
        places: [drawPlace(draw)],
      };
    default:
      return { kind: 'describe group', group, version: draw.version(describeGroups) };
  }
}
