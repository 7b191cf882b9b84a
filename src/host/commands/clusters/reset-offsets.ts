import * as vscode from 'vscode';
import type { ResetPlan, ResetRow } from '../../../cluster/cluster.js';
import type { ResetTarget } from '../../../core/lag/reset.js';
import { resetSentence } from '../../../core/text/reset-sentence.js';
import { editorTranslate } from '../../texts.js';
import { clusterOf } from './parts.js';
import type { ClusterCommandParts, GroupNode } from './parts.js';
import { partitionsOf } from './groups.js';
import { chooseTarget } from './reset-target.js';

/** Where to, then a table of what each partition would replay or skip, then the reset, with an undo. */
export async function resetOffsets(parts: ClusterCommandParts, node: GroupNode): Promise<void> {
  const to = await chooseTarget(node.group);
  if (to === undefined) return;
  const plan = await planFor(parts, node, to);
  const chosen = await preview(plan);
  if (chosen === undefined || chosen.rows.length === 0) return;
  await (await clusterOf(parts, node)).applyReset(chosen, 'apply');
  parts.undo.done(node, chosen);
  await parts.tree.refresh(node);
  await offerUndo(parts, node, chosen.rows.length);
}

async function planFor(parts: ClusterCommandParts, node: GroupNode, to: ResetTarget): Promise<ResetPlan> {
  const cluster = await clusterOf(parts, node);
  if (node.kind === 'group') return cluster.planReset({ groupId: node.group, to });
  const rows = partitionsOf(node, await cluster.group(node.group));
  const partitions = rows.map(({ topic, partition }) => ({ topic, partition }));
  return cluster.planReset({ groupId: node.group, to, partitions });
}

interface RowPick extends vscode.QuickPickItem {
  readonly row: ResetRow;
}

/** A row for each partition, those that change chosen; what the user leaves chosen is reset. */
async function preview(plan: ResetPlan): Promise<ResetPlan | undefined> {
  const t = editorTranslate();
  const picks = plan.rows.map((row): RowPick => {
    const { title, detail } = resetSentence(row, t);
    return {
      label: `${row.topic}/${String(row.partition)}`,
      description: title,
      detail,
      picked: changes(row),
      row,
    };
  });
  const picked = await vscode.window.showQuickPick(picks, {
    title: vscode.l10n.t('Reset offsets of “{group}”: nothing is changed until you press OK', {
      group: plan.groupId,
    }),
    placeHolder: vscode.l10n.t('Choose the partitions to reset'),
    canPickMany: true,
    matchOnDescription: true,
    ignoreFocusOut: true,
  });
  if (picked === undefined) return undefined;
  return { ...plan, rows: picked.map(({ row }) => row).filter(({ after }) => after !== undefined) };
}

function changes({ before, after }: ResetRow): boolean {
  return after !== undefined && !(before.kind === 'offset' && before.offset === after);
}

async function offerUndo(parts: ClusterCommandParts, node: GroupNode, count: number): Promise<void> {
  const undo = vscode.l10n.t('Undo');
  const sentence =
    count === 1
      ? vscode.l10n.t('One partition of “{group}” is reset.', { group: node.group })
      : vscode.l10n.t('{count} partitions of “{group}” are reset.', { count, group: node.group });
  if ((await vscode.window.showInformationMessage(sentence, undo)) === undo)
    await parts.undo.undo(parts, node);
}
