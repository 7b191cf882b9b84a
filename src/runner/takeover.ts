import type { Observation } from '../core/history/events.js';
import type { RunState } from './run-state.js';

export interface TakeoverActions {
  leave(group: string, memberId: string): Promise<void>;
  note(detail: string, process: string): void;
}

/**
 * Spares the learner the session time-out of a member that has died: once the successor's second JoinGroup request is written, the
 * runner says good-bye in the dead member's name. After the first one, or before it, the group may become empty and pay its
 * initial rebalance delay again. What is done here stands in the history as a note.
 */
export class Takeover {
  private readonly dead = new Map<string, { readonly process: string; readonly memberId: string }[]>();
  private readonly joins = new Map<string, number>();

  constructor(
    private readonly state: RunState,
    private readonly actions: TakeoverActions,
  ) {}

  crashed(process: string): void {
    const membership = this.state.membershipOf(process);
    if (!membership || membership.memberId === '') return;
    const { group, memberId } = membership;
    this.dead.set(group, [...(this.dead.get(group) ?? []), { process, memberId }]);
  }

  observe(event: Observation): void {
    if (event.type !== 'request' || event.api !== 'JoinGroup') return;
    const joins = (this.joins.get(event.process) ?? 0) + 1;
    this.joins.set(event.process, joins);
    const group = event.detail?.group;
    if (joins !== 2 || group === undefined) return;
    for (const { process, memberId } of this.dead.get(group) ?? [])
      this.release(group, memberId, process, event.process);
    this.dead.delete(group);
  }

  private release(group: string, memberId: string, process: string, successor: string): void {
    this.actions.note(
      `LeaveGroup for ${process} (${memberId}), which has died, so that ${successor} need not wait`,
      process,
    );
    void this.actions.leave(group, memberId);
  }
}
