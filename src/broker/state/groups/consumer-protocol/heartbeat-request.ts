import { ErrorCode } from '../../../protocol/errors.js';
import type { TopicIdPartitions } from './assigned-partitions.js';
import { assignors, isAssignor } from './assignors.js';
import { joiningEpoch, leavingEpoch, leavingForAWhileEpoch } from './consumer-member.js';
import { regexProblem } from './topic-regex.js';

/** ConsumerGroupHeartbeat; what is null has not changed. */
export interface ConsumerHeartbeat {
  readonly groupId: string;
  readonly memberId: string;
  readonly memberEpoch: number;
  readonly instanceId: string | null;
  readonly rackId: string | null;
  /** −1: not changed. */
  readonly rebalanceTimeoutMs: number;
  readonly subscribedTopicNames: readonly string[] | null;
  readonly subscribedTopicRegex: string | null;
  readonly serverAssignor: string | null;
  /** What the member has. */
  readonly topicPartitions: readonly TopicIdPartitions[] | null;
  readonly clientId: string;
  readonly clientHost: string;
  /** From version 1 the member makes its own id (KIP-1082). */
  readonly mayLackMemberId: boolean;
}

/** The sentence is Kafka's: clients show it. */
export interface HeartbeatProblem {
  readonly errorCode: number;
  readonly message: string;
}

/** What is wrong with the request itself (GroupMetadataManager.throwIfConsumerGroupHeartbeatRequestIsInvalid). */
export function requestProblem(request: ConsumerHeartbeat): HeartbeatProblem | undefined {
  const message = invalidity(request) ?? epochInvalidity(request);
  if (message !== undefined) return { errorCode: ErrorCode.INVALID_REQUEST, message };
  return assignorProblem(request);
}

function invalidity(request: ConsumerHeartbeat): string | undefined {
  const { groupId, memberId, memberEpoch, instanceId, rackId, mayLackMemberId } = request;
  const needsMemberId = !mayLackMemberId || memberEpoch !== joiningEpoch;
  if (memberId === '' && needsMemberId) return "MemberId can't be empty.";
  if (groupId.trim() === '') return "GroupId can't be empty.";
  if (instanceId !== null && instanceId.trim() === '') return "InstanceId can't be empty.";
  return rackId !== null && rackId.trim() === '' ? "RackId can't be empty." : undefined;
}

function epochInvalidity(request: ConsumerHeartbeat): string | undefined {
  const { memberEpoch, instanceId } = request;
  if (memberEpoch === leavingForAWhileEpoch) {
    return instanceId === null ? "InstanceId can't be null." : undefined;
  }
  if (memberEpoch < leavingEpoch) return 'MemberEpoch is invalid.';
  return memberEpoch === joiningEpoch ? joinInvalidity(request) : undefined;
}

function joinInvalidity(request: ConsumerHeartbeat): string | undefined {
  const { rebalanceTimeoutMs, topicPartitions, subscribedTopicNames, subscribedTopicRegex } = request;
  if (rebalanceTimeoutMs === -1) return 'RebalanceTimeoutMs must be provided in first request.';
  if (topicPartitions === null || topicPartitions.length > 0) {
    return 'TopicPartitions must be empty when (re-)joining.';
  }
  if (subscribedTopicNames !== null || subscribedTopicRegex !== null) return undefined;
  return 'Either SubscribedTopicNames or SubscribedTopicRegex must be non-null when (re-)joining.';
}

function assignorProblem({ serverAssignor }: ConsumerHeartbeat): HeartbeatProblem | undefined {
  if (serverAssignor === null || isAssignor(serverAssignor)) return undefined;
  const supported = Object.keys(assignors).join(', ');
  const message = `ServerAssignor ${serverAssignor} is not supported. Supported assignors: ${supported}.`;
  return { errorCode: ErrorCode.UNSUPPORTED_ASSIGNOR, message };
}

/** Asked only of who may speak for the group at all. */
export function patternProblem({
  subscribedTopicRegex: pattern,
}: ConsumerHeartbeat): HeartbeatProblem | undefined {
  const problem = pattern === null ? undefined : regexProblem(pattern);
  if (problem === undefined) return undefined;
  const message = `SubscribedTopicRegex \`${pattern}\` is not a valid regular expression: ${problem}.`;
  return { errorCode: ErrorCode.INVALID_REGULAR_EXPRESSION, message };
}
