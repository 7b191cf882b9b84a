import type { Operation, WireEvent } from '../history/events.js';
import { brokerLane, groupsLane, transactionsLane, type LaneId } from './step.js';

const lanes: Readonly<Record<string, LaneId>> = {
  InitProducerId: transactionsLane,
  AddPartitionsToTxn: transactionsLane,
  AddOffsetsToTxn: transactionsLane,
  EndTxn: transactionsLane,
  JoinGroup: groupsLane,
  SyncGroup: groupsLane,
  LeaveGroup: groupsLane,
  Heartbeat: groupsLane,
  ConsumerGroupHeartbeat: groupsLane,
  OffsetFetch: groupsLane,
  OffsetCommit: groupsLane,
  TxnOffsetCommit: groupsLane,
};

/** Who is asked: the group coordinator and the transaction coordinator are parts of a broker with a state of their own. */
export function laneOf(api: string): LaneId {
  return lanes[api] ?? brokerLane;
}

const told = new Set([
  'Produce',
  'InitProducerId',
  'AddPartitionsToTxn',
  'AddOffsetsToTxn',
  'EndTxn',
  'OffsetCommit',
  'TxnOffsetCommit',
  'OffsetFetch',
]);

/**
 * Frames that every client exchanges and on which no guarantee hangs. What a Fetch brings is told as a poll; of OffsetFetch the
 * answer alone says something.
 */
export function isHousekeeping({ type, api }: WireEvent): boolean {
  return !told.has(api) || (type === 'request' && api === 'OffsetFetch');
}

const answers: Readonly<Partial<Record<Operation['f'], readonly string[]>>> = {
  send: ['Produce'],
  init: ['InitProducerId'],
  commit: ['EndTxn'],
  abort: ['EndTxn'],
  'commit-offset': ['OffsetCommit', 'TxnOffsetCommit'],
};

/** The APIs whose response is what ends the operation: then it need not be told twice. */
export function answersTo(operation: Operation['f']): readonly string[] {
  return answers[operation] ?? [];
}
