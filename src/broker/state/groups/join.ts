import { ErrorCode } from '../../protocol/errors.js';
import type { JoinAnswer, JoinRequest } from './exchange.js';
import { joinRefusal, type Group } from './group.js';
import { memberTerms, newMember, sameProtocols, type Member } from './member.js';
import type { Rebalance } from './rebalance.js';

/**
 * JoinGroup on a live group (Kafka's doNewMemberJoinGroup and doCurrentMemberJoinGroup). Resolves when the rebalance
 * completes, at once where nothing has to be waited for.
 */
export function joinGroup(
  group: Group,
  request: JoinRequest,
  rebalance: Rebalance,
  generateMemberId: () => string,
): Promise<JoinAnswer> {
  return new Promise((resolve) => {
    const joining = new Joining(group, request, rebalance, resolve);
    if (group.state === 'Dead') joining.refuse(ErrorCode.COORDINATOR_NOT_AVAILABLE);
    else if (!group.supports(request.protocolType, request.protocols)) {
      joining.refuse(ErrorCode.INCONSISTENT_GROUP_PROTOCOL);
    } else if (request.memberId === '') joining.asNewcomer(generateMemberId());
    else joining.asKnown();
    rebalance.completeIfAllJoined(group);
  });
}

class Joining {
  constructor(
    private readonly group: Group,
    private readonly request: JoinRequest,
    private readonly rebalance: Rebalance,
    private readonly answer: (answer: JoinAnswer) => void,
  ) {}

  refuse(errorCode: number): void {
    this.answer(joinRefusal(errorCode, this.request.memberId));
  }

  asNewcomer(memberId: string): void {
    const { group, request } = this;
    const { groupInstanceId } = request;
    if (groupInstanceId !== null) this.asStaticNewcomer(memberId, groupInstanceId);
    else if (request.requireKnownMemberId) {
      this.rebalance.awaitPendingMember(group, memberId, request.sessionTimeoutMs);
      this.answer(joinRefusal(ErrorCode.MEMBER_ID_REQUIRED, memberId));
    } else this.addMember(memberId);
  }

  asKnown(): void {
    const { group, request } = this;
    if (group.pendingMembers.has(request.memberId)) {
      // doCurrentMemberJoinGroup throws here: an id that was given to a dynamic member cannot become a static one.
      if (request.groupInstanceId !== null) this.answer(joinRefusal(ErrorCode.UNKNOWN_SERVER_ERROR, ''));
      else this.addMember(request.memberId);
      return;
    }
    const refused = group.identityError(request.memberId, request.groupInstanceId);
    const member = group.members.get(request.memberId);
    if (refused !== undefined || !member) this.refuse(refused ?? ErrorCode.UNKNOWN_MEMBER_ID);
    else this.rejoin(member);
  }

  private rejoin(member: Member): void {
    const { group, request } = this;
    const unchanged = sameProtocols(member.protocols, request.protocols);
    if (group.state === 'CompletingRebalance' && unchanged) {
      // The first answer was lost on its way: the same one again, without another rebalance.
      this.answer(group.joinAnswer(member.memberId));
    } else if (group.state === 'Stable' && unchanged && group.leader !== member.memberId) {
      this.answer(group.joinAnswer(member.memberId));
    } else this.waitForRebalance(member);
  }

  private waitForRebalance(member: Member): void {
    Object.assign(member, memberTerms(this.request));
    // One connection carries one request at a time, so an earlier JoinGroup of this member came on a dead connection.
    member.awaitingJoin = this.answer;
    this.rebalance.begin(this.group);
  }

  private addMember(memberId: string): void {
    const { group, request, rebalance } = this;
    if (group.state === 'PreparingRebalance' && group.generationId === 0) group.newMemberAdded = true;
    const member = newMember(memberId, request);
    member.awaitingJoin = this.answer;
    group.add(member, request.protocolType);
    rebalance.startFirstSession(group, member);
    rebalance.begin(group);
  }

  private asStaticNewcomer(memberId: string, groupInstanceId: string): void {
    const { group } = this;
    const oldMemberId = group.staticMemberId(groupInstanceId);
    const member = oldMemberId === undefined ? undefined : group.members.get(oldMemberId);
    if (member) this.replaceStatic(member, memberId);
    else this.addMember(memberId);
  }

  /** KIP-345: the same instance restarted. A stable group goes on with its generation, nobody else notices. */
  private replaceStatic(member: Member, memberId: string): void {
    const { group, request, rebalance } = this;
    const oldLeader = group.leader ?? '';
    group.replaceStatic(member, memberId);
    // Before its new terms count: the first session of the new id is as long as the old one's (updateStaticMemberAndRebalance).
    rebalance.keepAlive(group, member);
    Object.assign(member, memberTerms(request));
    if (group.state === 'Stable' && group.selectProtocol() === group.protocolName) {
      this.answer(this.stableAnswer(memberId, oldLeader));
      return;
    }
    member.awaitingJoin = this.answer;
    if (group.state !== 'PreparingRebalance') rebalance.begin(group);
  }

  /**
   * A replaced leader must not hand out a new assignment to a stable group: from v9 it is told to skip that (KIP-814), below it
   * is told the old leader's id, so that it takes itself for a follower.
   */
  private stableAnswer(memberId: string, oldLeader: string): JoinAnswer {
    const answer = this.group.joinAnswer(memberId);
    const isLeader = this.group.leader === memberId;
    if (this.request.supportsSkippingAssignment) return { ...answer, skipAssignment: isLeader };
    return { ...answer, leader: oldLeader, members: [] };
  }
}
