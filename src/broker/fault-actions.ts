import { assertNever } from '../core/assert-never.js';
import type { FaultRule, StateAction } from './fault-rule.js';
import type { FaultSite } from './requests/handler.js';
import type { BrokerServices } from './services.js';
import type { Partition } from './state/partition.js';

/** Whose request was struck, for actions that mean the sender. */
export interface Struck {
  readonly site: FaultSite;
  readonly memberId: string | undefined;
}

/** Carries out what a rule does to the cluster. Answers whether there was something to act on. */
export class FaultActions {
  private readonly heldIds = new Set<string>();

  constructor(private readonly services: BrokerServices) {}

  perform(rule: FaultRule, action: StateAction, struck: Struck): boolean {
    const { transactions } = this.services;
    const target: FaultSite = { ...struck.site, ...namedIn(rule), ...namedIn(action) };
    const { transactionalId } = target;
    switch (action.kind) {
      case 'hold-markers':
        return this.hold(transactionalId, action.forMs);
      case 'release-markers':
        return this.release([...this.heldIds]);
      case 'expire-transaction':
        return transactionalId !== undefined && transactions.expire(transactionalId);
      case 'bump-epoch':
        return transactionalId !== undefined && transactions.bumpEpoch(transactionalId);
      case 'evict-member':
        return this.evict(target.group, action.memberId ?? struck.memberId);
      case 'move-coordinator':
        return this.moveCoordinator(action.toNode, coordinated([action, rule, struck.site]));
      case 'move-leader':
        return this.moveLeader(target, action.toNode);
      case 'shrink-isr':
        return this.onPartition(target, (partition) => partition.setInSyncReplicas(action.inSync));
      case 'hold-followers':
        return this.onPartition(target, (partition) => partition.holdFollowers(action.nodes, action.held));
      default:
        return assertNever(action);
    }
  }

  private hold(transactionalId: string | undefined, forMs: number | undefined): boolean {
    if (transactionalId === undefined) return false;
    this.heldIds.add(transactionalId);
    this.tellWhatIsHeld();
    if (forMs !== undefined) this.services.clock.schedule(forMs, () => this.release([transactionalId]));
    return true;
  }

  private release(transactionalIds: readonly string[]): boolean {
    for (const transactionalId of transactionalIds) this.heldIds.delete(transactionalId);
    this.tellWhatIsHeld();
    return transactionalIds.length > 0;
  }

  private tellWhatIsHeld(): void {
    this.services.transactions.holdMarkers((transactionalId) => this.heldIds.has(transactionalId));
  }

  private evict(group: string | undefined, memberId: string | undefined): boolean {
    if (group === undefined) return false;
    const chosen = (candidate: string) => memberId === undefined || candidate === memberId;
    return this.services.groups.evict(group, (member) => chosen(member.memberId)) > 0;
  }

  private moveCoordinator(toNode: number, { group, transactionalId }: FaultSite): boolean {
    const { cluster } = this.services;
    if (transactionalId !== undefined) cluster.moveCoordinator('transaction', transactionalId, toNode);
    if (group !== undefined) cluster.moveCoordinator('group', group, toNode);
    return transactionalId !== undefined || group !== undefined;
  }

  /** Only a replica can lead; −1 stands for none. */
  private moveLeader({ topic, partition }: FaultSite, toNode: number): boolean {
    const found = topic === undefined ? undefined : this.services.cluster.partition(topic, partition ?? 0);
    if (!found || (toNode !== -1 && !found.replicas.includes(toNode))) return false;
    found.moveLeader(toNode);
    return true;
  }

  private onPartition({ topic, partition }: FaultSite, act: (partition: Partition) => void): boolean {
    const found = topic === undefined ? undefined : this.services.cluster.partition(topic, partition ?? 0);
    if (found) act(found);
    return found !== undefined;
  }
}

/** The first that says what is coordinated: a TxnOffsetCommit that was struck names both a group and a transactional id. */
function coordinated(candidates: readonly FaultSite[]): FaultSite {
  return candidates.find((one) => one.group !== undefined || one.transactionalId !== undefined) ?? {};
}

/** What a rule or an action names itself, without the fields that it leaves open. */
function namedIn(from: object): FaultSite {
  const { topic, partition, group, transactionalId } = from as FaultSite;
  return {
    ...(topic !== undefined && { topic }),
    ...(partition !== undefined && { partition }),
    ...(group !== undefined && { group }),
    ...(transactionalId !== undefined && { transactionalId }),
  };
}
