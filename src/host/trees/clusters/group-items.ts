import * as vscode from 'vscode';
import type { GroupMember, GroupRow, GroupState } from '../../../cluster/cluster.js';
import type { Committed, Lag } from '../../../core/lag/lag.js';
import { summedLag, totalLag, type TotalLag } from '../../../core/lag/total-lag.js';
import { lagCell, lagNote, lagSpoken, totalCell } from '../../../core/text/lag-sentence.js';
import { editorTranslate } from '../../texts.js';
import type { NodeOf } from './cluster-node.js';
import { escaped, row, tableOf } from './row.js';

export interface GroupLook {
  /** As it was read last; `undefined` when it is gone. */
  readonly group: GroupState | undefined;
}

export function groupItem(node: NodeOf<'group'>, { group }: GroupLook): vscode.TreeItem {
  if (group === undefined) return row(node, { label: node.group, icon: 'organization', spoken: node.group });
  const total = totalLag(group.rows.map(({ lag }) => lag));
  const parts = [...lagOf(total, group), ...kindsOf(group)];
  return row(node, {
    label: node.group,
    description: parts.join(' · '),
    ...iconOf(total, group),
    spoken: [vscode.l10n.t('Group {group}', { group: node.group }), ...parts].join(', '),
    tooltip: [
      `**${escaped(node.group)}**`,
      tableOf([
        [vscode.l10n.t('total lag'), totalCell(total)],
        [vscode.l10n.t('state'), group.state],
        [vscode.l10n.t('protocol'), group.type],
        [vscode.l10n.t('assignor'), group.assignor],
        [vscode.l10n.t('members'), group.members === undefined ? '?' : String(group.members.length)],
      ]),
      ...notesIn(group.rows).map(escaped),
      ...(group.problem === undefined ? [] : [escaped(group.problem)]),
    ],
  });
}

/** The total, and what the number alone does not say. A share group has no committed offsets: there is nothing to say of it. */
function lagOf(total: TotalLag, { type, rows, problem }: GroupState): readonly string[] {
  if (type === 'share') return [];
  if (problem !== undefined && rows.length === 0) return [vscode.l10n.t('lag {lag}', { lag: '?' })];
  return lagParts(totalCell(total), rows);
}

/** "nothing committed" and "reset to latest pending" stand alone: a dash before them would say nothing. */
function lagParts(cell: string, rows: readonly GroupRow[]): readonly string[] {
  const lag = summedLag(rows.map((one) => one.lag));
  const note = lagNote(lag, editorTranslate());
  const isNumber = lag.kind === 'known' || lag.kind === 'unknown';
  return [...(isNumber ? [vscode.l10n.t('lag {lag}', { lag: cell })] : []), ...(note === '' ? [] : [note])];
}

/** State, members, and the type where it is not the one that everybody expects. */
function kindsOf({ type, state, members }: GroupState): readonly string[] {
  const count = members?.length;
  return [
    ...(state === '' ? [] : [state]),
    ...(type === '' || type === 'classic' ? [] : [typeName(type)]),
    ...(count === undefined || count === 0
      ? []
      : [count === 1 ? vscode.l10n.t('1 member') : vscode.l10n.t('{count} members', { count })]),
  ];
}

/** Kafka's own word for the type, and for KIP-848 what it means. */
function typeName(type: string): string {
  if (type === 'consumer') return vscode.l10n.t('new protocol');
  if (type === 'streams') return vscode.l10n.t('streams group');
  return type === 'share' ? vscode.l10n.t('share group') : type;
}

/** What the numbers below do not say by themselves, each once. */
function notesIn(rows: readonly GroupRow[]): readonly string[] {
  const t = editorTranslate();
  return rows
    .filter(({ lag }) => lag.kind !== 'none' && lagNote(lag, t) !== '')
    .slice(0, mostNotes)
    .map(({ topic, partition, lag }) => `${topic}/${String(partition)}: ${lagNote(lag, t)}`);
}

const mostNotes = 5;

export function groupTopicItem(node: NodeOf<'groupTopic'>, { group }: GroupLook): vscode.TreeItem {
  const rows = (group?.rows ?? []).filter(({ topic }) => topic === node.topic);
  const total = totalLag(rows.map(({ lag }) => lag));
  const parts = lagParts(totalCell(total), rows);
  return row(node, {
    label: node.topic,
    description: parts.join(' · '),
    ...iconOf(total),
    spoken: [vscode.l10n.t('Topic {topic}', { topic: node.topic }), ...parts].join(', '),
  });
}

export function groupPartitionItem(node: NodeOf<'groupPartition'>, { group }: GroupLook): vscode.TreeItem {
  const label = vscode.l10n.t('partition {partition}', { partition: node.partition });
  const found = group?.rows.find(
    ({ topic, partition }) => topic === node.topic && partition === node.partition,
  );
  if (found === undefined) return row(node, { label, icon: 'question', spoken: label, isLeaf: true });
  const owner = found.owner === undefined ? [] : [`← ${found.owner.clientId}`];
  const ownerSpoken =
    found.owner === undefined
      ? ''
      : `, ${vscode.l10n.t('read by {client}', { client: found.owner.clientId })}`;
  return row(node, {
    label,
    description: [...partitionParts(found), ...owner].join(' · '),
    ...iconOf(totalLag([found.lag])),
    spoken: `${lagSpoken(found, editorTranslate())}${ownerSpoken}`,
    tooltip: [
      `**${escaped(node.topic)}/${String(node.partition)}**`,
      tableOf(cellsOf(found)),
      ...noteOf(found.lag),
    ],
    isLeaf: true,
  });
}

/** `lag 2 · 1 behind an open transaction · 3 of 5`: committed and end as a reader thinks of them, how far of how much. */
function partitionParts(row: GroupRow): readonly string[] {
  const { committed, bounds, lag } = row;
  const end = 'unreadable' in bounds ? '?' : String(bounds.end);
  return [
    ...lagParts(lagCell(lag), [row]),
    vscode.l10n.t('{committed} of {end}', { committed: committedCell(committed), end }),
  ];
}

function noteOf(lag: Lag): readonly string[] {
  const note = lagNote(lag, editorTranslate());
  return note === '' ? [] : [escaped(note)];
}

function committedCell(committed: Committed): string {
  if (committed.kind === 'offset') return String(committed.offset);
  return committed.kind === 'unreadable' ? '?' : '–';
}

function cellsOf({ committed, bounds, lag, owner }: GroupRow): readonly (readonly [string, string])[] {
  const cell = (offset: bigint | undefined): string => (offset === undefined ? '?' : String(offset));
  const known = 'unreadable' in bounds ? undefined : bounds;
  return [
    [vscode.l10n.t('committed'), committedCell(committed)],
    [vscode.l10n.t('end'), cell(known?.end)],
    ['LSO', cell(known?.lastStable)],
    [vscode.l10n.t('start'), cell(known?.start)],
    [vscode.l10n.t('lag'), lagCell(lag)],
    ...(owner === undefined
      ? []
      : [[vscode.l10n.t('owner'), escaped(`${owner.clientId} ${owner.host} ${owner.memberId}`)] as const]),
  ];
}

/** The shape tells caught up, behind, unknown and no number apart; the colour only repeats it. */
function iconOf(total: TotalLag, group?: GroupState): { readonly icon: string; readonly colour?: string } {
  if (group?.problem !== undefined) return { icon: 'warning', colour: 'list.warningForeground' };
  switch (total.kind) {
    case 'none':
      return { icon: 'dash' };
    case 'unknown':
      return { icon: 'question', colour: 'list.warningForeground' };
    case 'known':
      if (!total.isWhole) return { icon: 'question', colour: 'list.warningForeground' };
      return total.lag === 0n
        ? { icon: 'check', colour: 'testing.iconPassed' }
        : { icon: 'history', colour: 'charts.yellow' };
  }
}

export function membersItem(node: NodeOf<'members'>, { group }: GroupLook): vscode.TreeItem {
  const count = group?.members?.length ?? 0;
  return row(node, {
    label: vscode.l10n.t('Members'),
    description: String(count),
    icon: 'account',
    spoken: vscode.l10n.t('Members: {count}', { count }),
  });
}

export function memberItem(node: NodeOf<'member'>, { group }: GroupLook): vscode.TreeItem {
  const member = group?.members?.find(({ memberId }) => memberId === node.memberId);
  if (member === undefined)
    return row(node, { label: node.memberId, icon: 'person', spoken: node.memberId, isLeaf: true });
  const partitions = assignmentOf(member);
  return row(node, {
    label: member.instanceId ?? member.clientId,
    description: [member.host, partitions].filter((part) => part !== '').join(' · '),
    icon: 'person',
    spoken: vscode.l10n.t('Member {client} on {host}, reads {partitions}', {
      client: member.clientId,
      host: member.host,
      partitions: partitions === '' ? vscode.l10n.t('nothing') : partitions,
    }),
    tooltip: [
      tableOf([
        ['client.id', escaped(member.clientId)],
        [vscode.l10n.t('host'), escaped(member.host)],
        [vscode.l10n.t('member'), escaped(member.memberId)],
        ...(member.instanceId === undefined
          ? []
          : [['group.instance.id', escaped(member.instanceId)] as const]),
        [vscode.l10n.t('partitions'), escaped(partitions)],
      ]),
    ],
    isLeaf: true,
  });
}

function assignmentOf({ assignment }: GroupMember): string {
  return assignment.map(({ topic, partition }) => `${topic}/${String(partition)}`).join(', ');
}
