import * as vscode from 'vscode';
import type { ResetPlan } from '../../../cluster/cluster.js';
import { clusterOf } from './parts.js';
import type { ClusterCommandParts, GroupNode } from './parts.js';

/** The last reset of each group, so that it can be taken back while the window is open. */
export class UndoResets {
  private readonly last = new Map<string, ResetPlan>();

  done(node: GroupNode, plan: ResetPlan): void {
    this.last.set(placeOf(node), plan);
  }

  /** Restores the offsets that were there before, and deletes those that were not there. */
  async undo(parts: ClusterCommandParts, node: GroupNode): Promise<void> {
    const plan = this.last.get(placeOf(node));
    if (plan === undefined) {
      void vscode.window.showInformationMessage(
        vscode.l10n.t('The offsets of “{group}” were not reset from this window.', { group: node.group }),
      );
      return;
    }
    await (await clusterOf(parts, node)).applyReset(plan, 'undo');
    this.last.delete(placeOf(node));
    await parts.tree.refresh(node);
    void vscode.window.showInformationMessage(
      vscode.l10n.t('The offsets of “{group}” are what they were before.', { group: node.group }),
    );
  }
}

function placeOf({ clusterId, group }: GroupNode): string {
  return `${clusterId}/${group}`;
}
